//! Text inside other languages. Characters that they can't hold become U+FFFD.

use crate::literal::Literal;

const LOST: char = '\u{fffd}';

/// A string that appends itself; writing to one can't fail.
macro_rules! put {
    ($out:expr, $($text:tt)*) => {{
        let _ = std::fmt::Write::write_fmt($out, format_args!($($text)*));
    }};
}
pub(super) use put;

/// Appends text to the contents of an XML element or attribute.
pub(super) fn xml(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // Readers would make spaces or line feeds of them.
            '\t' | '\n' | '\r' => put!(out, "&#{};", c as u32),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push(LOST),
            _ => out.push(c),
        }
    }
}

/// Appends text to a quoted string of DOT.
pub(super) fn dot(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(LOST),
            _ => out.push(c),
        }
    }
}

/// A double as XML Schema and Python write it.
pub(super) fn float(value: f64) -> String {
    match value {
        f64::INFINITY => "INF".into(),
        f64::NEG_INFINITY => "-INF".into(),
        _ => format!("{value:?}"),
    }
}

/// A value as text.
pub(super) fn literal(value: &Literal) -> std::borrow::Cow<'_, str> {
    match value {
        Literal::String(text) => text.into(),
        Literal::Float(value) => float(*value).into(),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(put: fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        put(&mut out, text);
        out
    }

    #[test]
    fn what_xml_cannot_hold_is_marked() {
        assert_eq!(
            with(xml, "<a & \"b\">\r\n"),
            "&lt;a &amp; &quot;b&quot;&gt;&#13;&#10;"
        );
        assert_eq!(
            with(xml, "\0\u{1b}\u{ffff}é😀"),
            "\u{fffd}\u{fffd}\u{fffd}é😀"
        );
    }

    #[test]
    fn what_dot_would_read_otherwise_is_escaped() {
        assert_eq!(with(dot, "a\\N\"\n\0"), "a\\\\N\\\"\\n\u{fffd}");
    }

    #[test]
    fn doubles_keep_their_value() {
        for value in [0.1, -0.0, 1e300, f64::MIN_POSITIVE] {
            assert_eq!(float(value).parse(), Ok(value));
        }
        assert_eq!([float(f64::NAN), float(f64::NEG_INFINITY)], ["NaN", "-INF"]);
    }
}
