//! Paths and types of Rust, as far as they can be judged without a compiler.

use super::walk::{What, things};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::resolve::{At, Cx};
use crate::source::Kind;
use crate::words;

type Out = Vec<Diagnostic>;

/// No path is longer, and nothing that reads it later runs out of stack.
const LONGEST: usize = 500;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    check_path(cx.root.get("rust"), out);
    for thing in things(cx) {
        check_path(thing.at.get("rust"), out);
        match thing.what {
            What::Property => {
                check_path(thing.at.get("get"), out);
                check_path(
                    thing.at.get("set").filter(|at| at.node.kind() == Kind::Str),
                    out,
                );
            }
            What::Class => {
                for key in ["resolve", "unique", "created", "finalize"] {
                    check_path(thing.at.get(key), out);
                }
                check_type(thing.at.get("key"), out);
                check_destroy(thing.at.get("destroy"), out);
            }
            _ => {}
        }
    }
}

fn check_path(at: Option<At<'_>>, out: &mut Out) {
    let Some(at) = at.filter(|at| !is_path(at.text())) else {
        return;
    };
    let message = format!("`{}` is not a path of a Rust item", at.text());
    let help = "write the full path: crate::graph::insert";
    out.push(Diagnostic::new(codes::RUST_PATH, at.span(), message).help(help));
}

fn check_type(at: Option<At<'_>>, out: &mut Out) {
    let Some(at) = at.filter(|at| !is_type(at.text())) else {
        return;
    };
    let message = format!("`{}` is not a Rust type", at.text());
    out.push(Diagnostic::new(codes::RUST_PATH, at.span(), message));
}

/// The short form is the name of a method.
fn check_destroy(at: Option<At<'_>>, out: &mut Out) {
    let Some(at) = at else { return };
    check_path(at.get("rust"), out);
    let name = at.text();
    let good = words::is_identifier(name) && !words::is_unrawable(name);
    if at.node.kind() == Kind::Str && !good {
        let message = format!("`{name}` is not the name of a Rust method");
        let help = "for a path use the long form: {rust: crate::close}";
        out.push(Diagnostic::new(codes::RUST_PATH, at.span(), message).help(help));
    }
}

/// `a::b`, `::a::r#type`, `a::B<C, D>::e`, `<A as B>::c`.
fn is_path(text: &str) -> bool {
    let Some(plain) = without_generics(text) else {
        return false;
    };
    let rest = match plain.strip_prefix("::") {
        // `<A as B>::c` begins with what was left out.
        None if text.starts_with('<') => return false,
        rest => rest.unwrap_or(&plain),
    };
    rest.split("::").all(is_segment)
}

fn is_segment(text: &str) -> bool {
    let name = text.strip_prefix("r#").unwrap_or(text);
    words::is_identifier(name) && name != "_"
}

/// A path, or a type made of paths and signs.
fn is_type(text: &str) -> bool {
    const SIGNS: &str = "_:#&'*()[]<>,; ";
    let known = |c: char| c.is_ascii_alphanumeric() || SIGNS.contains(c);
    is_path(text)
        || (!text.trim().is_empty()
            && text.len() <= LONGEST
            && text.chars().all(known)
            && balanced(text))
}

/// The text without what stands in angle brackets; nothing if they do not match.
fn without_generics(text: &str) -> Option<String> {
    if text.len() > LONGEST || !balanced(text) {
        return None;
    }
    let mut plain = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            c if depth == 0 => plain.push(c),
            c if c.is_ascii_alphanumeric() || "_:#&'()[],; ".contains(c) => {}
            _ => return None,
        }
    }
    // `Vec::<u8>::new`: the turbofish leaves its colons behind.
    Some(plain.replace("::::", "::"))
}

fn balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '<' => open.push('>'),
            ')' | ']' | '>' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty() && text.matches('(').count() <= 32
}

#[cfg(test)]
mod tests {
    use super::{is_path, is_type};

    #[test]
    fn paths() {
        for good in [
            "a",
            "crate::a::b",
            "::a::r#type",
            "a::B<C, [u8; 4]>::e",
            "<A as B<u8>>::c",
            "Vec::<u8>::new",
        ] {
            assert!(is_path(good), "{good}");
        }
        for bad in [
            "", "a::", "::", "a b", "a.b", "a::<", "a>", "1a", "a::1", "<A>", "a()", "r#", "a::_",
        ] {
            assert!(!is_path(bad), "{bad}");
        }
        assert!(is_type("(u32, a::B)"));
        assert!(is_type("[u8; 4]"));
        assert!(!is_type("(u32"));
        assert!(!is_type(" "));
        assert!(!is_type("a{}"));
    }
}
