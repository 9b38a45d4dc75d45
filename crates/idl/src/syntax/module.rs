//! Files and modules.

use serde::Deserialize;

use super::{AliasDecl, Class, Constant, Enum, Error, Extern, Function, Map, Namespace, Record};

/// How arguments may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum ArgKind {
    /// By keyword only.
    Keyword,
    /// By position only.
    Positional,
    /// Either way.
    Any,
}

/// Declares a struct that has every key of a module beside its own: `serde(flatten)` would give up on unknown keys.
macro_rules! module_keys {
    ($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$meta])* pub(crate) $field: $ty,)*
            /// Text for `__doc__`, the stub and the API page.
            #[serde(default)]
            pub(crate) doc: Option<String>,
            /// Dotted name that users import; the `__module__` of the classes. Default: the module's real name.
            #[serde(default)]
            pub(crate) public: Option<String>,
            /// Path prefix of the default Rust items.
            #[serde(default)]
            pub(crate) rust: Option<String>,
            /// Kind of arguments where a function says none, inherited by nested modules. Default `any`.
            #[serde(default)]
            pub(crate) args: Option<ArgKind>,
            /// The `live` of its records, inherited by nested modules. Default `false`.
            #[serde(default)]
            pub(crate) live: Option<bool>,
            /// Type variables used by aliases.
            #[serde(default)]
            pub(crate) generic: Vec<String>,
            /// Type aliases and unions.
            #[serde(default)]
            pub(crate) types: Map<AliasDecl>,
            /// Constants.
            #[serde(default)]
            pub(crate) constants: Map<Constant>,
            /// Enums.
            #[serde(default)]
            pub(crate) enums: Map<Enum>,
            /// Records: data classes whose fields live in a Rust struct.
            #[serde(default)]
            pub(crate) records: Map<Record>,
            /// Exception classes.
            #[serde(default)]
            pub(crate) errors: Map<Error>,
            /// Classes: handles on Rust objects.
            #[serde(default)]
            pub(crate) classes: Map<Class>,
            /// Classes that hold static functions only.
            #[serde(default)]
            pub(crate) namespaces: Map<Namespace>,
            /// Functions.
            #[serde(default)]
            pub(crate) functions: Map<Function>,
            /// Nested modules.
            #[serde(default)]
            pub(crate) modules: Map<Module>,
            /// Classes of other extensions.
            #[serde(default, rename = "extern")]
            pub(crate) externs: Map<Extern>,
        }
    };
}

module_keys! {
    /// The declarations of one extension module.
    Root {
        /// Version of the declaration language.
        #[cfg_attr(test, schemars(schema_with = "super::made::version"))]
        idl: i64,
        /// Dotted import name of the extension module.
        extension: String,
        /// Nothing needs the GIL, so an import leaves it off on free-threaded builds. The Rust types of all classes must be
        /// `Sync`. Default `false`.
        #[serde(default)]
        free_threaded: bool,
        /// More modules: files, relative to this one, that have `modules:` only.
        #[serde(default)]
        include: Vec<String>,
    }
}

module_keys! {
    /// A Python module.
    Module {}
}

impl Root {
    /// The root as a module like the others.
    pub(crate) fn into_module(self) -> Module {
        Module {
            doc: self.doc,
            public: self.public,
            rust: self.rust,
            args: self.args,
            live: self.live,
            generic: self.generic,
            types: self.types,
            constants: self.constants,
            enums: self.enums,
            records: self.records,
            errors: self.errors,
            classes: self.classes,
            namespaces: self.namespaces,
            functions: self.functions,
            modules: self.modules,
            externs: self.externs,
        }
    }
}

/// An included file.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Include {
    /// Version of the declaration language: the root's, if given.
    #[serde(default)]
    #[cfg_attr(test, schemars(schema_with = "super::made::version"))]
    pub(crate) idl: Option<i64>,
    /// More files, relative to this one.
    #[serde(default)]
    pub(crate) include: Vec<String>,
    /// Modules of the root.
    #[serde(default)]
    pub(crate) modules: Map<Module>,
}
