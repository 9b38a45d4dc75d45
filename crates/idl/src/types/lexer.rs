//! Splits a type expression into words and signs.

use super::TextError;
use crate::codes;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A name, maybe dotted: `graph.NodeReference`.
    Name,
    Open,
    Close,
    Comma,
    Bar,
    Question,
    Dots,
    /// `=`: the default follows.
    Equals,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) sign: Sign,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The token that starts at or after `at`.
pub(super) fn next(text: &str, at: usize) -> Result<Token, TextError> {
    let rest = &text[at..];
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else {
        return Ok(Token {
            sign: Sign::End,
            start,
            end: start,
        });
    };
    let (sign, len) = match first {
        '[' => (Sign::Open, 1),
        ']' => (Sign::Close, 1),
        ',' => (Sign::Comma, 1),
        '|' => (Sign::Bar, 1),
        '?' => (Sign::Question, 1),
        '=' => (Sign::Equals, 1),
        '.' if rest.starts_with("...") => (Sign::Dots, 3),
        c if c.is_ascii_alphabetic() || c == '_' => (Sign::Name, name_length(rest)),
        c => return Err(unexpected(c, start)),
    };
    Ok(Token {
        sign,
        start,
        end: start + len,
    })
}

/// Length of the name at the start: words joined by single dots.
fn name_length(text: &str) -> usize {
    let word = |text: &str| {
        text.bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count()
    };
    let mut len = word(text);
    while let Some(rest) = text[len..].strip_prefix('.') {
        match word(rest) {
            0 => break,
            more => len += 1 + more,
        }
    }
    len
}

fn unexpected(c: char, start: usize) -> TextError {
    let shown = if crate::words::is_unprintable(c) {
        c.escape_unicode().to_string()
    } else {
        c.to_string()
    };
    let message = format!("unexpected `{shown}` in a type");
    let error = TextError::new(codes::TYPE_SYNTAX, start, start + c.len_utf8(), message);
    match c {
        '(' | ')' => {
            error.help("types have no parentheses: write `A | B | None` for an optional union")
        }
        '<' | '>' => error.help("parameters of types stand in brackets: `list[int]`"),
        '&' | '*' | '\'' => {
            error.help("write the Python type; the table in docs/idl.md says what Rust gets")
        }
        _ => error,
    }
}
