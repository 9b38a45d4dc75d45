//! The Rust half of a row: the types that glue ascribes, and the runtime's converter for each.
//!
//! A type has up to three Rust forms: as **argument** (`&str`), **owned** inside containers and records (`String`), and
//! as **result** (`String`, or `Arc<T>` for shared classes).

#![allow(clippy::match_same_arms, reason = "one arm per type reads as a table")]

use pyrus_idl::model::{Api, Class, ClassId, Hold, IntKind, ModuleId, Type};
use pyrus_idl::rust_ident;

/// How the glue converts a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codec {
    /// As an argument.
    pub argument: Form,
    /// Inside containers.
    pub owned: Form,
    /// As a result.
    pub result: Form,
    /// As a result with `bound: true`: views bring their owners.
    pub bound: Form,
    /// In a record: what the struct holds, and the converter for it. In an error: views bring their owners.
    pub field: Form,
    /// How a converted argument, a local, is passed on.
    pub pass: Pass,
    /// Its items are borrowed from a copy that must outlive the call.
    pub keeps: bool,
}

/// A Rust type and its converter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The Rust type.
    pub ty: String,
    /// The converter.
    pub conv: String,
}

/// How a converted argument is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// As it is.
    Value,
    /// Borrowed.
    Borrowed,
    /// `Option<Ref<T>>` as `Option<&T>`.
    OptionDeref,
    /// `Option<T>` as `Option<&T>`.
    OptionRef,
}

impl Pass {
    /// The expression.
    pub fn apply(self, local: &str) -> String {
        match self {
            Pass::Value => local.to_owned(),
            Pass::Borrowed => format!("&{local}"),
            Pass::OptionDeref => format!("{local}.as_deref()"),
            Pass::OptionRef => format!("{local}.as_ref()"),
        }
    }
}

impl Form {
    fn new(ty: impl Into<String>, conv: impl Into<String>) -> Self {
        Form {
            ty: ty.into(),
            conv: conv.into(),
        }
    }
}

impl Codec {
    /// One form for all uses.
    fn plain(ty: &str, conv: &str) -> Self {
        let form = Form::new(ty, conv);
        Codec {
            argument: form.clone(),
            owned: form.clone(),
            result: form.clone(),
            bound: form.clone(),
            field: form,
            pass: Pass::Value,
            keeps: false,
        }
    }

    fn passed(mut self, pass: Pass) -> Self {
        self.pass = pass;
        self
    }
}

