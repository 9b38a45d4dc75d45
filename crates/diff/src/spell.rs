//! Types, values and signatures as the declarations write them: for messages, and to compare shapes by.

use pyrus_idl::Api;
use pyrus_idl::model::{Function, ModuleId, Param, ParamKind, Raised, Type, Value};

/// Two versions of a type; where aliases make them look the same, what the aliases stand for.
pub(crate) fn both(old: (&Api, &Type), new: (&Api, &Type)) -> (String, String) {
    let texts = (ty(old.0, old.1), ty(new.0, new.1));
    if texts.0 != texts.1 {
        return texts;
    }
    (spelled(old.0, old.1, true), spelled(new.0, new.1, true))
}

/// A type expression; names are dotted from the root.
pub(crate) fn ty(api: &Api, of: &Type) -> String {
    spelled(api, of, false)
}

fn spelled(api: &Api, of: &Type, expand: bool) -> String {
    let ty = |api: &Api, of: &Type| spelled(api, of, expand);
    let list = |types: &[Type], by: &str| {
        let texts: Vec<_> = types.iter().map(|item| ty(api, item)).collect();
        texts.join(by)
    };
    match of {
        Type::Bool => "bool".into(),
        Type::Truth => "truth".into(),
        Type::Int(kind) => format!("{kind:?}").to_lowercase(),
        Type::BigInt => "int".into(),
        Type::F32 => "f32".into(),
        Type::F64 => "f64".into(),
        Type::Str => "str".into(),
        Type::Bytes => "bytes".into(),
        Type::Path => "Path".into(),
        Type::Object => "object".into(),
        Type::None => "None".into(),
        Type::Optional(inner) if matches!(**inner, Type::Union(_)) => {
            format!("{} | None", ty(api, inner))
        }
        Type::Optional(inner) => format!("{}?", ty(api, inner)),
        Type::Union(members) => list(members, " | "),
        Type::List(inner) => format!("list[{}]", ty(api, inner)),
        Type::Tuple(items) => format!("tuple[{}]", list(items, ", ")),
        Type::VarTuple(inner) => format!("tuple[{}, ...]", ty(api, inner)),
        Type::Dict(key, value) => format!("dict[{}, {}]", ty(api, key), ty(api, value)),
        Type::Set(inner) => format!("set[{}]", ty(api, inner)),
        Type::Iterable(inner) => format!("Iterable[{}]", ty(api, inner)),
        Type::Sequence(inner) => format!("Sequence[{}]", ty(api, inner)),
        Type::Iterator(inner) => format!("Iterator[{}]", ty(api, inner)),
        Type::Callable(params, result) => {
            format!("Callable[[{}], {}]", list(params, ", "), ty(api, result))
        }
        Type::TypeOf(inner) => format!("type[{}]", ty(api, inner)),
        Type::Buffer(inner) => format!("buffer[{}]", ty(api, inner)),
        Type::Var(name) => name.clone(),
        Type::Class(id) => item(api, api[*id].module, &api[*id].name),
        Type::Record(id) => item(api, api[*id].module, &api[*id].name),
        Type::Enum(id) => item(api, api[*id].module, &api[*id].name),
        Type::Alias(id) if expand => ty(api, &api[*id].ty),
        Type::Alias(id) => item(api, api[*id].module, &api[*id].name),
        Type::Extern(id) => format!("{}.{}", api[*id].module, api[*id].class),
    }
}

/// The dotted path of a module's item.
pub(crate) fn item(api: &Api, module: ModuleId, name: &str) -> String {
    path(&api[module].path, name)
}

/// A name below a path.
pub(crate) fn path(above: &[String], name: &str) -> String {
    let mut parts = above.to_vec();
    parts.push(name.to_owned());
    parts.join(".")
}

/// A value.
pub(crate) fn value(api: &Api, of: &Value) -> String {
    match of {
        Value::None => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Str(text) => serde_json::Value::from(text.as_str()).to_string(),
        Value::EmptyList => "[]".into(),
        Value::EmptyDict => "{}".into(),
        Value::Fields(id, fields) => {
            let shown = fields.iter().map(|(index, of)| {
                let field = &api[*id].fields[*index];
                format!("{}: {}", field.name, value(api, of))
            });
            format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
        }
        Value::Member(id, index) => format!("{}.{}", api[*id].name, api[*id].members[*index].name),
    }
}

/// The name of an exception.
pub(crate) fn raised(api: &Api, of: &Raised) -> String {
    match of {
        Raised::Builtin(name) => name.clone(),
        Raised::Error(id) => item(api, api[*id].module, &api[*id].name),
    }
}

/// `(a: u8 = 1, *rest: str) -> f64`.
pub(crate) fn signature(api: &Api, params: &[Param], returns: &Type) -> String {
    let params: Vec<_> = params.iter().map(|p| param(api, p)).collect();
    format!("({}) -> {}", params.join(", "), ty(api, returns))
}

fn param(api: &Api, of: &Param) -> String {
    let stars = match of.kind {
        ParamKind::VarPositional => "*",
        ParamKind::VarKeyword => "**",
        _ => "",
    };
    let default = of.default.as_ref().map(|v| format!(" = {}", value(api, v)));
    format!(
        "{stars}{}: {}{}",
        of.name,
        ty(api, &of.ty),
        default.unwrap_or_default()
    )
}

/// What a function is, whatever its name.
pub(crate) fn shape(api: &Api, function: &Function) -> String {
    let signature = signature(api, &function.params, &function.returns);
    format!("{:?} {signature}", function.binding)
}
