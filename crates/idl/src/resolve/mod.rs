//! Names → ids, type text → types, defaults → values: from the declarations to the model.
//!
//! What cannot be resolved is reported and stands as [`unknown`] from then on; the checks leave that alone.

mod aliases;
mod at;
mod builtin;
mod classes;
mod collect;
mod enums;
mod errors;
mod factories;
mod functions;
mod generic;
mod module;
mod names;
mod params;
mod records;
mod sexp;
mod text;
mod types;
mod unions;
mod values;

pub(crate) use at::At;
pub(crate) use builtin::is_builtin;
pub(crate) use functions::receiver;
pub(crate) use names::{Def, Names};
pub(crate) use params::Key as ParamKey;

use crate::diagnostic::Diagnostic;
use crate::model::{Api, Function, ModuleId, Type};
use crate::read::{Files, Typed};
use crate::source::Node;
use crate::span::{Sources, Span};
use crate::syntax::{self, ArgKind};

/// A module as declared.
pub(crate) struct ModuleDecl<'a> {
    pub(crate) syntax: &'a syntax::Module,
    pub(crate) at: At<'a>,
    /// Prefix of its default Rust items.
    pub(crate) rust: String,
    /// Default kind of arguments.
    pub(crate) kind: ArgKind,
    /// Default of `live` for its records.
    pub(crate) live: bool,
}

/// An item as declared; it stands at the place of its id.
pub(crate) struct Decl<'a, T> {
    pub(crate) name: &'a str,
    pub(crate) syntax: &'a T,
    pub(crate) at: At<'a>,
    pub(crate) module: ModuleId,
}

impl<T> Clone for Decl<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Decl<'_, T> {}

/// What a function belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A module.
    Module,
    /// A namespace.
    Namespace,
    /// A class.
    Class(crate::model::ClassId),
    /// A record.
    Record(crate::model::RecordId),
}

/// What shape of function a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Function,
    Method,
    Constructor,
    Getter,
    Setter,
    Destroy,
}

/// A function of the model with its declaration, for the checks.
pub(crate) struct Site<'a> {
    pub(crate) function: Function,
    pub(crate) at: At<'a>,
    pub(crate) module: ModuleId,
    pub(crate) owner: Owner,
    pub(crate) role: Role,
    /// The declaration, for those that are declared as functions.
    pub(crate) syntax: Option<&'a syntax::Function>,
}

/// The model while it is made, and the declarations it is made from.
pub(crate) struct Cx<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) typed: &'a Typed,
    /// The root's place.
    pub(crate) root: At<'a>,
    /// The included files' roots.
    pub(crate) includes: Vec<At<'a>>,
    pub(crate) api: Api,
    pub(crate) out: Vec<Diagnostic>,
    pub(crate) names: Names,
    pub(crate) modules: Vec<ModuleDecl<'a>>,
    pub(crate) aliases: Vec<Decl<'a, syntax::AliasDecl>>,
    pub(crate) enums: Vec<Decl<'a, syntax::Enum>>,
    pub(crate) records: Vec<Decl<'a, syntax::Record>>,
    pub(crate) errors: Vec<Decl<'a, syntax::Error>>,
    pub(crate) classes: Vec<Decl<'a, syntax::Class>>,
    pub(crate) externs: Vec<Decl<'a, syntax::Extern>>,
    /// Every function, method, constructor and accessor.
    pub(crate) sites: Vec<Site<'a>>,
    /// Types that Python must be able to hash, and where they stand.
    pub(crate) hashed: Vec<(Span, Type)>,
}

/// Resolves everything. The model is complete only if nothing was reported.
pub(crate) fn resolve<'a>(files: &'a Files, typed: &'a Typed) -> Cx<'a> {
    let mut nodes = files.files.iter().map(|file| At::root(&file.node));
    let root = nodes.next().unwrap_or(At::root(&EMPTY));
    let mut cx = Cx::new(files, typed, root, nodes.collect());
    let included = typed.includes.iter().zip(cx.includes.clone());
    let included = included.flat_map(|(include, at)| {
        let at = at.at("modules");
        include
            .modules
            .iter()
            .map(move |(name, module)| (name, module, at.at(name)))
    });
    collect::collect(&mut cx, &typed.root, root, included.collect());
    errors::order(&mut cx);
    enums::lower(&mut cx);
    classes::shells(&mut cx);
    records::shells(&mut cx);
    module::externs(&mut cx);
    aliases::lower(&mut cx);
    records::fields(&mut cx);
    errors::lower(&mut cx);
    classes::members(&mut cx);
    records::members(&mut cx);
    module::members(&mut cx);
    factories::fill(&mut cx);
    collect::list_items(&mut cx);
    cx
}

static EMPTY: Node = Node {
    span: crate::span::Span {
        file: crate::span::FileId(0),
        start: 0,
        end: 0,
    },
    data: crate::source::Data::List(Vec::new()),
};

impl<'a> Cx<'a> {
    fn new(files: &'a Files, typed: &'a Typed, root: At<'a>, includes: Vec<At<'a>>) -> Self {
        let api = Api {
            extension: typed.extension.clone(),
            free_threaded: typed.free_threaded,
            modules: Vec::new(),
            classes: Vec::new(),
            records: Vec::new(),
            enums: Vec::new(),
            errors: Vec::new(),
            aliases: Vec::new(),
            externs: Vec::new(),
            files: files.sources.names(),
        };
        Self {
            sources: &files.sources,
            typed,
            root,
            includes,
            api,
            out: Vec::new(),
            names: Names::default(),
            modules: Vec::new(),
            aliases: Vec::new(),
            enums: Vec::new(),
            records: Vec::new(),
            errors: Vec::new(),
            classes: Vec::new(),
            externs: Vec::new(),
            sites: Vec::new(),
            hashed: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// Names for a hint: those that `wanted` likes. None once the report is so long that nobody reads hints.
    pub(crate) fn candidates(&self, module: ModuleId, wanted: fn(Def) -> bool) -> Vec<String> {
        const ENOUGH: usize = 100;
        if self.out.len() > ENOUGH {
            return Vec::new();
        }
        let modules = self.api.modules.iter();
        let paths: Vec<String> = modules.map(|module| module.path.join(".")).collect();
        self.names.candidates(module, &paths, wanted)
    }
}

/// Stands for a type that was reported already.
pub(crate) fn unknown() -> Type {
    Type::Var(String::new())
}

pub(crate) fn is_unknown(ty: &Type) -> bool {
    matches!(ty, Type::Var(name) if name.is_empty())
}
