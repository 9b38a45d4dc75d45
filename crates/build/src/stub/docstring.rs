//! Docstrings as literals.

use super::layout::WIDTH;

/// A docstring literal for a body at a given indentation; its lines begin at column zero.
pub(crate) fn literal(indent: usize, text: &str) -> String {
    let width = WIDTH.saturating_sub(indent);
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    // A quote next to the three that open it would be read as one of them, unless it is escaped as the last one.
    let text = if text.starts_with('"') && text.len() > 1 {
        format!(" {text}")
    } else {
        text
    };
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let taken = if index == 0 { 3 } else { 0 };
        wrap(line, width, taken, &mut lines);
    }
    let one_line = lines.len() == 1;
    if one_line && lines[0].chars().count() + 6 <= width {
        return format!("\"\"\"{}\"\"\"", closed(lines.remove(0)));
    }
    format!("\"\"\"{}\n\"\"\"", lines.join("\n"))
}

/// A text may not end with the quote that closes it.
fn closed(mut text: String) -> String {
    if let Some(before) = text.strip_suffix('"') {
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes % 2 == 0 {
            text.insert(text.len() - 1, '\\');
        }
    }
    text
}

/// Breaks a line at spaces; what follows keeps the indentation. Words are never broken.
fn wrap(line: &str, width: usize, taken: usize, out: &mut Vec<String>) {
    if line.chars().count() + taken <= width {
        return out.push(line.to_owned());
    }
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut current = String::new();
    let mut taken = taken;
    for word in line.split_whitespace() {
        let length = indent.len() + current.chars().count() + 1 + word.chars().count() + taken;
        if current.is_empty() {
            current = String::from(word);
        } else if length <= width {
            current = format!("{current} {word}");
        } else {
            out.push(format!("{indent}{current}"));
            current = String::from(word);
            taken = 0;
        }
    }
    out.push(format!("{indent}{current}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_stay_on_their_line() {
        assert_eq!(literal(4, "A pad."), r#""""A pad.""""#);
        assert_eq!(literal(4, "Say \"x\""), r#""""Say "x\"""""#);
        assert_eq!(literal(4, "\""), r#""""\"""""#);
        assert_eq!(literal(4, "\"\"\""), r#""""\"\"\"""""#);
        assert_eq!(literal(4, "\\\""), r#""""\\\"""""#);
        assert_eq!(literal(4, "A.\n\nB."), "\"\"\"A.\n\nB.\n\"\"\"");
    }

    #[test]
    fn long_lines_are_wrapped_with_their_indentation() {
        let text = format!("Args:\n    a: {}", "word ".repeat(40).trim_end());
        assert!(literal(8, &text).lines().all(|line| line.len() <= 92));
        assert!(
            literal(8, &text)
                .lines()
                .skip(2)
                .all(|line| line.starts_with("    ") || line == "\"\"\"")
        );
    }
}
