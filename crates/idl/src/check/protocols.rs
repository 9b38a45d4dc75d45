//! Methods named like Python's protocols.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, Binding, Type};
use crate::resolve::{At, Cx, Owner, Role, Site};
use crate::words;

type Out = Vec<Diagnostic>;

/// What a protocol method returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Result {
    Bool,
    BoolOrNothing,
    Integer,
    Float,
    Str,
    Nothing,
    Something,
    SelfOrNothing,
    Iterator,
    Optional,
    Buffer,
    Anything,
}

/// Names, number of parameters (`None`: any) and result of each protocol.
const PROTOCOLS: &[(&[&str], Option<usize>, Result)] = &[
    (
        &[
            "__eq__",
            "__ne__",
            "__lt__",
            "__le__",
            "__gt__",
            "__ge__",
            "__contains__",
        ],
        Some(1),
        Result::Bool,
    ),
    (&["__bool__"], Some(0), Result::Bool),
    (
        &["__hash__", "__len__", "__int__", "__index__"],
        Some(0),
        Result::Integer,
    ),
    (&["__float__"], Some(0), Result::Float),
    (&["__repr__", "__str__"], Some(0), Result::Str),
    (&["__getitem__"], Some(1), Result::Something),
    (&["__setitem__"], Some(2), Result::Nothing),
    (&["__delitem__"], Some(1), Result::Nothing),
    (&["__iter__"], Some(0), Result::Iterator),
    (&["__next__"], Some(0), Result::Optional),
    (&["__call__"], None, Result::Anything),
    (&["__enter__"], Some(0), Result::Something),
    (&["__exit__"], Some(3), Result::BoolOrNothing),
    (
        &["__neg__", "__pos__", "__abs__", "__invert__"],
        Some(0),
        Result::Something,
    ),
    (&["__buffer__"], Some(0), Result::Buffer),
];

/// Operators with `__x__`, `__rx__` and `__ix__` forms.
const OPERATORS: &[&str] = &[
    "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and",
    "or", "xor",
];

/// Protocols that Pyrus fills by other means.
const ELSEWHERE: &[(&str, &str)] = &[
    ("__init__", "a constructor is declared as `new:`"),
    ("__new__", "a constructor is declared as `new:`"),
    (
        "__del__",
        "what must happen when an object goes is Rust's `Drop`",
    ),
    ("__getattr__", "attributes are declared as `properties:`"),
    ("__setattr__", "attributes are declared as `properties:`"),
    (
        "__reversed__",
        "declare a method that returns an `Iterator[T]`",
    ),
    (
        "__copy__",
        "records can be copied; declare the class as a record, or a method `copy`",
    ),
    (
        "__reduce__",
        "records can be pickled; declare the class as a record",
    ),
];

/// Methods of which one without the other is of no use.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "__next__",
        "__iter__",
        "an iterator is iterable itself: `__iter__: {returns: Self}`",
    ),
    ("__enter__", "__exit__", "`with` needs both"),
    ("__exit__", "__enter__", "`with` needs both"),
];

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in cx.sites.iter().filter(|site| site.role == Role::Method) {
        check_equality_keys(site, out);
        if !words::is_dunder(&site.function.name) || site.function.name.starts_with("__pyrus") {
            continue;
        }
        match protocol(&site.function.name) {
            Some((params, result)) => {
                check_binding(site, out);
                check_memory(cx, site, out);
                check_params(site, params, out);
                check_result(cx, site, result, out);
            }
            None => unknown(site, out),
        }
    }
    for at in owners(cx) {
        check_pairs(at, out);
    }
}

fn protocol(name: &str) -> Option<(Option<usize>, Result)> {
    let row = PROTOCOLS.iter().find(|(names, ..)| names.contains(&name));
    if let Some((_, params, result)) = row {
        return Some((*params, *result));
    }
    let word = name.strip_prefix("__")?.strip_suffix("__")?;
    if OPERATORS.contains(&word)
        || word
            .strip_prefix('r')
            .is_some_and(|word| OPERATORS.contains(&word))
    {
        return Some((Some(1), Result::Something));
    }
    let in_place = word
        .strip_prefix('i')
        .is_some_and(|word| OPERATORS.contains(&word));
    in_place.then_some((Some(1), Result::SelfOrNothing))
}

fn owners<'a>(cx: &Cx<'a>) -> Vec<At<'a>> {
    let classes = cx.classes.iter().map(|decl| decl.at);
    classes
        .chain(cx.records.iter().map(|decl| decl.at))
        .collect()
}

fn unknown(site: &Site<'_>, out: &mut Out) {
    let name = site.function.name.as_str();
    let message = format!("`{name}` is not a protocol that Pyrus knows");
    let elsewhere = ELSEWHERE.iter().find(|(word, _)| *word == name);
    let help = if let Some((_, help)) = elsewhere {
        Some((*help).to_owned())
    } else {
        let operators = OPERATORS.iter().map(|word| format!("__{word}__"));
        let known = PROTOCOLS
            .iter()
            .flat_map(|(names, ..)| names.iter().map(ToString::to_string));
        let known: Vec<String> = known.chain(operators).collect();
        words::did_you_mean(name, known.iter().map(String::as_str))
    };
    out.push(Diagnostic::new(codes::UNKNOWN_PROTOCOL, site.at.key, message).maybe_help(help));
}

