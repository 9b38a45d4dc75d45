//! Decimal floats.

use super::{NumberError, without_underscores};
use crate::alphabet::is_digit;

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// So many digits always fit the 53 bits of a double's fraction.
const EXACT_DIGITS: usize = 15;

/// A plain decimal of up to 15 digits. Digits and power of ten are exact doubles, so that their
/// quotient, rounded once, is the nearest double. Anything else, also what is no number: `None`.
#[inline]
pub(super) fn fast(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.len() > EXACT_DIGITS + 1 {
        return None;
    }
    let mut value: u64 = 0;
    let mut point = None;
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value * 10 + u64::from(digit);
        } else if byte == b'.' && point.is_none() && at > 0 {
            point = Some(at);
        } else {
            return None;
        }
    }
    let decimals = point.map_or(0, |at| digits.len() - at - 1);
    if digits.is_empty() || digits.len() - usize::from(point.is_some()) > EXACT_DIGITS {
        return None;
    }
    // Signed integers are turned into doubles by one instruction.
    let magnitude = value as i64 as f64 / POWERS[decimals];
    Some(if negative { -magnitude } else { magnitude })
}

/// Any decimal without its sign, by the standard library, which rounds correctly; it knows words
/// and leading points that are no numbers here, and no underscores.
pub(super) fn parse(digits: &[u8]) -> Result<f64, NumberError> {
    if !digits.first().is_some_and(|&byte| is_digit(byte)) {
        return Err(NumberError::Malformed);
    }
    let plain = without_underscores(digits)?;
    std::str::from_utf8(&plain)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or(NumberError::Malformed)
}
