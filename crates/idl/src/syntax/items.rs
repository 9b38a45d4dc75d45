//! What a module holds beside functions.

use serde::Deserialize;

use super::{
    ArgKind, DestroyDecl, FieldDecl, Function, Literal, Map, Platform, PropertyDecl,
    RecordFieldDecl, RecordSexp,
};

/// A type alias: `TYPE` or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum AliasDecl {
    /// `TYPE`.
    Short(String),
    /// The long form.
    Long(AliasLong),
}

/// A type alias, at length: `type:` or `union:`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct AliasLong {
    /// What it stands for.
    #[serde(default, rename = "type")]
    pub(crate) ty: Option<String>,
    /// Members of a union by Rust variant.
    #[serde(default)]
    pub(crate) union: Option<Map<String>>,
    /// For unions: an existing Rust enum with these variants. Default: one is generated.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Text for the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
}

/// A constant: `value:` or `rust:`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Constant {
    /// `bool`, an integer, `f64`, `str`, `bytes` or an enum.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// The value. Text is the string itself for `str`, `Enum.MEMBER` for an enum.
    #[serde(default)]
    pub(crate) value: Option<Literal>,
    /// Path of a Rust `const` or `static`.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Text for the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
}

/// What an enum's members are beside members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum EnumKind {
    /// `enum.StrEnum`.
    Str,
    /// `enum.IntEnum`.
    Int,
    /// `enum.IntFlag`.
    Flag,
}

/// A Python enum.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Enum {
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Its base.
    pub(crate) kind: EnumKind,
    /// Values by member name.
    pub(crate) members: Map<MemberDecl>,
    /// An existing Rust enum with these variants. Default: one is generated.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
}

/// A member of an enum: its value or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum MemberDecl {
    /// The long form.
    Long(MemberLong),
    /// The value.
    Short(Literal),
}

/// A member of an enum, at length.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberLong {
    /// Its value.
    pub(crate) value: Literal,
    /// What it means.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// More names of the same member.
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// The integer that stands for it in S-expressions. Default: its value, as a symbol.
    #[serde(default)]
    pub(crate) sexp: Option<i64>,
}

/// A record: fields in a Rust struct inside the Python object.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Fields in order.
    pub(crate) fields: Map<RecordFieldDecl>,
    /// A node of a tree, seen through live views: reading a record or list gives a view, assigning copies.
    /// Default: the module's.
    #[serde(default)]
    pub(crate) live: Option<bool>,
    /// How it stands in S-expressions.
    #[serde(default)]
    pub(crate) sexp: Option<RecordSexp>,
    /// No setters, and hashable.
    #[serde(default)]
    pub(crate) frozen: bool,
    /// As an argument, anything with its attributes is taken.
    #[serde(default)]
    pub(crate) like: bool,
    /// How the constructor takes its arguments. Default `keyword`.
    #[serde(default)]
    pub(crate) args: Option<ArgKind>,
    /// Methods.
    #[serde(default)]
    pub(crate) methods: Map<Function>,
    /// Properties.
    #[serde(default)]
    pub(crate) properties: Map<PropertyDecl>,
    /// Constants.
    #[serde(default)]
    pub(crate) constants: Map<Constant>,
    /// An existing Rust struct with these fields. Default: one is generated.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Why, and what to use instead. Warns at run time.
    #[serde(default)]
    pub(crate) deprecated: Option<String>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
}

/// An exception class.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Error {
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// A built-in exception or another error. Default `Exception`.
    #[serde(default)]
    pub(crate) base: Option<String>,
    /// Attributes.
    #[serde(default)]
    pub(crate) fields: Map<FieldDecl>,
    /// Format of the message, with `{field}` places. Default: the Rust value's `message`.
    #[serde(default)]
    pub(crate) message: Option<String>,
    /// An existing Rust struct with these fields. Default: one is generated.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
}

/// Who owns the Rust object behind a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Hold {
    /// The payload lives in the Python object.
    Value,
    /// The object holds an `Arc`.
    Shared,
    /// A strong reference to the owner and a key into it, checked at each access.
    View,
}

/// A class: a handle on a Rust object.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Path of the Rust type; for views without `resolve`, the path prefix of its functions.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Who owns the Rust object. Default `value`.
    #[serde(default)]
    pub(crate) hold: Option<Hold>,
    /// `hold: view`: the class that owns the Rust objects.
    #[serde(default)]
    pub(crate) owner: Option<String>,
    /// `hold: view`: the Rust type of the key.
    #[serde(default)]
    pub(crate) key: Option<String>,
    /// `hold: view`: path of `fn(&Owner, &Key) -> Option<&T>`.
    #[serde(default)]
    pub(crate) resolve: Option<String>,
    /// The constructor.
    #[serde(default)]
    pub(crate) new: Option<Function>,
    /// What to call instead, when there is no constructor.
    #[serde(default)]
    pub(crate) factory: Option<String>,
    /// What to use instead of pickling and copying, which its objects then refuse.
    #[serde(default)]
    pub(crate) unpicklable: Option<String>,
    /// The Rust method that releases the contents; adds `destroy()` and `with`.
    #[serde(default)]
    pub(crate) destroy: Option<DestroyDecl>,
    /// Hidden Python references beside the payload, by name.
    #[serde(default)]
    pub(crate) slots: Map<String>,
    /// Path of `fn(&T) -> &AtomicUsize`: one Python object per Rust object while it lives.
    #[serde(default)]
    pub(crate) unique: Option<String>,
    /// Path of `fn(This<'_, Class>)`, called when an object has been made.
    #[serde(default)]
    pub(crate) created: Option<String>,
    /// Path of `fn(This<'_, Class>)`, called when an object goes, before its payload does.
    #[serde(default)]
    pub(crate) finalize: Option<String>,
    /// Python may subclass it.
    #[serde(default)]
    pub(crate) subclass: bool,
    /// Weak references are allowed.
    #[serde(default)]
    pub(crate) weakref: bool,
    /// How many freed objects to keep for reuse. Default 0.
    #[serde(default)]
    pub(crate) pool: u32,
    /// More names of the class in the module.
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    /// Methods. Those named like Python's protocols fill the type's slots.
    #[serde(default)]
    pub(crate) methods: Map<Function>,
    /// Properties.
    #[serde(default)]
    pub(crate) properties: Map<PropertyDecl>,
    /// Constants.
    #[serde(default)]
    pub(crate) constants: Map<Constant>,
    /// Why, and what to use instead. Warns at run time.
    #[serde(default)]
    pub(crate) deprecated: Option<String>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
}

/// A class that holds static functions only.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Namespace {
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Path prefix of the default Rust items. Default: the module's prefix and the name in snake case.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// A class of the module, of which it is an attribute too.
    #[serde(default)]
    pub(crate) within: Option<String>,
    /// Static functions.
    #[serde(default)]
    pub(crate) functions: Map<Function>,
    /// Constants.
    #[serde(default)]
    pub(crate) constants: Map<Constant>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
}

/// A class of another extension.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Extern {
    /// Dotted public module that users import it from.
    pub(crate) module: String,
    /// Python name in that module. Default: the name here.
    #[serde(default)]
    pub(crate) class: Option<String>,
    /// Path of its Rust type.
    pub(crate) rust: String,
    /// `value` or `shared`. Default `value`.
    #[serde(default)]
    pub(crate) hold: Option<Hold>,
}
