//! Receivers and results: what comes before and after the call of a Rust item.

use pyrus_idl::model::{Api, Binding, Function, Hold, Receiver as Kind, Type};

use super::class::marker;
use super::facts::Owner;
use crate::types::rust::{Form, absolute, record_path, view_type};
use crate::types::{Row, row};

/// The receiver of a call.
#[derive(Default)]
pub(crate) struct Receiver {
    /// Its Rust type, the first parameter of the item.
    pub(crate) ty: Option<String>,
    /// How it is passed.
    pub(crate) pass: Option<String>,
    /// What has to be done before.
    pub(crate) steps: Vec<String>,
}

/// The receiver of a function.
pub(crate) fn receiver(api: &Api, function: &Function, owner: Owner) -> Receiver {
    let Binding::Method(kind) = function.binding else {
        if function.binding == Binding::Class {
            return of(
                "::pyrus::Any<'_>".into(),
                "rt::this_class(cx, slf)".into(),
                Vec::new(),
            );
        }
        return Receiver::default();
    };
    let (marker, path) = match owner {
        Owner::Class(id) => (marker(api, id), absolute(&api[id].rust)),
        Owner::Record(id) => (
            crate::types::rust::marker(api, api[id].module, &api[id].name),
            record_path(api, id),
        ),
        Owner::Module(_) => return Receiver::default(),
    };
    if let (Owner::Class(id), Kind::Ref) = (owner, kind)
        && let Hold::View { resolve, .. } = &api[id].hold
    {
        if resolve.is_some() {
            return of(
                format!("&{path}"),
                "&this".into(),
                vec![format!(
                    "let this = rt::this_resolved::<{marker}>(cx, slf)?;"
                )],
            );
        }
        let step = format!("let this = rt::this_view::<{marker}>(cx, slf)?;");
        return of(view_type(api, &api[id]), "this".into(), vec![step]);
    }
    match kind {
        Kind::Ref => of(
            format!("&{path}"),
            "&this".into(),
            vec![format!("let this = rt::this_ref::<{marker}>(cx, slf)?;")],
        ),
        Kind::Mut => of(
            format!("&mut {path}"),
            "&mut this".into(),
            vec![format!(
                "let mut this = rt::this_mut::<{marker}, {path}>(cx, slf)?;"
            )],
        ),
        Kind::Own => of(
            path.clone(),
            "this".into(),
            vec![format!(
                "let this = rt::this_own::<{marker}, {path}>(cx, slf)?;"
            )],
        ),
        Kind::Object => of(
            format!("::pyrus::This<'_, {marker}>"),
            "rt::this_object(cx, slf)".into(),
            Vec::new(),
        ),
    }
}

fn of(ty: String, pass: String, steps: Vec<String>) -> Receiver {
    Receiver {
        ty: Some(ty),
        pass: Some(pass),
        steps,
    }
}

/// Does it return the object it was called on, without asking Rust?
pub(crate) fn returns_itself(api: &Api, function: &Function, owner: Owner) -> bool {
    let _ = api;
    matches!(function.name.as_str(), "__iter__" | "__enter__")
        && is_own_class(&function.returns, owner)
}

/// Is it an operator that changes the object?
pub(crate) fn is_in_place(name: &str) -> bool {
    const IN_PLACE: [&str; 13] = [
        "__iadd__",
        "__isub__",
        "__imul__",
        "__imatmul__",
        "__itruediv__",
        "__ifloordiv__",
        "__imod__",
        "__ipow__",
        "__ilshift__",
        "__irshift__",
        "__iand__",
        "__ior__",
        "__ixor__",
    ];
    IN_PLACE.contains(&name)
}

fn is_own_class(ty: &Type, owner: Owner) -> bool {
    match (ty, owner) {
        (Type::Class(id), Owner::Class(own)) => *id == own,
        (Type::Record(id), Owner::Record(own)) => *id == own,
        _ => false,
    }
}

/// The Rust item's result before `Result` is put around it.
pub(crate) fn plain_result(api: &Api, function: &Function, owner: Owner, result: &Row) -> String {
    if function.binding == Binding::New {
        return match owner {
            Owner::Class(id) => match api[id].hold {
                Hold::Shared => format!("::std::sync::Arc<{}>", absolute(&api[id].rust)),
                _ => absolute(&api[id].rust),
            },
            _ => result.rust.result.ty.clone(),
        };
    }
    if is_in_place(&function.name) {
        return "()".into();
    }
    given(function, result).ty.clone()
}

/// The form of a result.
fn given<'a>(function: &Function, result: &'a Row) -> &'a Form {
    if function.bound {
        &result.rust.bound
    } else {
        &result.rust.result
    }
}

/// What is done with `out`.
pub(crate) fn result_steps(
    api: &Api,
    function: &Function,
    owner: Owner,
    result: &Row,
) -> Vec<String> {
    let mut steps = Vec::new();
    if !function.raises.is_empty() {
        steps.push("let out = match out { Ok(out) => out, Err(error) => return Err(rt::raised_by(cx, error)) };".into());
    }
    let conv = &given(function, result).conv;
    if function.binding == Binding::New
        && let Owner::Class(id) = owner
    {
        let holder = if api[id].hold == Hold::Shared {
            "Shared"
        } else {
            "Value"
        };
        steps.push(format!(
            "rt::construct::<{}>(cx, slf, rt::{holder}(out))",
            marker(api, id)
        ));
    } else if is_in_place(&function.name) {
        steps.push("let () = out;".into());
        steps.push("rt::itself(cx, slf)".into());
    } else if let ("__next__", Type::Optional(item)) =
        (function.name.as_str(), api.expand(&function.returns))
    {
        let row = row(api, item, owner.scope(api));
        let conv = &given(function, &row).conv;
        steps.push(format!("match out {{ Some(out) => rt::ret::<{conv}, _>(cx, out), None => rt::stop_iteration() }}"));
    } else {
        steps.push(format!("rt::ret::<{conv}, _>(cx, out)"));
    }
    steps
}
