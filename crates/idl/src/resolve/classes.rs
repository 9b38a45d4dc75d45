//! Classes: ownership first, then members.

use super::at::At;
use super::functions::{self, Home, condition};
use super::types::Scope;
use super::{Cx, Decl, Owner, Role, module, text};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Binding, Class, ClassId, Function, Hold, Param, ParamKind, Property, Receiver, Type,
};
use crate::syntax::{self, DestroyDecl, PropertyDecl, PropertyLong, Setter};
use crate::words;

/// Every class with its ownership and no members, so that types can ask for it.
pub(super) fn shells(cx: &mut Cx<'_>) {
    for decl in cx.classes.clone() {
        let class = shell(cx, decl);
        cx.api.classes.push(class);
    }
}

fn shell(cx: &mut Cx<'_>, decl: Decl<'_, syntax::Class>) -> Class {
    let Decl { syntax, at, .. } = decl;
    let prefix = &cx.modules[decl.module.0].rust;
    let functions_only = syntax.hold == Some(syntax::Hold::View) && syntax.resolve.is_none();
    let rust = match &syntax.rust {
        Some(path) => path.clone(),
        None if functions_only => {
            format!(
                "{prefix}::{}",
                words::rust_ident(&words::snake_case(decl.name))
            )
        }
        None => format!("{prefix}::{}", decl.name),
    };
    Class {
        name: decl.name.to_owned(),
        module: decl.module,
        doc: syntax.doc.as_deref().and_then(text::doc),
        origin: at.origin(cx.sources),
        rust,
        hold: hold(cx, decl),
        new: None,
        factory: syntax.factory.clone(),
        unpicklable: syntax.unpicklable.clone(),
        destroy: None,
        slots: Vec::new(),
        unique: syntax.unique.clone(),
        created: syntax.created.clone(),
        finalize: syntax.finalize.clone(),
        subclass: syntax.subclass,
        weakref: syntax.weakref,
        pool: syntax.pool,
        aliases: syntax.aliases.clone(),
        methods: Vec::new(),
        properties: Vec::new(),
        constants: Vec::new(),
        deprecated: syntax.deprecated.clone(),
        condition: condition(&syntax.platform, syntax.feature.as_deref()),
    }
}

/// A view whose owner is missing or wrong counts as a value from here on.
fn hold(cx: &mut Cx<'_>, decl: Decl<'_, syntax::Class>) -> Hold {
    match decl.syntax.hold {
        None | Some(syntax::Hold::Value) => return Hold::Value,
        Some(syntax::Hold::Shared) => return Hold::Shared,
        Some(syntax::Hold::View) => {}
    }
    let Some(name) = &decl.syntax.owner else {
        return Hold::Value;
    };
    let Some(owner) = cx.owner_class(decl.module, name) else {
        let known = cx.candidates(decl.module, |def| matches!(def, super::Def::Class(_)));
        let help = words::did_you_mean(name, known.iter().map(String::as_str));
        let span = decl.at.at("owner").span();
        let message = format!("the owner `{name}` is not a class of this extension");
        cx.push(Diagnostic::new(codes::UNKNOWN_OWNER, span, message).maybe_help(help));
        return Hold::Value;
    };
    if cx.classes[owner.0].syntax.hold == Some(syntax::Hold::View) {
        let span = decl.at.at("owner").span();
        let message = format!("the owner `{name}` is a view itself");
        let also = cx.classes[owner.0].at.at("hold").span();
        let help = "name the class at the root: the key of this view can hold both keys";
        let diagnostic = Diagnostic::new(codes::VIEW_OF_VIEW, span, message);
        cx.push(diagnostic.also(also, "a view because of this").help(help));
        return Hold::Value;
    }
    Hold::View {
        owner,
        key: decl.syntax.key.clone().unwrap_or_default(),
        resolve: decl.syntax.resolve.clone(),
    }
}

/// Fills in the members of every class.
pub(super) fn members(cx: &mut Cx<'_>) {
    for (id, decl) in cx.classes.clone().into_iter().enumerate() {
        let id = ClassId(id);
        let home = Home {
            module: decl.module,
            owner: Owner::Class(id),
            class: Some(decl.name.to_owned()),
            rust: functions::prefix(&cx.api[id].rust),
            this: Some(Type::Class(id)),
        };
        let slots = slots(cx, &home, decl);
        let new = decl.syntax.new.as_ref();
        let at = decl.at;
        let new =
            new.map(|new| functions::lower(cx, &home, Role::Constructor, "new", new, at.at("new")));
        let destroy = decl
            .syntax
            .destroy
            .as_ref()
            .map(|destroy| release(cx, &home, id, destroy, at.at("destroy")));
        let methods = methods(cx, &home, &decl.syntax.methods, at);
        let setter = match cx.api[id].hold {
            Hold::Value => Receiver::Mut,
            Hold::Shared | Hold::View { .. } => Receiver::Ref,
        };
        let properties = properties(cx, &home, setter, &decl.syntax.properties, at);
        let constants = module::constants(cx, decl.module, &decl.syntax.constants, at);
        let class = &mut cx.api.classes[id.0];
        (class.slots, class.new, class.destroy) = (slots, new, destroy);
        (class.methods, class.properties, class.constants) = (methods, properties, constants);
    }
}

