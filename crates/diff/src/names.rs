//! What is matched by name, what came, what went, and what was perhaps renamed.

use pyrus_idl::model::{Condition, Origin, Platform};

use crate::{Cx, Place, rules, spell};

/// Something with a name.
pub(crate) struct Named<'a, T> {
    /// What it is, for messages: `method`.
    pub(crate) kind: &'static str,
    /// Its name.
    pub(crate) name: &'a str,
    /// What it is whatever its name: equal shapes are perhaps one thing renamed.
    pub(crate) shape: String,
    /// Where it was declared.
    pub(crate) origin: &'a Origin,
    /// The thing.
    pub(crate) it: T,
}

/// The things that are in both versions, with their path; what is in one only is reported.
pub(crate) fn matched<'a, T>(
    cx: &mut Cx<'_>,
    above: &[String],
    old: Vec<Named<'a, T>>,
    new: Vec<Named<'a, T>>,
) -> Vec<(String, Named<'a, T>, Named<'a, T>)> {
    let mut pairs = Vec::new();
    let mut gone = Vec::new();
    let mut came = new;
    for old in old {
        match came.iter().position(|new| new.name == old.name) {
            Some(index) => pairs.push((spell::path(above, old.name), old, came.remove(index))),
            None => gone.push(old),
        }
    }
    for old in gone {
        let item = spell::path(above, old.name);
        let alike: Vec<_> = (0..came.len())
            .filter(|index| came[*index].kind == old.kind && came[*index].shape == old.shape)
            .collect();
        if let [index] = alike[..] {
            let new = came.remove(index);
            let at = Place {
                item: &item,
                old: old.origin,
                new: new.origin,
            };
            cx.push(
                &rules::RENAMED,
                at,
                format!("the {} was perhaps renamed to `{}`", old.kind, new.name),
            );
        } else {
            let what = format!("the {} was removed", old.kind);
            cx.gone(&rules::REMOVED, item, old.origin, what);
        }
    }
    for new in came {
        let what = format!("the {} was added", new.kind);
        cx.came(
            &rules::ADDED,
            spell::path(above, new.name),
            new.origin,
            what,
        );
    }
    pairs
}

/// Documentation.
pub(crate) fn doc(cx: &mut Cx<'_>, at: Place<'_>, old: Option<&str>, new: Option<&str>) {
    if old.map(str::trim) != new.map(str::trim) {
        cx.push(&rules::DOC, at, "its documentation changed");
    }
}

/// The Rust item behind it.
pub(crate) fn implementation(cx: &mut Cx<'_>, at: Place<'_>, old: &str, new: &str) {
    if old != new {
        let what = format!("`{new}` stands behind it, no longer `{old}`");
        cx.push(&rules::IMPLEMENTATION, at, what);
    }
}

/// Deprecation.
pub(crate) fn deprecation(cx: &mut Cx<'_>, at: Place<'_>, old: Option<&str>, new: Option<&str>) {
    match (old, new) {
        (None, Some(text)) => cx.push(
            &rules::DEPRECATED,
            at,
            format!("it is deprecated: {}", text.trim()),
        ),
        (Some(_), None) => cx.push(&rules::UNDEPRECATED, at, "it is no longer deprecated"),
        (Some(old), Some(new)) if old != new => {
            cx.push(
                &rules::DEPRECATION,
                at,
                format!("it now says: {}", new.trim()),
            );
        }
        _ => {}
    }
}

const PLATFORMS: [Platform; 3] = [Platform::Linux, Platform::Darwin, Platform::Win32];

/// Where and when it exists.
pub(crate) fn condition(cx: &mut Cx<'_>, at: Place<'_>, old: &Condition, new: &Condition) {
    let has =
        |of: &Condition, platform| of.platforms.is_empty() || of.platforms.contains(&platform);
    for platform in PLATFORMS {
        let name = format!("{platform:?}").to_lowercase();
        cx.toggled(
            at,
            (has(old, platform), has(new, platform)),
            (&rules::PLATFORM_ADDED, &format!("it exists on {name} too")),
            (
                &rules::PLATFORM_REMOVED,
                &format!("it no longer exists on {name}"),
            ),
        );
    }
    match (&old.feature, &new.feature) {
        (old, Some(new)) if old.as_ref() != Some(new) => {
            let what = format!("it exists only with the feature `{new}`");
            cx.push(&rules::FEATURE_ADDED, at, what);
        }
        (Some(old), None) => {
            let what = format!("it no longer needs the feature `{old}`");
            cx.push(&rules::FEATURE_REMOVED, at, what);
        }
        _ => {}
    }
}
