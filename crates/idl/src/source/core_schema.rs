//! What plain scalars are: the core schema of YAML 1.2 (its section 10.3.2), with integers of any size.

use super::Kind;

/// What a plain scalar is.
pub(super) fn kind(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
        _ if is_integer(text) => Kind::Int,
        _ if is_float(text) => Kind::Float,
        _ => Kind::Str,
    }
}

/// The value of an integer that fits.
pub(super) fn integer(text: &str) -> Option<i64> {
    match radix(text) {
        Some((digits, radix)) => i64::from_str_radix(digits, radix).ok(),
        None => text.parse().ok(),
    }
}

fn is_integer(text: &str) -> bool {
    let (digits, radix) = radix(text).unwrap_or((unsigned(text), 10));
    !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
}

/// Digits behind a prefix, which no sign precedes.
fn radix(text: &str) -> Option<(&str, u32)> {
    let hexadecimal = text.strip_prefix("0x").map(|digits| (digits, 16));
    hexadecimal.or_else(|| Some((text.strip_prefix("0o")?, 8)))
}

/// Without a digit, what Rust reads as numbers are words here.
fn is_float(text: &str) -> bool {
    let unsigned = unsigned(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
        || unsigned.contains(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::{Kind, integer, kind};

    #[test]
    fn scalars_are_what_the_core_schema_says() {
        for (kind_of, texts) in [
            (Kind::Null, "~ null Null NULL"),
            (Kind::Bool, "true True TRUE false False FALSE"),
            (Kind::Int, "0 -1 +12 0x1F 0o17 99999999999999999999999"),
            (Kind::Float, "1. .5 -1.5e3 +1E-2 .inf -.INF +.Inf .nan .NaN"),
            (
                Kind::Str,
                "nULL yes tRue 0x 0o8 -0x1 1_000 inf nan e5 . - +.nan 1e 12a 0b1",
            ),
        ] {
            for text in texts.split(' ') {
                assert_eq!(kind(text), kind_of, "{text}");
            }
        }
        assert_eq!(kind(""), Kind::Null);
    }

    #[test]
    fn integers_have_values_as_far_as_they_fit() {
        let values = ["0x1F", "0o17", "+12", "-1", "9223372036854775808"].map(integer);
        assert_eq!(values, [Some(31), Some(15), Some(12), Some(-1), None]);
    }
}
