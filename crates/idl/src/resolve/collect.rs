//! First pass: every module and item gets an id, every name its meaning. Nothing is looked up yet.

use indexmap::IndexMap;

use super::at::At;
use super::names::{Def, Named};
use super::{Cx, Decl, ModuleDecl};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{
    AliasId, Api, ClassId, EnumId, ErrorId, ExternId, Item, Module, ModuleId, RecordId,
};
use crate::span::Span;
use crate::syntax::{self, ArgKind};
use crate::words;

/// A child module, and where it is declared.
type Child<'a> = (&'a String, &'a syntax::Module, At<'a>);

pub(super) fn collect<'a>(
    cx: &mut Cx<'a>,
    root: &'a syntax::Module,
    at: At<'a>,
    included: Vec<Child<'a>>,
) {
    let decl = ModuleDecl {
        syntax: root,
        at,
        rust: root.rust.clone().unwrap_or_else(|| "crate".into()),
        kind: root.args.unwrap_or(ArgKind::Any),
        live: root.live.unwrap_or(false),
    };
    let name = cx.api.extension.clone();
    let public = root.public.clone().unwrap_or_else(|| name.clone());
    add_module(cx, decl, Vec::new(), name, public, None);
    let mut pending = children(ModuleId(0), root, at);
    pending.extend(included.into_iter().map(|child| (ModuleId(0), child)));
    pending.reverse();
    while let Some((parent, child)) = pending.pop() {
        let Some(id) = child_module(cx, parent, child) else {
            continue;
        };
        let mut more = children(id, child.1, child.2);
        more.reverse();
        pending.append(&mut more);
    }
    for id in 0..cx.modules.len() {
        items(cx, ModuleId(id));
    }
}

fn children<'a>(
    id: ModuleId,
    module: &'a syntax::Module,
    at: At<'a>,
) -> Vec<(ModuleId, Child<'a>)> {
    let at = at.at("modules");
    module
        .modules
        .iter()
        .map(|(name, child)| (id, (name, child, at.at(name))))
        .collect()
}

fn child_module<'a>(cx: &mut Cx<'a>, parent: ModuleId, child: Child<'a>) -> Option<ModuleId> {
    let (name, syntax, at) = child;
    let id = ModuleId(cx.modules.len());
    if !declare(cx, parent, name, Def::Module(id), at.key) {
        return None;
    }
    let above = &cx.modules[parent.0];
    let rust = syntax.rust.clone();
    let rust = rust.unwrap_or_else(|| format!("{}::{}", above.rust, words::rust_ident(name)));
    let decl = ModuleDecl {
        syntax,
        at,
        rust,
        kind: syntax.args.unwrap_or(above.kind),
        live: syntax.live.unwrap_or(above.live),
    };
    let parent_module = &cx.api.modules[parent.0];
    let mut path = parent_module.path.clone();
    path.push(name.clone());
    let full = format!("{}.{name}", parent_module.name);
    let public = syntax.public.clone();
    let public = public.unwrap_or_else(|| format!("{}.{name}", parent_module.public));
    add_module(cx, decl, path, full, public, Some(parent));
    cx.api.modules[parent.0].children.push(id);
    Some(id)
}

fn add_module<'a>(
    cx: &mut Cx<'a>,
    decl: ModuleDecl<'a>,
    path: Vec<String>,
    name: String,
    public: String,
    parent: Option<ModuleId>,
) {
    cx.api.modules.push(Module {
        path,
        name,
        public,
        doc: decl.syntax.doc.as_deref().and_then(super::text::doc),
        origin: decl.at.origin(cx.sources),
        parent,
        children: Vec::new(),
        items: Vec::new(),
        constants: Vec::new(),
        functions: Vec::new(),
        namespaces: Vec::new(),
        generic: decl.syntax.generic.clone(),
    });
    cx.modules.push(decl);
    cx.names.modules.push(IndexMap::new());
    cx.names.parents.push(parent);
}

/// Gives a name its meaning in a module, unless it has one.
fn declare(cx: &mut Cx<'_>, module: ModuleId, name: &str, def: Def, span: Span) -> bool {
    if let Some(first) = cx.names.modules[module.0].get(name).copied() {
        let message = format!("`{name}` is declared twice in this module");
        let diagnostic = Diagnostic::new(codes::NAME_CLASH, span, message)
            .label(format!("as {} here", words::article(def.word())))
            .also(
                first.span,
                format!("as {} here", words::article(first.def.word())),
            );
        cx.out.push(diagnostic);
        return false;
    }
    cx.names.modules[module.0].insert(name.to_owned(), Named { def, span });
    true
}

