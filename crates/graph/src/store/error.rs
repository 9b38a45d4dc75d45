//! What can go wrong with bytes and files.

use std::fmt;
use std::io;

use crate::error::{DestroyedError, IdsExhausted};

/// The bytes are not those of a view.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormatError {
    /// Where, in bytes from the beginning.
    pub offset: u64,
    /// What is wrong there.
    pub damage: Damage,
}

impl FormatError {
    pub(super) fn new(offset: usize, damage: Damage) -> Self {
        Self {
            offset: offset as u64,
            damage,
        }
    }
}

/// What is wrong with bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Damage {
    /// They begin with something else.
    NotAGraph,
    /// A version that this library does not read.
    Version(u32),
    /// They end too early, or go on too long.
    Length {
        /// How many there should be.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A part is not what was written: its checksum differs.
    Checksum(&'static str),
    /// Another part should be here.
    Section(&'static str),
    /// The part ends in the middle of something, or goes on behind the last thing in it.
    SectionLength(&'static str),
    /// A number of more than 64 bits, or text that is not UTF-8, or bits that mean nothing.
    Value(&'static str),
    /// Refers to something that is not there.
    Missing(&'static str),
    /// There are more of them than a view can hold or than there is room for.
    Count(&'static str),
    /// A list does not fit the edges.
    List(&'static str),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAGraph => f.write_str("not a saved graph"),
            Self::Version(version) => write!(
                f,
                "version {version} of the format; this library reads {}",
                super::VERSION
            ),
            Self::Length { expected, found } => {
                write!(f, "{found} bytes where there should be {expected}")
            }
            Self::Checksum(what) => write!(f, "the checksum of the {what} differs"),
            Self::Section(what) => write!(f, "the {what} should begin here"),
            Self::SectionLength(what) => write!(f, "the {what} have another length"),
            Self::Value(what) => write!(f, "no valid {what}"),
            Self::Missing(what) => write!(f, "there is no such {what}"),
            Self::Count(what) => write!(f, "an impossible number of {what}"),
            Self::List(what) => f.write_str(what),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.damage, self.offset)
    }
}

/// Why a view was not saved.
#[derive(Debug)]
pub enum SaveError {
    /// The view was destroyed.
    Destroyed(DestroyedError),
    /// The file was not written.
    Io(io::Error),
}

/// Why a view was not loaded.
#[derive(Debug)]
pub enum LoadError {
    /// These are not the bytes of a view.
    Format(FormatError),
    /// No id was left.
    IdsExhausted(IdsExhausted),
    /// The file was not read.
    Io(io::Error),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format(error) => error.fmt(f),
            Self::IdsExhausted(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FormatError {}
impl std::error::Error for SaveError {}
impl std::error::Error for LoadError {}

macro_rules! from_cause {
    ($($cause:ty => $error:ident::$variant:ident),+ $(,)?) => {$(
        impl From<$cause> for $error {
            fn from(cause: $cause) -> Self {
                Self::$variant(cause)
            }
        }
    )+};
}

from_cause! {
    DestroyedError => SaveError::Destroyed,
    io::Error => SaveError::Io,
    FormatError => LoadError::Format,
    IdsExhausted => LoadError::IdsExhausted,
    io::Error => LoadError::Io,
}
