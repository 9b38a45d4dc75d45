//! Cuts what belongs to one declaration out of a text.

use std::fmt::Write;

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A line and what is indented below it.
pub(crate) fn block(text: &str, first: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some(head) = lines.get(first) else {
        return String::new();
    };
    let inside = |line: &&&str| line.trim().is_empty() || indentation(line) > indentation(head);
    let body = lines[first + 1..].iter().take_while(inside);
    let block: Vec<&str> = std::iter::once(head).chain(body).copied().collect();
    format!("{}\n", block.join("\n").trim_end())
}

/// The statements of a stub that name a declaration: the marked line, what began on lines before it, its body.
pub(crate) fn stub(text: &str, mark: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if !line.ends_with(&format!("# {mark}")) {
            continue;
        }
        let depth = indentation(line);
        let mut first = index;
        if line.trim_start().starts_with(')') {
            first = lines[..index]
                .iter()
                .rposition(|l| indentation(l) == depth)
                .unwrap_or(index);
        }
        while first > 0
            && indentation(lines[first - 1]) == depth
            && lines[first - 1].trim_start().starts_with('@')
        {
            first -= 1;
        }
        let rest = block(text, index);
        for line in &lines[first..index] {
            let _ = writeln!(out, "{line}");
        }
        out.push_str(&rest);
    }
    out
}

/// The parts of the glue that a comment assigns to a declaration: up to the next such comment, or to where the block
/// around them ends.
pub(crate) fn glue(text: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut open = None;
    for line in text.lines() {
        let depth = indentation(line);
        let place = place(line);
        if open.is_some_and(|open| {
            !line.is_empty() && (depth < open || depth == open && place.is_some())
        }) {
            open = None;
        }
        let is_named = place.is_some_and(|place| {
            place
                .strip_prefix(mark)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        });
        if open.is_none() && is_named {
            open = Some(depth);
        }
        if open.is_some() {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// The place that a comment of the glue names: `// bindings.yaml:31:9 View.insert`.
fn place(line: &str) -> Option<&str> {
    let place = line.trim_start().strip_prefix("// ")?.split(' ').next()?;
    let number = place.split(':').nth(1)?;
    number.parse::<u32>().is_ok().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_decorators_head_and_body() {
        let x = "    @property\n    def x(\n        self,\n    ) -> int:  # b.yaml:2\n        \"\"\"X.\"\"\"\n";
        let text = format!("class A:  # b.yaml:1\n{x}\n    y: int  # b.yaml:21\n");
        assert_eq!(stub(&text, "b.yaml:2"), x);
        assert_eq!(stub(&text, "b.yaml:1"), text);
    }

    #[test]
    fn glue_ends_at_the_next_place_or_block() {
        let a = "    // b.yaml:1:5 a\n    fn a() {\n        // b.yaml:1:5 a\n    }\n";
        let text = format!("mod m {{\n{a}    // b.yaml:12:5 b\n    fn b() {{}}\n}}\n");
        assert_eq!(glue(&text, "b.yaml:1"), a);
        assert_eq!(
            glue(&text, "b.yaml:12"),
            "    // b.yaml:12:5 b\n    fn b() {}\n"
        );
    }
}
