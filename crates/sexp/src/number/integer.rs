//! Integers of 32 bits.

use super::{NumberError, split_sign};

/// Read a decimal integer of 32 bits: a sign, digits, and underscores between digits, also several.
///
/// # Errors
///
/// [`NumberError::OutOfRange`] below -2^31 and from 2^31 up, else [`NumberError::Malformed`].
///
/// ```
/// use pyrus_sexp::number::{NumberError, parse_int};
///
/// assert_eq!(parse_int("-2147483648"), Ok(-2147483648));
/// assert_eq!(parse_int("1__0"), Ok(10));
/// assert_eq!(parse_int("2147483648"), Err(NumberError::OutOfRange));
/// assert_eq!(parse_int("1.0"), Err(NumberError::Malformed));
/// ```
#[inline]
pub fn parse_int(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = split_sign(text.as_bytes());
    digits_to_int(negative, digits, 10)
}

/// Read an integer of 32 bits like [`parse_int`], or after its sign a `0x`, `0o` or `0b` (or in upper
/// case) in that base: the members of integer enums may be given so.
///
/// # Errors
///
/// As [`parse_int`].
///
/// ```
/// use pyrus_sexp::number::parse_int_any_base;
///
/// assert_eq!(parse_int_any_base("-0x1F"), Ok(-31));
/// assert_eq!(parse_int_any_base("0b101"), Ok(5));
/// assert_eq!(parse_int_any_base("17"), Ok(17));
/// ```
pub fn parse_int_any_base(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = split_sign(text.as_bytes());
    match digits {
        [b'0', b'x' | b'X', rest @ ..] => digits_to_int(negative, rest, 16),
        [b'0', b'o' | b'O', rest @ ..] => digits_to_int(negative, rest, 8),
        [b'0', b'b' | b'B', rest @ ..] => digits_to_int(negative, rest, 2),
        _ => digits_to_int(negative, digits, 10),
    }
}

#[inline]
fn digits_to_int(negative: bool, digits: &[u8], base: u32) -> Result<i64, NumberError> {
    if digits.first().is_none_or(|&byte| byte == b'_') || digits.last() == Some(&b'_') {
        return Err(NumberError::Malformed);
    }
    let mut value: i64 = 0;
    for &byte in digits {
        match char::from(byte).to_digit(base) {
            // Beyond the limit the exact value no longer matters, only that all is well-formed.
            Some(digit) => value = (value * i64::from(base) + i64::from(digit)).min(1 << 40),
            None if byte == b'_' => {}
            None => return Err(NumberError::Malformed),
        }
    }
    let value = if negative { -value } else { value };
    i32::try_from(value)
        .map(i64::from)
        .map_err(|_| NumberError::OutOfRange)
}