/// The codec of a type.
#[allow(
    clippy::too_many_lines,
    reason = "one arm or line per case reads as a table"
)]
pub fn codec(api: &Api, ty: &Type, scope: ModuleId) -> Codec {
    let inner = |ty: &Type| codec(api, ty, scope);
    match ty {
        Type::Bool => Codec::plain("bool", "rt::Bool"),
        Type::Truth => Codec::plain("bool", "rt::Truth"),
        Type::Int(kind) => Codec::plain(
            int_name(*kind),
            &format!("rt::{}", int_name(*kind).to_uppercase()),
        ),
        Type::BigInt => Codec::plain("::pyrus::Int", "rt::BigInt"),
        Type::F32 => Codec::plain("f32", "rt::F32"),
        Type::F64 => Codec::plain("f64", "rt::F64"),
        Type::Str => text("&str", "::std::string::String", "rt::Str", "rt::OwnedStr"),
        Type::Bytes => text(
            "&[u8]",
            "::std::vec::Vec<u8>",
            "rt::Bytes",
            "rt::OwnedBytes",
        ),
        Type::Path => Codec::plain("::std::path::PathBuf", "rt::Path"),
        Type::Object | Type::Var(_) => object(),
        Type::TypeOf(of) => type_of(api, of),
        Type::None => Codec::plain("()", "rt::Null"),
        Type::Optional(item) => optional(&inner(item)),
        Type::Union(members) => {
            let members: Vec<_> = members.iter().map(inner).collect();
            let rust = either_name(members.len());
            container(
                &members,
                |items| format!("::pyrus::{rust}<{items}>"),
                |items| format!("rt::Either{}<{items}>", members.len()),
            )
        }
        Type::List(item) => vec_of(&inner(item), "rt::List"),
        Type::VarTuple(item) => vec_of(&inner(item), "rt::VarTuple"),
        Type::Set(item) => vec_of(&inner(item), "rt::Set"),
        Type::Iterable(item) => vec_of(&inner(item), "rt::Iterable"),
        Type::Sequence(item) => vec_of(&inner(item), "rt::Sequence"),
        Type::Dict(key, value) => {
            let members = [inner(key), inner(value)];
            kept(container(
                &members,
                |items| format!("::std::vec::Vec<({items})>"),
                |items| format!("rt::Dict<{items}>"),
            ))
        }
        Type::Tuple(items) => {
            let members: Vec<_> = items.iter().map(inner).collect();
            container(
                &members,
                |items| format!("({items},)"),
                |items| format!("rt::Tuple{}<{items}>", members.len()),
            )
        }
        Type::Iterator(item) => iterator(&inner(item)),
        Type::Callable(params, result) => callable(api, params, result, scope),
        Type::Buffer(item) => {
            let item = inner(item).owned.ty;
            let form = Form::new(
                format!("&::pyrus::Buffer<'_, {item}>"),
                format!("rt::Buf<{item}>"),
            );
            Codec {
                argument: form,
                ..Codec::plain("()", "rt::Null")
            }
            .passed(Pass::Borrowed)
        }
        Type::Class(id) => class(api, *id),
        Type::Record(id) if api[*id].live => {
            let path = record_path(api, *id);
            let conv = format!("rt::LiveIn<{path}>");
            let lent = Form::new(format!("::pyrus::live::Live<'_, {path}>"), &*conv);
            let given = Form::new(path, conv);
            Codec {
                argument: lent.clone(),
                owned: lent,
                result: given.clone(),
                bound: given.clone(),
                field: given,
                pass: Pass::Value,
                keeps: false,
            }
        }
        Type::Record(id) => {
            let marker = marker(api, api[*id].module, &api[*id].name);
            let codec = value_class(&record_path(api, *id), &format!("rt::Cls<{marker}>"));
            if !api[*id].like {
                return codec;
            }
            let alike = |form: &Form| Form::new(&*form.ty, format!("rt::Like<{marker}>"));
            kept(Codec {
                argument: alike(&codec.argument),
                owned: alike(&codec.owned),
                ..codec
            })
        }
        Type::Enum(id) => {
            let marker = marker(api, api[*id].module, &api[*id].name);
            Codec::plain(&enum_path(api, *id), &format!("rt::En<{marker}>"))
        }
        Type::Alias(id) => {
            let alias = &api[*id];
            if is_named_union(api, *id) {
                let path = alias.rust.clone().map_or_else(
                    || item_path(api, alias.module, &alias.name),
                    |path| absolute(&path),
                );
                let codec = Codec::plain(&path, &marker(api, alias.module, &alias.name));
                let keeps = inner(&alias.ty).keeps;
                return Codec { keeps, ..codec };
            }
            inner(&alias.ty)
        }
        Type::Extern(id) => {
            let item = &api[*id];
            let marker = format!("crate::api::externs::{}", item.name);
            let path = absolute(&item.rust);
            let conv = format!("rt::Foreign<{marker}>");
            match item.hold {
                Hold::Shared => shared_class(&path, &conv, &format!("rt::SharedForeign<{marker}>")),
                _ => value_class(&path, &conv),
            }
        }
    }
}

/// Is the alias an enum in Rust, and not just another spelling of its type?
pub fn is_named_union(api: &Api, id: pyrus_idl::model::AliasId) -> bool {
    let alias = &api[id];
    match &alias.ty {
        Type::Union(members) => alias.rust.is_some() || members.iter().all(|ty| is_plain(api, ty)),
        _ => false,
    }
}

/// Does it hold nothing borrowed from Python?
fn is_plain(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Object | Type::Var(_) | Type::TypeOf(_) | Type::Callable(..) | Type::Buffer(_) => {
            false
        }
        Type::Class(_) | Type::Record(_) | Type::Extern(_) | Type::Iterator(_) => false,
        Type::Alias(id) => is_plain(api, &api[*id].ty),
        other => super::names::parts(other)
            .into_iter()
            .all(|part| is_plain(api, part)),
    }
}

fn text(borrowed: &str, owned: &str, borrowing: &str, owning: &str) -> Codec {
    Codec {
        argument: Form::new(borrowed, borrowing),
        owned: Form::new(owned, owning),
        result: Form::new(owned, borrowing),
        bound: Form::new(owned, borrowing),
        field: Form::new(owned, owning),
        pass: Pass::Value,
        keeps: false,
    }
}

/// A class: any, or one of ours and its subclasses.
fn type_of(api: &Api, of: &Type) -> Codec {
    if let Type::Record(id) = api.expand(of)
        && api[*id].live
    {
        let conv = format!("rt::LiveClass<{}>", record_path(api, *id));
        return Codec {
            argument: Form::new("::pyrus::Any<'_>", conv),
            ..object()
        };
    }
    let marker = match api.expand(of) {
        Type::Class(id) => Some(marker(api, api[*id].module, &api[*id].name)),
        Type::Record(id) => Some(marker(api, api[*id].module, &api[*id].name)),
        _ => None,
    };
    let conv = marker.map_or_else(
        || "rt::AnyType".into(),
        |marker| format!("rt::TypeOf<{marker}>"),
    );
    Codec {
        argument: Form::new("::pyrus::Any<'_>", conv),
        ..object()
    }
}

