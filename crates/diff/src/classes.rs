//! Classes, namespaces, and the members that records have too.

use pyrus_idl::Api;
use pyrus_idl::model::{Class, Constant, Function, Hold, Namespace, Origin, Property};

use crate::names::{self, Named, matched};
use crate::{Cx, Place, data, function, rules, spell};

/// Compares two versions of a class.
pub(crate) fn class(cx: &mut Cx<'_>, at: Place<'_>, old: &Class, new: &Class) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::deprecation(cx, at, old.deprecated.as_deref(), new.deprecated.as_deref());
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    names::implementation(cx, at, &old.rust, &new.rust);
    hold(cx, at, &old.hold, &new.hold);
    constructor(cx, at, old, new);
    release(cx, at, old, new);
    cx.toggled(
        at,
        (old.subclass, new.subclass),
        (&rules::SUBCLASS_ADDED, "Python may subclass it"),
        (&rules::SUBCLASS_REMOVED, "Python may no longer subclass it"),
    );
    cx.toggled(
        at,
        (old.weakref, new.weakref),
        (&rules::WEAKREF_ADDED, "it has weak references"),
        (
            &rules::WEAKREF_REMOVED,
            "it has no weak references any more",
        ),
    );
    cx.toggled(
        at,
        (old.unique.is_some(), new.unique.is_some()),
        (&rules::IDENTITY_ADDED, "`is` tells Rust objects apart"),
        (
            &rules::IDENTITY_REMOVED,
            "`is` no longer tells Rust objects apart",
        ),
    );
    more_names(cx, at, &old.aliases, &new.aliases);
    let path = path(at.item);
    functions(cx, &path, "method", &old.methods, &new.methods);
    properties(cx, &path, &old.properties, &new.properties);
    constants(cx, &path, &old.constants, &new.constants);
}

/// Compares two versions of a namespace.
pub(crate) fn namespace(cx: &mut Cx<'_>, at: Place<'_>, old: &Namespace, new: &Namespace) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    let path = path(at.item);
    functions(cx, &path, "function", &old.functions, &new.functions);
    constants(cx, &path, &old.constants, &new.constants);
}

fn path(item: &str) -> Vec<String> {
    item.split('.').map(str::to_owned).collect()
}

fn hold(cx: &mut Cx<'_>, at: Place<'_>, old: &Hold, new: &Hold) {
    let (was, is) = (held(cx.old, old), held(cx.new, new));
    let both_views = matches!((old, new), (Hold::View { .. }, Hold::View { .. }));
    if was != is {
        let rule = if both_views {
            &rules::OWNER
        } else {
            &rules::HOLD
        };
        cx.push(rule, at, format!("it is {is}, it was {was}"));
    }
}

fn held(api: &Api, hold: &Hold) -> String {
    match hold {
        Hold::Value => "the owner of its contents (`hold: value`)".into(),
        Hold::Shared => "one of several holders of its contents (`hold: shared`)".into(),
        Hold::View { owner, .. } => {
            let owner = &api[*owner];
            let owner = spell::item(api, owner.module, &owner.name);
            format!("a view into its `{owner}` (`hold: view`)")
        }
    }
}

fn constructor(cx: &mut Cx<'_>, at: Place<'_>, old: &Class, new: &Class) {
    match (&old.new, &new.new) {
        (Some(old), Some(new)) => function::compare(cx, at, old, new),
        (Some(_), None) => cx.push(&rules::CONSTRUCTOR_REMOVED, at, "it has no constructor"),
        (None, Some(_)) => cx.push(&rules::CONSTRUCTOR_ADDED, at, "it has a constructor"),
        (None, None) => {}
    }
}

