//! Names that Python or Rust cannot have, or that Pyrus keeps.

use super::walk::{Thing, What, things};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Cx, ParamKey, is_builtin};
use crate::words;

type Out = Vec<Diagnostic>;

/// Names of enum members that `enum` uses itself.
const ENUM_OWN: &[&str] = &["mro", "name", "value"];

/// Names that the modules of the generated Rust use themselves.
const GLUE_OWN: &[&str] = &["py", "rt"];

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for thing in things(cx) {
        check_thing(thing, out);
    }
}

fn check_thing(mut thing: Thing<'_>, out: &mut Out) {
    if thing.what == What::Parameter {
        thing.name = match ParamKey::of(thing.name) {
            ParamKey::Slash | ParamKey::Star => return,
            ParamKey::Rest(name) | ParamKey::Options(name) | ParamKey::Name(name) => name,
        };
    }
    if !words::is_identifier(thing.name) {
        return not_identifier(thing, out);
    }
    if words::is_python_keyword(thing.name) {
        let message = format!("`{}` is a keyword of Python", thing.name);
        out.push(Diagnostic::new(
            codes::PYTHON_KEYWORD,
            thing.at.key,
            message,
        ));
        return;
    }
    check_reserved(thing, out);
    check_glue_name(thing, out);
    check_rust_name(thing, out);
    check_builtin(thing, out);
    check_enum_member(thing, out);
}

fn not_identifier(thing: Thing<'_>, out: &mut Out) {
    let message = format!(
        "`{}` cannot be the name of {}",
        thing.name,
        words::article(thing.what.word())
    );
    let help = "names are ASCII letters, digits and underscores, and do not start with a digit";
    out.push(Diagnostic::new(codes::BAD_IDENTIFIER, thing.at.key, message).help(help));
}

fn check_reserved(thing: Thing<'_>, out: &mut Out) {
    let dunder = words::is_dunder(thing.name) && thing.what != What::Method;
    if dunder || thing.name.starts_with("__pyrus") {
        let message = format!("the name `{}` is reserved", thing.name);
        let help = if dunder {
            "names with two underscores on both sides belong to Python"
        } else {
            "names that start with `__pyrus` belong to generated code"
        };
        out.push(Diagnostic::new(codes::RESERVED_NAME, thing.at.key, message).help(help));
    }
}

/// Whether the glue has a Rust type of the thing's name.
fn is_type(what: What) -> bool {
    matches!(
        what,
        What::Alias | What::Enum | What::Record | What::Class | What::Error
    )
}

fn check_glue_name(thing: Thing<'_>, out: &mut Out) {
    let is_item = thing.what == What::Module || is_type(thing.what);
    if is_item && GLUE_OWN.contains(&thing.name) {
        let message = format!("the name `{}` is reserved", thing.name);
        let help = "modules of the generated Rust have something of that name: choose another one";
        out.push(Diagnostic::new(codes::RESERVED_NAME, thing.at.key, message).help(help));
    }
}

fn check_rust_name(thing: Thing<'_>, out: &mut Out) {
    let has_path = thing.at.get("rust").is_some() || thing.at.get("get").is_some();
    let needed = match thing.what {
        What::Module | What::Function | What::Method | What::Property => !has_path,
        What::Member => return check_variant(thing, out),
        What::Field | What::Variant => true,
        // The glue knows each type by a Rust type of that name.
        _ => is_type(thing.what),
    };
    if needed && words::is_unrawable(thing.name) {
        let message = format!(
            "`{}` cannot be a name in Rust, not even as `r#{}`",
            thing.name, thing.name
        );
        let help = match thing.what {
            What::Module | What::Function | What::Method | What::Property => {
                "choose another name, or say which Rust item is meant with `rust:`"
            }
            _ => "choose another name",
        };
        out.push(Diagnostic::new(codes::RUST_NAME, thing.at.key, message).help(help));
    }
}

fn check_variant(thing: Thing<'_>, out: &mut Out) {
    let variant = words::camel_case(thing.name);
    if words::is_unrawable(&variant) {
        let message = format!(
            "the Rust variant of `{}` would be `{variant}`, a keyword",
            thing.name
        );
        out.push(
            Diagnostic::new(codes::RUST_NAME, thing.at.key, message).help("choose another name"),
        );
    }
}

fn check_builtin(thing: Thing<'_>, out: &mut Out) {
    let shadows = match thing.what {
        What::Alias | What::Enum | What::Record | What::Class | What::ClassAlias | What::Extern => {
            is_builtin(thing.name)
        }
        What::Error => is_builtin(thing.name) || words::EXCEPTIONS.contains(&thing.name),
        _ => false,
    };
    if shadows {
        let message = format!("`{}` is the name of a built-in type", thing.name);
        out.push(
            Diagnostic::new(codes::BUILTIN_NAME, thing.at.key, message).help("choose another name"),
        );
    }
}

fn check_enum_member(thing: Thing<'_>, out: &mut Out) {
    let name = thing.name;
    let sunder = name.len() > 2 && name.starts_with('_') && name.ends_with('_');
    if thing.what == What::Member
        && (ENUM_OWN.contains(&name) || (sunder && !words::is_dunder(name)))
    {
        let message = format!("`{name}` has a meaning of its own in Python's enums");
        out.push(
            Diagnostic::new(codes::MEMBER_NAME, thing.at.key, message).help("choose another name"),
        );
    }
}
