//! The Python half of a row: annotations as argument and as result, and the imports they need.

use std::collections::BTreeSet;

use pyrus_idl::model::{Alias, AliasId, Api, ErrorId, ModuleId, Type};

use super::names::{Names, is_shown};
use super::spell::{Form, Mode, Speller, Unions};

/// How the stub shows a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotations {
    /// What callers may pass.
    pub argument: Annotation,
    /// What callers get.
    pub result: Annotation,
}

/// One annotation. Its text depends on the stub it stands in; what readers of messages see does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    ty: Type,
    form: Form,
    plain: String,
}

impl Annotation {
    fn new(api: &Api, ty: &Type, form: Form) -> Self {
        let plain = Speller::new(api, Mode::Plain).text(ty, form);
        Annotation {
            ty: ty.clone(),
            form,
            plain,
        }
    }

    /// The text for readers: aliases written out, type variables without underscore, nothing qualified.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The text for the stub with these names, and what the stub must import for it.
    pub fn spelled(&self, api: &Api, names: &Names) -> Spelled {
        let mut speller = Speller::new(api, Mode::Stub(names));
        let text = speller.text(&self.ty, self.form);
        Spelled {
            text,
            imports: speller.imports,
        }
    }
}

/// Text of a stub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled {
    /// The text.
    pub text: String,
    /// What it needs.
    pub imports: BTreeSet<Import>,
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

/// The annotations of a type.
pub fn annotations(api: &Api, ty: &Type, _: ModuleId) -> Annotations {
    Annotations {
        argument: Annotation::new(api, ty, Form::Argument),
        result: Annotation::new(api, ty, Form::Result),
    }
}

/// The right side of an alias in its module's stub.
pub(crate) fn alias_target(api: &Api, id: AliasId, names: &Names) -> Spelled {
    let mut speller = Speller::new(api, Mode::Stub(names));
    let text = speller.exact(&api[id].ty, Form::Argument);
    Spelled {
        text,
        imports: speller.imports,
    }
}

/// The expressions that make an alias at run time, from `CPython` 3.10 on and before; `None`: the alias has no run-time
/// name.
///
/// They need `typing`, `pathlib`, `os`, `sys` and `collections` (with `collections.abc`) as globals, and find classes
/// through `sys.modules`.
pub fn alias_expressions(api: &Api, id: AliasId) -> Option<[String; 2]> {
    let alias = &api[id];
    if !is_shown(api, &alias.ty) {
        return None;
    }
    Some([Unions::Bars, Unions::Typing].map(|unions| expression(api, alias, unions)))
}

fn expression(api: &Api, alias: &Alias, unions: Unions) -> String {
    let mut text = Speller::new(api, Mode::Runtime(unions)).text(&alias.ty, Form::Argument);
    if !alias.generic.is_empty() {
        let made = alias
            .generic
            .iter()
            .map(|name| format!("typing.TypeVar({name:?})"));
        let made = made.collect::<Vec<_>>().join(", ");
        text = format!("(lambda {}: {text})({made})", alias.generic.join(", "));
    }
    text
}

/// A name of the standard library (or `typing_extensions`) as a stub writes it.
pub(crate) fn standard(api: &Api, names: &Names, module: &str, name: &str) -> Spelled {
    let mut speller = Speller::new(api, Mode::Stub(names));
    let text = speller.imported(module, name);
    Spelled {
        text,
        imports: speller.imports,
    }
}

/// A built-in name as a stub writes it.
pub(crate) fn builtin(api: &Api, names: &Names, name: &str) -> Spelled {
    let mut speller = Speller::new(api, Mode::Stub(names));
    let text = speller.builtin(name);
    Spelled {
        text,
        imports: speller.imports,
    }
}

/// An error declared in this extension as a stub writes it.
pub(crate) fn error(api: &Api, names: &Names, id: ErrorId) -> Spelled {
    let mut speller = Speller::new(api, Mode::Stub(names));
    let text = speller.item(api[id].module, &api[id].name);
    Spelled {
        text,
        imports: speller.imports,
    }
}