fn check_binding(site: &Site<'_>, out: &mut Out) {
    if !matches!(site.function.binding, Binding::Method(_)) {
        let message = format!("`{}` is called on an object", site.function.name);
        let key = if site.at.get("static").is_some() {
            "static"
        } else {
            "class"
        };
        out.push(Diagnostic::new(
            codes::PROTOCOL_BINDING,
            site.at.at(key).key,
            message,
        ));
    }
}

/// Memory belongs to an object that holds it.
fn check_memory(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    let Owner::Class(id) = site.owner else {
        return;
    };
    if site.function.name == "__buffer__" && cx.api[id].owner().is_some() {
        let message = "a view has no memory of its own to give out";
        let help = "give the owner a `__buffer__`";
        out.push(Diagnostic::new(codes::PROTOCOL_SIGNATURE, site.at.key, message).help(help));
    }
}

fn check_params(site: &Site<'_>, wanted: Option<usize>, out: &mut Out) {
    let Some(wanted) = wanted else { return };
    let entries = site.at.get("args").map(At::entries).unwrap_or_default();
    let plain = entries.iter().all(|(key, at)| {
        !key.starts_with(['*', '/']) && at.get("default").is_none() && !at.text().contains('=')
    });
    let derived = site.function.derived && entries.is_empty();
    if derived || (entries.len() == wanted && plain) {
        return;
    }
    let count = match wanted {
        0 => "no parameters".to_owned(),
        1 => "one parameter".to_owned(),
        more => format!("{more} parameters"),
    };
    let message = format!(
        "`{}` takes {count}, without defaults or separators",
        site.function.name
    );
    let at = site.at.at("args");
    out.push(Diagnostic::new(codes::PROTOCOL_SIGNATURE, at.key, message));
}

fn check_result(cx: &Cx<'_>, site: &Site<'_>, wanted: Result, out: &mut Out) {
    let ty = &site.function.returns;
    let full = cx.api.expand(ty);
    if matches!(full, Type::Var(name) if name.is_empty()) {
        return;
    }
    let (good, what) = match wanted {
        Result::Bool => (*full == Type::Bool, "`bool`"),
        Result::BoolOrNothing => (matches!(full, Type::Bool | Type::None), "`bool` or nothing"),
        Result::Integer => (matches!(full, Type::Int(_) | Type::BigInt), "an integer"),
        Result::Float => (matches!(full, Type::F32 | Type::F64), "`f64`"),
        Result::Str => (*full == Type::Str, "`str`"),
        Result::Nothing => (*full == Type::None, "nothing"),
        Result::Something => (*full != Type::None, "something"),
        Result::SelfOrNothing => (
            *full == Type::None || is_self(site, full),
            "`Self` or nothing",
        ),
        Result::Iterator => (
            is_iterator(&cx.api, cx, full),
            "`Iterator[T]` or a class with `__next__`",
        ),
        Result::Optional => (
            matches!(full, Type::Optional(_)),
            "`T?`, whose `None` ends the iteration",
        ),
        Result::Buffer => (matches!(full, Type::Buffer(_)), "`buffer[T]`"),
        Result::Anything => (true, ""),
    };
    if !good {
        let name = &site.function.name;
        let shown = cx.api.show(ty);
        let message = format!("`{name}` should return {what}, not `{shown}`");
        let at = site
            .at
            .get("returns")
            .map_or(site.at.key, |at| at.type_node().span());
        out.push(Diagnostic::new(codes::PROTOCOL_SIGNATURE, at, message));
    }
}

fn is_self(site: &Site<'_>, ty: &Type) -> bool {
    match site.owner {
        Owner::Class(id) => *ty == Type::Class(id),
        Owner::Record(id) => *ty == Type::Record(id),
        _ => false,
    }
}

fn is_iterator(api: &Api, cx: &Cx<'_>, ty: &Type) -> bool {
    match api.expand(ty) {
        Type::Iterator(_) => true,
        Type::Class(id) => cx.classes[id.0].syntax.methods.contains_key("__next__"),
        _ => false,
    }
}

/// `strict` and `shape` belong to equality.
fn check_equality_keys(site: &Site<'_>, out: &mut Out) {
    let name = site.function.name.as_str();
    for (key, fits) in [
        ("strict", name == "__eq__"),
        ("shape", matches!(name, "__eq__" | "__hash__")),
    ] {
        if let Some(at) = site.at.get(key).filter(|_| !fits) {
            let message = format!("`{key}` has no meaning for `{name}`");
            let help = if key == "strict" {
                "it belongs to `__eq__`"
            } else {
                "it belongs to `__eq__` and `__hash__`"
            };
            out.push(Diagnostic::new(codes::EQ_ONLY, at.key, message).help(help));
        }
    }
}

fn check_pairs(at: At<'_>, out: &mut Out) {
    let Some(methods) = at.get("methods") else {
        return;
    };
    if let Some(hash) = methods
        .get("__hash__")
        .filter(|_| methods.get("__eq__").is_none())
    {
        let message = "`__hash__` without `__eq__`";
        let help = "equal objects must have equal hashes: declare both, or none for identity";
        out.push(Diagnostic::new(codes::HASH_WITHOUT_EQ, hash.key, message).help(help));
    }
    for (one, other, help) in PAIRS {
        if let Some(found) = methods.get(one).filter(|_| methods.get(other).is_none()) {
            let message = format!("`{one}` without `{other}`");
            out.push(Diagnostic::new(codes::PROTOCOL_PAIR, found.key, message).help(*help));
        }
    }
}
