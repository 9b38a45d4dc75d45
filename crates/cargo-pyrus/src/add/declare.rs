//! Rust items as declarations.

use pyrus_idl::is_python_keyword;
use serde_json::{Map, Value};
use syn::spanned::Spanned;
use syn::{
    Attribute, Fields, FnArg, ImplItem, Item, ItemStruct, Pat, ReceiverKind, ReturnType, Safety,
    Signature, Type, Visibility,
};

use super::known::Shape;
use super::sources::{self, Module, plain};
use super::types::{Form, Scope, Unmapped, generics, last_name, unmapped};

/// Built-in exceptions have types of their own in `pyrus::exc`.
const EXC: &str = "pyrus::exc::";
/// May be any exception.
const ERROR: &str = "pyrus::Error";
const RESULT: &str = "pyrus::Result";
/// How declarations say that.
const ANYTHING: &str = "Exception";

/// A declaration, and what of the Rust item is not in it.
pub(super) struct Declared<'a> {
    pub(super) value: Map<String, Value>,
    /// Methods: name, module they are in, and reason.
    pub(super) left_out: Vec<(String, &'a Module, Unmapped)>,
}

/// A function or method: its receiver if it has one, and the rest.
pub(super) fn function(
    scope: &Scope<'_>,
    attributes: &[Attribute],
    signature: &Signature,
) -> Result<Map<String, Value>, Unmapped> {
    refuse_forms(signature)?;
    let mut out = Map::new();
    if let Some(doc) = sources::doc(attributes) {
        out.insert("doc".into(), doc.into());
    }
    let mut args = Map::new();
    for input in &signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                let by = match &receiver.kind {
                    ReceiverKind::Reference(_, _, Some(_)) => "mut",
                    ReceiverKind::Reference(..) => continue,
                    ReceiverKind::Value => "own",
                    _ => {
                        let why = "a receiver is `&self`, `&mut self` or `self`";
                        return Err(unmapped(receiver.self_token.span(), why));
                    }
                };
                out.insert("receiver".into(), by.into());
            }
            FnArg::Typed(typed) => {
                let name = parameter(&typed.pat)?;
                args.insert(name, scope.map(&typed.ty, Form::Argument)?.into());
            }
        }
    }
    if !args.is_empty() {
        out.insert("args".into(), args.into());
    }
    result(scope, &signature.output, &mut out)?;
    Ok(out)
}

fn refuse_forms(signature: &Signature) -> Result<(), Unmapped> {
    let refuse = |span, why: &str| Err(unmapped(span, why));
    if let Some(word) = &signature.asyncness {
        return refuse(word.span(), "async functions cannot be declared");
    }
    if let Safety::Unsafe(word) = &signature.safety {
        return refuse(word.span(), "the glue calls safe functions only");
    }
    let mut params = signature.generics.params.iter();
    match params.find(|param| !matches!(param, syn::GenericParam::Lifetime(_))) {
        Some(param) => refuse(
            param.span(),
            "a generic function has no one signature: name the types",
        ),
        None => Ok(()),
    }
}

fn parameter(pattern: &Pat) -> Result<String, Unmapped> {
    let Pat::Ident(ident) = pattern else {
        return Err(unmapped(pattern.span(), "a parameter needs a plain name"));
    };
    let name = plain(&ident.ident);
    let name = name.trim_start_matches('_').to_owned();
    if is_python_keyword(&name) || name.is_empty() {
        let why = format!("Python cannot have a parameter named `{name}`");
        return Err(unmapped(pattern.span(), why));
    }
    Ok(name)
}

fn result(
    scope: &Scope<'_>,
    output: &ReturnType,
    out: &mut Map<String, Value>,
) -> Result<(), Unmapped> {
    let ReturnType::Type(_, ty) = output else {
        return Ok(());
    };
    let mut ty: &Type = ty;
    let mut raises = None;
    if let Type::Path(path) = ty
        && last_name(&path.path) == "Result"
    {
        let parts = generics(&path.path);
        (ty, raises) = match parts[..] {
            [good, bad] => (good, Some(error(scope, bad)?)),
            [good] if path_of(scope, &path.path).ends_with(RESULT) => (good, Some(ANYTHING.into())),
            _ => {
                return Err(unmapped(
                    ty.span(),
                    "return `Result<T, E>` with the error's type",
                ));
            }
        };
    }
    let text = scope.map(ty, Form::Result)?;
    if matches!(ty, Type::Reference(_)) {
        let long = [
            ("type".to_owned(), text.into()),
            ("borrow".to_owned(), true.into()),
        ];
        out.insert("returns".into(), Map::from_iter(long).into());
    } else if text != "None" {
        out.insert("returns".into(), text.into());
    }
    if let Some(name) = raises {
        out.insert("raises".into(), name.into());
    }
    Ok(())
}

/// The whole path of a type.
fn path_of(scope: &Scope<'_>, path: &syn::Path) -> String {
    scope.sources.resolved(scope.module, path).join("::")
}