fn slots(cx: &mut Cx<'_>, home: &Home, decl: Decl<'_, syntax::Class>) -> Vec<(String, Type)> {
    let entries = decl.at.get("slots").map(At::entries).unwrap_or_default();
    let scope = home.scope(&[]);
    entries
        .into_iter()
        .map(|(name, at)| (name.to_owned(), cx.type_at(&scope, at)))
        .collect()
}

pub(super) fn methods<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    methods: &'a syntax::Map<syntax::Function>,
    at: At<'a>,
) -> Vec<Function> {
    let at = at.at("methods");
    let methods = methods.iter();
    methods
        .map(|(name, method)| functions::lower(cx, home, Role::Method, name, method, at.at(name)))
        .collect()
}

/// A function without what an accessor does not have.
fn accessor(
    home: &Home,
    name: &str,
    rust: String,
    receiver: Receiver,
    cx: &Cx<'_>,
    at: At<'_>,
) -> Function {
    Function {
        name: name.to_owned(),
        qualname: home.qualname(name),
        doc: None,
        origin: at.origin(cx.sources),
        rust,
        binding: Binding::Method(receiver),
        params: Vec::new(),
        returns: Type::None,
        borrow: false,
        bound: false,
        owner: None,
        returns_doc: None,
        raises: Vec::new(),
        gil_released: false,
        generic: Vec::new(),
        deprecated: None,
        overloads: Vec::new(),
        condition: crate::model::Condition::default(),
        strict: false,
        derived: false,
        view_owners: Vec::new(),
    }
}

/// `destroy: name` or its long form.
fn release<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    id: ClassId,
    destroy: &DestroyDecl,
    at: At<'a>,
) -> Function {
    let whole = matches!(destroy, DestroyDecl::Long(long) if long.receiver.is_some());
    let receiver = match cx.api[id].hold {
        _ if whole => Receiver::Object,
        Hold::Value => Receiver::Own,
        _ => Receiver::Ref,
    };
    let default = |name: &str| format!("{}::{}", home.rust, words::rust_ident(name));
    let rust = match destroy {
        DestroyDecl::Short(name) => default(name),
        DestroyDecl::Long(long) => long.rust.clone().unwrap_or_else(|| default("destroy")),
    };
    let mut function = accessor(home, "destroy", rust, receiver, cx, at);
    if let DestroyDecl::Long(long) = destroy {
        function.doc = long.doc.as_deref().and_then(text::doc);
    }
    function.raises = functions::raises(cx, home.module, at);
    functions::finish(cx, home, Role::Destroy, function, None, at)
}

pub(super) fn properties<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    setter: Receiver,
    decls: &'a syntax::Map<PropertyDecl>,
    at: At<'a>,
) -> Vec<Property> {
    let at = at.at("properties");
    decls
        .iter()
        .map(|(name, decl)| property(cx, home, setter, name, decl, at.at(name)))
        .collect()
}

fn property<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    setter: Receiver,
    name: &str,
    decl: &PropertyDecl,
    at: At<'a>,
) -> Property {
    let short = PropertyLong::default();
    let long = match decl {
        PropertyDecl::Long(long) => long,
        PropertyDecl::Short(_) => &short,
    };
    let scope: Scope = home.scope(&[]);
    let ty = cx.type_at(&scope, at.type_node());
    let default = |name: &str| format!("{}::{}", home.rust, words::rust_ident(name));
    let doc = long.doc.as_deref().and_then(text::doc);
    let rust = long.get.clone().unwrap_or_else(|| default(name));
    let mut get = accessor(home, name, rust, Receiver::Ref, cx, at);
    get.doc.clone_from(&doc);
    get.raises = functions::raises(cx, home.module, at);
    get.deprecated.clone_from(&long.deprecated);
    let setter_rust = match &long.set {
        None | Some(Setter::Default(false)) => None,
        Some(Setter::Default(true)) => Some(default(&format!("set_{name}"))),
        Some(Setter::Path(path)) => Some(path.clone()),
    };
    let set = setter_rust.map(|rust| {
        let mut set = get.clone();
        set.rust = rust;
        set.binding = Binding::Method(long.receiver.map_or(setter, functions::receiver));
        set.params.push(Param {
            name: "value".into(),
            kind: ParamKind::PositionalOnly,
            ty: ty.clone(),
            default: None,
            doc: None,
            refused: None,
            refused_item: None,
            origin: at.origin(cx.sources),
        });
        functions::finish(cx, home, Role::Setter, set, None, at)
    });
    get.returns = ty;
    get.borrow = long.borrow;
    let get = functions::finish(cx, home, Role::Getter, get, None, at);
    Property {
        name: name.to_owned(),
        doc,
        origin: at.origin(cx.sources),
        get,
        set,
    }
}