fn release(cx: &mut Cx<'_>, at: Place<'_>, old: &Class, new: &Class) {
    match (&old.destroy, &new.destroy) {
        (Some(old), Some(new)) => {
            let item = format!("{}.destroy", at.item);
            function::compare(cx, Place { item: &item, ..at }, old, new);
        }
        (Some(_), None) => cx.push(&rules::DESTROY_REMOVED, at, "it has no `destroy()`"),
        (None, Some(_)) => cx.push(&rules::DESTROY_ADDED, at, "it has `destroy()`"),
        (None, None) => {}
    }
}

fn more_names(cx: &mut Cx<'_>, at: Place<'_>, old: &[String], new: &[String]) {
    for name in old.iter().filter(|name| !new.contains(name)) {
        cx.push(
            &rules::REMOVED,
            at,
            format!("its name `{name}` was removed"),
        );
    }
    for name in new.iter().filter(|name| !old.contains(name)) {
        cx.push(&rules::ADDED, at, format!("its name `{name}` was added"));
    }
}

/// Compares functions by name.
pub(crate) fn functions<'a>(
    cx: &mut Cx<'_>,
    above: &[String],
    kind: &'static str,
    old: &'a [Function],
    new: &'a [Function],
) {
    let shape = |api: &Api, it: &Function| spell::shape(api, it);
    let named = |it: &'a Function| (it.name.as_str(), &it.origin);
    let old = list(kind, cx.old, old, named, shape);
    let new = list(kind, cx.new, new, named, shape);
    for (item, old, new) in matched(cx, above, old, new) {
        let at = between(&item, old.origin, new.origin);
        function::compare(cx, at, old.it, new.it);
    }
}

/// Compares properties by name: a getter is a result, a setter an argument.
pub(crate) fn properties<'a>(
    cx: &mut Cx<'_>,
    above: &[String],
    old: &'a [Property],
    new: &'a [Property],
) {
    let shape =
        |api: &Api, it: &Property| format!("{} {}", spell::shape(api, &it.get), it.set.is_some());
    let named = |it: &'a Property| (it.name.as_str(), &it.origin);
    let old = list("property", cx.old, old, named, shape);
    let new = list("property", cx.new, new, named, shape);
    for (item, old, new) in matched(cx, above, old, new) {
        let at = between(&item, old.origin, new.origin);
        names::doc(cx, at, old.it.doc.as_deref(), new.it.doc.as_deref());
        function::compare(cx, at, &old.it.get, &new.it.get);
        match (&old.it.set, &new.it.set) {
            (Some(old), Some(new)) => function::compare(cx, at, old, new),
            (Some(_), None) => cx.push(&rules::SETTER_REMOVED, at, "it cannot be assigned"),
            (None, Some(_)) => cx.push(&rules::SETTER_ADDED, at, "it can be assigned"),
            (None, None) => {}
        }
    }
}

/// Compares constants by name.
pub(crate) fn constants<'a>(
    cx: &mut Cx<'_>,
    above: &[String],
    old: &'a [Constant],
    new: &'a [Constant],
) {
    let shape = |api: &Api, it: &Constant| format!("{} {:?}", spell::ty(api, &it.ty), it.source);
    let named = |it: &'a Constant| (it.name.as_str(), &it.origin);
    let old = list("constant", cx.old, old, named, shape);
    let new = list("constant", cx.new, new, named, shape);
    for (item, old, new) in matched(cx, above, old, new) {
        let at = between(&item, old.origin, new.origin);
        data::constant(cx, at, old.it, new.it);
    }
}

fn list<'a, T>(
    kind: &'static str,
    api: &Api,
    items: &'a [T],
    named: impl Fn(&'a T) -> (&'a str, &'a Origin),
    shape: impl Fn(&Api, &T) -> String,
) -> Vec<Named<'a, &'a T>> {
    let one = |it: &'a T| {
        let (name, origin) = named(it);
        Named {
            kind,
            name,
            shape: shape(api, it),
            origin,
            it,
        }
    };
    items.iter().map(one).collect()
}

pub(crate) fn between<'a>(item: &'a str, old: &'a Origin, new: &'a Origin) -> Place<'a> {
    Place { item, old, new }
}