fn object() -> Codec {
    Codec {
        argument: Form::new("::pyrus::Any<'_>", "rt::Obj"),
        ..Codec::plain("::pyrus::Object", "rt::OwnedObj")
    }
}

fn optional(item: &Codec) -> Codec {
    let wrap = |form: &Form| {
        Form::new(
            format!("::std::option::Option<{}>", form.ty),
            format!("rt::Opt<{}>", form.conv),
        )
    };
    let pass = match item.pass {
        Pass::Borrowed if item.argument.conv.starts_with("rt::Buf") => Pass::OptionRef,
        Pass::Borrowed => Pass::OptionDeref,
        other => other,
    };
    Codec {
        argument: wrap(&item.argument),
        owned: wrap(&item.owned),
        result: wrap(&item.result),
        bound: wrap(&item.bound),
        field: wrap(&item.field),
        pass,
        keeps: item.keeps,
    }
}

/// A type around others, which are owned in it.
fn container(
    members: &[Codec],
    ty: impl Fn(&str) -> String,
    conv: impl Fn(&str) -> String,
) -> Codec {
    let form = |pick: fn(&Codec) -> &Form| {
        let types: Vec<_> = members
            .iter()
            .map(|member| pick(member).ty.clone())
            .collect();
        let convs: Vec<_> = members
            .iter()
            .map(|member| pick(member).conv.clone())
            .collect();
        Form::new(ty(&types.join(", ")), conv(&convs.join(", ")))
    };
    Codec {
        argument: form(|codec| &codec.owned),
        owned: form(|codec| &codec.owned),
        result: form(|codec| &codec.result),
        bound: form(|codec| &codec.bound),
        field: form(|codec| &codec.field),
        pass: Pass::Value,
        keeps: members.iter().any(|member| member.keeps),
    }
}

fn kept(mut codec: Codec) -> Codec {
    codec.keeps = true;
    codec
}

fn vec_of(item: &Codec, conv: &str) -> Codec {
    kept(container(
        std::slice::from_ref(item),
        |items| format!("::std::vec::Vec<{items}>"),
        |items| format!("{conv}<{items}>"),
    ))
}

fn iterator(item: &Codec) -> Codec {
    let argument = Form::new(
        format!("::pyrus::Iter<'_, {}>", item.owned.ty),
        format!("rt::It<{}>", item.owned.conv),
    );
    let result = Form::new(
        format!("::pyrus::BoxIter<{}>", item.result.ty),
        format!("rt::It<{}>", item.result.conv),
    );
    Codec {
        argument: argument.clone(),
        owned: argument,
        field: result.clone(),
        bound: Form::new(
            format!("::pyrus::BoxIter<{}>", item.bound.ty),
            format!("rt::It<{}>", item.bound.conv),
        ),
        result,
        pass: Pass::Value,
        keeps: true,
    }
}

fn callable(api: &Api, params: &[Type], result: &Type, scope: ModuleId) -> Codec {
    let form = Form::new(
        format!("&{}", callback_type(api, params, result, scope)),
        "rt::Callable",
    );
    Codec {
        argument: form,
        ..object()
    }
    .passed(Pass::Borrowed)
}

/// `dyn Fn(A, B) -> Result<R>`. What `R` borrows lives for `'r`, which the user of the type binds.
pub fn callback_type(api: &Api, params: &[Type], result: &Type, scope: ModuleId) -> String {
    let params: Vec<_> = params
        .iter()
        .map(|ty| codec(api, ty, scope).result.ty)
        .collect();
    let result = codec(api, result, scope).owned.ty.replace("'_", "'r");
    format!("dyn Fn({}) -> ::pyrus::Result<{result}>", params.join(", "))
}

/// A class or record whose object holds the value.
fn value_class(path: &str, conv: &str) -> Codec {
    Codec {
        argument: Form::new(format!("&{path}"), conv),
        owned: Form::new(format!("::pyrus::Ref<'_, {path}>"), conv),
        result: Form::new(path, conv),
        bound: Form::new(path, conv),
        field: Form::new(path, conv),
        pass: Pass::Borrowed,
        keeps: false,
    }
}

