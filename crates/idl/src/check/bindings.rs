//! How functions are bound: static, class, receivers, what they raise.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Hold, Receiver};
use crate::resolve::{At, Cx, Owner, Role, Site};

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in &cx.sites {
        check_method_keys(site, out);
        check_conflict(site, out);
        check_receiver(cx, site, out);
        check_raises(site, out);
        check_new(site, out);
    }
}

/// Keys that only a method has.
fn check_method_keys(site: &Site<'_>, out: &mut Out) {
    if !matches!(site.role, Role::Function | Role::Constructor) {
        return;
    }
    for key in ["static", "class", "receiver", "strict", "shape"] {
        if let Some(at) = site.at.get(key) {
            let what = if site.role == Role::Function {
                "function"
            } else {
                "constructor"
            };
            let message = format!("`{key}` is for methods, and this is a {what}");
            out.push(Diagnostic::new(codes::METHOD_KEY, at.key, message));
        }
    }
}

fn check_conflict(site: &Site<'_>, out: &mut Out) {
    let Some(syntax) = site.syntax.filter(|_| site.role == Role::Method) else {
        return;
    };
    let conflict = match (syntax.is_static, syntax.is_class, syntax.receiver) {
        (true, true, _) => Some(("static", "class")),
        (true, false, Some(_)) => Some(("static", "receiver")),
        (false, true, Some(_)) => Some(("class", "receiver")),
        _ => None,
    };
    if let Some((first, second)) = conflict {
        let message = format!("a method cannot have both `{first}` and `{second}`");
        let diagnostic = Diagnostic::new(codes::BINDING_CONFLICT, site.at.at(second).key, message);
        out.push(diagnostic.also(site.at.at(first).key, "conflicts with this"));
    }
}

/// `mut` and `own` need a payload that the object alone holds.
fn check_receiver(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    let Some(word) = site
        .syntax
        .filter(|_| site.role == Role::Method)
        .and_then(|s| s.receiver)
    else {
        return;
    };
    let receiver = crate::resolve::receiver(word);
    let at = site.at.at("receiver");
    if let Some((message, help)) = refused(cx, site.owner, receiver) {
        out.push(Diagnostic::new(codes::RECEIVER, at.span(), message).help(help));
    }
}

/// Why a class or record cannot give a receiver.
pub(super) fn refused(
    cx: &Cx<'_>,
    owner: Owner,
    receiver: Receiver,
) -> Option<(String, &'static str)> {
    let word = match receiver {
        Receiver::Ref => return None,
        Receiver::Mut => "mut",
        Receiver::Own => "own",
        Receiver::Object => "object",
    };
    match owner {
        Owner::Class(id) if receiver != Receiver::Object => {
            let class = &cx.api[id];
            // Judged by the word, since a view without owner counts as a value.
            let view = cx.classes[id.0].syntax.hold == Some(crate::syntax::Hold::View);
            if view {
                let help = "change the owner instead, through a method of its own";
                return Some((
                    format!("`{}` is a view and cannot give `{word}`", class.name),
                    help,
                ));
            }
            let help = "Rust may hold the object too: take `&self` and a lock inside";
            (class.hold == Hold::Shared).then(|| {
                (
                    format!("`{}` is shared and cannot give `{word}`", class.name),
                    help,
                )
            })
        }
        Owner::Record(id) => {
            let record = &cx.api[id];
            let frozen = receiver == Receiver::Mut && record.frozen;
            let help = "a record's methods take `ref`, or `mut` where it is not frozen";
            (receiver != Receiver::Mut || frozen).then(|| {
                (
                    format!("the record `{}` cannot give `{word}`", record.name),
                    help,
                )
            })
        }
        _ => None,
    }
}

fn check_raises(site: &Site<'_>, out: &mut Out) {
    // A setter repeats what its getter says.
    if site.role == Role::Setter {
        return;
    }
    let items = site.at.get("raises").map(At::items).unwrap_or_default();
    for (item, first) in At::repeated(&items) {
        let message = format!("`{}` is raised twice", item.text());
        let diagnostic = Diagnostic::new(codes::DUPLICATE_ERROR, item.span(), message);
        out.push(diagnostic.also(first.span(), "first here"));
    }
}

fn check_new(site: &Site<'_>, out: &mut Out) {
    if site.role == Role::Constructor
        && let Some(at) = site.at.get("returns")
    {
        let message = "a constructor returns the class, and does not say so";
        out.push(Diagnostic::new(codes::NEW_RETURNS, at.key, message).help("leave `returns` out"));
    }
}
