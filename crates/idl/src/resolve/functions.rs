//! Functions, methods and constructors.

use super::at::At;
use super::params::{kind, params};
use super::types::Scope;
use super::{Cx, Owner, Role, Site, text};
use crate::codes;
use crate::model::{
    Binding, Condition, Function, ModuleId, Overload, Param, ParamKind, Platform, Raised, Receiver,
    Type,
};
use crate::syntax::{self, Gil, ReturnsDecl};
use crate::words;

/// What a function is declared in.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub(super) module: ModuleId,
    pub(super) owner: Owner,
    /// Name of the class, record or namespace.
    pub(super) class: Option<String>,
    /// Prefix of the default Rust items.
    pub(super) rust: String,
    /// What `Self` means.
    pub(super) this: Option<Type>,
}

impl Home {
    pub(super) fn qualname(&self, name: &str) -> String {
        match &self.class {
            Some(class) => format!("{class}.{name}"),
            None => name.to_owned(),
        }
    }

    pub(super) fn scope(&self, generic: &[String]) -> Scope {
        Scope {
            module: self.module,
            this: self.this.clone(),
            generic: generic.to_vec(),
        }
    }
}

pub(super) fn condition(platforms: &[syntax::Platform], feature: Option<&str>) -> Condition {
    let platforms = platforms.iter().map(|platform| match platform {
        syntax::Platform::Linux => Platform::Linux,
        syntax::Platform::Darwin => Platform::Darwin,
        syntax::Platform::Win32 => Platform::Win32,
    });
    Condition {
        platforms: platforms.collect(),
        feature: feature.map(str::to_owned),
    }
}

pub(crate) fn receiver(word: syntax::Receiver) -> Receiver {
    match word {
        syntax::Receiver::Ref => Receiver::Ref,
        syntax::Receiver::Mut => Receiver::Mut,
        syntax::Receiver::Own => Receiver::Own,
        syntax::Receiver::Object => Receiver::Object,
    }
}

fn binding(role: Role, syntax: &syntax::Function) -> Binding {
    match role {
        Role::Function => Binding::Free,
        Role::Constructor => Binding::New,
        _ if syntax.is_static => Binding::Static,
        _ if syntax.is_class => Binding::Class,
        _ => Binding::Method(syntax.receiver.map_or(Receiver::Ref, receiver)),
    }
}

/// A type as the prefix of its functions: `Graph<u8>` → `<Graph<u8>>`.
pub(super) fn prefix(rust: &str) -> String {
    if rust.contains('<') && !rust.starts_with('<') {
        format!("<{rust}>")
    } else {
        rust.to_owned()
    }
}

/// The Rust name of a method: protocols lose their underscores.
pub(super) fn rust_name(name: &str) -> String {
    let plain = match name {
        "__getitem__" => "get_item",
        "__setitem__" => "set_item",
        "__delitem__" => "del_item",
        "__int__" => "to_int",
        "__float__" => "to_float",
        "__index__" => "to_index",
        _ if words::is_dunder(name) => &name[2..name.len() - 2],
        _ => name,
    };
    words::rust_ident(plain)
}

