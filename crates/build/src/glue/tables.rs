//! The static tables: types, modules, the extension.

use askama::Template;
use pyrus_idl::model::{Binding, Constant, Function, Item, ModuleId, ParamKind, Property, Raised};

use super::Context;
use super::constant::constant;
use super::facts::{Owner, placed};
use super::function::{Rendered, Shape, render};
use super::protocol;
use super::text::{c_string, place, string};
use crate::signature;

/// The table of one type.
#[derive(Template)]
#[template(path = "rust/type_table.rs.jinja", escape = "none")]
pub(crate) struct TypeTable {
    pub(crate) place: String,
    pub(crate) full_name: String,
    pub(crate) doc: String,
    pub(crate) layout: String,
    pub(crate) record: String,
    pub(crate) slots: Vec<String>,
    pub(crate) methods: Vec<String>,
    pub(crate) class_methods: Vec<String>,
    pub(crate) statics: Vec<String>,
    pub(crate) keyword_methods: Vec<String>,
    pub(crate) properties: Vec<String>,
    pub(crate) constants: Vec<String>,
    pub(crate) match_args: String,
    pub(crate) vectorcall: String,
    pub(crate) factory: String,
    pub(crate) unpicklable: String,
    pub(crate) unhashable: bool,
}

impl TypeTable {
    /// An empty table.
    pub(crate) fn new(full_name: &str) -> Self {
        TypeTable {
            place: String::new(),
            full_name: c_string(full_name),
            doc: "c\"\"".into(),
            layout: String::new(),
            record: "None".into(),
            slots: Vec::new(),
            methods: Vec::new(),
            class_methods: Vec::new(),
            statics: Vec::new(),
            keyword_methods: Vec::new(),
            properties: Vec::new(),
            constants: Vec::new(),
            match_args: "None".into(),
            vectorcall: "None".into(),
            factory: "None".into(),
            unpicklable: "None".into(),
            unhashable: false,
        }
    }
}

/// Methods, properties and constants of a class or record.
#[allow(clippy::too_many_arguments)]
pub(crate) fn members(
    cx: &mut Context<'_>,
    table: &mut TypeTable,
    owner: Owner,
    methods: &[Function],
    properties: &[Property],
    constants: &[Constant],
    subclass: bool,
    class_name: &str,
) {
    for function in methods
        .iter()
        .filter(|function| !protocol::is_slot(&function.name))
    {
        method(cx, table, owner, function, subclass);
    }
    protocol::slots(cx, table, owner, methods, class_name);
    for property in properties {
        accessors(cx, table, owner, property);
    }
    for item in constants {
        table.constants.push(constant(cx, item));
    }
}

/// `NAME` + signature + doc, as `CPython` reads it.
fn ml_doc(cx: &Context<'_>, function: &Function) -> String {
    let doc = crate::docs::function(cx.api, function).unwrap_or_default();
    c_string(&format!(
        "{}{}\n--\n\n{doc}",
        function.name,
        signature::text(cx.api, function)
    ))
}

/// One method, in the cheapest calling convention that its parameters allow.
fn method(
    cx: &mut Context<'_>,
    table: &mut TypeTable,
    owner: Owner,
    function: &Function,
    subclass: bool,
) {
    let rendered = render(cx, function, owner, Shape::Call);
    let (name, doc) = (c_string(&function.name), ml_doc(cx, function));
    let Rendered {
        symbol,
        count,
        names,
    } = &rendered;
    match function.binding {
        Binding::Static | Binding::Free | Binding::New => table.statics.push(free_function(
            function, symbol, "InClass", *count, &name, &doc,
        )),
        Binding::Class => table.class_methods.push(format!(
            "rt::class_method::<{symbol}, {count}>({name}, {doc})"
        )),
        Binding::Method(_) => match convention(function) {
            Convention::Keywords => keyword_method(table, symbol, *count, *names, &name, &doc),
            _ if subclass => keyword_method(table, symbol, *count, *names, &name, &doc),
            Convention::NoArgs => table
                .methods
                .push(format!("rt::noargs::<{symbol}>({name}, {doc})")),
            Convention::One => table
                .methods
                .push(format!("rt::one::<{symbol}>({name}, {doc})")),
            Convention::Positional => table.methods.push(format!(
                "rt::positional::<{symbol}, {count}>({name}, {doc})"
            )),
        },
    }
}

/// A function without receiver, bound to the extension module or a class, in the cheapest calling convention.
fn free_function(
    function: &Function,
    symbol: &str,
    bound: &str,
    count: usize,
    name: &str,
    doc: &str,
) -> String {
    let shell = match convention(function) {
        Convention::NoArgs => format!("function_noargs::<{symbol}, rt::{bound}>"),
        Convention::One => format!("function_one::<{symbol}, rt::{bound}>"),
        Convention::Positional => {
            format!("function_positional::<{symbol}, rt::{bound}, {count}>")
        }
        Convention::Keywords => format!("function::<{symbol}, rt::{bound}, {count}>"),
    };
    format!("rt::{shell}({name}, {doc})")
}

