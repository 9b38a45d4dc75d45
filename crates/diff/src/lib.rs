//! Compares two versions of an API as its Python users feel it.
//!
//! ```text
//! rules     every kind of change, and its grade
//! relation  whether a type takes or gives more or less than another
//! spell     types and values as the declarations write them
//! names     what is matched by name, what came, went, or was perhaps renamed
//! modules   modules and what they hold
//! classes, data, function, params   one comparison per shape
//! report    changes as text and JSON
//! ```
//!
//! Arguments are contravariant: accepting more is harmless, accepting less breaks callers. Results are covariant: giving
//! less is harmless, giving more breaks who relies on it. Complexity: linear in the number of declarations, but for
//! guessed renames, which compare what went with what came.

mod classes;
mod data;
mod function;
mod modules;
mod names;
mod params;
mod relation;
mod report;
mod rules;
mod spell;

use pyrus_idl::Api;
use pyrus_idl::model::Origin;

pub use report::{json, text};
pub use rules::{ALL, Grade, Rule};

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// Dotted path of what changed, from the extension: `graph.GraphView.insert`.
    pub item: String,
    /// What changed, in a few words.
    pub what: String,
    /// Where it was declared, if it was.
    pub old: Option<Origin>,
    /// Where it is declared, if it is.
    pub new: Option<Origin>,
}

/// All changes from one version to another: the worst first, then by item.
pub fn compare(old: &Api, new: &Api) -> Vec<Change> {
    let mut cx = Cx {
        old,
        new,
        changes: Vec::new(),
    };
    modules::compare(&mut cx);
    let mut changes = cx.changes;
    changes.sort_by(|a, b| {
        let key = |change: &Change| (std::cmp::Reverse(change.rule.grade), change.item.clone());
        key(a).cmp(&key(b))
    });
    changes
}

/// The grade of a release with these changes; `None`: nothing changed.
pub fn verdict(changes: &[Change]) -> Option<Grade> {
    changes.iter().map(|change| change.rule.grade).max()
}

/// Both versions, and what was found so far.
pub(crate) struct Cx<'a> {
    pub(crate) old: &'a Api,
    pub(crate) new: &'a Api,
    changes: Vec<Change>,
}

/// Something that exists in both versions.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) item: &'a str,
    pub(crate) old: &'a Origin,
    pub(crate) new: &'a Origin,
}

impl Cx<'_> {
    pub(crate) fn push(&mut self, rule: &'static Rule, at: Place<'_>, what: impl Into<String>) {
        self.changes.push(Change {
            rule,
            item: at.item.to_owned(),
            what: what.into(),
            old: Some(at.old.clone()),
            new: Some(at.new.clone()),
        });
    }

    pub(crate) fn gone(&mut self, rule: &'static Rule, item: String, old: &Origin, what: String) {
        let (old, new) = (Some(old.clone()), None);
        self.changes.push(Change {
            rule,
            item,
            what,
            old,
            new,
        });
    }

    pub(crate) fn came(&mut self, rule: &'static Rule, item: String, new: &Origin, what: String) {
        let (old, new) = (None, Some(new.clone()));
        self.changes.push(Change {
            rule,
            item,
            what,
            old,
            new,
        });
    }

    /// A rule for something that may be on or off.
    pub(crate) fn toggled(
        &mut self,
        at: Place<'_>,
        (old, new): (bool, bool),
        on: (&'static Rule, &str),
        off: (&'static Rule, &str),
    ) {
        match (old, new) {
            (false, true) => self.push(on.0, at, on.1),
            (true, false) => self.push(off.0, at, off.1),
            _ => {}
        }
    }
}
