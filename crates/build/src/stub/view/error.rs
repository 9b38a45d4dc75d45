//! Errors.

use pyrus_idl::model::{Error, Raised};

use super::class::head;
use super::{Members, StubClass, StubItem, value};
use crate::docs;
use crate::stub::docstring;
use crate::stub::scope::Scope;

/// An exception class with the attributes that its base does not have.
pub(crate) fn view(scope: &mut Scope<'_>, error: &Error, indent: usize) -> StubClass {
    let (base, inherited) = match &error.base {
        Raised::Builtin(name) => (name.clone(), 0),
        Raised::Error(id) => (scope.error(*id), scope.api[*id].fields.len()),
    };
    let doc = docs::error(error)
        .map(|doc| docstring::literal(indent + 4, &doc))
        .unwrap_or_default();
    let mut members = Members::new(!doc.is_empty());
    for field in error.fields.iter().skip(inherited) {
        members.push(StubItem::Attribute(value::field(scope, field, indent + 4)));
    }
    let is_empty = doc.is_empty() && members.placed.is_empty();
    let head = head(indent, &error.name, Some(&base), is_empty, &error.origin);
    StubClass {
        decorators: Vec::new(),
        head,
        doc,
        members: members.placed,
    }
}
