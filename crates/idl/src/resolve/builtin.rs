//! The words of the type language.

use crate::model::{IntKind, Type};

/// The types that are one word.
pub(super) const PLAIN: &[(&str, Type)] = &[
    ("bool", Type::Bool),
    ("truth", Type::Truth),
    ("i8", Type::Int(IntKind::I8)),
    ("i16", Type::Int(IntKind::I16)),
    ("i32", Type::Int(IntKind::I32)),
    ("i64", Type::Int(IntKind::I64)),
    ("u8", Type::Int(IntKind::U8)),
    ("u16", Type::Int(IntKind::U16)),
    ("u32", Type::Int(IntKind::U32)),
    ("u64", Type::Int(IntKind::U64)),
    ("int", Type::BigInt),
    ("f32", Type::F32),
    ("f64", Type::F64),
    ("float", Type::F64),
    ("str", Type::Str),
    ("bytes", Type::Bytes),
    ("Path", Type::Path),
    ("object", Type::Object),
    ("None", Type::None),
];

/// The types that take others in brackets.
pub(super) const GENERIC: &[&str] = &[
    "list", "tuple", "dict", "set", "Iterable", "Sequence", "Iterator", "Callable", "type",
    "buffer",
];

/// What people write who come from elsewhere.
pub(super) const FOREIGN: &[(&str, &str)] = &[
    ("Any", "object"),
    ("Dict", "dict[K, V]"),
    ("HashMap", "dict[K, V]"),
    ("HashSet", "set[T]"),
    ("List", "list[T]"),
    ("NoneType", "None"),
    ("Option", "T?"),
    ("Optional", "T?"),
    ("PathBuf", "Path"),
    ("Set", "set[T]"),
    ("String", "str"),
    ("Tuple", "tuple[A, B]"),
    ("Type", "type[T]"),
    ("Union", "A | B"),
    ("Vec", "list[T]"),
    ("double", "f64"),
    ("isize", "i64"),
    ("null", "None"),
    ("string", "str"),
    ("usize", "u64"),
];

pub(crate) fn is_builtin(name: &str) -> bool {
    name == "Self" || GENERIC.contains(&name) || PLAIN.iter().any(|(word, _)| *word == name)
}

/// Words of the type language, for hints.
pub(super) fn builtin_words() -> impl Iterator<Item = &'static str> {
    PLAIN
        .iter()
        .map(|(word, _)| *word)
        .chain(GENERIC.iter().copied())
        .chain(["Self"])
}