/// Gives ids to the declarations of one kind; a clashing one gets an id too, so that it is checked.
fn arena<'a, T>(
    cx: &mut Cx<'a>,
    module: ModuleId,
    key: &str,
    map: &'a IndexMap<String, T>,
    arena: for<'b> fn(&'b mut Cx<'a>) -> &'b mut Vec<Decl<'a, T>>,
    def: fn(usize) -> Def,
) {
    let at = cx.modules[module.0].at.at(key);
    for (name, syntax) in map {
        let at = at.at(name);
        let id = arena(cx).len();
        arena(cx).push(Decl {
            name,
            syntax,
            at,
            module,
        });
        declare(cx, module, name, def(id), at.key);
    }
}

fn others<T>(
    cx: &mut Cx<'_>,
    module: ModuleId,
    key: &str,
    map: &IndexMap<String, T>,
    word: &'static str,
) {
    let at = cx.modules[module.0].at.at(key);
    for name in map.keys() {
        declare(cx, module, name, Def::Other(word), at.at(name).key);
    }
}

/// All items of a module, by shape, in the order of the language's table.
fn items(cx: &mut Cx<'_>, id: ModuleId) {
    let module = cx.modules[id.0].syntax;
    arena(
        cx,
        id,
        "types",
        &module.types,
        |cx| &mut cx.aliases,
        |i| Def::Alias(AliasId(i)),
    );
    others(cx, id, "constants", &module.constants, "constant");
    arena(
        cx,
        id,
        "enums",
        &module.enums,
        |cx| &mut cx.enums,
        |i| Def::Enum(EnumId(i)),
    );
    arena(
        cx,
        id,
        "records",
        &module.records,
        |cx| &mut cx.records,
        |i| Def::Record(RecordId(i)),
    );
    arena(
        cx,
        id,
        "errors",
        &module.errors,
        |cx| &mut cx.errors,
        |i| Def::Error(ErrorId(i)),
    );
    arena(
        cx,
        id,
        "classes",
        &module.classes,
        |cx| &mut cx.classes,
        |i| Def::Class(ClassId(i)),
    );
    arena(
        cx,
        id,
        "extern",
        &module.externs,
        |cx| &mut cx.externs,
        |i| Def::Extern(ExternId(i)),
    );
    others(cx, id, "namespaces", &module.namespaces, "namespace");
    others(cx, id, "functions", &module.functions, "function");
    class_aliases(cx, id);
}

fn class_aliases(cx: &mut Cx<'_>, id: ModuleId) {
    let classes: Vec<usize> = (0..cx.classes.len())
        .filter(|&class| cx.classes[class].module == id)
        .collect();
    for class in classes {
        let Decl { syntax, at, .. } = cx.classes[class];
        for (name, at) in syntax.aliases.iter().zip(at.at("aliases").items()) {
            declare(cx, id, name, Def::Class(ClassId(class)), at.node.span);
        }
    }
}

/// Lists the types of every module, by shape, once all ids are final.
pub(super) fn list_items(cx: &mut Cx<'_>) {
    fn add<T>(
        cx: &mut Cx<'_>,
        of: fn(&Api) -> &Vec<T>,
        module: fn(&T) -> ModuleId,
        item: fn(usize) -> Item,
    ) {
        let homes: Vec<ModuleId> = of(&cx.api).iter().map(module).collect();
        for (id, home) in homes.into_iter().enumerate() {
            cx.api.modules[home.0].items.push(item(id));
        }
    }
    add(
        cx,
        |api| &api.aliases,
        |alias| alias.module,
        |i| Item::Alias(AliasId(i)),
    );
    add(
        cx,
        |api| &api.enums,
        |item| item.module,
        |i| Item::Enum(EnumId(i)),
    );
    add(
        cx,
        |api| &api.records,
        |record| record.module,
        |i| Item::Record(RecordId(i)),
    );
    add(
        cx,
        |api| &api.errors,
        |error| error.module,
        |i| Item::Error(ErrorId(i)),
    );
    add(
        cx,
        |api| &api.classes,
        |class| class.module,
        |i| Item::Class(ClassId(i)),
    );
}
