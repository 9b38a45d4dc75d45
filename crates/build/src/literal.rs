//! Values as Python text.

use pyrus_idl::model::{Api, Type, Value};

/// A value as an expression that Python's `inspect` can evaluate.
pub fn runtime(api: &Api, value: &Value) -> String {
    match value {
        Value::Member(id, index) => {
            let item = &api[*id];
            format!(
                "{}.{}.{}",
                api[item.module].name, item.name, item.members[*index].name
            )
        }
        Value::Str(text) => single_quoted(text),
        Value::Fields(..) => "...".into(),
        Value::Float(number) => float(*number),
        other => simple(other),
    }
}

/// `[]` for a tuple of any length is written `()` in Python.
pub fn empty_tuple(api: &Api, ty: &Type, value: &Value) -> Option<String> {
    let is_tuple = matches!(api.core(ty), Type::VarTuple(_));
    (is_tuple && *value == Value::EmptyList).then(|| "()".to_owned())
}

/// A value as a stub shows it; `None` when stubs do not show such values (ruff PYI011, PYI053, PYI054).
pub fn stub(value: &Value) -> Option<String> {
    match value {
        Value::Member(..) | Value::Fields(..) => None,
        Value::Str(text) => (text.chars().count() <= 50).then(|| double_quoted(text)),
        Value::Int(_) => {
            Some(simple(value)).filter(|text| text.trim_start_matches('-').len() <= 10)
        }
        Value::Float(number) => {
            let text = float(*number);
            (number.is_finite() && text.trim_start_matches('-').len() <= 10).then_some(text)
        }
        other => Some(simple(other)),
    }
}

fn simple(value: &Value) -> String {
    match value {
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Int(number) => number.to_string(),
        Value::EmptyList => "[]".into(),
        Value::EmptyDict => "{}".into(),
        _ => "None".into(),
    }
}

/// A float as Python's `repr`; infinities as a literal that overflows, because `inf` is only a name.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "1e999-1e999".into();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "1e999".into()
        } else {
            "-1e999".into()
        };
    }
    format!("{number:?}")
}

/// A string literal in double quotes, as formatters want it.
pub fn double_quoted(text: &str) -> String {
    let quote = if text.contains('"') && !text.contains('\'') {
        '\''
    } else {
        '"'
    };
    quoted(text, quote)
}

fn single_quoted(text: &str) -> String {
    quoted(text, '\'')
}

fn quoted(text: &str, quote: char) -> String {
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&control(c)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn control(c: char) -> String {
    if (c as u32) < 0x100 {
        format!("\\x{:02x}", c as u32)
    } else {
        format!("\\u{:04x}", c as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        assert_eq!(double_quoted("a\"b\n\u{1}"), "'a\"b\\n\\x01'");
        assert_eq!(double_quoted("it's \"x\""), "\"it's \\\"x\\\"\"");
        assert_eq!(single_quoted("it's"), "'it\\'s'");
    }

    #[test]
    fn floats_keep_their_point() {
        assert_eq!(stub(&Value::Float(2.0)).as_deref(), Some("2.0"));
        assert_eq!(stub(&Value::Float(1e300)).as_deref(), Some("1e300"));
        assert_eq!(stub(&Value::Float(f64::INFINITY)), None);
    }

    #[test]
    fn long_values_are_not_shown() {
        assert_eq!(stub(&Value::Str("x".repeat(51))), None);
        assert_eq!(stub(&Value::Int(12_345_678_901)), None);
        assert_eq!(stub(&Value::Int(-1)).as_deref(), Some("-1"));
    }
}
