//! `gil: released`: nothing that Python can touch meanwhile.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Binding, ClassId, Hold, Receiver, Type};
use crate::resolve::{At, Cx, Owner, Site};
use crate::syntax;

pub(super) fn check(cx: &Cx<'_>, out: &mut Vec<Diagnostic>) {
    for site in cx.sites.iter().filter(|site| site.function.gil_released) {
        check_receiver(site, out);
        check_owner(cx, site, out);
        for param in &site.function.params {
            let at = site.at.at("args").param(&param.name).unwrap_or(site.at);
            check_type(cx, site, &param.ty, at, true, out);
        }
        check_type(
            cx,
            site,
            &site.function.returns,
            site.at.at("returns"),
            false,
            out,
        );
    }
}

fn check_receiver(site: &Site<'_>, out: &mut Vec<Diagnostic>) {
    if matches!(
        site.function.binding,
        Binding::Method(Receiver::Object) | Binding::Class
    ) {
        let key = if site.at.get("class").is_some() {
            "class"
        } else {
            "receiver"
        };
        report(
            site,
            site.at.at(key),
            "the object itself is a Python object",
            out,
        );
    }
}

/// A view without `resolve` is handed over with a borrow of its owner, which is to be given back with the GIL.
fn check_owner(cx: &Cx<'_>, site: &Site<'_>, out: &mut Vec<Diagnostic>) {
    if let (Owner::Class(id), Binding::Method(Receiver::Ref)) = (site.owner, &site.function.binding)
        && matches!(cx.api[id].hold, Hold::View { resolve: None, .. })
        && let Some(reason) = changed_owner(cx, id)
    {
        report(site, site.at.at("gil"), &reason, out);
    }
}

/// Why a view of that class can't be used: it lends an owner that others may change.
fn changed_owner(cx: &Cx<'_>, id: ClassId) -> Option<String> {
    let class = &cx.api[id];
    let Hold::View { owner, .. } = class.hold else {
        return None;
    };
    is_changed(cx, owner).then(|| {
        let (name, owner) = (&class.name, &cx.api[owner].name);
        format!(
            "`{name}` is a view of `{owner}`, and another thread may call a method of `{owner}` that takes `mut` or `own` \
             meanwhile"
        )
    })
}

fn check_type(
    cx: &Cx<'_>,
    site: &Site<'_>,
    ty: &Type,
    at: At<'_>,
    argument: bool,
    out: &mut Vec<Diagnostic>,
) {
    let bad = cx
        .api
        .parts(ty)
        .into_iter()
        .find_map(|part| reason(cx, part, argument));
    if let Some(reason) = bad {
        report(site, at.type_node(), &reason, out);
    }
}

fn reason(cx: &Cx<'_>, part: &Type, argument: bool) -> Option<String> {
    match part {
        Type::Object => Some("`object` is a Python object".into()),
        Type::Var(name) if !name.is_empty() => Some(format!("`{name}` is a Python object")),
        Type::Callable(..) | Type::Iterator(_) => {
            Some(format!("`{}` runs Python code", part.word()))
        }
        Type::TypeOf(_) => Some("a class is a Python object".into()),
        Type::Buffer(_) => Some("another thread may write to the buffer meanwhile".into()),
        Type::Record(id) if argument && !cx.api[*id].frozen => Some(format!(
            "another thread may assign to fields of `{}` meanwhile",
            cx.api[*id].name
        )),
        Type::Class(id) if argument && changed_owner(cx, *id).is_some() => changed_owner(cx, *id),
        Type::Class(id) if argument && is_changed(cx, *id) => {
            let name = &cx.api[*id].name;
            Some(format!(
                "another thread may call a method of `{name}` that takes `mut` or `own` meanwhile"
            ))
        }
        _ => None,
    }
}

/// Whether a class has methods that change it in place.
fn is_changed(cx: &Cx<'_>, id: ClassId) -> bool {
    let changes = |word: Option<syntax::Receiver>| {
        matches!(word, Some(syntax::Receiver::Mut | syntax::Receiver::Own))
    };
    let methods = cx.classes[id.0]
        .syntax
        .methods
        .values()
        .any(|method| changes(method.receiver));
    let setters = cx.sites.iter().any(|site| {
        site.owner == Owner::Class(id)
            && site.syntax.is_none()
            && matches!(
                site.function.binding,
                Binding::Method(Receiver::Mut | Receiver::Own)
            )
    });
    methods || setters
}

fn report(site: &Site<'_>, at: At<'_>, reason: &str, out: &mut Vec<Diagnostic>) {
    let message = format!(
        "`{}` cannot release the GIL: {reason}",
        site.function.qualname
    );
    let diagnostic = Diagnostic::new(codes::GIL_RELEASED, at.span(), message);
    out.push(diagnostic.also(site.at.at("gil").key, "released because of this"));
}
