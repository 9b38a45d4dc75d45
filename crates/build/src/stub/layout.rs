//! Line breaking, such that `ruff format` has nothing left to do.
//!
//! The rules are those of the formatter for the few forms that stubs use. A text that fits its line stays there. A
//! parameter list goes first to one indented line, then to one line per parameter. A subscript does the same inside its
//! brackets, a list goes to one line per item at once, a union to one line per member: in parentheses after `->`, `:` or
//! `=`, bare inside brackets. The trailing comment counts.

use std::fmt::Write;

/// Columns of a line.
pub(crate) const WIDTH: usize = 100;

/// Structure of an annotation, as far as breaking it needs.
enum Expr {
    Atom(String),
    List(Vec<Expr>),
    Subscript(String, Vec<Expr>),
    Union(Vec<Expr>),
}

#[derive(Clone, Copy, PartialEq)]
enum Union {
    /// Inside brackets, where lines may end anywhere.
    Bare,
    /// Elsewhere.
    Parenthesised,
}

impl Expr {
    fn parse(text: &str) -> Self {
        let members = split(text, " | ");
        if members.len() > 1 {
            return Expr::Union(members.into_iter().map(Expr::parse).collect());
        }
        match text.strip_suffix(']').and_then(|rest| rest.split_once('[')) {
            Some(_) if text.starts_with(['"', '\'']) => Expr::Atom(text.into()),
            Some((name, "")) => Expr::Atom(format!("{name}[]")),
            Some((name, items)) => {
                let items = split(items, ", ").into_iter().map(Expr::parse).collect();
                if name.is_empty() {
                    Expr::List(items)
                } else {
                    Expr::Subscript(name.into(), items)
                }
            }
            None => Expr::Atom(text.into()),
        }
    }

    fn flat(&self) -> String {
        let join = |items: &[Expr], sep| items.iter().map(Expr::flat).collect::<Vec<_>>().join(sep);
        match self {
            Expr::Atom(text) => text.clone(),
            Expr::List(items) => format!("[{}]", join(items, ", ")),
            Expr::Subscript(name, items) => format!("{name}[{}]", join(items, ", ")),
            Expr::Union(members) => join(members, " | "),
        }
    }
}

