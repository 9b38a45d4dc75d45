//! Classes: markers, slots and tables.

use std::fmt::Write;

use askama::Template;
use pyrus_idl::model::{Api, Binding, Class, ClassId, Extern, Function, Hold, Receiver};
use pyrus_idl::rust_ident;

use super::Context;
use super::facts::{Owner, fallible};
use super::function::Shape;
use super::tables::{TypeTable, members};
use super::text::{c_string, place, string};
use crate::types::rust::absolute;

/// The marker type of a class.
pub(crate) fn marker(api: &Api, id: ClassId) -> String {
    crate::types::rust::marker(api, api[id].module, &api[id].name)
}

/// A class as Rust sees it.
#[derive(Template)]
#[template(path = "rust/class.rs.jinja", escape = "none")]
struct Marker {
    place: String,
    name: String,
    py_name: String,
    index: usize,
    target: String,
    payload: String,
    guard: String,
    slot_count: usize,
    slots: Vec<(String, usize)>,
    weak: String,
    subclass: bool,
    pool: u32,
    unique: Option<String>,
    created: Option<String>,
    finalize: Option<String>,
    view: Option<View>,
    assert_send: bool,
    assert_sync: bool,
}

/// What a view class adds.
struct View {
    owner: String,
    key: String,
    resolve: Option<(String, String)>,
    owner_target: String,
}

/// Does a method need the payload for itself?
fn is_guarded(class: &Class) -> bool {
    let exclusive = |function: &Function| {
        matches!(
            function.binding,
            Binding::Method(Receiver::Mut | Receiver::Own)
        )
    };
    let setters = class
        .properties
        .iter()
        .filter_map(|property| property.set.as_ref());
    let accessors = class
        .properties
        .iter()
        .map(|property| &property.get)
        .chain(setters);
    class
        .methods
        .iter()
        .chain(accessors)
        .chain(&class.destroy)
        .any(exclusive)
        || class.destroy.is_some() && class.hold == Hold::Value
}

/// The marker of a class, for the module's `py`.
pub(crate) fn render_marker(cx: &Context<'_>, id: ClassId) -> String {
    let api = cx.api;
    let class = &api[id];
    let rust = absolute(&class.rust);
    let (target, payload, view) = match &class.hold {
        Hold::Value => (rust.clone(), format!("rt::Value<{rust}>"), None),
        Hold::Shared => (rust.clone(), format!("rt::Shared<{rust}>"), None),
        Hold::View {
            owner,
            key,
            resolve,
        } => {
            let key = absolute(key);
            let view = View {
                owner: marker(api, *owner),
                key: key.clone(),
                resolve: resolve.as_ref().map(|path| (rust.clone(), absolute(path))),
                owner_target: absolute(&api[*owner].rust),
            };
            (key.clone(), format!("rt::ViewKey<{key}>"), Some(view))
        }
    };
    let slots = class
        .slots
        .iter()
        .enumerate()
        .map(|(i, (name, _))| (name.to_uppercase(), i));
    let view = Marker {
        place: place(&class.origin),
        name: rust_ident(&class.name),
        py_name: string(&class.name),
        index: cx.index.class(id),
        target,
        payload,
        guard: if is_guarded(class) {
            "rt::Flag"
        } else {
            "rt::NoGuard"
        }
        .into(),
        slot_count: class.slots.len(),
        slots: slots.collect(),
        weak: if class.weakref {
            "rt::WeakList"
        } else {
            "rt::NoWeak"
        }
        .into(),
        subclass: class.subclass,
        pool: class.pool,
        unique: class.unique.as_deref().map(absolute),
        created: class.created.as_deref().map(absolute),
        finalize: class.finalize.as_deref().map(absolute),
        assert_send: true,
        assert_sync: class.hold == Hold::Shared || api.free_threaded,
        view,
    };
    view.render().unwrap_or_default()
}

/// A class of another extension.
pub(crate) fn external(api: &Api, index: usize, item: &Extern) -> String {
    let holder = if item.hold == Hold::Shared {
        "Shared"
    } else {
        "Value"
    };
    let sync = if api.free_threaded {
        format!(
            "\n        const _: () = rt::assert_sync::<{}>(); // {}",
            absolute(&item.rust),
            place(&item.origin)
        )
    } else {
        String::new()
    };
    format!(
        "        // {place}\n        pub struct {name};\n        impl rt::ExternClass for {name} {{\n            \
         type Payload = rt::{holder}<{rust}>;\n            const INDEX: usize = {index};\n            \
         const NAME: &'static str = {class};\n            const MODULE: &'static ::std::ffi::CStr = {module};\n        }}{sync}",
        place = place(&item.origin),
        name = item.name,
        rust = absolute(&item.rust),
        class = string(&item.class),
        module = c_string(&item.module),
    )
}

