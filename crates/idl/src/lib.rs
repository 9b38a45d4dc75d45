//! The declaration language of Pyrus: YAML to a checked model, with diagnostics.
//!
//! ```text
//! read      files → trees with positions        (source, read)
//! structure trees against the JSON schema        (structure)
//! syntax    trees → typed declarations           (syntax)
//! resolve   names → ids, text → types and values (resolve)
//! check     one small function per rule          (check)
//! ```
//!
//! Every stage reports all it finds. A stage is left out only when an earlier one left it nothing to work on.

mod check;
pub mod codes;
mod diagnostic;
pub mod edit;
mod facts;
pub mod model;
mod read;
mod render;
mod resolve;
mod source;
mod span;
mod structure;
// Keys whose places matter are read from the tree; in `syntax` they stand for the schema.
#[allow(dead_code, clippy::struct_excessive_bools, clippy::struct_field_names)]
mod syntax;
mod types;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

pub use codes::Code;
pub use diagnostic::{Diagnostic, Label, Report, Severity};
pub use model::Api;
pub use span::{FileId, SourceFile, Sources, Span};
pub use words::{is_identifier, is_python_keyword, is_unrawable, rust_ident, snake_case};

use read::Origin;

/// Reads and checks `bindings.yaml` and what it includes.
pub fn load(root: &Path) -> Result<Api, Report> {
    let folder = root.parent().map(Path::to_owned).unwrap_or_default();
    let name = root
        .file_name()
        .map_or_else(|| "bindings.yaml".into(), |name| name.to_string_lossy());
    run(&Origin::Folder(folder), &name)
}

/// Checks one text under the name of a file, without includes.
pub fn load_str(name: &str, text: &str) -> Result<Api, Report> {
    load_texts(name, &BTreeMap::from([(name.to_owned(), text.to_owned())]))
}

/// Checks texts by file name, `root` first.
pub fn load_texts(root: &str, texts: &BTreeMap<String, String>) -> Result<Api, Report> {
    run(&Origin::Texts(texts.clone()), root)
}

/// The JSON schema of a root file, for editors.
pub fn json_schema() -> serde_json::Value {
    syntax::root_schema().clone()
}

fn run(origin: &Origin, root: &str) -> Result<Api, Report> {
    let mut out = Vec::new();
    let files = read::read(origin, root, &mut out);
    read::check_structure(&files, &mut out);
    if !out.is_empty() {
        return Err(Report::new(out, files.sources));
    }
    let Some(typed) = read::typed(&files, &mut out) else {
        return Err(Report::new(out, files.sources));
    };
    let resolved = resolve::resolve(&files, &typed);
    let out = check::check(&resolved);
    let resolve::Cx {
        api, out: mut all, ..
    } = resolved;
    all.extend(out);
    if all.is_empty() {
        Ok(api)
    } else {
        Err(Report::new(all, files.sources))
    }
}
