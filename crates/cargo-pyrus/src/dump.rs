//! `cargo pyrus dump`: the way of the declarations, or of one item, stage by stage.

use std::fmt::Write;
use std::fs;

use pyrus_build::{glue, render_stubs};
use pyrus_idl::Api;
use serde_json::Value;

use crate::args::{Selection, Stage};
use crate::items::{self, Named};
use crate::packages::Package;
use crate::{Outcome, Problem, packages, terminal};

/// Shows a stage of every package.
pub(crate) fn run(
    selection: &Selection,
    stage: Stage,
    item: Option<&str>,
) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::Fine;
    let mut found = item.is_none();
    for package in packages::select(selection)? {
        let Some(api) = package.load_or_show() else {
            outcome = Outcome::Findings;
            continue;
        };
        match item {
            None => whole(&package, &api, stage)?,
            Some(name) => {
                let items = items::find(&api, name);
                found |= !items.is_empty();
                for item in items {
                    one(&package, &api, stage, &item)?;
                }
            }
        }
    }
    match (item, found, &outcome) {
        (Some(name), false, Outcome::Fine) => Err(format!("nothing is named `{name}`")),
        _ => Ok(outcome),
    }
}

fn whole(package: &Package, api: &Api, stage: Stage) -> Result<(), Problem> {
    if stage == Stage::Model {
        terminal::json(&serde_json::to_value(api).expect("the model is plain data"));
        return Ok(());
    }
    for (name, text) in texts(package, api, stage)? {
        terminal::print(&format!("{} {name}\n{text}", sign(stage)));
    }
    Ok(())
}

fn one(package: &Package, api: &Api, stage: Stage, item: &Named) -> Result<(), Problem> {
    let Named {
        path,
        origin,
        model,
    } = item;
    if stage == Stage::Model {
        terminal::json(&Value::Object(
            [(path.clone(), model.clone())].into_iter().collect(),
        ));
        return Ok(());
    }
    let mark = format!("{}:{}", origin.file, origin.line);
    for (name, text) in texts(package, api, stage)? {
        let parts = match stage {
            Stage::Source if name == origin.file => block(&text, origin.line as usize - 1),
            Stage::Source => String::new(),
            Stage::Glue => paragraphs(&text, &mark),
            _ => blocks(&text, &mark),
        };
        if !parts.is_empty() {
            terminal::print(&format!("{} {name}: {path}\n{parts}", sign(stage)));
        }
    }
    Ok(())
}

/// The files of a stage.
fn texts(package: &Package, api: &Api, stage: Stage) -> Result<Vec<(String, String)>, Problem> {
    match stage {
        Stage::Glue => Ok(glue::render(api, &package.features)),
        Stage::Stub => Ok(render_stubs(api, &package.features)),
        _ => api.files.iter().map(|name| source(package, name)).collect(),
    }
}

fn source(package: &Package, name: &str) -> Result<(String, String), Problem> {
    match fs::read_to_string(package.folder.join(name)) {
        Ok(text) => Ok((name.to_owned(), text)),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// What begins a comment.
fn sign(stage: Stage) -> &'static str {
    if stage == Stage::Glue { "//" } else { "#" }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A line and what is indented below it.
fn block(text: &str, first: usize) -> String {
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
fn blocks(text: &str, mark: &str) -> String {
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

/// The parts of the glue, between empty lines, that name a declaration.
fn paragraphs(text: &str, mark: &str) -> String {
    let names = |part: &&str| {
        part.match_indices(mark)
            .any(|(at, _)| !part[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit()))
    };
    let parts = text
        .split("\n\n")
        .filter(names)
        .map(|part| part.trim_matches('\n'));
    let joined = parts.collect::<Vec<_>>().join("\n\n");
    if joined.is_empty() {
        joined
    } else {
        format!("{joined}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_decorators_head_and_body() {
        let text = "class A:  # b.yaml:1\n    @property\n    def x(\n        self,\n    ) -> int:  # b.yaml:2\n        \"\"\"X.\"\"\"\n\n    y: int  # b.yaml:21\n";
        let x = "    @property\n    def x(\n        self,\n    ) -> int:  # b.yaml:2\n        \"\"\"X.\"\"\"\n";
        assert_eq!(blocks(text, "b.yaml:2"), x);
        assert_eq!(blocks(text, "b.yaml:1"), text);
    }

    #[test]
    fn glue_is_cut_at_empty_lines() {
        let text = "// b.yaml:1\nfn a() {}\n\n// b.yaml:12\nfn b() {}\n";
        assert_eq!(paragraphs(text, "b.yaml:1"), "// b.yaml:1\nfn a() {}\n");
    }
}
