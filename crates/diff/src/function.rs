//! Functions, methods, constructors and accessors.

use pyrus_idl::Api;
use pyrus_idl::model::{Binding, Function, Raised, Receiver, Type};

use crate::relation::{Relation, Use, relate};
use crate::{Cx, Place, names, params, rules, spell};

/// Compares two versions of a function.
pub(crate) fn compare(cx: &mut Cx<'_>, at: Place<'_>, old: &Function, new: &Function) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::deprecation(cx, at, old.deprecated.as_deref(), new.deprecated.as_deref());
    binding(cx, at, old.binding, new.binding);
    params::compare(cx, at, &old.params, &new.params);
    result(cx, at, "it", &old.returns, &new.returns);
    raises(cx, at, &old.raises, &new.raises);
    cx.toggled(
        at,
        (old.gil_released, new.gil_released),
        (&rules::GIL_RELEASED, "the GIL is released during the call"),
        (&rules::GIL_HELD, "the GIL is held during the call"),
    );
    cx.toggled(
        at,
        (old.strict, new.strict),
        (&rules::STRICT, "it answers `False` for other types"),
        (
            &rules::STRICT,
            "it answers `NotImplemented` for other types",
        ),
    );
    overloads(cx, at, old, new);
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    names::doc(
        cx,
        at,
        old.returns_doc.as_deref(),
        new.returns_doc.as_deref(),
    );
    names::implementation(cx, at, &old.rust, &new.rust);
}

/// Compares what callers get.
pub(crate) fn result(cx: &mut Cx<'_>, at: Place<'_>, subject: &str, old: &Type, new: &Type) {
    let (a, b) = (cx.old, cx.new);
    let exact = relate((a, old), (b, new), Use::Argument);
    let rule = match relate((a, old), (b, new), Use::Result) {
        Relation::Same if exact == Relation::Same => return,
        Relation::Same => &rules::RETURN_RANGE,
        Relation::Narrower => &rules::RETURN_NARROWED,
        Relation::Wider => &rules::RETURN_WIDENED,
        Relation::Other if *old == Type::None => &rules::RETURN_GAINED,
        Relation::Other => &rules::RETURN_CHANGED,
    };
    let (was, is) = spell::both((a, old), (b, new));
    cx.push(rule, at, format!("{subject} gives `{is}`, it gave `{was}`"));
}

fn raises(cx: &mut Cx<'_>, at: Place<'_>, old: &[Raised], new: &[Raised]) {
    let (a, b) = (cx.old, cx.new);
    let was: Vec<_> = old.iter().map(|one| spell::raised(a, one)).collect();
    let is: Vec<_> = new.iter().map(|one| spell::raised(b, one)).collect();
    for (one, name) in new.iter().zip(&is).filter(|(_, name)| !was.contains(name)) {
        let known = bases(b, one).into_iter().find(|base| was.contains(base));
        let (rule, what) = match known {
            Some(base) => (
                &rules::RAISES_NARROWED,
                format!("it raises `{name}`, a kind of `{base}`"),
            ),
            None => (&rules::RAISES_ADDED, format!("it raises `{name}` too")),
        };
        cx.push(rule, at, what);
    }
    for name in was.iter().filter(|name| !is.contains(name)) {
        cx.push(
            &rules::RAISES_REMOVED,
            at,
            format!("it no longer raises `{name}`"),
        );
    }
}

/// What an exception is derived from, nearest first, as far as declarations tell.
pub(crate) fn bases(api: &Api, of: &Raised) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = of;
    while let Raised::Error(id) = at {
        at = &api[*id].base;
        out.push(spell::raised(api, at));
    }
    out
}

fn binding(cx: &mut Cx<'_>, at: Place<'_>, old: Binding, new: Binding) {
    if let (Binding::Method(was), Binding::Method(is)) = (old, new) {
        return receiver(cx, at, was, is);
    }
    if old != new {
        let what = format!("it is {}, it was {}", bound(new), bound(old));
        cx.push(&rules::BINDING, at, what);
    }
}

fn bound(binding: Binding) -> &'static str {
    match binding {
        Binding::Free => "a function",
        Binding::Static => "a static method",
        Binding::Class => "a class method",
        Binding::New => "the constructor",
        Binding::Method(_) => "a method",
    }
}

fn receiver(cx: &mut Cx<'_>, at: Place<'_>, old: Receiver, new: Receiver) {
    let strictness = |receiver| match receiver {
        Receiver::Ref | Receiver::Object => 0,
        Receiver::Mut => 1,
        Receiver::Own => 2,
    };
    let what = match new {
        Receiver::Ref | Receiver::Object => "it only reads the object",
        Receiver::Mut => "it changes the object",
        Receiver::Own => "it uses the object up",
    };
    match strictness(new).cmp(&strictness(old)) {
        std::cmp::Ordering::Greater => cx.push(&rules::RECEIVER_STRICTER, at, what),
        std::cmp::Ordering::Less => cx.push(&rules::RECEIVER_LOOSER, at, what),
        std::cmp::Ordering::Equal => {}
    }
}

fn overloads(cx: &mut Cx<'_>, at: Place<'_>, old: &Function, new: &Function) {
    if old.overloads.is_empty() && new.overloads.is_empty() {
        return;
    }
    let shown = |api, function: &Function| -> Vec<String> {
        let overloads = function.overloads.iter();
        let mut all: Vec<_> = overloads
            .map(|one| spell::signature(api, &one.params, &one.returns))
            .collect();
        if all.is_empty() {
            all.push(spell::signature(api, &function.params, &function.returns));
        }
        all
    };
    let (was, is) = (shown(cx.old, old), shown(cx.new, new));
    for one in was.iter().filter(|one| !is.contains(one)) {
        let what = format!("the signature `{one}` is no longer shown");
        cx.push(&rules::OVERLOAD_REMOVED, at, what);
    }
    for one in is.iter().filter(|one| !was.contains(one)) {
        let what = format!("the signature `{one}` is shown too");
        cx.push(&rules::OVERLOAD_ADDED, at, what);
    }
}