fn error(scope: &Scope<'_>, ty: &Type) -> Result<String, Unmapped> {
    let Type::Path(path) = ty else {
        return Err(unmapped(ty.span(), "an error is a declared type"));
    };
    match scope.known(&path.path) {
        Some((name, Shape::Error)) => return Ok(name),
        Some(_) => return Err(unmapped(ty.span(), "it is declared, but not as an error")),
        None => {}
    }
    let rust = path_of(scope, &path.path);
    if rust.ends_with(ERROR) {
        return Ok(ANYTHING.into());
    }
    if let Some(at) = rust.find(EXC) {
        return Ok(rust[at + EXC.len()..].to_owned());
    }
    let why = format!(
        "the error `{}` is not declared: put it under `errors:` first",
        scope.rust(&path.path)
    );
    Err(unmapped(ty.span(), why))
}

/// A struct with public fields only, as a record.
pub(super) fn record<'a>(
    scope: &Scope<'a>,
    item: &ItemStruct,
    rust: &str,
) -> Result<Declared<'a>, Unmapped> {
    let Fields::Named(named) = &item.fields else {
        return Err(unmapped(item.fields.span(), "a record's fields have names"));
    };
    let mut fields = Map::new();
    for field in &named.named {
        let span = field.span();
        if !is_public(&field.vis) {
            return Err(unmapped(
                span,
                "a record's fields are all public: declare a class with `--as class`",
            ));
        }
        let name = field.ident.as_ref().map(plain).unwrap_or_default();
        let ty = scope.map(&field.ty, Form::Result)?;
        let doc = sources::doc(&field.attrs);
        let value = match doc {
            Some(doc) => {
                let long = [
                    ("type".to_owned(), ty.into()),
                    ("doc".to_owned(), doc.into()),
                ];
                Map::from_iter(long).into()
            }
            None => ty.into(),
        };
        fields.insert(name, value);
    }
    let mut value = head(&item.attrs, rust);
    value.insert("fields".into(), fields.into());
    let left_out = Vec::new();
    Ok(Declared { value, left_out })
}

/// A struct or enum with its public methods, as a class.
pub(super) fn class<'a>(
    scope: &Scope<'a>,
    name: &str,
    attributes: &[Attribute],
    rust: &str,
) -> Declared<'a> {
    let mut value = head(attributes, rust);
    let mut methods = Map::new();
    let mut left_out = Vec::new();
    let all = methods_of(scope, name, rust);
    if all
        .iter()
        .any(|(_, _, signature)| gives_arc(&signature.output))
    {
        value.insert("hold".into(), "shared".into());
    }
    for (module, attributes, signature) in all {
        let inner = Scope {
            module,
            sources: scope.sources,
            known: scope.known,
            this: scope.this.clone(),
        };
        let method = plain(&signature.ident);
        match self::method(&inner, attributes, signature) {
            Err(unmapped) => left_out.push((method, module, unmapped)),
            Ok(mut declared) if method == "new" && declared.contains_key("static") => {
                declared.remove("static");
                declared.remove("returns");
                value.insert("new".into(), declared.into());
            }
            Ok(declared) => {
                methods.insert(method, declared.into());
            }
        }
    }
    if !methods.is_empty() {
        value.insert("methods".into(), methods.into());
    }
    Declared { value, left_out }
}

/// Whether a method returns its object in an `Arc`, as shared classes do.
fn gives_arc(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else {
        return false;
    };
    let Type::Path(path) = &**ty else {
        return false;
    };
    last_name(&path.path) == "Arc"
        && matches!(generics(&path.path)[..], [Type::Path(of)] if of.path.is_ident("Self"))
}

/// A method as it is declared in its class.
pub(super) fn method(
    scope: &Scope<'_>,
    attributes: &[Attribute],
    signature: &Signature,
) -> Result<Map<String, Value>, Unmapped> {
    let name = plain(&signature.ident);
    if is_python_keyword(&name) {
        let why = "Python reserves the name: declare it by hand under another one, with `rust:`";
        return Err(unmapped(signature.ident.span(), why));
    }
    let declared = function(scope, attributes, signature)?;
    if signature.receiver().is_some() {
        return Ok(declared);
    }
    let mut out = Map::from_iter([("static".to_owned(), Value::from(true))]);
    out.extend(declared);
    Ok(out)
}

/// The public methods of a type, wherever their `impl` blocks are.
pub(super) fn methods_of<'a>(
    scope: &Scope<'a>,
    name: &str,
    rust: &str,
) -> Vec<(&'a Module, &'a [Attribute], &'a Signature)> {
    let rust = scope.sources.canonical(rust);
    let mut out = Vec::new();
    for module in scope.sources.modules() {
        let inner = Scope {
            module,
            sources: scope.sources,
            known: scope.known,
            this: None,
        };
        for item in &module.items {
            let Item::Impl(block) = item else { continue };
            let Type::Path(path) = &*block.self_ty else {
                continue;
            };
            let is_it = last_name(&path.path) == name && inner.rust(&path.path) == rust;
            if block.trait_.is_some() || !is_it {
                continue;
            }
            for item in &block.items {
                if let ImplItem::Fn(method) = item
                    && is_public(&method.vis)
                {
                    out.push((module, &method.attrs[..], &method.sig));
                }
            }
        }
    }
    out
}

fn head(attributes: &[Attribute], rust: &str) -> Map<String, Value> {
    let mut value = Map::new();
    if let Some(doc) = sources::doc(attributes) {
        value.insert("doc".into(), doc.into());
    }
    value.insert("rust".into(), rust.into());
    value
}

/// Whether glue in the crate may name it.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}
