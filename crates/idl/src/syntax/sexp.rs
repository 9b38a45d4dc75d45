//! Fields of records, and how records and fields stand in S-expressions.

use serde::Deserialize;

use super::Literal;

/// A field of a record: `TYPE`, `TYPE = DEFAULT`, or a mapping.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum RecordFieldDecl {
    /// `TYPE` or `TYPE = DEFAULT`.
    Short(String),
    /// The long form.
    Long(RecordFieldLong),
}

/// A field of a record, at length.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, schemars(rename = "RecordFieldDeclLong"))]
pub(crate) struct RecordFieldLong {
    /// Its type.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// Its default. For live records in live records also `{field: VALUE}`.
    #[serde(default)]
    pub(crate) default: Option<Literal>,
    /// What it means.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// How it stands in S-expressions.
    #[serde(default)]
    pub(crate) sexp: Option<FieldSexp>,
}

/// How a live record stands in S-expressions.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordSexp {
    /// It is a file: its one field is the list that begins with this symbol.
    #[serde(default)]
    pub(crate) root: Option<String>,
}

/// How a boolean is written when it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Flag {
    /// `(key)`.
    List,
    /// `(key yes)`.
    Yes,
}

/// How a field stands in S-expressions. Default: `(name value)`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct FieldSexp {
    /// Its key. Default: its name.
    #[serde(default)]
    pub(crate) key: Option<String>,
    /// More keys that are read.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// An atom without a key, read in declaration order.
    #[serde(default)]
    pub(crate) positional: bool,
    /// A list that is collected from repeated `(key …)`.
    #[serde(default)]
    pub(crate) repeated: bool,
    /// Text without quotes where it is a plain symbol.
    #[serde(default)]
    pub(crate) bare: bool,
    /// A boolean that is only written when it is true, and how.
    #[serde(default)]
    pub(crate) flag: Option<Flag>,
    /// What cannot be read as the type is kept as it is, and the field is absent.
    #[serde(default)]
    pub(crate) lenient: bool,
    /// A member of an enum in quotes.
    #[serde(default)]
    pub(crate) quoted: bool,
    /// Place among its siblings when written: sorted by this, then by declaration. Default 0.
    #[serde(default)]
    pub(crate) order: i32,
    /// Value when the key is absent, where that is not the default.
    #[serde(default)]
    pub(crate) absent: Option<Literal>,
    /// Decimals, 1 to 6, that are always written when the number is not whole.
    #[serde(default)]
    pub(crate) digits: Option<u8>,
}
