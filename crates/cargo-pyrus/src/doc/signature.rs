//! Signatures as the stubs show them: they are cut out of the stubs, so that they cannot differ.

/// The statements of one name in a text: every `def`, `class` or assignment, with its decorators, without comments,
/// docstring and body.
pub(super) fn of(stub: &str, name: &str) -> String {
    let lines: Vec<&str> = stub.lines().collect();
    let heads = [
        format!("def {name}("),
        format!("class {name}:"),
        format!("class {name}("),
        format!("{name}: "),
    ];
    let depth = lines.iter().filter_map(|line| starts(line, &heads)).min();
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if starts(line, &heads) != depth || depth.is_none() {
            continue;
        }
        let depth = depth.unwrap_or_default();
        let mut first = index;
        while first > 0 && lines[first - 1][..].trim_start().starts_with('@') {
            first -= 1;
        }
        for line in &lines[first..=end(&lines, index)] {
            let line = line.get(depth..).unwrap_or(line);
            let line = line.split("  # ").next().unwrap_or(line).trim_end();
            let line = line.strip_suffix(" ...").unwrap_or(line);
            out.push(line.to_owned());
        }
    }
    out.join("\n")
}

/// The part of a stub that is a class: its head and all that is indented below it.
pub(super) fn class<'a>(stub: &'a str, name: &str) -> &'a str {
    let mut start = None;
    let mut depth = 0;
    let mut at = 0;
    for line in stub.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let word = line.trim_start().strip_prefix("class ").unwrap_or_default();
        let rest = word.strip_prefix(name).unwrap_or_default();
        if let Some(start) = start {
            if !line.trim().is_empty() && indent <= depth {
                return &stub[start..at];
            }
        } else if rest.starts_with([':', '(']) {
            start = Some(at + line.len());
            depth = indent;
        }
        at += line.len();
    }
    start.map_or("", |start| &stub[start..])
}

/// The indentation of a line that begins such a statement.
fn starts(line: &str, heads: &[String]) -> Option<usize> {
    let text = line.trim_start();
    let is_head = heads.iter().any(|head| text.starts_with(head.as_str()));
    is_head.then(|| line.len() - text.len())
}

/// The line that ends the head of a statement: where its brackets are closed.
fn end(lines: &[&str], first: usize) -> usize {
    let mut open = 0i32;
    for (index, line) in lines.iter().enumerate().skip(first) {
        let code = line.split("  # ").next().unwrap_or(line);
        open += code.matches(['(', '[']).count() as i32 - code.matches([')', ']']).count() as i32;
        if open <= 0 {
            return index;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUB: &str = "x: int  # b.yaml:1\n\n@final\nclass A(Base):  # b.yaml:2\n    \"\"\"Doc.\"\"\"\n\n    @property\n    def x(self) -> int: ...  # b.yaml:3\n    def f(\n        self,\n        a: int = 1,\n    ) -> None:  # b.yaml:4\n        \"\"\"F.\"\"\"\n\nclass AB: ...\n";

    #[test]
    fn heads_are_cut_without_bodies() {
        assert_eq!(of(STUB, "x"), "x: int");
        assert_eq!(of(STUB, "A"), "@final\nclass A(Base):");
        assert_eq!(of(STUB, "AB"), "class AB:");
        let inside = class(STUB, "A");
        assert_eq!(of(inside, "x"), "@property\ndef x(self) -> int:");
        assert_eq!(
            of(inside, "f"),
            "def f(\n    self,\n    a: int = 1,\n) -> None:"
        );
        assert_eq!(of(inside, "AB"), "");
    }
}
