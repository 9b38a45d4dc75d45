//! Functions, methods, properties and their parameters.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{ArgKind, Map};

/// A value: `None`, a boolean, a number, a quoted string, `[]`, `{}` or an enum member.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Literal(IgnoredAny);

/// A parameter or field: `TYPE`, `TYPE = DEFAULT`, or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum ParamDecl {
    /// `TYPE` or `TYPE = DEFAULT`.
    Short(String),
    /// The long form.
    Long(ParamLong),
    /// Nothing: the separators `/` and `*`.
    Separator(()),
}

/// A parameter, at length.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, schemars(rename = "ParamDeclLong"))]
pub(crate) struct ParamLong {
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// Its default.
    #[serde(default)]
    pub(crate) default: Option<Literal>,
    /// What it means.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Text of the `TypeError` for what is not of its type, or text without UTF-8 form. Default: one that names the function.
    #[serde(default)]
    pub(crate) refused: Option<String>,
    /// The same for what stands inside a list, tuple, set, dict or iterable.
    #[serde(default)]
    pub(crate) refused_item: Option<String>,
}

/// A field, at length.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, schemars(rename = "FieldDeclLong"))]
pub(crate) struct FieldLong {
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// Its default.
    #[serde(default)]
    pub(crate) default: Option<Literal>,
    /// What it means.
    #[serde(default)]
    pub(crate) doc: Option<String>,
}

/// A field of a record or error: `TYPE`, `TYPE = DEFAULT`, or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum FieldDecl {
    /// `TYPE` or `TYPE = DEFAULT`.
    Short(String),
    /// The long form.
    Long(FieldLong),
}

/// What a function returns: `TYPE` or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum ReturnsDecl {
    /// `TYPE`.
    Short(String),
    /// The long form.
    Long(ReturnsLong),
}

/// What a function returns, at length.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnsLong {
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// The Rust item returns `&str` or `&[u8]`.
    #[serde(default)]
    pub(crate) borrow: bool,
    /// The Rust item says to which owner each view in it belongs: it returns `pyrus::Bound<Owner, Key>` for views.
    #[serde(default)]
    pub(crate) bound: bool,
    /// The parameter that is the owner of the views in it, or a view of that owner. Default: the object the method is called
    /// on, or the first parameter that fits.
    #[serde(default)]
    pub(crate) owner: Option<String>,
    /// What it means.
    #[serde(default)]
    pub(crate) doc: Option<String>,
}

/// One name or a list of names.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

/// What happens to the GIL during a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Gil {
    /// It is kept.
    Held,
    /// Other threads may run Python; arguments and result must be plain data.
    Released,
}

/// What a method gets of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Receiver {
    /// `&T`.
    Ref,
    /// `&mut T`, guarded.
    Mut,
    /// `T`: the object is used up.
    Own,
    /// `pyrus::This<'_, T>`: payload, slots, identity.
    Object,
}

/// A value of `sys.platform`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Platform {
    /// Linux.
    Linux,
    /// macOS.
    Darwin,
    /// Windows.
    Win32,
}

/// Where `__eq__` and `__hash__` come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// From Rust's `PartialEq` and `Hash`.
    Eq,
}

/// A function, method or constructor.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Function {
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Parameters in order. `/` and `*` separate kinds; `*rest` and `**options` take what is left.
    #[serde(default)]
    pub(crate) args: Map<ParamDecl>,
    /// The result. Default `None`.
    #[serde(default)]
    pub(crate) returns: Option<ReturnsDecl>,
    /// Kind of the arguments, instead of the module's.
    #[serde(default)]
    pub(crate) kind: Option<ArgKind>,
    /// Type variables.
    #[serde(default)]
    pub(crate) generic: Vec<String>,
    /// Errors or built-in exceptions that the Rust item returns.
    #[serde(default)]
    pub(crate) raises: Option<OneOrMore>,
    /// What happens to the GIL during a call. Default `held`.
    #[serde(default)]
    pub(crate) gil: Option<Gil>,
    /// Path of the Rust item. Default: by name.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// Why, and what to use instead. Warns at run time.
    #[serde(default)]
    pub(crate) deprecated: Option<String>,
    /// Signatures that the stub shows instead of the one.
    #[serde(default)]
    pub(crate) overloads: Vec<Overload>,
    /// Exists on these platforms only.
    #[serde(default)]
    pub(crate) platform: Vec<Platform>,
    /// Exists only with this Cargo feature.
    #[serde(default)]
    pub(crate) feature: Option<String>,
    /// Methods only: a static method.
    #[serde(default, rename = "static")]
    pub(crate) is_static: bool,
    /// Methods only: a class method.
    #[serde(default, rename = "class")]
    pub(crate) is_class: bool,
    /// Methods only: what the Rust method gets of the object. Default `ref`.
    #[serde(default)]
    pub(crate) receiver: Option<Receiver>,
    /// `__eq__` only: answer `False`, not `NotImplemented`, for other types.
    #[serde(default)]
    pub(crate) strict: bool,
    /// `__eq__` and `__hash__` only: from Rust's `PartialEq` and `Hash`.
    #[serde(default)]
    pub(crate) shape: Option<Shape>,
}

/// A signature shown by the stub.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Overload {
    /// Parameters in order.
    #[serde(default)]
    pub(crate) args: Map<ParamDecl>,
    /// The result. Default `None`.
    #[serde(default)]
    pub(crate) returns: Option<ReturnsDecl>,
    /// Text for the stub.
    #[serde(default)]
    pub(crate) doc: Option<String>,
}

/// A property: `TYPE` or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum PropertyDecl {
    /// `TYPE`: a getter `Type::name`.
    Short(String),
    /// The long form.
    Long(Box<PropertyLong>),
}

/// A property, at length.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct PropertyLong {
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// Path of the getter. Default `Type::name`.
    #[serde(default)]
    pub(crate) get: Option<String>,
    /// Path of the setter, or `true` for `Type::set_name`.
    #[serde(default)]
    pub(crate) set: Option<Setter>,
    /// The getter returns `&str` or `&[u8]`.
    #[serde(default)]
    pub(crate) borrow: bool,
    /// What the setter gets of the object: `ref` or `mut`. Default `mut` for `hold: value` and records, else `ref`.
    #[serde(default)]
    pub(crate) receiver: Option<Receiver>,
    /// Text for `__doc__`, the stub and the API page.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Errors or built-in exceptions that getter and setter return.
    #[serde(default)]
    pub(crate) raises: Option<OneOrMore>,
    /// Why, and what to use instead.
    #[serde(default)]
    pub(crate) deprecated: Option<String>,
}

/// A setter: its path, or `true` for the default path.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum Setter {
    /// `true`: `Type::set_name`; `false`: none.
    Default(bool),
    /// Path of the Rust item.
    Path(String),
}

/// What releases the contents of a class: the name of the Rust method, or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum DestroyDecl {
    /// Name of the Rust method.
    Short(String),
    /// The long form.
    Long(DestroyLong),
}

/// The one receiver that can be asked for where others go without saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum WholeObject {
    /// `pyrus::This<'_, T>`: payload, slots, identity.
    Object,
}

/// What releases the contents of a class, at length.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct DestroyLong {
    /// Path of the Rust item. Default `Type::destroy`.
    #[serde(default)]
    pub(crate) rust: Option<String>,
    /// `object`: the Rust item gets the Python object, and its hidden references are left to it.
    #[serde(default)]
    pub(crate) receiver: Option<WholeObject>,
    /// Text for the method's `__doc__`.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// Errors or built-in exceptions that it returns.
    #[serde(default)]
    pub(crate) raises: Option<OneOrMore>,
}