/// The table of a class.
pub(crate) fn render_table(cx: &mut Context<'_>, id: ClassId) -> String {
    let api = cx.api;
    let class = &api[id];
    let marker = marker(api, id);
    let module = &api[class.module];
    let mut table = TypeTable::new(&format!("{}.{}", module.public, class.name));
    table.layout = format!("rt::TypeLayout::class::<{marker}>()");
    let mut doc = crate::docs::class(api, class).unwrap_or_default();
    if let Some(new) = &class.new {
        let mut new = new.clone();
        new.deprecated = new.deprecated.or_else(|| class.deprecated.clone());
        let rendered = super::function::render(cx, &new, Owner::Class(id), Shape::Call);
        table.slots.push(format!(
            "rt::SlotSpec {{ id: rt::ffi::Py_tp_new, function: rt::SlotFn::New(rt::constructor::<{0}, {1}>) }}",
            rendered.symbol, rendered.count
        ));
        table.vectorcall = format!(
            "Some(rt::construct_vectorcall::<{}, {}>)",
            rendered.symbol, rendered.count
        );
        doc = format!(
            "{}{}\n--\n\n{doc}",
            class.name,
            crate::signature::text(api, &new)
        );
    } else {
        table.factory = hint(class.factory.as_deref());
    }
    table.unpicklable = hint(class.unpicklable.as_deref());
    table.doc = c_string(&doc);
    members(
        cx,
        &mut table,
        Owner::Class(id),
        &class.methods,
        &class.properties,
        &class.constants,
        class.subclass,
        &class.name,
    );
    if let Some(destroy) = &class.destroy {
        destruction(cx, &mut table, id, destroy);
    }
    table.methods.push(address_method(&marker));
    table.unhashable = has(&class.methods, "__eq__") && !has(&class.methods, "__hash__");
    let _ = write!(table.place, "{} {}", place(&class.origin), class.name);
    table.render().unwrap_or_default()
}

fn hint(text: Option<&str>) -> String {
    text.map_or_else(|| "None".into(), |text| format!("Some({})", string(text)))
}

fn has(methods: &[Function], name: &str) -> bool {
    methods.iter().any(|method| method.name == name)
}

/// `__rust_address__`.
pub(crate) fn address_method(marker: &str) -> String {
    format!(
        "rt::noargs_raw(c\"__rust_address__\", rt::rust_address::<{marker}>, {})",
        c_string("__rust_address__($self, /)\n--\n\nAddress of the Rust value, for debugging.")
    )
}

/// `destroy`, `__enter__`, `__exit__`.
#[allow(
    clippy::too_many_lines,
    reason = "one arm or line per case reads as a table"
)]
fn destruction(cx: &mut Context<'_>, table: &mut TypeTable, id: ClassId, destroy: &Function) {
    let api = cx.api;
    let marker = marker(api, id);
    let target = absolute(&destroy.rust);
    let path = absolute(&api[id].rust);
    let whole = destroy.binding == Binding::Method(Receiver::Object);
    let run = |this: &str| match destroy.raises[..] {
        [] => format!("TARGET({this});"),
        _ => format!(
            "if let Err(error) = TARGET({this}) {{ return Err(rt::raised_by(cx, error)); }}"
        ),
    };
    let (ty, body) = if whole {
        (
            format!("fn(::pyrus::This<'_, {marker}>)"),
            run("rt::this_object(cx, slf)"),
        )
    } else if api[id].hold == Hold::Shared {
        (
            format!("fn(&{path})"),
            format!(
                "let this = rt::this_ref::<{marker}>(cx, slf)?; {}",
                run("&this")
            ),
        )
    } else {
        (
            format!("fn({path})"),
            format!(
                "if let Some(this) = rt::destroyed::<{marker}, {path}>(cx, slf)? {{ {} }}",
                run("this")
            ),
        )
    };
    let ty = match destroy.raises[..] {
        [] => ty,
        _ => format!("{ty} -> {}", fallible(api, destroy, "()".into())),
    };
    let clear = if whole || api[id].slots.is_empty() {
        String::new()
    } else {
        format!("rt::clear_slots::<{marker}>(cx, slf);")
    };
    let place = place(&destroy.origin);
    let release = format!(
        "const TARGET: {ty} =\n            {target}; // {place}\n        {body}\n        {clear}\n        rt::finish(cx)"
    );
    let function = |symbol: &str, count: usize, name: &str, body: &str| {
        format!(
            "// {place} {name}\npub(super) struct {symbol};\nimpl rt::Function<{count}> for {symbol} {{\n    \
             const SIG: &'static rt::Signature = &rt::Signature {{ name: {name}, origin: {origin}, params: &[{params}], \
             positional_only: {count}, positional: {count}, var_positional: false, var_keyword: false, names: 0, required: \
             {required}, deprecated: None }};\n    fn call<'py>(cx: rt::Cx<'py>, slf: rt::Slf<'py>, _: [rt::Arg<'py>; {count}], \
             _: rt::Extra<'py>) -> rt::Outcome {{\n        {body}\n    }}\n}}",
            name = string(&format!("{}.{name}", api[id].name)),
            origin = string(&place),
            params = ["exc_type", "exc_value", "traceback"][..count]
                .iter()
                .map(|name| format!(
                    "rt::Param {{ name: {}, expected: \"object\", required: true, refused: rt::Refused::NONE }}",
                    string(name)
                ))
                .collect::<Vec<_>>()
                .join(", "),
            required = (1u64 << count) - 1,
        )
    };
    let symbol = cx.fresh();
    let exit = cx.fresh();
    let leave = format!("<{symbol} as rt::Function<0>>::call(cx, slf, [], rt::no_extra())");
    cx.items.push(function(&symbol, 0, "destroy", &release));
    cx.items.push(function(&exit, 3, "__exit__", &leave));
    let doc =
        crate::docs::function(api, destroy).unwrap_or_else(|| "Release the contents now.".into());
    let method = |name: &str, symbol: &str, signature: &str, doc: &str| {
        format!(
            "rt::noargs::<{symbol}>({}, {})",
            c_string(name),
            c_string(&format!("{name}{signature}\n--\n\n{doc}"))
        )
    };
    table
        .methods
        .push(method("destroy", &symbol, "($self, /)", &doc));
    table.methods.push(format!(
        "rt::positional::<{exit}, 3>(c\"__exit__\", {})",
        c_string("__exit__($self, exc_type, exc_value, traceback, /)\n--\n\nRelease the contents.")
    ));
    table.methods.push(format!(
        "rt::noargs_raw(c\"__enter__\", rt::enter, {})",
        c_string("__enter__($self, /)\n--\n\nThe object itself.")
    ));
}
