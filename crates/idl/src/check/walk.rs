//! Every named thing of the declarations, for rules that treat many kinds of things alike.

use crate::resolve::{At, Cx};

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Module,
    Alias,
    Variant,
    Constant,
    Enum,
    Member,
    Record,
    Field,
    Error,
    Class,
    ClassAlias,
    Slot,
    Extern,
    Namespace,
    Function,
    Method,
    Constructor,
    Property,
    Parameter,
    Variable,
}

impl What {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Alias => "type",
            Self::Variant => "variant",
            Self::Constant => "constant",
            Self::Enum => "enum",
            Self::Member => "member",
            Self::Record => "record",
            Self::Field => "field",
            Self::Error => "error",
            Self::Class | Self::ClassAlias | Self::Extern => "class",
            Self::Slot => "slot",
            Self::Namespace => "namespace",
            Self::Function => "function",
            Self::Method => "method",
            Self::Constructor => "constructor",
            Self::Property => "property",
            Self::Parameter => "parameter",
            Self::Variable => "type variable",
        }
    }
}

/// A named thing and where it is declared.
#[derive(Clone, Copy)]
pub(super) struct Thing<'a> {
    pub(super) what: What,
    pub(super) name: &'a str,
    pub(super) at: At<'a>,
}

/// All things of all modules.
pub(super) fn things<'a>(cx: &Cx<'a>) -> Vec<Thing<'a>> {
    let mut walk = Walk(Vec::new());
    for module in &cx.modules {
        walk.module(module.at);
    }
    for include in &cx.includes {
        walk.section(*include, "modules", What::Module);
    }
    walk.0
}

struct Walk<'a>(Vec<Thing<'a>>);

impl<'a> Walk<'a> {
    fn section(&mut self, at: At<'a>, key: &str, what: What) -> Vec<At<'a>> {
        let entries = at.get(key).map(At::entries).unwrap_or_default();
        let places = entries.iter().map(|(_, at)| *at).collect();
        self.0.extend(
            entries
                .into_iter()
                .map(|(name, at)| Thing { what, name, at }),
        );
        places
    }

    fn list(&mut self, at: At<'a>, key: &str, what: What) {
        let items = at.get(key).map(At::items).unwrap_or_default();
        self.0.extend(items.into_iter().map(|at| Thing {
            what,
            name: at.text(),
            at,
        }));
    }

    fn module(&mut self, at: At<'a>) {
        self.section(at, "modules", What::Module);
        self.list(at, "generic", What::Variable);
        for alias in self.section(at, "types", What::Alias) {
            self.section(alias, "union", What::Variant);
        }
        self.section(at, "constants", What::Constant);
        for item in self.section(at, "enums", What::Enum) {
            self.section(item, "members", What::Member);
        }
        for error in self.section(at, "errors", What::Error) {
            self.section(error, "fields", What::Field);
        }
        for record in self.section(at, "records", What::Record) {
            self.section(record, "fields", What::Field);
            self.members(record);
        }
        for class in self.section(at, "classes", What::Class) {
            self.class(class);
        }
        self.section(at, "extern", What::Extern);
        for namespace in self.section(at, "namespaces", What::Namespace) {
            self.section(namespace, "constants", What::Constant);
            self.functions(namespace, "functions", What::Function);
        }
        self.functions(at, "functions", What::Function);
    }

    fn class(&mut self, at: At<'a>) {
        self.list(at, "aliases", What::ClassAlias);
        self.section(at, "slots", What::Slot);
        if let Some(new) = at.get("new") {
            self.0.push(Thing {
                what: What::Constructor,
                name: "new",
                at: new,
            });
            self.signature(new);
        }
        self.members(at);
    }

    fn members(&mut self, at: At<'a>) {
        self.section(at, "properties", What::Property);
        self.section(at, "constants", What::Constant);
        self.functions(at, "methods", What::Method);
    }

    fn functions(&mut self, at: At<'a>, key: &str, what: What) {
        for function in self.section(at, key, what) {
            self.signature(function);
            for overload in function.get("overloads").map(At::items).unwrap_or_default() {
                self.signature(overload);
            }
        }
    }

    fn signature(&mut self, at: At<'a>) {
        self.list(at, "generic", What::Variable);
        self.section(at, "args", What::Parameter);
    }
}
