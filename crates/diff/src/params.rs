//! Parameters: whether every call that worked still does, and means the same.

use pyrus_idl::model::{Param, ParamKind};

use crate::relation::{Relation, Use, relate};
use crate::{Cx, Place, names, rules, spell};

/// Compares the parameters of a function.
pub(crate) fn compare(cx: &mut Cx<'_>, at: Place<'_>, old: &[Param], new: &[Param]) {
    let mut came: Vec<usize> = (0..new.len()).collect();
    let mut pairs = Vec::new();
    for (index, param) in old.iter().enumerate() {
        let found = new.iter().position(|other| other.name == param.name);
        let found = found.or_else(|| renamed(old, new, index));
        match found {
            Some(other) => {
                came.retain(|one| *one != other);
                pairs.push((index, other));
            }
            None => cx.push(
                &rules::PARAMETER_REMOVED,
                at,
                format!("parameter `{}` was removed", param.name),
            ),
        }
    }
    for index in came {
        added(cx, at, &new[index]);
    }
    moved(cx, at, old, new, &pairs);
    for (a, b) in pairs {
        one(cx, at, &old[a], &new[b]);
    }
}

/// A positional parameter that has another name at the same place.
fn renamed(old: &[Param], new: &[Param], index: usize) -> Option<usize> {
    let (a, b) = (&old[index], new.get(index)?);
    let is_new = old.iter().all(|param| param.name != b.name);
    let same_kind = a.kind == b.kind;
    let alike = a.ty == b.ty || is_rest(a.kind) || ways(a.kind).0;
    (is_new && same_kind && alike).then_some(index)
}

fn added(cx: &mut Cx<'_>, at: Place<'_>, param: &Param) {
    let optional = param.default.is_some() || is_rest(param.kind);
    let (rule, word) = if optional {
        (&rules::PARAMETER_OPTIONAL, "optional")
    } else {
        (&rules::PARAMETER_REQUIRED, "required")
    };
    cx.push(
        rule,
        at,
        format!("the {word} parameter `{}` was added", param.name),
    );
}

/// The first positional parameter that stands elsewhere, although none before it was removed.
fn moved(cx: &mut Cx<'_>, at: Place<'_>, old: &[Param], new: &[Param], pairs: &[(usize, usize)]) {
    let positional = |param: &Param| ways(param.kind).0;
    let kept = |index: usize| pairs.iter().any(|(a, _)| *a == index);
    for (a, b) in pairs {
        if !(positional(&old[*a]) && positional(&new[*b])) {
            continue;
        }
        if (0..*a).any(|index| !kept(index)) {
            return;
        }
        if a != b {
            let what = format!(
                "parameter `{}` is number {}, it was number {}",
                new[*b].name,
                b + 1,
                a + 1
            );
            cx.push(&rules::PARAMETER_MOVED, at, what);
            return;
        }
    }
}

fn one(cx: &mut Cx<'_>, at: Place<'_>, old: &Param, new: &Param) {
    let (a, b) = (cx.old, cx.new);
    let name = &old.name;
    if old.name != new.name {
        let rule = if ways(old.kind).1 {
            &rules::PARAMETER_RENAMED
        } else {
            &rules::PARAMETER_RENAMED_POSITIONAL
        };
        cx.push(
            rule,
            at,
            format!("parameter `{name}` is named `{}` now", new.name),
        );
    }
    kind(cx, at, old, new);
    let text = |param: &Param, api| param.default.as_ref().map(|v| spell::value(api, v));
    match (text(old, a), text(new, b)) {
        (Some(was), None) if !is_rest(new.kind) => cx.push(
            &rules::DEFAULT_REMOVED,
            at,
            format!("parameter `{name}` has no default, it had {was}"),
        ),
        (None, Some(is)) => cx.push(
            &rules::DEFAULT_ADDED,
            at,
            format!("parameter `{name}` has the default {is}"),
        ),
        (Some(was), Some(is)) if was != is => cx.push(
            &rules::DEFAULT_CHANGED,
            at,
            format!("the default of parameter `{name}` is {is}, it was {was}"),
        ),
        _ => {}
    }
    argument(cx, at, &format!("parameter `{name}`"), old, new);
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
}

fn kind(cx: &mut Cx<'_>, at: Place<'_>, old: &Param, new: &Param) {
    let (was, is) = (ways(old.kind), ways(new.kind));
    let what = format!(
        "parameter `{}` is {}, it was {}",
        old.name,
        word(new.kind),
        word(old.kind)
    );
    let lost = was.0 && !is.0 || was.1 && !is.1 || is_rest(old.kind) != is_rest(new.kind);
    if lost {
        cx.push(&rules::KIND_NARROWED, at, what);
    } else if was != is {
        cx.push(&rules::KIND_WIDENED, at, what);
    }
}

fn argument(cx: &mut Cx<'_>, at: Place<'_>, subject: &str, old: &Param, new: &Param) {
    let (a, b) = (cx.old, cx.new);
    let rule = match relate((a, &old.ty), (b, &new.ty), Use::Argument) {
        Relation::Same => return,
        Relation::Narrower => &rules::ARGUMENT_NARROWED,
        Relation::Wider => &rules::ARGUMENT_WIDENED,
        Relation::Other => &rules::ARGUMENT_CHANGED,
    };
    let (was, is) = spell::both((a, &old.ty), (b, &new.ty));
    cx.push(rule, at, format!("{subject} takes `{is}`, it took `{was}`"));
}

/// Whether it can be passed by position, and by name.
fn ways(kind: ParamKind) -> (bool, bool) {
    match kind {
        ParamKind::PositionalOnly => (true, false),
        ParamKind::PositionalOrKeyword => (true, true),
        ParamKind::KeywordOnly => (false, true),
        ParamKind::VarPositional | ParamKind::VarKeyword => (false, false),
    }
}

fn is_rest(kind: ParamKind) -> bool {
    matches!(kind, ParamKind::VarPositional | ParamKind::VarKeyword)
}

fn word(kind: ParamKind) -> &'static str {
    match kind {
        ParamKind::PositionalOnly => "positional only",
        ParamKind::PositionalOrKeyword => "positional or keyword",
        ParamKind::VarPositional => "the rest of the positional ones",
        ParamKind::KeywordOnly => "keyword only",
        ParamKind::VarKeyword => "the rest of the keywords",
    }
}
