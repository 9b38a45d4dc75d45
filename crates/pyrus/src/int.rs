//! Python's `int` of any size.

use std::fmt;

use crate::abi;
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Result;

/// An integer of any size, as Python has them. Small ones cost what an `i128` costs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Int(Form);

/// Canonical: `Large` only holds what does not fit an `i128`, in as few bytes as possible.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    Small(i128),
    Large(Vec<u8>),
}

impl Int {
    /// From two's complement, lowest byte first. Empty is zero.
    pub fn from_le_bytes(bytes: &[u8]) -> Self {
        let bytes = shorten(bytes);
        if bytes.len() > 16 {
            return Self(Form::Large(bytes.to_vec()));
        }
        let fill = if bytes.last().is_some_and(|byte| byte & 0x80 != 0) {
            0xFF
        } else {
            0
        };
        let mut wide = [fill; 16];
        wide[..bytes.len()].copy_from_slice(bytes);
        Self(Form::Small(i128::from_le_bytes(wide)))
    }

    /// Two's complement, lowest byte first.
    pub fn to_le_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Form::Small(value) => value.to_le_bytes().to_vec(),
            Form::Large(bytes) => bytes.clone(),
        }
    }

    /// The value, if it fits.
    pub fn to_i128(&self) -> Option<i128> {
        match self.0 {
            Form::Small(value) => Some(value),
            Form::Large(_) => None,
        }
    }

    /// Is it below zero?
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Small(value) => *value < 0,
            Form::Large(bytes) => bytes.last().is_some_and(|byte| byte & 0x80 != 0),
        }
    }

    /// From an `int` object.
    pub(crate) fn from_python(_cx: Cx<'_>, int: Any<'_>) -> Result<Self> {
        // SAFETY: the object is an `int`; the context proves an attached thread.
        let bytes = unsafe { abi::number::int_to_bytes(int) }?;
        Ok(Self::from_le_bytes(&bytes))
    }

    /// An `int` object. The thread must be attached.
    pub(crate) fn to_python(&self) -> Result<Object> {
        let bytes = self.to_le_bytes();
        // SAFETY: the callers hold a context.
        unsafe { abi::number::int_from_bytes(&bytes) }
    }
}

/// Drop bytes that only repeat the sign.
fn shorten(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., last] = bytes {
        let sign = rest.last().copied().unwrap_or(0) & 0x80;
        let redundant =
            (*last == 0 && sign == 0) || (*last == 0xFF && sign != 0 && !rest.is_empty());
        if !redundant {
            break;
        }
        bytes = rest;
    }
    bytes
}

macro_rules! from_native {
    ($($native:ty)*) => {$(
        impl From<$native> for Int {
            fn from(value: $native) -> Self {
                Self(Form::Small(i128::from(value)))
            }
        }
        impl TryFrom<&Int> for $native {
            type Error = std::num::TryFromIntError;
            fn try_from(value: &Int) -> std::result::Result<Self, Self::Error> {
                match value.0 {
                    Form::Small(value) => value.try_into(),
                    // Never fits: any conversion that fails makes the error.
                    Form::Large(_) => i128::MAX.try_into(),
                }
            }
        }
    )*};
}

from_native!(i8 i16 i32 i64 u8 u16 u32 u64);

impl From<i128> for Int {
    fn from(value: i128) -> Self {
        Self(Form::Small(value))
    }
}

impl fmt::Display for Int {
    /// Decimal when it fits an `i128`, else hexadecimal of the two's complement bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Small(value) => value.fmt(f),
            Form::Large(bytes) => {
                f.write_str("0x")?;
                bytes
                    .iter()
                    .rev()
                    .try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_round_trip() {
        for value in [
            0,
            1,
            -1,
            127,
            128,
            -128,
            -129,
            255,
            256,
            i128::MAX,
            i128::MIN,
        ] {
            let int = Int::from(value);
            assert_eq!(Int::from_le_bytes(&int.to_le_bytes()), int, "{value}");
            assert_eq!(int.is_negative(), value < 0);
        }
        let large = Int::from_le_bytes(&[7; 20]);
        assert_eq!(Int::from_le_bytes(&large.to_le_bytes()), large);
        assert_eq!(large.to_i128(), None);
        assert!(i64::try_from(&large).is_err());
        assert_eq!(Int::from_le_bytes(&[]), Int::from(0));
    }
}
