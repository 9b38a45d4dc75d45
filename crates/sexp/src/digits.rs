//! Digits of numbers, eight at a time.

use std::io::Write;

/// Eight decimal digits of `number` (below 10^8), first digit in the lowest byte, values 0 to 9.
///
/// Halves, then pairs, then single digits are split off in all places at once; the divisions are
/// multiplications by reciprocals, exact for numbers that small.
#[inline]
fn eight_digits(number: u32) -> u64 {
    debug_assert!(number < 100_000_000);
    let halves = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    let hundreds = (halves * 10_486) >> 20 & 0x0000_007f_0000_007f;
    let pairs = (halves - 100 * hundreds) << 16 | hundreds;
    let tens = (pairs * 103) >> 10 & 0x000f_000f_000f_000f;
    (pairs - 10 * tens) << 8 | tens
}

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Append the first `count` bytes of eight; copying all eight is cheaper than asking how many.
#[inline]
fn push_some(out: &mut Vec<u8>, eight: u64, count: usize) {
    let end = out.len() + count;
    out.extend_from_slice(&eight.to_le_bytes());
    out.truncate(end);
}

/// Append a whole number below 10^8.
#[inline]
fn push_small(out: &mut Vec<u8>, number: u32) {
    let digits = eight_digits(number);
    // The last digit is written even when it is zero.
    let leading = (digits | 1 << 63).trailing_zeros() / 8;
    push_some(out, (digits | ZEROS) >> (8 * leading), 8 - leading as usize);
}

/// Append `number / 10^7` without trailing zeros. `number` is below 10^15.
#[inline]
fn push_fixed(out: &mut Vec<u8>, number: u64) {
    let (whole, part) = (number / SCALE_INT, number % SCALE_INT);
    push_small(out, whole as u32);
    if part != 0 {
        out.push(b'.');
        // Seven digits, then a zero: shift the places, not the digits.
        let digits = eight_digits(part as u32 * 10);
        let trailing = digits.leading_zeros() / 8;
        push_some(out, digits | ZEROS, 8 - trailing as usize);
    }
}

/// Seven decimals are kept.
const SCALE: f64 = 1e7;
const SCALE_INT: u64 = 10_000_000;

/// Up to here 15 digits or fewer describe the scaled value, and no two decimals of 15 digits are the
/// same double: the fixed-point digits *are* the shortest that read back.
const FIXED: f64 = 1e15;

/// A float that has no decimal form: infinite, not a number, or so large that it overflows when
/// seven decimals are rounded (above about 1.8e301).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NotFinite;

impl std::fmt::Display for NotFinite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("expected a finite number that has seven decimals, below about 1.8e301")
    }
}

impl std::error::Error for NotFinite {}

/// Append a float: rounded to seven decimals, half away from zero, the shortest decimal that reads
/// back as the same double, without exponent. `-0` keeps its sign.
#[inline]
pub(crate) fn write_float(out: &mut Vec<u8>, value: f64) -> Result<(), NotFinite> {
    let scaled = value.abs() * SCALE;
    if scaled < FIXED {
        if value.is_sign_negative() {
            out.push(b'-');
        }
        push_fixed(out, round(scaled));
        return Ok(());
    }
    write_large(out, value)
}

/// Append a float with `decimals` (1 to 6) decimals unless it is whole; a float that is whole after
/// rounding to seven decimals, or too large to have any, is written as [`write_float`] does.
pub(crate) fn write_decimals(out: &mut Vec<u8>, value: f64, decimals: u8) -> Result<(), NotFinite> {
    let scaled = value.abs() * SCALE;
    if scaled >= FIXED || scaled.is_nan() || round(scaled).is_multiple_of(SCALE_INT) {
        return write_float(out, value);
    }
    let decimals = decimals.clamp(1, 6);
    let unit = 10_u64.pow(7 - u32::from(decimals));
    let rounded = (round(scaled) + unit / 2) / unit;
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let (whole, part) = (rounded / (SCALE_INT / unit), rounded % (SCALE_INT / unit));
    let width = usize::from(decimals);
    write!(out, "{sign}{whole}.{part:0width$}").map_err(|_| NotFinite)
}

/// To a whole number, half up; `scaled` is not negative and below [`FIXED`], where halves are exact.
#[inline]
fn round(scaled: f64) -> u64 {
    let floor = scaled as u64;
    floor + u64::from(scaled - floor as f64 >= 0.5)
}

