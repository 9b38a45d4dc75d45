//! Ownership of classes.

use super::bindings::refused;
use crate::codes::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::{ClassId, Receiver, RecordId, Type};
use crate::resolve::{At, Cx, Decl, Owner};
use crate::syntax::{self, Hold};

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for (id, decl) in cx.classes.iter().enumerate() {
        let owner = Owner::Class(ClassId(id));
        check_view(decl, out);
        check_not_view(decl, out);
        check_rust(cx, ClassId(id), out);
        check_slots(cx, ClassId(id), out);
        check_setters(cx, owner, decl.at, out);
    }
    for (id, decl) in cx.records.iter().enumerate() {
        check_setters(cx, Owner::Record(RecordId(id)), decl.at, out);
    }
}

/// A view needs owner and key, and cannot be made or released by itself.
fn check_view(decl: &Decl<'_, syntax::Class>, out: &mut Out) {
    let Decl {
        name, syntax, at, ..
    } = *decl;
    if syntax.hold != Some(Hold::View) {
        return;
    }
    let missing: Vec<&str> = ["owner", "key"]
        .into_iter()
        .filter(|key| at.get(key).is_none())
        .collect();
    if !missing.is_empty() {
        let message = format!("the view `{name}` has no `{}`", missing.join("` and no `"));
        let help = "a view names the class that owns its objects and the Rust type that finds one";
        out.push(Diagnostic::new(codes::VIEW_KEYS, at.key, message).help(help));
    }
    let refused: [(&str, Code, &str); 3] = [
        (
            "destroy",
            codes::DESTROY_VIEW,
            "a view has nothing to release: its owner does",
        ),
        (
            "new",
            codes::NEW_ON_VIEW,
            "a view comes from its owner and has no constructor",
        ),
        (
            "unique",
            codes::UNIQUE_ON_VIEW,
            "a view is made anew each time and cannot be unique",
        ),
    ];
    for (key, code, message) in refused {
        if let Some(found) = at.get(key) {
            out.push(
                Diagnostic::new(code, found.key, message)
                    .also(at.at("hold").span(), "a view because of this"),
            );
        }
    }
}

fn check_not_view(decl: &Decl<'_, syntax::Class>, out: &mut Out) {
    if decl.syntax.hold == Some(Hold::View) {
        return;
    }
    for key in ["owner", "key", "resolve"] {
        if let Some(at) = decl.at.get(key) {
            let message = format!("`{key}` is for views, and `{}` is none", decl.name);
            out.push(
                Diagnostic::new(codes::KEYS_WITHOUT_VIEW, at.key, message).help("add `hold: view`"),
            );
        }
    }
}

fn check_rust(cx: &Cx<'_>, id: ClassId, out: &mut Out) {
    let decl = &cx.classes[id.0];
    let functions_only = decl.syntax.hold == Some(Hold::View) && decl.syntax.resolve.is_none();
    if decl.syntax.rust.is_none() && !functions_only {
        let message = format!("class `{}` does not say its Rust type", decl.name);
        let help = format!("add `rust: {}`, or where the type is", cx.api[id].rust);
        out.push(Diagnostic::new(codes::MISSING_RUST, decl.at.key, message).help(help));
    }
}

fn check_slots(cx: &Cx<'_>, id: ClassId, out: &mut Out) {
    let at = cx.classes[id.0].at;
    for (name, ty) in &cx.api[id].slots {
        let core = cx.api.core(ty);
        let good = matches!(
            core,
            Type::Object | Type::Class(_) | Type::Record(_) | Type::Extern(_)
        ) || matches!(core, Type::Var(name) if name.is_empty());
        if !good {
            let message = format!(
                "`{}` is not a Python object and needs no slot",
                cx.api.show(ty)
            );
            let help =
                "a slot holds `object`, a class or a record; keep everything else in the Rust type";
            out.push(
                Diagnostic::new(codes::SLOT_TYPE, at.at("slots").at(name).span(), message)
                    .help(help),
            );
        }
    }
}

fn check_setters(cx: &Cx<'_>, owner: Owner, at: At<'_>, out: &mut Out) {
    for (name, at) in at.get("properties").map(At::entries).unwrap_or_default() {
        check_setter(cx, owner, name, at, out);
    }
}

fn check_setter(cx: &Cx<'_>, owner: Owner, name: &str, at: At<'_>, out: &mut Out) {
    let set = at.get("set").filter(|set| set.text() != "false");
    if let Some(receiver) = at.get("receiver") {
        let word = match receiver.text() {
            "mut" => Receiver::Mut,
            "ref" => Receiver::Ref,
            _ => Receiver::Own,
        };
        let message = match set {
            None => format!("`{name}` has no setter, and a getter takes `ref`"),
            Some(_) if word == Receiver::Own => "a setter takes `ref` or `mut`".to_owned(),
            Some(_) => match refused(cx, owner, word) {
                Some((message, _)) => message,
                None => return,
            },
        };
        out.push(Diagnostic::new(
            codes::SETTER_RECEIVER,
            receiver.span(),
            message,
        ));
    } else if let (Some(set), Owner::Record(id)) = (set, owner)
        && cx.api[id].frozen
    {
        let message = format!(
            "the record `{}` is frozen and has no setters",
            cx.api[id].name
        );
        out.push(Diagnostic::new(codes::SETTER_RECEIVER, set.key, message));
    }
}
