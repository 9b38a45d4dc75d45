//! What is known of a function without its body: whose it is, its signature, what it may raise, whether it needs state.

use pyrus_idl::model::{
    Api, Binding, ClassId, Function, ModuleId, Param, ParamKind, Raised, RecordId, Type,
};

use super::text::{place, string};
use crate::types::Row;
use crate::types::rust::error_path;

/// Whose function it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A module's or namespace's.
    Module(ModuleId),
    /// A class's.
    Class(ClassId),
    /// A record's.
    Record(RecordId),
}

impl Owner {
    /// The module whose names its types see.
    pub(crate) fn scope(self, api: &Api) -> ModuleId {
        match self {
            Owner::Module(id) => id,
            Owner::Class(id) => api[id].module,
            Owner::Record(id) => api[id].module,
        }
    }
}

/// Parameters that own a place, in order.
pub(crate) fn placed(function: &Function) -> impl Iterator<Item = &Param> {
    function
        .params
        .iter()
        .filter(|param| !matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword))
}

/// The name that callers know: a constructor is called by the name of its class.
pub(super) fn called(function: &Function) -> &str {
    match function.binding {
        Binding::New => function.qualname.trim_end_matches(".new"),
        _ => &function.qualname,
    }
}

/// The static facts, as a Rust expression.
pub(crate) fn signature(function: &Function, rows: &[Row], names: usize) -> String {
    let count = |kinds: &[ParamKind]| {
        placed(function)
            .filter(|param| kinds.contains(&param.kind))
            .count()
    };
    let positional_only = count(&[ParamKind::PositionalOnly]);
    let positional = count(&[ParamKind::PositionalOnly, ParamKind::PositionalOrKeyword]);
    let has = |kind| function.params.iter().any(|param| param.kind == kind);
    let of_params = function.params.iter().zip(rows).filter(|(param, _)| {
        !matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword)
    });
    let params: Vec<String> = of_params
        .map(|(param, row)| {
            let expected = string(row.python.argument.plain());
            format!(
                "rt::Param {{ name: {}, expected: {expected}, required: {}, refused: {} }}",
                string(&param.name),
                param.default.is_none(),
                refused(param)
            )
        })
        .collect();
    let required = placed(function)
        .take(64)
        .enumerate()
        .filter(|(_, param)| param.default.is_none())
        .fold(0u64, |bits, (i, _)| bits | 1 << i);
    format!(
        "rt::Signature {{ name: {}, origin: {}, params: &[{}], positional_only: {positional_only}, positional: {positional}, \
         var_positional: {}, var_keyword: {}, names: {names}, required: {required}, deprecated: {} }}",
        string(called(function)),
        string(&place(&function.origin)),
        params.join(", "),
        has(ParamKind::VarPositional),
        has(ParamKind::VarKeyword),
        super::text::optional(function.deprecated.as_deref()),
    )
}

/// What is said of a value of another type.
fn refused(param: &Param) -> String {
    let optional = |text: &Option<String>| super::text::optional(text.as_deref());
    match (&param.refused, &param.refused_item) {
        (None, None) => "rt::Refused::NONE".to_owned(),
        (value, item) => format!(
            "rt::Refused {{ value: {}, item: {} }}",
            optional(value),
            optional(item)
        ),
    }
}

/// The result of a Rust item that may return the declared errors.
pub(crate) fn fallible(api: &Api, function: &Function, plain: String) -> String {
    match &function.raises[..] {
        [] => plain,
        [Raised::Error(id)] => {
            format!("::std::result::Result<{plain}, {}>", error_path(api, *id))
        }
        // `Exception` alone says that anything may come, as from a callback.
        [Raised::Builtin(name)] if name != "Exception" => {
            format!("::std::result::Result<{plain}, ::pyrus::exc::{name}>")
        }
        _ => format!("::std::result::Result<{plain}, ::pyrus::Error>"),
    }
}

/// Is the parameter of the receiver's own class? Then to compare the types of both objects is enough.
pub(super) fn is_alike(api: &Api, function: &Function, owner: Owner, param: &Param) -> bool {
    let same = match (owner, api.expand(&param.ty)) {
        (Owner::Class(own), Type::Class(id)) => own == *id && !api[own].subclass,
        (Owner::Record(own), Type::Record(id)) => own == *id,
        _ => false,
    };
    let placed = !matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword);
    same && placed && param.default.is_none() && matches!(function.binding, Binding::Method(_))
}

/// Does a call use the extension's state: types, enums, errors? `alike` are the parameters that [`is_alike`] speaks of,
/// if the shell treats them so.
pub(super) fn needs_state(api: &Api, function: &Function, alike: impl Fn(&Param) -> bool) -> bool {
    let declared = function.raises.len() > 1
        || function
            .raises
            .iter()
            .any(|raised| matches!(raised, Raised::Error(_)));
    let types = function
        .params
        .iter()
        .filter(|param| !alike(param))
        .map(|param| &param.ty)
        .chain([&function.returns]);
    declared
        || function.binding == Binding::New
        || !function.view_owners.is_empty()
        || types.flat_map(|ty| api.parts(ty)).any(|part| {
            matches!(
                part,
                Type::Class(_)
                    | Type::Record(_)
                    | Type::Enum(_)
                    | Type::Extern(_)
                    | Type::Iterator(_)
            )
        })
}