fn keyword_method(
    table: &mut TypeTable,
    symbol: &str,
    count: usize,
    names: usize,
    name: &str,
    doc: &str,
) {
    table.keyword_methods.push(format!(
        "rt::KeywordMethod {{ info: &rt::MethodInfo {{ name: {name}, doc: {doc}, call: rt::bound::<{symbol}, {count}> }}, names: {names} }}"
    ));
}

enum Convention {
    NoArgs,
    One,
    Positional,
    Keywords,
}

fn convention(function: &Function) -> Convention {
    let all_positional = function.params.iter().all(|param| {
        matches!(
            param.kind,
            ParamKind::PositionalOnly | ParamKind::VarPositional
        )
    });
    match &function.params[..] {
        [] => Convention::NoArgs,
        [only] if only.kind == ParamKind::PositionalOnly && only.default.is_none() => {
            Convention::One
        }
        _ if all_positional => Convention::Positional,
        _ => Convention::Keywords,
    }
}

fn accessors(cx: &mut Context<'_>, table: &mut TypeTable, owner: Owner, property: &Property) {
    let get = render(cx, &property.get, owner, Shape::Call).symbol;
    let set = property.set.as_ref().map(|set| {
        let setter = Function {
            qualname: property.get.qualname.clone(),
            ..set.clone()
        };
        render(cx, &setter, owner, Shape::Setter).symbol
    });
    let set = set.map_or_else(
        || "None".to_owned(),
        |symbol| format!("Some(rt::setter::<{symbol}>())"),
    );
    let doc = c_string(&crate::docs::property(cx.api, property).unwrap_or_default());
    table.properties.push(format!(
        "rt::property({}, {doc}, rt::getter::<{get}>(), {set}, 0)",
        c_string(&property.name)
    ));
}

/// The table of one module.
#[derive(Template)]
#[template(path = "rust/module_table.rs.jinja", escape = "none")]
struct ModuleTable {
    name: String,
    short: String,
    public: String,
    doc: String,
    within: Vec<String>,
    parent: usize,
    functions: Vec<String>,
    types: Vec<String>,
    enums: Vec<String>,
    errors: Vec<String>,
    constants: Vec<String>,
    aliases: Vec<String>,
    exports: Vec<String>,
}

/// The table of the extension, and its entry point.
#[derive(Template)]
#[template(path = "rust/extension.rs.jinja", escape = "none")]
struct Extension {
    name: String,
    init: String,
    modules: Vec<String>,
    types: Vec<String>,
    enums: Vec<String>,
    errors: Vec<String>,
    names: String,
    field_names: usize,
    ops: Vec<String>,
    defaults: Vec<String>,
    annotations: Vec<String>,
    live: Vec<String>,
    published: Vec<String>,
    externs: usize,
    free_threaded: bool,
}

/// Everything at the end of the glue.
#[allow(clippy::too_many_lines, reason = "one line per table reads as a table")]
pub(crate) fn extension(cx: &mut Context<'_>) -> String {
    let api = cx.api;
    let mut types = Vec::new();
    for id in cx.index.classes.clone() {
        types.push(super::class::render_table(cx, id));
    }
    for id in cx.index.records.clone() {
        types.push(if cx.api[id].live {
            super::live::render_table(cx, id)
        } else {
            super::record::render_table(cx, id)
        });
    }
    let modules = (0..api.modules.len())
        .map(|i| module(cx, ModuleId(i), &mut types))
        .collect();
    let published = cx
        .index
        .classes
        .iter()
        .filter(|id| !matches!(api[**id].hold, pyrus_idl::model::Hold::View { .. }));
    let published = published
        .map(|id| {
            format!(
                "rt::Publication::of::<{}>()",
                super::class::marker(api, *id)
            )
        })
        .collect();
    let enums = cx.index.enums.iter().map(|id| {
        format!(
            "<{} as rt::EnumClass>::SPEC",
            crate::types::rust::marker(api, api[*id].module, &api[*id].name)
        )
    });
    let view = Extension {
        name: c_string(&api.extension),
        free_threaded: api.free_threaded,
        init: format!(
            "PyInit_{}",
            api.extension.rsplit('.').next().unwrap_or_default()
        ),
        modules,
        enums: enums.collect(),
        errors: cx.index.errors.iter().map(|id| error(cx, *id)).collect(),
        names: string(
            &cx.names
                .iter()
                .fold(String::new(), |all, name| all + name + "\0"),
        ),
        field_names: cx.field_places,
        ops: cx
            .ops
            .iter()
            .map(|conv| format!("&rt::FieldOps::of::<{conv}>()"))
            .collect(),
        annotations: cx.annotations.iter().map(|text| string(text)).collect(),
        defaults: cx
            .defaults
            .iter()
            .map(|(ty, value)| default(ty, value))
            .collect(),
        live: cx
            .index
            .live
            .iter()
            .map(|id| format!("&{}", super::live::table_path(api, *id)))
            .collect(),
        published,
        externs: api.externs.len(),
        types,
    };
    view.render().unwrap_or_default()
}

