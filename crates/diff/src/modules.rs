//! Modules and what they hold.

use pyrus_idl::Api;
use pyrus_idl::model::{
    Alias, Class, Constant, Enum, Error, Function, Item, Module, Namespace, Origin, Record,
};

use crate::names::{Named, doc, matched};
use crate::{Cx, Place, classes, data, function, rules, spell};

/// What a module holds.
#[derive(Clone, Copy)]
enum Entity<'a> {
    Alias(&'a Alias),
    Enum(&'a Enum),
    Record(&'a Record),
    Error(&'a Error),
    Class(&'a Class),
    Namespace(&'a Namespace),
    Constant(&'a Constant),
    Function(&'a Function),
}

/// Compares everything.
pub(crate) fn compare(cx: &mut Cx<'_>) {
    let (old, new) = (cx.old, cx.new);
    let (Some(a), Some(b)) = (old.modules.first(), new.modules.first()) else {
        return;
    };
    if old.extension != new.extension {
        let at = Place {
            item: &new.extension,
            old: &a.origin,
            new: &b.origin,
        };
        cx.push(
            &rules::EXTENSION,
            at,
            format!("it was named `{}`", old.extension),
        );
    }
    module(cx, a, b);
}

fn module(cx: &mut Cx<'_>, old: &Module, new: &Module) {
    let (a, b) = (cx.old, cx.new);
    let path = old.path.join(".");
    let item = if path.is_empty() { &a.extension } else { &path };
    let at = Place {
        item,
        old: &old.origin,
        new: &new.origin,
    };
    doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    if old.public != new.public && (old.public != old.name || new.public != new.name) {
        let what = format!(
            "users import it from `{}`, not `{}`",
            new.public, old.public
        );
        cx.push(&rules::PUBLIC, at, what);
    }
    for (item, old, new) in matched(cx, &old.path, entities(a, old), entities(b, new)) {
        let at = Place {
            item: &item,
            old: old.origin,
            new: new.origin,
        };
        if old.kind == new.kind {
            entity(cx, at, old.it, new.it);
        } else {
            let what = format!("the {} became a {}", old.kind, new.kind);
            cx.push(&rules::SHAPE, at, what);
        }
    }
    for (_, old, new) in matched(cx, &old.path, children(a, old), children(b, new)) {
        module(cx, old.it, new.it);
    }
}

fn children<'a>(api: &'a Api, module: &'a Module) -> Vec<Named<'a, &'a Module>> {
    let named = |child: &'a Module| Named {
        kind: "module",
        name: child.path.last().map_or("", String::as_str),
        shape: format!("{:?}", names(entities(api, child))),
        origin: &child.origin,
        it: child,
    };
    let children = module.children.iter().map(|id| &api[*id]);
    children.map(named).collect()
}

fn names<T>(list: Vec<Named<'_, T>>) -> Vec<&str> {
    list.into_iter().map(|named| named.name).collect()
}

fn entity(cx: &mut Cx<'_>, at: Place<'_>, old: Entity<'_>, new: Entity<'_>) {
    match (old, new) {
        (Entity::Alias(old), Entity::Alias(new)) => data::alias(cx, at, old, new),
        (Entity::Enum(old), Entity::Enum(new)) => data::enumeration(cx, at, old, new),
        (Entity::Record(old), Entity::Record(new)) => data::record(cx, at, old, new),
        (Entity::Error(old), Entity::Error(new)) => data::error(cx, at, old, new),
        (Entity::Class(old), Entity::Class(new)) => classes::class(cx, at, old, new),
        (Entity::Namespace(old), Entity::Namespace(new)) => classes::namespace(cx, at, old, new),
        (Entity::Constant(old), Entity::Constant(new)) => data::constant(cx, at, old, new),
        (Entity::Function(old), Entity::Function(new)) => function::compare(cx, at, old, new),
        _ => {}
    }
}

fn entities<'a>(api: &'a Api, module: &'a Module) -> Vec<Named<'a, Entity<'a>>> {
    let mut out: Vec<_> = module.items.iter().map(|id| item(api, *id)).collect();
    out.extend(module.namespaces.iter().map(|it| {
        let names: Vec<_> = it.functions.iter().map(|f| &f.name).collect();
        let shape = format!("{names:?}");
        named(
            "namespace",
            &it.name,
            shape,
            &it.origin,
            Entity::Namespace(it),
        )
    }));
    out.extend(module.constants.iter().map(|it| {
        let shape = format!("{} {:?}", spell::ty(api, &it.ty), it.source);
        named(
            "constant",
            &it.name,
            shape,
            &it.origin,
            Entity::Constant(it),
        )
    }));
    out.extend(module.functions.iter().map(|it| {
        let shape = spell::shape(api, it);
        named(
            "function",
            &it.name,
            shape,
            &it.origin,
            Entity::Function(it),
        )
    }));
    out
}

fn item(api: &Api, item: Item) -> Named<'_, Entity<'_>> {
    match item {
        Item::Alias(id) => {
            let it = &api[id];
            let shape = spell::ty(api, &it.ty);
            named("alias", &it.name, shape, &it.origin, Entity::Alias(it))
        }
        Item::Enum(id) => {
            let it = &api[id];
            let members: Vec<_> = it.members.iter().map(|m| (&m.name, &m.value)).collect();
            let shape = format!("{:?} {members:?}", it.kind);
            named("enum", &it.name, shape, &it.origin, Entity::Enum(it))
        }
        Item::Record(id) => {
            let it = &api[id];
            let fields: Vec<_> = it
                .fields
                .iter()
                .map(|f| format!("{}: {}", f.name, spell::ty(api, &f.ty)))
                .collect();
            let shape = format!("{fields:?}");
            named("record", &it.name, shape, &it.origin, Entity::Record(it))
        }
        Item::Error(id) => {
            let it = &api[id];
            let fields: Vec<_> = it.fields.iter().map(|f| &f.name).collect();
            let shape = format!("{} {fields:?}", spell::raised(api, &it.base));
            named("error", &it.name, shape, &it.origin, Entity::Error(it))
        }
        Item::Class(id) => {
            let it = &api[id];
            let methods: Vec<_> = it.methods.iter().map(|m| &m.name).collect();
            let properties: Vec<_> = it.properties.iter().map(|p| &p.name).collect();
            let shape = format!("{methods:?} {properties:?}");
            named("class", &it.name, shape, &it.origin, Entity::Class(it))
        }
    }
}

fn named<'a>(
    kind: &'static str,
    name: &'a str,
    shape: String,
    origin: &'a Origin,
    it: Entity<'a>,
) -> Named<'a, Entity<'a>> {
    Named {
        kind,
        name,
        shape,
        origin,
        it,
    }
}