/// One function of the model; its site is kept for the checks.
pub(super) fn lower<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    role: Role,
    name: &str,
    syntax: &'a syntax::Function,
    at: At<'a>,
) -> Function {
    let scope = home.scope(&syntax.generic);
    let protocol = role == Role::Method && words::is_dunder(name) && name != "__call__";
    let fixed = match syntax.kind {
        _ if protocol => ParamKind::PositionalOnly,
        Some(word) => kind(word),
        None => kind(cx.modules[home.module.0].kind),
    };
    let returns = returns(cx, &scope, syntax.returns.as_ref(), at);
    let mut function = Function {
        name: name.to_owned(),
        qualname: home.qualname(name),
        doc: syntax.doc.as_deref().and_then(text::doc),
        origin: at.origin(cx.sources),
        rust: syntax
            .rust
            .clone()
            .unwrap_or_else(|| format!("{}::{}", home.rust, rust_name(name))),
        binding: binding(role, syntax),
        params: params(cx, &scope, at.get("args"), fixed),
        returns: returns.ty,
        borrow: returns.borrow,
        bound: returns.bound,
        owner: returns.owner,
        returns_doc: returns.doc,
        raises: raises(cx, home.module, at),
        gil_released: syntax.gil == Some(Gil::Released),
        generic: syntax.generic.clone(),
        deprecated: syntax.deprecated.clone(),
        overloads: overloads(cx, &scope, fixed, syntax, at),
        condition: condition(&syntax.platform, syntax.feature.as_deref()),
        strict: syntax.strict,
        derived: syntax.shape.is_some(),
        view_owners: Vec::new(),
    };
    if role == Role::Constructor {
        function.returns = home.this.clone().unwrap_or(Type::None);
    }
    if function.derived {
        derive(&mut function, home, syntax, at.origin(cx.sources));
    }
    finish(cx, home, role, function, Some(syntax), at)
}

/// Fills in where views take their owner from, and keeps the site.
pub(super) fn finish<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    role: Role,
    mut function: Function,
    syntax: Option<&'a syntax::Function>,
    at: At<'a>,
) -> Function {
    function.view_owners = super::factories::view_owners(cx, home, &function, at);
    let Home { module, owner, .. } = *home;
    cx.sites.push(Site {
        function: function.clone(),
        at,
        module,
        owner,
        role,
        syntax,
    });
    function
}

/// `shape: eq`: the signature is known.
fn derive(
    function: &mut Function,
    home: &Home,
    syntax: &syntax::Function,
    origin: crate::model::Origin,
) {
    let this = home.this.clone().unwrap_or(Type::Object);
    if function.name == "__eq__" && syntax.args.is_empty() {
        function.params.push(Param {
            name: "other".into(),
            kind: ParamKind::PositionalOnly,
            ty: this,
            default: None,
            doc: None,
            refused: None,
            refused_item: None,
            origin,
        });
    }
    if syntax.returns.is_none() {
        function.returns = match function.name.as_str() {
            "__eq__" => Type::Bool,
            _ => Type::Int(crate::model::IntKind::U64),
        };
    }
}

/// What a `returns:` key says.
struct Returns {
    ty: Type,
    borrow: bool,
    bound: bool,
    owner: Option<String>,
    doc: Option<String>,
}

fn returns(cx: &mut Cx<'_>, scope: &Scope, decl: Option<&ReturnsDecl>, at: At<'_>) -> Returns {
    let ty = match at.get("returns") {
        Some(at) => cx.type_at(scope, at.type_node()),
        None => Type::None,
    };
    let long = match decl {
        Some(ReturnsDecl::Long(long)) => Some(long),
        _ => None,
    };
    Returns {
        ty,
        borrow: long.is_some_and(|long| long.borrow),
        bound: long.is_some_and(|long| long.bound),
        owner: long.and_then(|long| long.owner.clone()),
        doc: long.and_then(|long| text::doc(long.doc.as_deref()?)),
    }
}

/// The names of a `raises:` key.
pub(super) fn raises(cx: &mut Cx<'_>, module: ModuleId, at: At<'_>) -> Vec<Raised> {
    let Some(at) = at.get("raises") else {
        return Vec::new();
    };
    let names = at.items().into_iter();
    names
        .filter_map(|at| cx.raised(module, at.text(), at, codes::UNKNOWN_ERROR))
        .collect()
}

fn overloads(
    cx: &mut Cx<'_>,
    scope: &Scope,
    fixed: ParamKind,
    syntax: &syntax::Function,
    at: At<'_>,
) -> Vec<Overload> {
    let Some(list) = at.get("overloads") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (decl, at) in syntax.overloads.iter().zip(list.items()) {
        let params = params(cx, scope, at.get("args"), fixed);
        let returns = returns(cx, scope, decl.returns.as_ref(), at).ty;
        found.push(Overload {
            params,
            returns,
            doc: decl.doc.as_deref().and_then(text::doc),
        });
    }
    found
}
