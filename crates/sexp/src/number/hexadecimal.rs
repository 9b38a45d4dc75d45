//! Hexadecimal floats: digits, and an optional fraction.

use super::{NumberError, underscores_are_between};

/// What follows `0x`. The result is the nearest double.
pub(super) fn parse(text: &[u8]) -> Result<f64, NumberError> {
    let is_hex = |byte: u8| byte.is_ascii_hexdigit();
    if !text.first().is_some_and(|&byte| is_hex(byte)) || !underscores_are_between(text, is_hex) {
        return Err(NumberError::Malformed);
    }
    let mut fraction = Fraction::default();
    let mut point = false;
    for &byte in text.iter().filter(|byte| **byte != b'_') {
        match char::from(byte).to_digit(16) {
            Some(digit) => fraction.push(digit, point),
            None if byte == b'.' && !point => point = true,
            None => return Err(NumberError::Malformed),
        }
    }
    Ok(fraction.value())
}

/// The leading digits, where they stand, and whether anything but zeros was left out.
#[derive(Default)]
struct Fraction {
    bits: u64,
    exponent: i64,
    more: bool,
}

impl Fraction {
    fn push(&mut self, digit: u32, behind_point: bool) {
        let full = self.bits >> 60 != 0;
        if full {
            self.more |= digit != 0;
        } else {
            self.bits = self.bits << 4 | u64::from(digit);
        }
        self.exponent += 4 * (i64::from(full) - i64::from(behind_point));
    }

    /// The digits that were left out are far below the last bit of a double: one bit stands for
    /// them, so that rounding to even is not deceived.
    fn value(&self) -> f64 {
        let bits = (self.bits | u64::from(self.more)) as f64;
        // In two steps, so that neither power overflows before the product does.
        let exponent = self.exponent.clamp(-2000, 2000) as i32;
        let half = exponent / 2;
        bits * power_of_two(half) * power_of_two(exponent - half)
    }
}

/// Exact, which `powi` need not be. The exponent is one of a normal double: -1022 to 1023.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}
