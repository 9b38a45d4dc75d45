//! The rules, one small function each. A rule pushes what it finds and never stops the run.

mod bindings;
mod clashes;
mod classes;
mod enums;
mod errors;
mod extension;
mod fields;
mod gil;
mod live;
mod names;
mod overloads;
mod parameters;
mod paths;
mod places;
mod protocols;
mod refusals;
mod sexp;
mod texts;
mod variables;
mod walk;

use crate::diagnostic::Diagnostic;
use crate::resolve::Cx;

/// Everything that is wrong with resolved declarations.
pub(crate) fn check(cx: &Cx<'_>) -> Vec<Diagnostic> {
    const RULES: &[fn(&Cx<'_>, &mut Vec<Diagnostic>)] = &[
        extension::check,
        texts::check,
        names::check,
        paths::check,
        clashes::check,
        places::check,
        variables::check,
        parameters::check,
        refusals::check,
        bindings::check,
        overloads::check,
        protocols::check,
        gil::check,
        classes::check,
        fields::check,
        live::check,
        sexp::check,
        enums::check,
        errors::check,
    ];
    let mut out = Vec::new();
    for rule in RULES {
        rule(cx, &mut out);
    }
    out
}