fn shared_class(path: &str, conv: &str, giving: &str) -> Codec {
    let result = Form::new(format!("::std::sync::Arc<{path}>"), giving);
    Codec {
        field: result.clone(),
        bound: result.clone(),
        result,
        ..value_class(path, conv)
    }
}

fn class(api: &Api, id: ClassId) -> Codec {
    let class = &api[id];
    let marker = marker(api, class.module, &class.name);
    let path = absolute(&class.rust);
    match &class.hold {
        Hold::Value => value_class(&path, &format!("rt::Cls<{marker}>")),
        Hold::Shared => shared_class(
            &path,
            &format!("rt::Cls<{marker}>"),
            &format!("rt::SharedCls<{marker}>"),
        ),
        Hold::View { key, resolve, .. } => {
            let key = absolute(key);
            let result = Form::new(&*key, format!("rt::Keyed<{marker}>"));
            let bound = Form::new(bound_type(api, class), format!("rt::BoundView<{marker}>"));
            if resolve.is_some() {
                let conv = format!("rt::Resolved<{marker}>");
                return Codec {
                    field: bound.clone(),
                    bound,
                    result,
                    ..value_class(&path, &conv)
                };
            }
            let view = Form::new(view_type(api, class), format!("rt::Keyed<{marker}>"));
            Codec {
                argument: view.clone(),
                owned: view,
                field: bound.clone(),
                bound,
                result,
                pass: Pass::Value,
                keeps: false,
            }
        }
    }
}

/// `View<'_, Owner, Key>`.
pub fn view_type(api: &Api, class: &Class) -> String {
    owner_and_key(api, class, "::pyrus::View<'_, ")
}

/// `Bound<Owner, Key>`.
fn bound_type(api: &Api, class: &Class) -> String {
    owner_and_key(api, class, "::pyrus::Bound<")
}

fn owner_and_key(api: &Api, class: &Class, head: &str) -> String {
    let Hold::View { owner, key, .. } = &class.hold else {
        return String::new();
    };
    let (owner, key) = (absolute(&api[*owner].rust), absolute(key));
    format!("{head}{owner}, {key}>")
}

fn int_name(kind: IntKind) -> &'static str {
    match kind {
        IntKind::I8 => "i8",
        IntKind::I16 => "i16",
        IntKind::I32 => "i32",
        IntKind::I64 => "i64",
        IntKind::U8 => "u8",
        IntKind::U16 => "u16",
        IntKind::U32 => "u32",
        IntKind::U64 => "u64",
    }
}

fn either_name(count: usize) -> String {
    if count == 2 {
        "Either".into()
    } else {
        format!("Either{count}")
    }
}

/// Where generated items of a module are.
pub fn module_path(api: &Api, module: ModuleId) -> String {
    let mut path = String::from("crate::api");
    for part in &api[module].path {
        path.push_str("::");
        path.push_str(&rust_ident(part));
    }
    path
}

/// A generated Rust item.
pub fn item_path(api: &Api, module: ModuleId, name: &str) -> String {
    format!("{}::{}", module_path(api, module), rust_ident(name))
}

/// The marker type of a class, record, enum or union.
pub fn marker(api: &Api, module: ModuleId, name: &str) -> String {
    format!("{}::py::{}", module_path(api, module), rust_ident(name))
}

/// The struct of a record.
pub fn record_path(api: &Api, id: pyrus_idl::model::RecordId) -> String {
    let record = &api[id];
    record
        .rust
        .as_deref()
        .map_or_else(|| item_path(api, record.module, &record.name), absolute)
}

/// The Rust enum of an enum.
pub fn enum_path(api: &Api, id: pyrus_idl::model::EnumId) -> String {
    let item = &api[id];
    item.rust
        .as_deref()
        .map_or_else(|| item_path(api, item.module, &item.name), absolute)
}

/// The struct of an error.
pub fn error_path(api: &Api, id: pyrus_idl::model::ErrorId) -> String {
    let error = &api[id];
    error
        .rust
        .as_deref()
        .map_or_else(|| item_path(api, error.module, &error.name), absolute)
}

/// A path that means the same in every generated module: paths of other crates begin with `::`.
pub fn absolute(path: &str) -> String {
    const KNOWN: [&str; 16] = [
        "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "isize", "f32",
        "f64", "char", "str", "String",
    ];
    let path = path.trim();
    let first = path
        .split([':', '<', '(', ' ', ','])
        .next()
        .unwrap_or_default();
    let stays = path.starts_with("::")
        || path.starts_with(['(', '[', '&', '<'])
        || matches!(first, "crate" | "self" | "super" | "Self")
        || KNOWN.contains(&path)
        || !path.contains("::");
    if stays {
        path.to_owned()
    } else {
        format!("::{path}")
    }
}