/// From 10^8 up: the same rule, by the standard library's printing of doubles.
#[cold]
fn write_large(out: &mut Vec<u8>, value: f64) -> Result<(), NotFinite> {
    let rounded = (value * SCALE).round() / SCALE;
    if !rounded.is_finite() {
        return Err(NotFinite);
    }
    write!(out, "{rounded}").map_err(|_| NotFinite)
}

/// Append an integer.
#[inline]
pub(crate) fn write_int(out: &mut Vec<u8>, value: i64) {
    let magnitude = value.unsigned_abs();
    if value < 0 {
        out.push(b'-');
    }
    if magnitude < 100_000_000 {
        push_small(out, magnitude as u32);
    } else {
        // Writing to a vector cannot fail.
        let _ = write!(out, "{magnitude}");
    }
}

#[cfg(test)]
// Here digits are counted from the point, not grouped.
#[allow(clippy::unreadable_literal)]
mod tests {
    use proptest::prelude::*;

    use super::{NotFinite, write_decimals, write_float, write_int};

    fn float(value: f64) -> Result<String, NotFinite> {
        let mut out = Vec::new();
        write_float(&mut out, value).map(|()| String::from_utf8(out).unwrap())
    }

    fn decimals(value: f64, count: u8) -> String {
        let mut out = Vec::new();
        write_decimals(&mut out, value, count).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn int(value: i64) -> String {
        let mut out = Vec::new();
        write_int(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    /// The rule itself: scale, round half away from zero, scale back, print the shortest form.
    fn by_rule(value: f64) -> String {
        format!("{}", (value * 1e7).round() / 1e7)
    }

    #[test]
    fn floats_are_rounded_to_seven_decimals() {
        let values = [
            (2.0, "2"),
            (0.12345678, "0.1234568"),
            (1.00000005, "1.0000001"),
            (0.00000005, "0.0000001"),
            (0.00000004, "0"),
            (-0.0, "-0"),
            (-0.00000001, "-0"),
            (123456.7890123, "123456.7890123"),
            (1e16, "10000000000000000"),
            (33.333333333, "33.3333333"),
            (1e22, "10000000000000000000000"),
            (99999999.9999999, "99999999.9999999"),
            (100000000.5, "100000000.5"),
        ];
        for (value, text) in values {
            assert_eq!(float(value).as_deref(), Ok(text));
        }
        assert_eq!(float(1e32).unwrap().len(), 33);
        for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1.7e308] {
            assert_eq!(float(value), Err(NotFinite));
        }
    }

    #[test]
    fn decimals_unless_whole() {
        for (value, text) in [
            (7.5, "7.500000"),
            (0.3, "0.300000"),
            (12.0, "12"),
            (-0.25, "-0.250000"),
            (2.9999999, "3.000000"),
            (2.99999999, "3"),
            (0.0000005, "0.000001"),
            (-0.0, "-0"),
            (1e9 + 0.5, "1000000000.5"),
        ] {
            assert_eq!(decimals(value, 6), text);
        }
        assert_eq!(decimals(0.0949999, 1), "0.1");
        assert_eq!(decimals(-2.345, 2), "-2.35");
        assert_eq!(decimals(2.996, 2), "3.00");
        assert_eq!(write_decimals(&mut Vec::new(), f64::NAN, 6), Err(NotFinite));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 3_000 }))]

        #[test]
        fn fixed_point_is_the_shortest_form(number in -1_000_000_000_000_000_i64..1_000_000_000_000_000) {
            let value = number as f64 / 1e7;
            prop_assert_eq!(float(value).unwrap(), format!("{value}"));
        }

        #[test]
        fn any_double_follows_the_rule(bits: u64) {
            let value = f64::from_bits(bits);
            match float(value) {
                Ok(text) => prop_assert_eq!(text, by_rule(value)),
                Err(NotFinite) => prop_assert!(!(value * 1e7).is_finite()),
            }
        }

        #[test]
        fn doubles_of_all_usual_sizes_follow_the_rule(part in -1.0..1.0_f64, power in -9..12) {
            let value = part * 10_f64.powi(power);
            prop_assert_eq!(float(value).unwrap(), by_rule(value));
        }

        #[test]
        fn halves_are_rounded_away_from_zero(number in 0_i64..100_000_000_000) {
            let value = (number as f64 + 0.5) / 1e7;
            prop_assert_eq!(float(value).unwrap(), by_rule(value));
        }

        #[test]
        fn integers_are_written_like_the_library_does(value: i64, small in -200_000_000_i64..200_000_000) {
            prop_assert_eq!(int(value), value.to_string());
            prop_assert_eq!(int(small), small.to_string());
        }
    }
}
