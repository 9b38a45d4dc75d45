//! Files and modules: versions, names, conditions.

use super::walk::{Thing, things};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::resolve::{At, Cx};
use crate::syntax::VERSION;
use crate::words;

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    check_version(cx, out);
    check_extension(cx, out);
    for include in &cx.includes {
        check_include_version(cx, *include, out);
    }
    for module in &cx.modules {
        if let Some(at) = module.at.get("public") {
            check_dotted(at, "the public name of a module", out);
        }
    }
    for decl in &cx.externs {
        check_dotted(decl.at.at("module"), "the module of a foreign class", out);
        if decl.syntax.hold == Some(crate::syntax::Hold::View) {
            let message = "a foreign class cannot be a view";
            let help = "views stay in the extension that declares their owner";
            let span = decl.at.at("hold").span();
            out.push(Diagnostic::new(codes::EXTERN_HOLD, span, message).help(help));
        }
    }
    for thing in things(cx) {
        check_platforms(thing, out);
        check_feature(thing, out);
    }
}

fn check_version(cx: &Cx<'_>, out: &mut Out) {
    if cx.typed.idl == VERSION {
        return;
    }
    let span = cx.root.at("idl").span();
    let message = format!("version {} of the language is not known", cx.typed.idl);
    out.push(
        Diagnostic::new(codes::IDL_VERSION, span, message).help(format!("write `idl: {VERSION}`")),
    );
}

fn check_include_version(cx: &Cx<'_>, include: At<'_>, out: &mut Out) {
    let Some(at) = include.get("idl") else { return };
    let root = cx.root.at("idl");
    if at.text() != root.text() {
        let message = format!(
            "this file says version {}, the root says {}",
            at.text(),
            root.text()
        );
        let diagnostic = Diagnostic::new(codes::INCLUDE_VERSION, at.span(), message);
        out.push(diagnostic.also(root.span(), "the root's version"));
    }
}

fn check_extension(cx: &Cx<'_>, out: &mut Out) {
    let at = cx.root.at("extension");
    if is_dotted(at.text()) {
        return;
    }
    let message = format!("`{}` is not the name of a module", at.text());
    let help = "write what Python imports: names joined by dots, such as `pyrus._native`";
    out.push(Diagnostic::new(codes::EXTENSION_NAME, at.span(), message).help(help));
}

fn check_dotted(at: At<'_>, what: &str, out: &mut Out) {
    if !is_dotted(at.text()) {
        let message = format!("`{}` is not the name of a module", at.text());
        let help = format!("{what} is names joined by dots");
        out.push(Diagnostic::new(codes::MODULE_NAME, at.span(), message).help(help));
    }
}

fn is_dotted(name: &str) -> bool {
    name.split('.')
        .all(|part| words::is_identifier(part) && !words::is_python_keyword(part))
}

fn check_platforms(thing: Thing<'_>, out: &mut Out) {
    let Some(at) = thing.at.get("platform") else {
        return;
    };
    for (item, first) in At::repeated(&at.items()) {
        let message = format!("platform `{}` is named twice", item.text());
        let diagnostic = Diagnostic::new(codes::DUPLICATE_PLATFORM, item.span(), message);
        out.push(diagnostic.also(first.span(), "first here"));
    }
}

fn check_feature(thing: Thing<'_>, out: &mut Out) {
    let Some(at) = thing.at.get("feature") else {
        return;
    };
    let name = at.text();
    let good = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-+.".contains(&b));
    if !good {
        let message = format!("`{name}` cannot be the name of a Cargo feature");
        out.push(Diagnostic::new(codes::FEATURE_NAME, at.span(), message));
    }
}
