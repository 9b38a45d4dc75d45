//! Sorting as ruff does it: RUF022 for `__all__`, isort for imported names.

use std::cmp::Ordering;

/// What a name looks like; constants come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    #[default]
    Constant,
    Class,
    Variable,
}

impl Kind {
    pub(crate) fn of(name: &str) -> Self {
        let cased = name.chars().any(char::is_alphabetic);
        if name.chars().count() > 1 && cased && !name.chars().any(char::is_lowercase) {
            Kind::Constant
        } else if name.starts_with(char::is_uppercase) {
            Kind::Class
        } else {
            Kind::Variable
        }
    }
}

/// The order of names in `__all__`.
pub(crate) fn exported(a: &str, b: &str) -> Ordering {
    Kind::of(a)
        .cmp(&Kind::of(b))
        .then_with(|| natural(a).cmp(&natural(b)))
}

/// The order of names in a `from` import.
pub(crate) fn member_key(name: &str) -> (Kind, String, String) {
    (
        Kind::of(name.split(' ').next().unwrap_or(name)),
        name.to_lowercase(),
        name.to_owned(),
    )
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Text(char),
}

/// Runs of digits compare as numbers.
fn natural(name: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        match rest[..digits].parse() {
            Ok(number) => parts.push(Part::Number(number)),
            Err(_) => parts.push(Part::Text(first)),
        }
        rest = if digits > 0 {
            &rest[digits..]
        } else {
            &rest[first.len_utf8()..]
        };
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_classes_others() {
        let mut names = vec!["f10", "f9", "Color", "LIMIT", "A", "_x", "AB"];
        names.sort_by(|a, b| exported(a, b));
        assert_eq!(names, ["AB", "LIMIT", "A", "Color", "_x", "f9", "f10"]);
    }
}
