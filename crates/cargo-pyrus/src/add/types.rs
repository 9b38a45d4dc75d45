//! Rust types as type expressions of the declarations; docs/idl.md has the table.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use super::known::{Known, Shape};
use super::sources::{Module, Sources};

/// What cannot be declared, and where it stands.
pub(super) struct Unmapped {
    pub(super) span: Span,
    pub(super) why: String,
}

type Mapped = Result<String, Unmapped>;

/// How a type is used: text and objects pass in other forms in, inside containers, and out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Argument,
    Owned,
    Result,
}

/// What types are seen from.
pub(super) struct Scope<'a> {
    pub(super) sources: &'a Sources,
    pub(super) module: &'a Module,
    pub(super) known: &'a BTreeMap<String, Known>,
    /// The type being declared, by the path at which it is defined.
    pub(super) this: Option<String>,
}

pub(super) fn unmapped(span: Span, why: impl Into<String>) -> Unmapped {
    let why = why.into();
    Unmapped { span, why }
}

impl Scope<'_> {
    /// The type expression of a type.
    pub(super) fn map(&self, ty: &Type, form: Form) -> Mapped {
        match ty {
            Type::Paren(inner) => self.map(&inner.elem, form),
            Type::Group(inner) => self.map(&inner.elem, form),
            Type::Reference(reference) if reference.mutability.is_some() => Err(unmapped(
                ty.span(),
                "only receivers can be `&mut`: take the value and return the changed one",
            )),
            Type::Reference(reference) => self.borrowed(&reference.elem, form),
            Type::Tuple(tuple) if tuple.elems.is_empty() => Ok("None".into()),
            Type::Tuple(tuple) => {
                let inner = inside(form);
                let items: Result<Vec<_>, _> =
                    tuple.elems.iter().map(|ty| self.map(ty, inner)).collect();
                Ok(format!("tuple[{}]", items?.join(", ")))
            }
            Type::Path(path) if path.qself.is_none() => self.path(ty, &path.path, form),
            Type::ImplTrait(_) => Err(unmapped(
                ty.span(),
                "`impl Trait` has no name that the glue could write: name a type",
            )),
            _ => Err(unmapped(ty.span(), "such a type cannot be declared")),
        }
    }

    /// `&T`.
    fn borrowed(&self, ty: &Type, form: Form) -> Mapped {
        if form == Form::Owned {
            let why =
                "inside containers values are owned: `String`, `Vec<u8>`, `pyrus::Ref<'_, T>`";
            return Err(unmapped(ty.span(), why));
        }
        match ty {
            Type::Slice(slice) if is_named(&slice.elem, "u8") => Ok("bytes".into()),
            Type::Slice(_) => Err(unmapped(ty.span(), "lists pass as `Vec<T>`")),
            Type::TraitObject(object) if form == Form::Argument => {
                self.callback(ty, &object.bounds)
            }
            Type::Path(path) => {
                let name = last_name(&path.path);
                match (name.as_str(), form) {
                    ("str", _) => Ok("str".into()),
                    ("Buffer", Form::Argument) => {
                        let items = self.arguments(&path.path, Form::Owned)?;
                        Ok(format!("buffer[{}]", items.join(", ")))
                    }
                    ("String", _) => Err(unmapped(ty.span(), "text passes as `&str`")),
                    ("Vec", _) => Err(unmapped(ty.span(), "lists pass by value, as `Vec<T>`")),
                    ("Path" | "PathBuf", _) => Err(unmapped(ty.span(), "paths pass as `PathBuf`")),
                    _ => match (self.known(&path.path), form) {
                        (Some(known), Form::Argument) if known.1 != Shape::Plain => Ok(known.0),
                        (Some(_), Form::Argument) => {
                            Err(unmapped(ty.span(), "enums and unions pass by value"))
                        }
                        (Some(_), _) => Err(unmapped(
                            ty.span(),
                            "objects are returned by value (or `Arc<T>` where they are shared)",
                        )),
                        (None, _) => Err(self.unknown(ty, &path.path)),
                    },
                }
            }
            _ => Err(unmapped(ty.span(), "such a reference cannot be declared")),
        }
    }

    #[allow(clippy::too_many_lines, reason = "one arm per type reads as a table")]
    fn path(&self, ty: &Type, path: &syn::Path, form: Form) -> Mapped {
        let name = last_name(path);
        let inner = inside(form);
        let parameters = |form| self.arguments(path, form);
        Ok(match name.as_str() {
            "bool" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "f32"
            | "f64" => name,
            "usize" | "isize" | "i128" | "u128" | "char" => {
                let why =
                    format!("`{name}` is no type of the declarations: use `i64`, `u64` or `str`");
                return Err(unmapped(ty.span(), why));
            }
            "String" if form == Form::Argument => {
                return Err(unmapped(ty.span(), "text passes as `&str`"));
            }
            "String" => "str".into(),
            "PathBuf" => "Path".into(),
            "Int" => "int".into(),
            "Any" | "Object" => "object".into(),
            "Option" => {
                let item = parameters(form)?.join("");
                if item.contains('|') {
                    format!("{item} | None")
                } else {
                    format!("{item}?")
                }
            }
            "Vec" => match (&parameters(inner)?[..], form) {
                ([item], Form::Owned | Form::Result) if item == "u8" => "bytes".into(),
                (items, _) => format!("list[{}]", items.join(", ")),
            },
            "Iter" | "BoxIter" => format!("Iterator[{}]", parameters(inner)?.join(", ")),
            "Either" | "Either3" | "Either4" | "Either5" | "Either6" => {
                parameters(inner)?.join(" | ")
            }
            "Ref" if form == Form::Owned => parameters(Form::Result)?.join(""),
            "Arc" if form == Form::Result => self.shared(ty, path)?,
            "HashMap" | "BTreeMap" | "IndexMap" => {
                return Err(unmapped(
                    ty.span(),
                    "a dict passes as `Vec<(K, V)>`, in order",
                ));
            }
            "HashSet" | "BTreeSet" | "IndexSet" => {
                return Err(unmapped(ty.span(), "a set passes as `Vec<T>`"));
            }
            _ => match self.known(path) {
                Some((_, Shape::Value | Shape::Shared)) if form == Form::Argument => {
                    return Err(unmapped(ty.span(), format!("objects pass as `&{name}`")));
                }
                Some((_, Shape::Value | Shape::Shared)) if form == Form::Owned => {
                    let why = format!("inside containers objects pass as `pyrus::Ref<'_, {name}>`");
                    return Err(unmapped(ty.span(), why));
                }
                Some((known, Shape::Shared)) if known != "Self" => {
                    return Err(unmapped(
                        ty.span(),
                        format!("it is shared: return `Arc<{name}>`"),
                    ));
                }
                Some((known, _)) => known,
                None => return Err(self.unknown(ty, path)),
            },
        })
    }

    /// `Arc<T>` of a shared class.
    fn shared(&self, ty: &Type, path: &syn::Path) -> Mapped {
        if let [Type::Path(of)] = generics(path)[..] {
            match self.known(&of.path) {
                Some((name, Shape::Shared)) => return Ok(name),
                Some((name, _)) if name == "Self" => return Ok(name),
                _ => {}
            }
        }
        Err(unmapped(
            ty.span(),
            "`Arc<T>` is how classes with `hold: shared` are returned",
        ))
    }

    /// `dyn Fn(A, B) -> pyrus::Result<R>`.
    fn callback(
        &self,
        ty: &Type,
        bounds: &syn::punctuated::Punctuated<TypeParamBound, syn::Token![+]>,
    ) -> Mapped {
        let wanted = "a callback is `&dyn Fn(A, B) -> pyrus::Result<R>`";
        let Some(TypeParamBound::Trait(bound)) = bounds.first() else {
            return Err(unmapped(ty.span(), wanted));
        };
        let Some(PathArguments::Parenthesized(call)) =
            bound.path.segments.last().map(|part| &part.arguments)
        else {
            return Err(unmapped(ty.span(), wanted));
        };
        let params: Result<Vec<_>, _> = call
            .inputs
            .iter()
            .map(|argument| self.map(&argument.ty, Form::Result))
            .collect();
        let ReturnType::Type(_, result) = &call.output else {
            return Err(unmapped(ty.span(), wanted));
        };
        match &**result {
            Type::Path(path) if last_name(&path.path) == "Result" => {
                let result = self.arguments(&path.path, Form::Owned)?;
                Ok(format!(
                    "Callable[[{}], {}]",
                    params?.join(", "),
                    result.join(", ")
                ))
            }
            other => Err(unmapped(other.span(), wanted)),
        }
    }

    /// The types in `<…>`.
    pub(super) fn arguments(&self, path: &syn::Path, form: Form) -> Result<Vec<String>, Unmapped> {
        generics(path)
            .into_iter()
            .map(|ty| self.map(ty, form))
            .collect()
    }

    /// The declared name and shape of a type.
    pub(super) fn known(&self, path: &syn::Path) -> Option<(String, Shape)> {
        let rust = self.rust(path);
        if self.this.is_some() && (path.is_ident("Self") || self.this.as_ref() == Some(&rust)) {
            return Some(("Self".into(), Shape::Value));
        }
        let known = self.known.get(&rust)?;
        Some((known.name.clone(), known.shape))
    }

    /// The path of a type as declarations write it.
    pub(super) fn rust(&self, path: &syn::Path) -> String {
        let local = self.sources.resolved(self.module, path);
        let is_ours =
            self.sources.find(&local).is_some() || local.first().is_some_and(|s| s == "api");
        let root = is_ours.then(|| self.sources.root.clone());
        root.into_iter().chain(local).collect::<Vec<_>>().join("::")
    }

    fn unknown(&self, ty: &Type, path: &syn::Path) -> Unmapped {
        let rust = self.rust(path);
        let why = format!("`{rust}` is not declared: `cargo pyrus add {rust}` first");
        unmapped(ty.span(), why)
    }
}

fn inside(form: Form) -> Form {
    if form == Form::Result {
        Form::Result
    } else {
        Form::Owned
    }
}

/// The types in `<…>` of a path's last part.
pub(super) fn generics(path: &syn::Path) -> Vec<&Type> {
    let Some(PathArguments::AngleBracketed(list)) =
        path.segments.last().map(|part| &part.arguments)
    else {
        return Vec::new();
    };
    let types = list.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// The last name of a path.
pub(super) fn last_name(path: &syn::Path) -> String {
    path.segments
        .last()
        .map(|part| super::sources::plain(&part.ident))
        .unwrap_or_default()
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}
