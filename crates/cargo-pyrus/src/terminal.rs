//! Output: colour on terminals only, and no complaint when a reader has had enough.

use std::io::{self, IsTerminal, Write};

/// Whether stderr shows colours.
pub(crate) fn color() -> bool {
    io::stderr().is_terminal() && allowed()
}

fn allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Results go to stdout.
pub(crate) fn print(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{}", text.trim_end_matches('\n'));
}

/// What happened goes to stderr.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end_matches('\n'));
}

/// An error that no declaration is to blame for.
pub(crate) fn complain(text: &str) {
    let word = if color() {
        "\x1b[1m\x1b[31merror\x1b[0m"
    } else {
        "error"
    };
    note(&format!("{word}: {text}"));
}

/// A value as indented JSON.
pub(crate) fn json(value: &serde_json::Value) {
    print(&format!("{value:#}"));
}

/// A word of a result in a colour (an SGR code).
pub(crate) fn painted(word: &str, color: &str) -> String {
    if io::stdout().is_terminal() && allowed() {
        format!("\x1b[{color}m{word}\x1b[0m")
    } else {
        word.to_owned()
    }
}

/// A unified diff.
pub(crate) fn diff(text: &str) {
    if !(io::stdout().is_terminal() && allowed()) {
        return print(text);
    }
    let lines = text.lines().map(|line| match line.as_bytes().first() {
        Some(b'+') => format!("\x1b[32m{line}\x1b[0m\n"),
        Some(b'-') => format!("\x1b[31m{line}\x1b[0m\n"),
        Some(b'@') => format!("\x1b[36m{line}\x1b[0m\n"),
        _ => format!("{line}\n"),
    });
    print(&lines.collect::<String>());
}
