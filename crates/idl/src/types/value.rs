//! Values as text: defaults and constants.

use super::TextError;
use crate::codes;
use crate::words;

/// A value and the bytes it covers in its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Literal {
    pub(crate) kind: LiteralKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LiteralKind {
    None,
    Bool(bool),
    Int(i128),
    Float(f64),
    Str(String),
    EmptyList,
    EmptyDict,
    /// `Color.RED`, with the place of the last dot.
    Member {
        path: String,
        dot: usize,
    },
}

/// Parses a whole text as a value.
pub(crate) fn parse_value(text: &str) -> Result<Literal, TextError> {
    parse_value_at(text, 0)
}

/// Parses everything from `at` as a value.
pub(super) fn parse_value_at(text: &str, at: usize) -> Result<Literal, TextError> {
    let rest = &text[at..];
    let start = at + (rest.len() - rest.trim_start().len());
    let body = rest.trim();
    let end = start + body.len();
    let error = |message: &str| TextError::new(codes::VALUE_SYNTAX, start, end.max(start), message);
    let kind = match body {
        "" => return Err(error("expected a value, but the text ends here")),
        "None" | "null" => LiteralKind::None,
        "true" | "True" => LiteralKind::Bool(true),
        "false" | "False" => LiteralKind::Bool(false),
        "[]" => LiteralKind::EmptyList,
        "{}" => LiteralKind::EmptyDict,
        _ if body.starts_with(['"', '\'']) => LiteralKind::Str(
            unquote(body)
                .ok_or_else(|| error("this string is not closed or has a wrong escape"))?,
        ),
        _ if is_digits(body) && body.parse::<i128>().is_err() => {
            let message = "this number is out of every range";
            return Err(TextError::new(codes::VALUE_RANGE, start, end, message));
        }
        _ => number(body)
            .or_else(|| member(body, start))
            .ok_or_else(|| {
                error("this is not a value")
                    .help("a value is None, true, false, a number, \"text\", [], {} or Enum.MEMBER")
            })?,
    };
    Ok(Literal { kind, start, end })
}

fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn number(text: &str) -> Option<LiteralKind> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits == "inf" {
        return Some(LiteralKind::Float(f64::from(sign) * f64::INFINITY));
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.ends_with('_') {
        return None;
    }
    let digits = digits.replace('_', "");
    let integer = match digits.get(..2) {
        Some("0x") => i128::from_str_radix(&digits[2..], 16),
        Some("0o") => i128::from_str_radix(&digits[2..], 8),
        Some("0b") => i128::from_str_radix(&digits[2..], 2),
        _ => digits.parse(),
    };
    if let Ok(value) = integer {
        let signed = !digits[1..].starts_with(['+', '-'])
            && !digits[2.min(digits.len())..].starts_with(['+', '-']);
        return signed.then_some(LiteralKind::Int(i128::from(sign) * value));
    }
    let float: f64 = digits.parse().ok()?;
    let whole = digits.bytes().all(|b| b.is_ascii_digit());
    (float.is_finite() && !whole).then(|| LiteralKind::Float(f64::from(sign) * float))
}

fn member(text: &str, start: usize) -> Option<LiteralKind> {
    let (path, _) = text.rsplit_once('.')?;
    let dot = start + path.len();
    text.split('.')
        .all(words::is_identifier)
        .then(|| LiteralKind::Member {
            path: text.to_owned(),
            dot,
        })
}

/// The text of a quoted string, escapes resolved.
fn unquote(text: &str) -> Option<String> {
    let quote = text.chars().next()?;
    let body = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut out = String::new();
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(escape(&mut chars)?),
            c if c == quote => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

fn escape(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let code = |chars: &mut std::str::Chars<'_>, len: usize| {
        let digits = chars.as_str().get(..len)?;
        *chars = chars.as_str()[len..].chars();
        u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
    };
    match chars.next()? {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        '0' => Some('\0'),
        'x' => code(chars, 2),
        'u' => code(chars, 4),
        'U' => code(chars, 8),
        c @ ('\\' | '"' | '\'') => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::needless_pass_by_value)]
    fn check(text: &str, expected: Option<LiteralKind>) {
        assert_eq!(
            parse_value(text).ok().map(|value| value.kind),
            expected,
            "{text}"
        );
    }

    #[test]
    fn values() {
        check("None", Some(LiteralKind::None));
        check(" true ", Some(LiteralKind::Bool(true)));
        check("-12", Some(LiteralKind::Int(-12)));
        check("0xff", Some(LiteralKind::Int(255)));
        check("1_000", Some(LiteralKind::Int(1000)));
        check("2.50", Some(LiteralKind::Float(2.5)));
        check("-inf", Some(LiteralKind::Float(f64::NEG_INFINITY)));
        check("1e3", Some(LiteralKind::Float(1000.0)));
        check(r#""a\n\x41\"""#, Some(LiteralKind::Str("a\nA\"".into())));
        check("''", Some(LiteralKind::Str(String::new())));
        check("[]", Some(LiteralKind::EmptyList));
    }

    #[test]
    fn mistakes() {
        for text in [
            "",
            "x",
            "\"",
            "\"a",
            "'a\\",
            "\"a\"b\"",
            "1__",
            "--1",
            "0x",
            "0x+1",
            "nan",
            "a..b",
            "1.e",
            "[1]",
            "99999999999999999999999999999999999999999999",
            "\"\\xé\"",
            "+-1",
            "\"\\ud800\"",
        ] {
            check(text, None);
        }
    }
}
