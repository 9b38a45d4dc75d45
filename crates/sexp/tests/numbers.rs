//! Numbers, held against the standard library.

#![allow(clippy::cast_precision_loss)]

use proptest::prelude::*;
use pyrus_sexp::number::{NumberError, parse_float, parse_int, parse_int_any_base};

const MALFORMED: NumberError = NumberError::Malformed;
const OUT_OF_RANGE: NumberError = NumberError::OutOfRange;

#[test]
fn integers() {
    for (text, value) in [
        ("2147483647", Ok(2_147_483_647)),
        ("-2147483648", Ok(-2_147_483_648)),
        ("+7", Ok(7)),
        ("007", Ok(7)),
        ("1_000", Ok(1000)),
        ("1__0", Ok(10)),
        ("2147483648", Ok(2_147_483_648)),
        ("-9223372036854775808", Ok(i64::MIN)),
        ("9223372036854775808", Err(OUT_OF_RANGE)),
        ("-9223372036854775809", Err(OUT_OF_RANGE)),
        ("99999999999999999999999", Err(OUT_OF_RANGE)),
        ("1.0", Err(MALFORMED)),
        ("1e3", Err(MALFORMED)),
        ("0x10", Err(MALFORMED)),
        ("99999999999999999999999x", Err(MALFORMED)),
        ("", Err(MALFORMED)),
        ("-", Err(MALFORMED)),
        ("_1", Err(MALFORMED)),
        ("1_", Err(MALFORMED)),
        ("--1", Err(MALFORMED)),
    ] {
        assert_eq!(parse_int(text), value, "{text}");
    }
}

#[test]
fn integers_in_any_base() {
    for (text, value) in [
        ("0x1", Ok(1)),
        ("-0xff", Ok(-255)),
        ("0o17", Ok(15)),
        ("0b1_01", Ok(5)),
        ("-1", Ok(-1)),
        ("0x", Err(MALFORMED)),
        ("0b2", Err(MALFORMED)),
        ("0xfffffffff", Ok(0xf_ffff_ffff)),
        ("0xffffffffffffffff", Err(OUT_OF_RANGE)),
        ("full", Err(MALFORMED)),
    ] {
        assert_eq!(parse_int_any_base(text), value, "{text}");
    }
}

#[test]
fn floats() {
    for (text, value) in [
        ("5", Ok(5.0)),
        ("5.", Ok(5.0)),
        ("+5", Ok(5.0)),
        ("-2.5e-1", Ok(-0.25)),
        ("1E3", Ok(1000.0)),
        ("1_000.5", Ok(1000.5)),
        ("1_0.2_5e1_0", Ok(10.25e10)),
        ("0x1F", Ok(31.0)),
        ("-0x1.8", Ok(-1.5)),
        ("0xf_f", Ok(255.0)),
        ("1e400", Ok(f64::INFINITY)),
        ("-1e400", Ok(f64::NEG_INFINITY)),
        ("1e-400", Ok(0.0)),
        ("0.1", Ok(0.1)),
        (".5", Err(MALFORMED)),
        ("+.5", Err(MALFORMED)),
        ("1e", Err(MALFORMED)),
        ("1-2", Err(MALFORMED)),
        ("1.2.3", Err(MALFORMED)),
        ("1__0", Err(MALFORMED)),
        ("1_", Err(MALFORMED)),
        ("1_.5", Err(MALFORMED)),
        ("0x", Err(MALFORMED)),
        ("0x_1", Err(MALFORMED)),
        ("0x1.8.1", Err(MALFORMED)),
        ("", Err(MALFORMED)),
        ("-", Err(MALFORMED)),
        ("inf", Err(MALFORMED)),
        ("nan", Err(MALFORMED)),
        ("-infinity", Err(MALFORMED)),
        ("5e-2x", Err(MALFORMED)),
    ] {
        assert_eq!(parse_float(text), value, "{text}");
    }
    assert!(parse_float("-0").unwrap().is_sign_negative());
}

#[test]
fn hexadecimals_are_rounded_to_even() {
    let two_53 = 9_007_199_254_740_992.0;
    assert_eq!(parse_float("0x20000000000001"), Ok(two_53));
    assert_eq!(
        parse_float("0x20000000000001.0000000000000000001"),
        Ok(two_53 + 2.0)
    );
    assert_eq!(parse_float("0x20000000000003"), Ok(two_53 + 4.0));
    assert_eq!(
        parse_float(&format!("0x{}", "f".repeat(300))),
        Ok(f64::INFINITY)
    );
    assert_eq!(
        parse_float(&format!("0x0.{}1", "0".repeat(9))),
        Ok(1.0 / 1_099_511_627_776.0)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 3_000 }))]

    #[test]
    fn decimals_are_read_as_the_library_does(text in r"[+-]?[0-9]{1,20}(\.[0-9]{0,20})?([eE][+-]?[0-9]{1,3})?") {
        let expected: f64 = text.parse().unwrap();
        prop_assert_eq!(parse_float(&text).map(f64::to_bits), Ok(expected.to_bits()));
    }

    #[test]
    fn short_decimals_are_read_as_the_library_does(text in r"-?[0-9]{1,9}(\.[0-9]{0,7})?") {
        let expected: f64 = text.parse().unwrap();
        prop_assert_eq!(parse_float(&text).map(f64::to_bits), Ok(expected.to_bits()));
    }

    #[test]
    fn every_double_is_read_back(bits: u64) {
        let value = f64::from_bits(bits);
        prop_assume!(value.is_finite());
        prop_assert_eq!(parse_float(&value.to_string()).map(f64::to_bits), Ok(bits));
        prop_assert_eq!(parse_float(&format!("{value:e}")).map(f64::to_bits), Ok(bits));
    }

    #[test]
    fn hexadecimal_integers_are_read(value: u64) {
        prop_assert_eq!(parse_float(&format!("0x{value:x}")), Ok(value as f64));
    }

    #[test]
    fn integers_are_read_as_the_library_does(value: i64, text in "[+-]?[0-9]{0,21}") {
        prop_assert_eq!(parse_int(&value.to_string()), Ok(value));
        prop_assert_eq!(parse_int(&text).ok(), text.parse::<i64>().ok());
    }

    #[test]
    fn no_text_panics(text in "[-+0-9a-fA-Fx_.e]{0,40}") {
        let _ = (parse_float(&text), parse_int(&text), parse_int_any_base(&text));
    }
}
