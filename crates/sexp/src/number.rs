//! Numbers: what the text of an atom is worth as an integer or as a float.
//!
//! A token of [`Kind::Number`](crate::Kind::Number) only *looks* like a number; the functions here
//! decide. They accept what KiCad's own readers and their users write: underscores between digits,
//! hexadecimal.

mod decimal;
mod hexadecimal;
mod integer;

use std::fmt;

pub use integer::{parse_int, parse_int_any_base};

use crate::alphabet::is_digit;

/// Why a text is not a number of the wanted type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// It does not have the form of one.
    Malformed,
    /// It is one, and beyond the limits of the type.
    OutOfRange,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a number of this type",
            Self::OutOfRange => "beyond the limits of the type",
        })
    }
}

impl std::error::Error for NumberError {}

/// Read a float: a sign, digits, a point and digits, an exponent; all but the first digits may be
/// missing, and single underscores may stand between digits. `0x` begins a hexadecimal number with
/// an optional fraction. The result is the nearest double; what is too large gives infinity.
///
/// # Errors
///
/// [`NumberError::Malformed`]; there is no other.
///
/// ```
/// use pyrus_sexp::number::parse_float;
///
/// assert_eq!(parse_float("-2.5e-1"), Ok(-0.25));
/// assert_eq!(parse_float("1_000.5"), Ok(1000.5));
/// assert_eq!(parse_float("0x1F"), Ok(31.0));
/// assert_eq!(parse_float("1e400"), Ok(f64::INFINITY));
/// assert!(parse_float("1e").is_err());
/// assert!(parse_float(".5").is_err());
/// ```
#[inline]
pub fn parse_float(text: &str) -> Result<f64, NumberError> {
    parse_float_bytes(text.as_bytes())
}

#[inline]
pub(crate) fn parse_float_bytes(text: &[u8]) -> Result<f64, NumberError> {
    match decimal::fast(text) {
        Some(value) => Ok(value),
        None => slow(text),
    }
}

#[cold]
fn slow(text: &[u8]) -> Result<f64, NumberError> {
    let (negative, digits) = split_sign(text);
    let magnitude = match digits {
        [b'0', b'x', rest @ ..] => hexadecimal::parse(rest)?,
        _ => decimal::parse(digits)?,
    };
    Ok(if negative { -magnitude } else { magnitude })
}

fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

/// Whether every underscore stands between two digits.
fn underscores_are_between(text: &[u8], digit: fn(u8) -> bool) -> bool {
    let digit_at = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(|&byte| digit(byte))
    };
    text.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'_')
        .all(|(at, _)| digit_at(at.checked_sub(1)) && digit_at(Some(at + 1)))
}

/// The text without its underscores, when each stood between two decimal digits.
fn without_underscores(text: &[u8]) -> Result<Vec<u8>, NumberError> {
    if !underscores_are_between(text, is_digit) {
        return Err(NumberError::Malformed);
    }
    Ok(text.iter().copied().filter(|&byte| byte != b'_').collect())
}
