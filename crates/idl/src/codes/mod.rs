//! Every kind of mistake: a stable code, what it means, and how to put it right.
//!
//! | codes | about |
//! |---|---|
//! | `B00xx` | files, YAML, keys and texts |
//! | `B01xx` | names and types |
//! | `B02xx` | functions, parameters, values |
//! | `B03xx` | classes |
//! | `B04xx` | records, enums, errors, constants |
//! | `B05xx` | modules |
//!
//! A code is never used again for something else. New ones go at the end of their group.

mod classes;
mod files;
mod functions;
mod items;
mod modules;
mod names;
mod protocols;
mod types;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) use classes::*;
pub(crate) use files::*;
pub(crate) use functions::*;
pub(crate) use items::*;
pub(crate) use modules::*;
pub(crate) use names::*;
pub(crate) use protocols::*;
pub(crate) use types::*;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// `B0104`.
    pub id: &'static str,
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// What there is to know about a code.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// The mistake in a few words.
    pub title: &'static str,
    /// Why it is one, and what to do.
    pub text: &'static str,
    /// Declarations with the mistake. Without the two lines that every root file starts with.
    pub bad: &'static str,
    /// The same without the mistake.
    pub good: &'static str,
}

/// Declares codes and the table that explains them.
macro_rules! codes {
    ($($name:ident $id:literal $title:literal: $text:literal bad $bad:literal good $good:literal)*) => {
        $(
            #[doc = $title]
            pub(crate) const $name: crate::codes::Code = crate::codes::Code { id: $id };
        )*

        pub(super) const TABLE: &[crate::codes::Explanation] = &[$(
            crate::codes::Explanation { code: $name, title: $title, text: $text, bad: $bad, good: $good },
        )*];
    };
}
use codes;

/// All codes, in order.
pub fn all() -> Vec<Explanation> {
    let tables = [
        files::TABLE,
        names::TABLE,
        types::TABLE,
        functions::TABLE,
        protocols::TABLE,
        classes::TABLE,
        items::TABLE,
        modules::TABLE,
    ];
    let mut all: Vec<Explanation> = tables.concat();
    all.sort_by_key(|explanation| explanation.code);
    all
}

/// The explanation of a code such as `B0104`, in any case.
pub fn find(id: &str) -> Option<Explanation> {
    all()
        .into_iter()
        .find(|explanation| explanation.code.id.eq_ignore_ascii_case(id))
}

/// The files of an example, the root `bindings.yaml` among them. A line `# file: NAME` starts another file; the root
/// gets the lines that every root starts with, unless it says `idl:` itself or says that it is whole.
pub fn example_files(example: &str) -> BTreeMap<String, String> {
    const ROOT: &str = "bindings.yaml";
    let mut files = BTreeMap::from([(ROOT.to_owned(), String::new())]);
    let mut name = ROOT.to_owned();
    for line in spelled_out(example).trim_start_matches('\n').lines() {
        if let Some(next) = line.strip_prefix("# file: ") {
            next.trim().clone_into(&mut name);
        }
        let text = files.entry(name.clone()).or_default();
        text.push_str(line);
        text.push('\n');
    }
    if let Some(root) = files.get_mut(ROOT)
        && !root
            .lines()
            .any(|line| line.starts_with("idl:") || line == "# the whole file:")
    {
        root.insert_str(0, "idl: 1\nextension: demo\n");
    }
    files
}

/// An example with what its dots stand for.
fn spelled_out(example: &str) -> String {
    const PARAMETERS: &str = "a0: u8, …, a255: u8";
    const ERRORS: &str = "\n  …\n";
    if example.contains(PARAMETERS) {
        let all: Vec<String> = (0..256).map(|i| format!("a{i}: u8")).collect();
        return example.replace(PARAMETERS, &all.join(", "));
    }
    let errors: Vec<String> = (2..33)
        .map(|i| format!("\n  E{i}: {{base: E{}}}", i - 1))
        .collect();
    example.replace(ERRORS, &format!("{}\n", errors.concat()))
}

impl Explanation {
    /// The explanation as Markdown, as `cargo pyrus explain` and docs/errors.md show it.
    pub fn markdown(&self) -> String {
        let Self {
            code,
            title,
            text,
            bad,
            good,
        } = self;
        let (text, bad, good) = (text.trim(), bad.trim(), good.trim());
        format!(
            "## {code}: {title}\n\n{text}\n\nWrong:\n\n```yaml\n{bad}\n```\n\nRight:\n\n```yaml\n{good}\n```\n"
        )
    }
}

/// The page docs/errors.md.
pub fn page() -> String {
    let mut page = "# Mistakes in bindings.yaml\n\nGenerated from `crates/idl/src/codes`; run its tests with \
        `PYRUS_BLESS=1` to renew it.\n`cargo pyrus explain B0104` shows one section.\n\nThe examples leave out the \
        lines `idl:` and `extension:` that every root file starts with.\n"
        .to_owned();
    for explanation in all() {
        let _ = write!(page, "\n{}", explanation.markdown());
    }
    page
}
