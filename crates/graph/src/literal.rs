//! Attribute values.

use std::fmt;

/// The value of an attribute.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// A signed whole number.
    Int(i64),
    /// An unsigned whole number.
    Uint(u64),
    /// A double; every bit pattern is kept.
    Float(f64),
    /// Text, embedded NULs included.
    String(String),
    /// A truth value.
    Bool(bool),
}

impl Literal {
    /// The text, if this is a [`Literal::String`].
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => value.fmt(f),
            Self::Uint(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::String(value) => value.fmt(f),
            Self::Bool(value) => value.fmt(f),
        }
    }
}

macro_rules! from {
    ($($source:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$source> for Literal {
            fn from(value: $source) -> Self {
                Self::$variant(value.into())
            }
        }
    )+};
}

from! { i64 => Int, u64 => Uint, f64 => Float, String => String, &str => String, bool => Bool }
