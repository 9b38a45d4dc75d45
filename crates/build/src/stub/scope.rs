//! What a stub needs besides its items: imports, type variables, and names that are free to use.

use std::collections::BTreeSet;

use pyrus_idl::model::{AliasId, Api, ErrorId, ModuleId, Origin, Platform, Type};

use crate::types::names::{self, Names};
use crate::types::python::{self, Import, Spelled};
use crate::types::spell::type_variable;

/// The module whose stub is being made; collects what must stand at its top.
pub(crate) struct Scope<'a> {
    pub(crate) api: &'a Api,
    pub(crate) id: ModuleId,
    names: Names,
    pub(crate) imports: BTreeSet<Import>,
    pub(crate) variables: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(api: &'a Api, id: ModuleId) -> Self {
        Scope {
            api,
            id,
            names: Names::new(api, id),
            imports: BTreeSet::new(),
            variables: BTreeSet::new(),
        }
    }

    pub(crate) fn argument(&mut self, ty: &Type) -> String {
        self.variables_of(ty);
        let annotation = crate::types::row(self.api, ty, self.id).python.argument;
        let spelled = annotation.spelled(self.api, &self.names);
        self.take(spelled)
    }

    pub(crate) fn result(&mut self, ty: &Type) -> String {
        self.variables_of(ty);
        let annotation = crate::types::row(self.api, ty, self.id).python.result;
        let spelled = annotation.spelled(self.api, &self.names);
        self.take(spelled)
    }

    /// What the setter of a live record's field takes.
    pub(crate) fn live_argument(&mut self, ty: &Type) -> String {
        self.take(crate::types::live::argument(self.api, ty, &self.names))
    }

    /// What its getter gives.
    pub(crate) fn live_result(&mut self, ty: &Type) -> String {
        self.take(crate::types::live::result(self.api, ty, &self.names))
    }

    pub(crate) fn alias_target(&mut self, id: AliasId) -> String {
        self.take(python::alias_target(self.api, id, &self.names))
    }

    fn take(&mut self, spelled: Spelled) -> String {
        self.imports.extend(spelled.imports);
        spelled.text
    }

    pub(crate) fn typing(&mut self, name: &str) -> String {
        self.standard("typing", name)
    }

    /// Names that `typing` has only in newer versions than the oldest one supported.
    pub(crate) fn extension(&mut self, name: &str) -> String {
        self.standard("typing_extensions", name)
    }

    pub(crate) fn standard(&mut self, module: &str, name: &str) -> String {
        self.take(python::standard(self.api, &self.names, module, name))
    }

    pub(crate) fn builtin(&mut self, name: &str) -> String {
        self.take(python::builtin(self.api, &self.names, name))
    }

    pub(crate) fn error(&mut self, id: ErrorId) -> String {
        self.take(python::error(self.api, &self.names, id))
    }

    pub(crate) fn sys(&mut self) {
        self.imports.insert(Import {
            module: "sys".into(),
            name: None,
            alias: None,
        });
    }

    /// The test for a list of platforms; empty when there is none.
    pub(crate) fn platforms(&mut self, platforms: &[Platform]) -> String {
        if platforms.is_empty() {
            return String::new();
        }
        self.sys();
        let tests = platforms.iter().map(|platform| {
            let name = match platform {
                Platform::Linux => "linux",
                Platform::Darwin => "darwin",
                Platform::Win32 => "win32",
            };
            format!("sys.platform == \"{name}\"")
        });
        tests.collect::<Vec<_>>().join(" or ")
    }

    fn variables_of(&mut self, ty: &Type) {
        match ty {
            Type::Var(name) => {
                self.variables.insert(type_variable(name));
            }
            Type::Alias(id) => {
                let api = self.api;
                self.variables_of(&api[*id].ty);
            }
            other => names::parts(other)
                .into_iter()
                .for_each(|part| self.variables_of(part)),
        }
    }
}

/// The comment that names an item's declaration, after the spaces that formatters want.
pub(crate) fn comment(origin: &Origin) -> String {
    format!("  # {}:{}", origin.file, origin.line)
}