/// Splits at separators that are outside brackets and quotes.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut depth, mut quote, mut start) = (0_usize, None, 0);
    let mut out = Vec::new();
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match (quote, c) {
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            (None, _) if depth == 0 && text[index..].starts_with(separator) => {
                out.push(&text[start..index]);
                start = index + separator.len();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// A statement being laid out.
struct Lines {
    width: usize,
    lines: Vec<String>,
}

impl Lines {
    fn new(indent: usize) -> Self {
        Lines {
            width: WIDTH.saturating_sub(indent),
            lines: Vec::new(),
        }
    }

    fn fits(&self, indent: usize, text: &str) -> bool {
        indent + text.chars().count() <= self.width
    }

    fn push(&mut self, indent: usize, text: &str) {
        self.lines.push(format!("{}{text}", " ".repeat(indent)));
    }

    /// Writes `prefix expr tail`, broken where needed.
    fn place(&mut self, indent: usize, prefix: &str, expr: &Expr, tail: &str, union: Union) {
        let flat = expr.flat();
        let line = format!("{prefix}{flat}{tail}");
        if self.fits(indent, &line) {
            return self.push(indent, &line);
        }
        match expr {
            Expr::Atom(_) if union == Union::Parenthesised && self.fits(indent + 4, &flat) => {
                self.push(indent, &format!("{prefix}("));
                self.push(indent + 4, &flat);
                self.push(indent, &format!("){tail}"));
            }
            Expr::Atom(_) => self.push(indent, &line),
            Expr::List(items) => {
                self.push(indent, &format!("{prefix}["));
                self.one_per_line(indent + 4, items);
                self.push(indent, &format!("]{tail}"));
            }
            Expr::Subscript(name, items) => {
                self.push(indent, &format!("{prefix}{name}["));
                self.subscript(indent + 4, items);
                self.push(indent, &format!("]{tail}"));
            }
            Expr::Union(members) if union == Union::Bare => {
                self.members(indent, prefix, members, tail);
            }
            Expr::Union(members) => {
                self.push(indent, &format!("{prefix}("));
                if self.fits(indent + 4, &flat) {
                    self.push(indent + 4, &flat);
                } else {
                    self.members(indent + 4, "", members, "");
                }
                self.push(indent, &format!("){tail}"));
            }
        }
    }

    fn subscript(&mut self, indent: usize, items: &[Expr]) {
        if let [only] = items {
            return self.place(indent, "", only, "", Union::Bare);
        }
        let joined = items.iter().map(Expr::flat).collect::<Vec<_>>().join(", ");
        if self.fits(indent, &joined) {
            self.push(indent, &joined);
        } else {
            self.one_per_line(indent, items);
        }
    }

    fn one_per_line(&mut self, indent: usize, items: &[Expr]) {
        for item in items {
            self.place(indent, "", item, ",", Union::Bare);
        }
    }

    fn members(&mut self, indent: usize, prefix: &str, members: &[Expr], tail: &str) {
        for (index, member) in members.iter().enumerate() {
            let prefix = if index == 0 { prefix } else { "| " };
            let tail = if index + 1 == members.len() { tail } else { "" };
            self.place(indent, prefix, member, tail, Union::Bare);
        }
    }
}

/// A parameter as the stub writes it.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// `self`, `*`, `/`, `name: `, `*rest: `.
    pub(crate) prefix: String,
    /// Empty when there is none.
    pub(crate) annotation: String,
    /// Empty, or ` = value`.
    pub(crate) default: String,
}

impl Parameter {
    fn flat(&self) -> String {
        format!("{}{}{}", self.prefix, self.annotation, self.default)
    }
}

/// The text between the parentheses of a `def`, and the text after its arrow, for a statement at a given indentation.
pub(crate) fn signature(
    indent: usize,
    name: &str,
    params: &[Parameter],
    returns: &str,
    tail: &str,
) -> (String, String) {
    let mut lines = Lines::new(indent);
    let joined = params
        .iter()
        .map(Parameter::flat)
        .collect::<Vec<_>>()
        .join(", ");
    let head = format!("def {name}({joined}) -> ");
    if lines.fits(0, &format!("{head}{returns}:{tail}")) {
        return (joined, returns.to_owned());
    }
    let (start, ends_fit) = if params.is_empty() {
        (head.as_str(), false)
    } else {
        (") -> ", lines.fits(0, &format!(") -> {returns}:{tail}")))
    };
    let expr = Expr::parse(returns);
    let expr = if matches!(expr, Expr::Atom(_)) {
        None
    } else {
        Some(expr)
    };
    let returns = match expr {
        Some(expr) if !ends_fit => {
            lines.place(0, start, &expr, &format!(":{tail}"), Union::Parenthesised);
            let text = std::mem::take(&mut lines.lines).join("\n");
            text[start.len()..text.len() - tail.len() - 1].to_owned()
        }
        _ => returns.to_owned(),
    };
    if params.is_empty() {
        return (joined, returns);
    }
    let several = params.len() > 1;
    if several && ends_fit && lines.fits(4, &joined) {
        return (format!("\n    {joined}\n"), returns);
    }
    for param in params {
        let tail = format!("{},", param.default);
        lines.place(
            4,
            &param.prefix,
            &Expr::parse(&param.annotation),
            &tail,
            Union::Bare,
        );
    }
    (format!("\n{}\n", lines.lines.join("\n")), returns)
}

/// `prefix value comment`, where the value is an annotation, an alias or a literal.
pub(crate) fn assignment(indent: usize, prefix: &str, value: &str, comment: &str) -> String {
    let mut lines = Lines::new(indent);
    lines.place(
        0,
        prefix,
        &Expr::parse(value),
        comment,
        Union::Parenthesised,
    );
    lines.lines.join("\n")
}

/// `prefix(argument)tail`, the argument on its own line if it must be.
pub(crate) fn call(indent: usize, prefix: &str, argument: &str, tail: &str) -> String {
    let flat = format!("{prefix}({argument}){tail}");
    if Lines::new(indent).fits(0, &flat) {
        return flat;
    }
    format!("{prefix}(\n    {argument}\n){tail}")
}

/// A list of strings assigned or added to a name.
pub(crate) fn names(indent: usize, prefix: &str, names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let flat = format!("{prefix} [{}]", quoted.join(", "));
    if Lines::new(indent).fits(0, &flat) {
        return flat;
    }
    let lines = one_per_line(quoted.iter());
    format!("{prefix} [\n{lines}]")
}

/// A `from` import.
pub(crate) fn import(module: &str, names: &[String]) -> String {
    let flat = format!("from {module} import {}", names.join(", "));
    if Lines::new(0).fits(0, &flat) {
        return flat;
    }
    let lines = one_per_line(names.iter());
    format!("from {module} import (\n{lines})")
}

/// A tuple of strings assigned to a name.
pub(crate) fn tuple(indent: usize, prefix: &str, names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let comma = if quoted.len() == 1 { "," } else { "" };
    let flat = format!("{prefix} ({}{comma})", quoted.join(", "));
    if Lines::new(indent).fits(0, &flat) {
        return flat;
    }
    let lines = one_per_line(quoted.iter());
    format!("{prefix} (\n{lines})")
}

fn one_per_line(items: impl Iterator<Item = impl std::fmt::Display>) -> String {
    let mut lines = String::new();
    for item in items {
        let _ = writeln!(lines, "    {item},");
    }
    lines
}
