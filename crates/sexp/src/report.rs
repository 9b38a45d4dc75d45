//! How an error is shown: its place, its detail, the line with a mark below the bytes at fault.

use std::fmt::Write;

use crate::cut::{ELLIPSIS, cut, floor};
use crate::error::Error;
use crate::position::{Position, locate};

/// The most bytes that are shown of a line.
const LINE: usize = 200;
/// How much of a long line is shown before the bytes at fault.
const BEFORE: usize = 80;
/// The most bytes of a detail.
const DETAIL: usize = 1000;
/// Stands before the line; the marks stand below the line, not below this.
const SOURCE: &str = "source: ";

impl Error {
    /// The whole message, for the text that the error is about:
    ///
    /// ```text
    /// <Kind>[ in <type>[ field '<name>']] at <line>:<column>: <detail>
    /// source: <line>
    ///            ^^^
    /// ```
    ///
    /// A long line is shown in part, always with the bytes at fault; the marks end with the line.
    ///
    /// ```
    /// let text = "(net 3\n\t\"GND)";
    /// let error = pyrus_sexp::Tape::parse(text).unwrap_err();
    /// assert_eq!(
    ///     error.message(text),
    ///     "UnterminatedString at 2:2: this string has no closing quote\n\
    ///      source: \t\"GND)\n        \t^"
    /// );
    /// ```
    pub fn message(&self, text: &str) -> String {
        let place = locate(text, self.offset());
        let mut message = self.kind().to_string();
        if let Some(type_name) = self.type_name() {
            let _ = write!(message, " in {type_name}");
        }
        if let Some(field) = self.field() {
            let _ = write!(message, " field '{field}'");
        }
        let detail = cut(self.detail(), DETAIL);
        let _ = write!(message, " at {}:{}: {detail}", place.line, place.column);
        if !place.source_line.trim().is_empty() {
            show(&mut message, &place, self.span().len());
        }
        message
    }
}

/// The line, and the marks below `length` bytes of it.
fn show(message: &mut String, place: &Position<'_>, length: usize) {
    let line = place.source_line.trim_end_matches('\r');
    let at = floor(line, place.before);
    let from = if at + length.min(BEFORE) > LINE {
        floor(line, at - at.min(BEFORE))
    } else {
        0
    };
    let shown = &line[from..floor(line, from + LINE)];
    let (before, marked) = shown.split_at(at - from);
    let marked = if length > line.len() - at {
        1
    } else {
        marked[..floor(marked, length)].chars().count().max(1)
    };
    let dots = |yes: bool| if yes { ELLIPSIS } else { "" };
    let (left, right) = (dots(from > 0), dots(from + shown.len() < line.len()));
    // Tabs stay tabs below the line, so that the marks stand where they belong at any tab width.
    let pad: String = before
        .chars()
        .map(|char| if char == '\t' { '\t' } else { ' ' })
        .collect();
    let indent = " ".repeat(SOURCE.len() + left.len());
    let marks = "^".repeat(marked);
    let _ = write!(
        message,
        "\n{SOURCE}{left}{shown}{right}\n{indent}{pad}{marks}"
    );
}
