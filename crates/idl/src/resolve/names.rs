//! What a name stands for in a module.

use indexmap::IndexMap;

use crate::model::{AliasId, ClassId, EnumId, ErrorId, ExternId, ModuleId, RecordId};
use crate::span::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Def {
    Module(ModuleId),
    Alias(AliasId),
    Enum(EnumId),
    Record(RecordId),
    Error(ErrorId),
    Class(ClassId),
    Extern(ExternId),
    /// A constant, function or namespace: no type.
    Other(&'static str),
}

impl Def {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Module(_) => "module",
            Self::Alias(_) => "type",
            Self::Enum(_) => "enum",
            Self::Record(_) => "record",
            Self::Error(_) => "error",
            Self::Class(_) => "class",
            Self::Extern(_) => "extern class",
            Self::Other(word) => word,
        }
    }

    pub(crate) fn is_type(self) -> bool {
        !matches!(self, Self::Module(_) | Self::Error(_) | Self::Other(_))
    }
}

/// A name of a module and where it was given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    pub(crate) def: Def,
    pub(crate) span: Span,
}

/// The names of every module, by module.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) modules: Vec<IndexMap<String, Named>>,
    pub(crate) parents: Vec<Option<ModuleId>>,
}

impl Names {
    /// Looks a name up: dotted from the root; plain in the module and those around it.
    pub(crate) fn find(&self, module: ModuleId, name: &str) -> Option<Def> {
        let mut parts = name.split('.');
        let first = parts.next()?;
        let Some(second) = parts.next() else {
            return self.find_plain(module, first);
        };
        let mut def = self.modules[0].get(first)?.def;
        for part in std::iter::once(second).chain(parts) {
            let Def::Module(inside) = def else {
                return None;
            };
            def = self.modules[inside.0].get(part)?.def;
        }
        Some(def)
    }

    fn find_plain(&self, module: ModuleId, name: &str) -> Option<Def> {
        self.around(module)
            .find_map(|module| self.modules[module.0].get(name))
            .map(|named| named.def)
    }

    /// A module and those around it, inside out.
    fn around(&self, module: ModuleId) -> impl Iterator<Item = ModuleId> {
        std::iter::successors(Some(module), |module| self.parents[module.0])
    }

    /// Every name that `find` would accept and `wanted` likes, plain ones first.
    pub(crate) fn candidates(
        &self,
        module: ModuleId,
        paths: &[String],
        wanted: fn(Def) -> bool,
    ) -> Vec<String> {
        let plain = self
            .around(module)
            .flat_map(|module| &self.modules[module.0]);
        let plain = plain
            .filter(|(_, named)| wanted(named.def))
            .map(|(name, _)| name.clone());
        let dotted = self
            .modules
            .iter()
            .zip(paths)
            .filter(|(_, path)| !path.is_empty());
        let dotted = dotted.flat_map(|(names, path)| {
            let names = names.iter().filter(|(_, named)| wanted(named.def));
            names.map(move |(name, _)| format!("{path}.{name}"))
        });
        plain.chain(dotted).collect()
    }
}
