//! Handle classes and namespaces.

use pyrus_idl::model::{Class, ClassId, Constant, Function, Namespace, Origin, Type};

use super::function::{self, Draft, bare};
use super::{Members, StubClass, StubFunction, StubItem, property, protocol, value};
use crate::docs;
use crate::stub::scope::{Scope, comment};
use crate::stub::{docstring, layout};

/// A handle class.
pub(crate) fn view(scope: &mut Scope<'_>, id: ClassId, indent: usize) -> StubClass {
    let class = &scope.api[id];
    let owner = Type::Class(id);
    let inner = indent + 4;
    let word = if class.subclass {
        scope.extension("disjoint_base")
    } else {
        scope.typing("final")
    };
    let mut decorators = vec![format!("@{word}")];
    decorators.extend(function::deprecated(
        scope,
        indent,
        class.deprecated.as_deref(),
    ));
    let doc = docs::class(scope.api, class).map(|doc| docstring::literal(inner, &doc));
    let doc = doc.unwrap_or_default();
    let mut members = Members::new(!doc.is_empty());
    let namespaces = scope.api[class.module].namespaces.iter();
    for item in namespaces.filter(|item| item.within == Some(id)) {
        let guard = scope.platforms(&item.condition.platforms);
        let indent = if guard.is_empty() { inner } else { inner + 4 };
        let view = StubItem::Class(namespace(scope, item, indent));
        members.push_guarded(guard, view);
    }
    constants(scope, &mut members, &class.constants, inner);
    if is_unhashable(&class.methods) {
        members.push(StubItem::Attribute(value::unhashable(scope)));
    }
    if let Some(new) = &class.new {
        functions(
            scope,
            &mut members,
            std::slice::from_ref(new),
            &owner,
            inner,
        );
    }
    for item in &class.properties {
        members.push(StubItem::Property(property::declared(scope, item, inner)));
    }
    functions(scope, &mut members, &class.methods, &owner, inner);
    release(scope, &mut members, class, inner);
    let has_eq = class.methods.iter().any(|method| method.name == "__eq__");
    for item in protocol::counterparts(scope, &class.methods, has_eq, &owner, inner) {
        members.push(item);
    }
    members.push(StubItem::Function(address(scope, inner)));
    let head = head(indent, &class.name, None, false, &class.origin);
    StubClass {
        decorators,
        head,
        doc,
        members: members.placed,
    }
}

/// A class that holds static functions.
pub(crate) fn namespace(scope: &mut Scope<'_>, item: &Namespace, indent: usize) -> StubClass {
    let decorators = vec![format!("@{}", scope.typing("final"))];
    let doc = docs::namespace(item).map(|doc| docstring::literal(indent + 4, &doc));
    let doc = doc.unwrap_or_default();
    let mut members = Members::new(!doc.is_empty());
    constants(scope, &mut members, &item.constants, indent + 4);
    functions(
        scope,
        &mut members,
        &item.functions,
        &Type::None,
        indent + 4,
    );
    let is_empty = doc.is_empty() && members.placed.is_empty();
    let head = head(indent, &item.name, None, is_empty, &item.origin);
    StubClass {
        decorators,
        head,
        doc,
        members: members.placed,
    }
}

/// `class Name(Base):  # bindings.yaml:1`.
pub(crate) fn head(
    indent: usize,
    name: &str,
    base: Option<&str>,
    is_empty: bool,
    origin: &Origin,
) -> String {
    let dots = if is_empty { " ..." } else { "" };
    let tail = format!(":{dots}{}", comment(origin));
    match base {
        Some(base) => layout::call(indent, &format!("class {name}"), base, &tail),
        None => format!("class {name}{tail}"),
    }
}

pub(crate) fn constants(
    scope: &mut Scope<'_>,
    members: &mut Members,
    constants: &[Constant],
    indent: usize,
) {
    for constant in constants {
        let guard = scope.platforms(&constant.condition.platforms);
        let indent = if guard.is_empty() { indent } else { indent + 4 };
        let item = StubItem::Attribute(value::constant(scope, constant, indent));
        members.push_guarded(guard, item);
    }
}

pub(crate) fn functions(
    scope: &mut Scope<'_>,
    members: &mut Members,
    functions: &[Function],
    owner: &Type,
    indent: usize,
) {
    for item in functions.iter().filter(|item| !protocol::is_silent(item)) {
        let guard = scope.platforms(&item.condition.platforms);
        let indent = if guard.is_empty() { indent } else { indent + 4 };
        for view in function::items(scope, item, Some(owner), indent) {
            members.push_guarded(guard.clone(), view);
        }
    }
}

/// Equality without a hash makes objects unhashable.
pub(crate) fn is_unhashable(methods: &[Function]) -> bool {
    let has = |name| methods.iter().any(|method| method.name == name);
    has("__eq__") && !has("__hash__")
}

/// `destroy()` and what makes `with` work.
fn release(scope: &mut Scope<'_>, members: &mut Members, class: &Class, indent: usize) {
    let Some(destroy) = &class.destroy else {
        return;
    };
    let has = |name| class.methods.iter().any(|method| method.name == name);
    let none = || "None".to_owned();
    let view = Draft {
        indent,
        name: "destroy",
        params: vec![bare("self")],
        returns: none(),
        doc: Some(docs::destroy(scope.api, destroy)),
        ..Draft::default()
    }
    .finish();
    members.push(StubItem::Function(view));
    if !has("__enter__") {
        let returns = scope.extension("Self");
        members.push(StubItem::Function(method(
            "__enter__",
            Vec::new(),
            returns,
            indent,
        )));
    }
    if !has("__exit__") {
        let params = protocol::exit_parameters(scope);
        members.push(StubItem::Function(method(
            "__exit__",
            params,
            none(),
            indent,
        )));
    }
}

/// The handle for debuggers.
pub(crate) fn address(scope: &mut Scope<'_>, indent: usize) -> StubFunction {
    let returns = scope.builtin("int");
    method("__rust_address__", Vec::new(), returns, indent)
}

/// A method that the generator adds.
pub(crate) fn method(
    name: &str,
    params: Vec<layout::Parameter>,
    returns: String,
    indent: usize,
) -> StubFunction {
    let params = std::iter::once(bare("self")).chain(params).collect();
    Draft {
        indent,
        name,
        params,
        returns,
        ..Draft::default()
    }
    .finish()
}
