//! What is known of a record at compile time, and what is made of that at the first import.

use std::ffi::CStr;
use std::ops::Range;
use std::sync::OnceLock;

use pyo3_ffi as ffi;

use crate::call::{Param, Refused, Signature};
use crate::enums::{EnumSpec, EnumValue};

/// As many fields can a record have: a constructor has no more parameters.
pub(super) const MOST_FIELDS: usize = 255;

/// A record.
pub struct Table {
    /// Module and name, as messages show it: `pcb.Pad`.
    pub path: &'static str,
    /// Where the Python name begins in it.
    pub name_at: u16,
    /// Names and keys of fields, each with a NUL behind it. In one text, as each reference costs as much as three names.
    pub words: &'static str,
    /// Position of its type in the state.
    pub index: usize,
    /// Position of its map of names in the state.
    pub map: usize,
    /// Fields in declaration order.
    pub fields: &'static [Field],
    /// Keys of S-expressions, in the order in which fields are written; those that are only read come last.
    pub keys: &'static [Key],
    /// Fields in the order in which they are written; none: in which they are declared.
    pub order: &'static [u16],
    /// Fields that are atoms without a key, in declaration order.
    pub positionals: &'static [u16],
    /// Fields that have a value even where nothing is said of them, one bit each.
    pub needed: [u64; 4],
    /// Values for keys that are absent, where those are not the defaults, by field.
    pub absent: &'static [(u16, Default)],
    /// The symbol that a file of it begins with.
    pub root: Option<&'static str>,
    /// Docstrings of fields that have one.
    pub docs: &'static [(u16, &'static CStr)],
    /// First of the interned names of the fields, among those of all records.
    pub names: usize,
    /// Warn that it is deprecated.
    pub deprecated: Option<&'static str>,
    /// What is made of the rest at the first import.
    pub made: &'static Made,
}