/// A function that writes the default of a field.
fn default(ty: &str, value: &str) -> String {
    format!(
        "{{\n        unsafe fn default(place: *mut u8) {{\n            let value: {ty} = {value};\n            \
         // SAFETY: called by the constructor with room for a field of this type.\n            \
         unsafe {{ place.cast::<{ty}>().write(value) }}\n        }}\n        default\n    }}"
    )
}

fn error(cx: &Context<'_>, id: pyrus_idl::model::ErrorId) -> String {
    let item = &cx.api[id];
    let base = match &item.base {
        Raised::Builtin(name) => format!("rt::ExceptionBase::Builtin({})", c_string(name)),
        Raised::Error(id) => format!("rt::ExceptionBase::Declared({})", cx.index.error(*id)),
    };
    format!(
        "rt::ErrorSpec {{ full_name: {}, doc: {}, base: {base} }}",
        c_string(&format!("{}.{}", cx.api[item.module].public, item.name)),
        optional_c(crate::docs::error(item).as_deref()),
    )
}

fn optional_c(text: Option<&str>) -> String {
    text.map_or_else(|| "None".into(), |text| format!("Some({})", c_string(text)))
}

fn module(cx: &mut Context<'_>, id: ModuleId, types: &mut Vec<String>) -> String {
    let api = cx.api;
    let module = &api[id];
    let mut view = ModuleTable {
        name: c_string(&module.name),
        short: c_string(module.name.rsplit('.').next().unwrap_or_default()),
        public: c_string(&module.public),
        doc: optional_c(crate::docs::module(module).as_deref()),
        parent: module.parent.map_or(0, |parent| parent.0),
        functions: Vec::new(),
        types: Vec::new(),
        enums: Vec::new(),
        errors: Vec::new(),
        constants: module
            .constants
            .iter()
            .map(|item| constant(cx, item))
            .collect(),
        within: Vec::new(),
        aliases: Vec::new(),
        exports: crate::stub::exports(api, id)
            .iter()
            .filter(|export| exists(export))
            .map(|export| c_string(&export.name))
            .collect(),
    };
    for item in &module.items {
        module_item(cx, &mut view, *item);
    }
    for namespace in &module.namespaces {
        view.types.push(format!(
            "({}, &[{}])",
            types.len(),
            c_string(&namespace.name)
        ));
        if let Some(class) = namespace.within {
            let (class, name) = (cx.index.class(class), c_string(&namespace.name));
            view.within
                .push(format!("({class}, {}, {name})", types.len()));
        }
        types.push(namespace_table(cx, id, namespace));
    }
    for function in &module.functions {
        let Rendered { symbol, count, .. } = render(cx, function, Owner::Module(id), Shape::Call);
        let (name, doc) = (c_string(&function.name), ml_doc(cx, function));
        view.functions.push(free_function(
            function, &symbol, "InModule", count, &name, &doc,
        ));
    }
    view.render().unwrap_or_default()
}

fn exists(export: &crate::stub::Export) -> bool {
    export.platforms.is_empty() || export.platforms.contains(&super::platform::target())
}

fn module_item(cx: &Context<'_>, view: &mut ModuleTable, item: Item) {
    let api = cx.api;
    match item {
        Item::Class(id) => {
            let names = std::iter::once(&api[id].name)
                .chain(&api[id].aliases)
                .map(|name| c_string(name))
                .collect::<Vec<_>>();
            view.types
                .push(format!("({}, &[{}])", cx.index.class(id), names.join(", ")));
        }
        Item::Record(id) => view.types.push(format!(
            "({}, &[{}])",
            cx.index.record(id),
            c_string(&api[id].name)
        )),
        Item::Enum(id) => view.enums.push(format!(
            "({}, {})",
            cx.index.enumeration(id),
            c_string(&api[id].name)
        )),
        Item::Error(id) => view.errors.push(format!(
            "({}, {})",
            cx.index.error(id),
            c_string(&api[id].name)
        )),
        Item::Alias(id) => {
            if let Some([expression, before_3_10]) =
                crate::types::python::alias_expressions(api, id)
            {
                view.aliases.push(format!(
                    "rt::AliasSpec {{ name: {}, expression: {}, before_3_10: {} }}",
                    c_string(&api[id].name),
                    c_string(&expression),
                    c_string(&before_3_10)
                ));
            }
        }
    }
}

fn namespace_table(
    cx: &mut Context<'_>,
    id: ModuleId,
    namespace: &pyrus_idl::model::Namespace,
) -> String {
    let mut table = TypeTable::new(&format!("{}.{}", cx.api[id].public, namespace.name));
    table.place = format!("{} {}", place(&namespace.origin), namespace.name);
    table.layout = "rt::TypeLayout::namespace()".into();
    table.doc = c_string(&crate::docs::namespace(namespace).unwrap_or_default());
    for function in &namespace.functions {
        let _ = placed(function);
        method(cx, &mut table, Owner::Module(id), function, false);
    }
    for item in &namespace.constants {
        table.constants.push(constant(cx, item));
    }
    table.render().unwrap_or_default()
}
