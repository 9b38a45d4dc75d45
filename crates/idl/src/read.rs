//! Reads the root file and what it includes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::{self, Node};
use crate::span::{FileId, Sources, Span};
use crate::structure;
use crate::syntax;

/// Where texts come from.
pub(crate) enum Origin {
    /// Files below a folder.
    Folder(PathBuf),
    /// Texts by name.
    Texts(BTreeMap<String, String>),
}

impl Origin {
    fn read(&self, name: &str) -> Result<String, String> {
        match self {
            Self::Folder(folder) => {
                let bytes = std::fs::read(folder.join(Path::new(name)));
                let bytes = bytes.map_err(|error| error.to_string())?;
                String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
            }
            Self::Texts(texts) => texts
                .get(name)
                .cloned()
                .ok_or_else(|| "there is no such file".to_owned()),
        }
    }
}

/// A file whose text is YAML.
pub(crate) struct File {
    pub(crate) node: Node,
    /// Schema it must follow.
    schema: &'static Value,
}

/// All files of a run.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) sources: Sources,
    /// The root first, if it could be read.
    pub(crate) files: Vec<File>,
}

/// Reads the root and its includes; everything that is wrong with them as files is reported.
pub(crate) fn read(origin: &Origin, root: &str, out: &mut Vec<Diagnostic>) -> Files {
    let mut reader = Reader {
        origin,
        files: Files::default(),
        out,
    };
    reader.root(root);
    reader.files
}

struct Reader<'a> {
    origin: &'a Origin,
    files: Files,
    out: &'a mut Vec<Diagnostic>,
}

/// A file that waits to be read, and who asked for it.
struct Pending {
    name: String,
    asked: Span,
    /// The files above it, root first.
    above: Vec<String>,
}

impl Reader<'_> {
    fn root(&mut self, name: &str) {
        let text = self.origin.read(name);
        let failure = text.as_ref().err().cloned();
        let file = self
            .files
            .sources
            .add(name.to_owned(), text.unwrap_or_default());
        if let Some(reason) = failure {
            let span = Span {
                file,
                start: 0,
                end: 0,
            };
            let message = format!("cannot read `{name}`: {reason}");
            self.out
                .push(Diagnostic::new(codes::UNREADABLE, span, message));
            return;
        }
        let mut pending = self.parse(file, syntax::root_schema(), Vec::new());
        pending.reverse();
        while let Some(next) = pending.pop() {
            let mut more = self.include(next);
            more.reverse();
            pending.append(&mut more);
        }
    }

    fn include(&mut self, next: Pending) -> Vec<Pending> {
        let Pending { name, asked, above } = next;
        if above.contains(&name) {
            let message = format!("`{name}` includes itself");
            let label = format!("by way of {}", above.join(" → "));
            self.out
                .push(Diagnostic::new(codes::INCLUDE_TWICE, asked, message).label(label));
            return Vec::new();
        }
        if self.files.sources.names().contains(&name) {
            let message = format!("`{name}` is included twice");
            self.out
                .push(Diagnostic::new(codes::INCLUDE_TWICE, asked, message));
            return Vec::new();
        }
        match self.origin.read(&name) {
            Ok(text) => {
                let file = self.files.sources.add(name, text);
                self.parse(file, syntax::include_schema(), above)
            }
            Err(reason) => {
                self.files.sources.add(name.clone(), String::new());
                let message = format!("cannot read `{name}`: {reason}");
                self.out
                    .push(Diagnostic::new(codes::UNREADABLE, asked, message));
                Vec::new()
            }
        }
    }

    /// Keeps the file if it is YAML, and returns what it includes.
    fn parse(
        &mut self,
        file: FileId,
        schema: &'static Value,
        mut above: Vec<String>,
    ) -> Vec<Pending> {
        let source = self.files.sources.file(file);
        let name = source.name.clone();
        let text = source.text.clone();
        let Some(node) = source::parse(file, &text, self.out) else {
            return Vec::new();
        };
        above.push(name.clone());
        let mut pending = Vec::new();
        for item in included(&node) {
            let Some(path) = item.text() else { continue };
            match beside(&name, path) {
                Some(name) => {
                    pending.push(Pending {
                        name,
                        asked: item.span,
                        above: above.clone(),
                    });
                }
                None => self.outside(path, item.span),
            }
        }
        self.files.files.push(File { node, schema });
        pending
    }

    fn outside(&mut self, path: &str, span: Span) {
        let message = format!("`{path}` is not a path below the folder of the root file");
        let help = "write a relative path with forward slashes: bindings/graph.yaml";
        self.out
            .push(Diagnostic::new(codes::INCLUDE_PATH, span, message).help(help));
    }
}

fn included(node: &Node) -> &[Node] {
    match node.entry("include").map(|entry| &entry.value.data) {
        Some(source::Data::List(items)) => items,
        _ => &[],
    }
}

/// The name, relative to the root's folder, of a path written in the file `name`.
fn beside(name: &str, path: &str) -> Option<String> {
    let rooted = path.starts_with('/') || path.contains(['\\', ':', '\0']) || path.is_empty();
    if rooted {
        return None;
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Checks the structure of every file.
pub(crate) fn check_structure(files: &Files, out: &mut Vec<Diagnostic>) {
    for file in &files.files {
        structure::check(file.schema, &file.node, out);
    }
}

/// The typed forms of files whose structure is right.
pub(crate) struct Typed {
    pub(crate) idl: i64,
    pub(crate) extension: String,
    pub(crate) free_threaded: bool,
    /// The root file as a module.
    pub(crate) root: syntax::Module,
    /// Each included file, in reading order.
    pub(crate) includes: Vec<syntax::Include>,
}

/// Gives every file its typed form.
pub(crate) fn typed(files: &Files, out: &mut Vec<Diagnostic>) -> Option<Typed> {
    let (root, includes) = files.files.split_first()?;
    let root: Option<syntax::Root> = typed_file(root, out);
    let includes: Vec<Option<_>> = includes.iter().map(|file| typed_file(file, out)).collect();
    let root = root?;
    Some(Typed {
        idl: root.idl,
        extension: root.extension.clone(),
        free_threaded: root.free_threaded,
        root: root.into_module(),
        includes: includes.into_iter().collect::<Option<_>>()?,
    })
}

fn typed_file<T: DeserializeOwned>(file: &File, out: &mut Vec<Diagnostic>) -> Option<T> {
    source::typed(&file.node)
        .map_err(|reason| {
            let span = Span {
                end: file.node.span.start,
                ..file.node.span
            };
            let message = format!("this cannot be read: {reason}");
            out.push(Diagnostic::new(codes::WRONG_KIND, span, message));
        })
        .ok()
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn paths_are_relative_to_the_including_file() {
        assert_eq!(
            beside("bindings.yaml", "a/b.yaml").as_deref(),
            Some("a/b.yaml")
        );
        assert_eq!(beside("a/b.yaml", "./c.yaml").as_deref(), Some("a/c.yaml"));
        assert_eq!(beside("a/b.yaml", "../c.yaml").as_deref(), Some("c.yaml"));
        assert_eq!(beside("b.yaml", "../c.yaml"), None);
        assert_eq!(beside("b.yaml", "/c.yaml"), None);
    }
}