impl Table {
    /// Python name.
    #[inline]
    pub const fn name(&self) -> &'static str {
        self.path.split_at(self.name_at as usize).1
    }

    /// A word of its own.
    #[inline]
    pub fn word(&self, word: Word) -> &'static str {
        &self.words[word.range()]
    }

    /// The Python name of a field.
    #[inline]
    pub fn field_name(&self, i: usize) -> &'static str {
        self.word(self.fields[i].name)
    }

    /// The Python names of all fields.
    pub(crate) fn field_names(&'static self) -> impl ExactSizeIterator<Item = &'static CStr> {
        self.fields.iter().map(|field| {
            let Range { start, end } = field.name.range();
            let name = &self.words.as_bytes()[start..=end];
            CStr::from_bytes_with_nul(name).expect("a NUL stands behind each word")
        })
    }

    /// The key of a field in S-expressions.
    #[inline]
    pub fn field_key(&self, i: usize) -> &'static str {
        self.word(self.fields[i].key)
    }

    /// The constructor: one keyword for each field.
    #[inline]
    pub(crate) fn signature(&'static self) -> &'static Signature {
        &self.made().0
    }

    /// Descriptors of the fields.
    pub(crate) fn properties(&'static self) -> &'static [ffi::PyGetSetDef] {
        &self.made().1
    }

    #[inline]
    fn made(&'static self) -> &'static (Signature, Box<[ffi::PyGetSetDef]>) {
        let make = || Box::new((signature(self), properties(self)));
        self.made.0.get_or_init(make)
    }
}

/// Constructor and descriptors, in a box: what is not made yet takes room in the extension's file.
pub struct Made(OnceLock<Box<(Signature, Box<[ffi::PyGetSetDef]>)>>);

// SAFETY: made once, and only read from then on.
unsafe impl Sync for Made {}

impl Made {
    /// Nothing yet.
    #[allow(clippy::new_without_default, reason = "written in generated statics")]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

fn signature(table: &'static Table) -> Signature {
    let param = |(i, field): (usize, &'static Field)| Param {
        name: table.field_name(i),
        expected: field.expected(),
        required: field.default.is_none(),
        refused: Refused::NONE,
    };
    let params: &'static [Param] = table
        .fields
        .iter()
        .enumerate()
        .map(param)
        .collect::<Vec<_>>()
        .leak();
    let required = params.iter().take(64).enumerate();
    Signature {
        name: table.name(),
        origin: "",
        params,
        positional_only: 0,
        positional: 0,
        var_positional: false,
        var_keyword: false,
        names: table.names,
        required: required.fold(0, |bits, (i, param)| bits | u64::from(param.required) << i),
        deprecated: table.deprecated,
    }
}

fn properties(table: &'static Table) -> Box<[ffi::PyGetSetDef]> {
    let property = |(i, name): (usize, &'static CStr)| {
        let doc = table.docs.iter().find(|(of, _)| usize::from(*of) == i);
        let doc = doc.map_or(c"", |(_, doc)| *doc);
        crate::glue::property(name, doc, super::getter, Some(super::setter), i)
    };
    table.field_names().enumerate().map(property).collect()
}

/// Where a word stands among those of its record.
#[derive(Clone, Copy)]
pub struct Word {
    start: u16,
    len: u16,
}

impl Word {
    /// So many bytes from there on.
    pub const fn new(start: u16, len: u16) -> Self {
        Self { start, len }
    }

    #[inline]
    fn range(self) -> Range<usize> {
        let start = usize::from(self.start);
        start..start + usize::from(self.len)
    }
}

/// A field.
#[allow(clippy::struct_excessive_bools, reason = "facts, each on its own")]
pub struct Field {
    /// Python name.
    pub name: Word,
    /// Key in S-expressions.
    pub key: Word,
    /// Position of its annotation in the extension's, for messages.
    pub expected: u16,
    /// What it holds.
    pub kind: Kind,
    /// May be `None`.
    pub optional: bool,
    /// Value for what the constructor is not told; `None`: required.
    pub default: Option<Default>,
    /// An atom without a key.
    pub positional: bool,
    /// Collected from repeated keys.
    pub repeated: bool,
    /// Text without quotes.
    pub bare: bool,
    /// A boolean that is only written when it is true.
    pub flag: Option<Flag>,
    /// What cannot be read is kept, and the field is absent.
    pub lenient: bool,
    /// A member of an enum in quotes.
    pub quoted: bool,
    /// The table has its value for a key that is absent.
    pub absent: bool,
    /// Decimals that are always written.
    pub digits: Option<u8>,
}

impl Field {
    /// The annotation.
    pub(crate) fn expected(&self) -> &'static str {
        crate::module::spec().annotations[usize::from(self.expected)]
    }
}

/// How a boolean that is only written when it is true is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// `(key)`.
    List,
    /// `(key yes)`.
    Yes,
}

/// A key of S-expressions.
pub struct Key {
    /// Its first eight bytes, to compare at once.
    pub head: u64,
    /// The key.
    pub text: Word,
    /// Whose it is.
    pub field: u16,
}

/// What a field holds, `None` aside.
pub enum Kind {
    /// `bool`.
    Bool,
    /// `int` within these limits.
    Int(&'static (i64, i64)),
    /// `float`.
    Float,
    /// `str` without NUL.
    Str,
    /// A member of an enum.
    Member(&'static Members),
    /// A live record.
    Node(&'static Table),
    /// A list.
    List(&'static Kind),
}

/// An enum.
pub struct Members {
    /// Its facts.
    pub spec: &'static EnumSpec,
    /// Position in the state.
    pub index: usize,
}

impl Members {
    /// The integers that stand for the members in S-expressions; none: their names do.
    pub fn codes(&self) -> &'static [i64] {
        self.spec.codes
    }

    /// The text of a member's value.
    pub fn name(&self, member: u16) -> &'static str {
        text_of(&self.spec.members[member as usize])
    }

    /// The member with this value.
    pub fn position(&self, text: &str) -> Option<u16> {
        let mut members = self.spec.members.iter();
        let found = members.position(|member| text_of(member) == text)?;
        Some(found as u16)
    }
}

/// The text of a member's value, or its name.
#[inline]
fn text_of((name, value): &(&'static str, EnumValue)) -> &'static str {
    match value {
        EnumValue::Str(text) => text,
        EnumValue::Int(_) => name,
    }
}

/// The value of a default.
pub enum Default {
    /// `None`.
    Absent,
    /// `bool`.
    Bool(bool),
    /// `int`.
    Int(i64),
    /// `float`.
    Float(f64),
    /// `str`.
    Str(&'static str),
    /// A member of an enum, by position.
    Member(u16),
    /// An empty list.
    Empty,
    /// A record: these fields, the others with their own defaults.
    Node(&'static [(u16, Default)]),
}
