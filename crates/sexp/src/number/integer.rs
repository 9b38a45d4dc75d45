//! Integers of 64 bits.

use super::{NumberError, split_sign};

/// Read a decimal integer of 64 bits: a sign, digits, and underscores between digits, also several.
///
/// # Errors
///
/// [`NumberError::OutOfRange`] below -2^63 and from 2^63 up, else [`NumberError::Malformed`].
///
/// ```
/// use pyrus_sexp::number::{NumberError, parse_int};
///
/// assert_eq!(parse_int("-9223372036854775808"), Ok(i64::MIN));
/// assert_eq!(parse_int("1__0"), Ok(10));
/// assert_eq!(parse_int("9223372036854775808"), Err(NumberError::OutOfRange));
/// assert_eq!(parse_int("1.0"), Err(NumberError::Malformed));
/// ```
#[inline]
pub fn parse_int(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = split_sign(text.as_bytes());
    digits_to_int(negative, digits, 10)
}

/// Read an integer like [`parse_int`], or after its sign a `0x`, `0o` or `0b` (or in upper
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
    // Beyond the limit the exact value no longer matters, only that all is well-formed.
    let mut value: u64 = 0;
    for &byte in digits {
        match char::from(byte).to_digit(base) {
            Some(digit) => {
                value = value
                    .saturating_mul(base.into())
                    .saturating_add(digit.into());
            }
            None if byte == b'_' => {}
            None => return Err(NumberError::Malformed),
        }
    }
    let signed = if negative {
        0_i64.checked_sub_unsigned(value)
    } else {
        value.try_into().ok()
    };
    signed.ok_or(NumberError::OutOfRange)
}
