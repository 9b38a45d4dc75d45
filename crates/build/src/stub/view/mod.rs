//! What the templates are given: finished strings and flags, one struct per shape.

mod class;
mod enumeration;
mod error;
mod function;
mod live;
mod members;
mod module;
mod property;
mod protocol;
mod record;
mod value;

use std::fmt;

use askama::Template;

pub(crate) use members::Members;
pub(crate) use module::StubModule;

/// A function, method or constructor.
#[derive(Template)]
#[template(path = "stub/function.pyi.jinja", escape = "none")]
pub(crate) struct StubFunction {
    /// With `@` and, for long texts, line breaks.
    pub(crate) decorators: Vec<String>,
    pub(crate) name: String,
    /// Between the parentheses, broken where needed.
    pub(crate) params: String,
    /// After the arrow, broken where needed.
    pub(crate) returns: String,
    /// After the colon: ` ...`, the comment with the place of the declaration, both or nothing.
    pub(crate) tail: String,
    /// The docstring literal, empty when there is none.
    pub(crate) doc: String,
}

/// A property with its setter.
#[derive(Template)]
#[template(path = "stub/property.pyi.jinja", escape = "none")]
pub(crate) struct StubProperty {
    pub(crate) getter: StubFunction,
    pub(crate) setter: Option<StubFunction>,
}

/// Constant, alias, field or type variable: one statement.
#[derive(Template)]
#[template(path = "stub/attribute.pyi.jinja", escape = "none")]
pub(crate) struct StubAttribute {
    pub(crate) statement: String,
}

/// Class, record, error or namespace.
#[derive(Template)]
#[template(path = "stub/class.pyi.jinja", escape = "none")]
pub(crate) struct StubClass {
    /// With `@`.
    pub(crate) decorators: Vec<String>,
    /// `class Name(Base):` with the comment; ends with ` ...` when there is no body.
    pub(crate) head: String,
    /// The docstring literal, empty when there is none.
    pub(crate) doc: String,
    pub(crate) members: Vec<Placed>,
}

impl StubClass {
    fn is_empty(&self) -> bool {
        self.doc.is_empty() && self.members.is_empty()
    }
}

/// An enum.
#[derive(Template)]
#[template(path = "stub/enum.pyi.jinja", escape = "none")]
pub(crate) struct StubEnum {
    /// `class Name(Base):` with the comment.
    pub(crate) head: String,
    /// The docstring literal, empty when there is none.
    pub(crate) doc: String,
    /// `NAME = value`.
    pub(crate) members: Vec<String>,
    /// Text enums have a constructor of their own before Python 3.11.
    pub(crate) old_new: Option<StubFunction>,
}

/// An item and what stands before it.
#[derive(Template)]
#[template(path = "stub/placed.pyi.jinja", escape = "none")]
pub(crate) struct Placed {
    /// An empty line, or nothing.
    pub(crate) gap: &'static str,
    /// The platform test around the item; empty when there is none, or when the item before began it.
    pub(crate) guard: String,
    /// The item is inside a platform test.
    pub(crate) is_guarded: bool,
    pub(crate) item: StubItem,
}

/// Anything a module or class holds.
pub(crate) enum StubItem {
    Attribute(StubAttribute),
    Class(StubClass),
    Enum(StubEnum),
    Function(StubFunction),
    Property(StubProperty),
}

impl fmt::Display for StubItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StubItem::Attribute(view) => view.fmt(f),
            StubItem::Class(view) => view.fmt(f),
            StubItem::Enum(view) => view.fmt(f),
            StubItem::Function(view) => view.fmt(f),
            StubItem::Property(view) => view.fmt(f),
        }
    }
}

/// Layout only: what is text is decided in the views.
#[allow(
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    unreachable_pub,
    reason = "askama wants filters like this"
)]
mod filters {
    use std::fmt::Display;

    /// Moves lines four columns to the right.
    #[askama::filter_fn]
    pub fn indented(text: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
        let text = text.to_string();
        let lines = text.split('\n').map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("    {line}")
            }
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}
