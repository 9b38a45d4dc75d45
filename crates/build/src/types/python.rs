//! The Python half of a row: annotations as argument and as result, and the imports they need.

use std::collections::BTreeSet;

use pyrus_idl::model::{AliasId, Api, ErrorId, ModuleId, Type};

use super::names;
use super::spell::{Form, Mode, Speller};

/// How the stub shows a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotations {
    /// What callers may pass.
    pub argument: Annotation,
    /// What callers get.
    pub result: Annotation,
}

/// One annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Text that is valid in the stub of the module it was made for, given the imports.
    pub text: String,
    /// What the stub must import for it.
    pub imports: BTreeSet<Import>,
    plain: String,
}

impl Annotation {
    /// The text for readers: aliases written out, type variables without underscore, nothing qualified.
    pub fn plain(&self) -> &str {
        &self.plain
    }
}

/// `import module`, or `from module import name as alias`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// Dotted, with leading dots when relative.
    pub module: String,
    /// `None`: the module itself.
    pub name: Option<String>,
    /// The name used here, when it is another one.
    pub alias: Option<String>,
}

/// The annotations of a type, as seen from a module.
pub fn annotations(api: &Api, ty: &Type, scope: ModuleId) -> Annotations {
    Annotations {
        argument: annotation(api, ty, scope, Form::Argument),
        result: annotation(api, ty, scope, Form::Result),
    }
}

fn annotation(api: &Api, ty: &Type, scope: ModuleId, form: Form) -> Annotation {
    let mut speller = Speller::new(api, scope, Mode::Stub);
    let text = speller.text(ty, form);
    let plain = Speller::new(api, scope, Mode::Plain).text(ty, form);
    Annotation {
        text,
        imports: speller.imports,
        plain,
    }
}

/// The right side of an alias in its module's stub.
pub fn alias_target(api: &Api, id: AliasId) -> Annotation {
    let mut speller = Speller::new(api, api[id].module, Mode::Stub);
    let text = speller.exact(&api[id].ty, Form::Argument);
    Annotation {
        plain: text.clone(),
        text,
        imports: speller.imports,
    }
}

/// The expression that makes an alias at run time; `None`: the alias has no run-time name.
///
/// It needs `typing`, `pathlib`, `os`, `sys` and `collections` (with `collections.abc`) as globals, and finds classes
/// through `sys.modules`.
pub fn alias_expression(api: &Api, id: AliasId) -> Option<String> {
    let alias = &api[id];
    if !names::is_shown(api, &alias.ty) {
        return None;
    }
    let mut text = Speller::new(api, alias.module, Mode::Runtime).text(&alias.ty, Form::Argument);
    if !alias.generic.is_empty() {
        let made = alias
            .generic
            .iter()
            .map(|name| format!("typing.TypeVar({name:?})"));
        let made = made.collect::<Vec<_>>().join(", ");
        text = format!("(lambda {}: {text})({made})", alias.generic.join(", "));
    }
    Some(text)
}

/// A name of the standard library (or `typing_extensions`) as a module's stub writes it.
pub(crate) fn standard(api: &Api, scope: ModuleId, module: &str, name: &str) -> (String, Import) {
    Speller::new(api, scope, Mode::Stub).standard(module, name)
}

/// A built-in name as a module's stub writes it.
pub(crate) fn builtin(api: &Api, scope: ModuleId, name: &str) -> (String, Option<Import>) {
    let mut speller = Speller::new(api, scope, Mode::Stub);
    let text = speller.builtin(name);
    (text, speller.imports.pop_first())
}

/// An error declared in this extension as a module's stub writes it.
pub(crate) fn error(api: &Api, scope: ModuleId, id: ErrorId) -> (String, Option<Import>) {
    let mut speller = Speller::new(api, scope, Mode::Stub);
    let text = speller.item(api[id].module, &api[id].name);
    (text, speller.imports.pop_first())
}
