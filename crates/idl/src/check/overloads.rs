//! Overloads: signatures of the stub that the one function must be able to take.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::resolve::{At, Cx, ParamKey, Site};
use crate::words;

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in &cx.sites {
        check_several(site, out);
        for overload in site.at.get("overloads").map(At::items).unwrap_or_default() {
            check_names(site, overload, out);
        }
    }
}

fn check_several(site: &Site<'_>, out: &mut Out) {
    let Some(at) = site.at.get("overloads") else {
        return;
    };
    if site.function.overloads.len() < 2 {
        let message = "a single overload is the signature itself";
        let help = "write it as the function's `args` and `returns`, or add another";
        out.push(Diagnostic::new(codes::ONE_OVERLOAD, at.key, message).help(help));
    }
}

/// Each parameter of an overload must be one of the function's.
fn check_names(site: &Site<'_>, overload: At<'_>, out: &mut Out) {
    let known = || site.function.params.iter().map(|param| param.name.as_str());
    for (key, at) in overload.get("args").map(At::entries).unwrap_or_default() {
        let name = match ParamKey::of(key) {
            ParamKey::Slash | ParamKey::Star => continue,
            ParamKey::Rest(name) | ParamKey::Options(name) | ParamKey::Name(name) => name,
        };
        if !known().any(|param| param == name) {
            let message = format!("`{}` has no parameter `{name}`", site.function.qualname);
            let help = words::did_you_mean(name, known());
            let help = help.unwrap_or_else(|| {
                "an overload narrows the parameters that the function has".into()
            });
            let diagnostic = Diagnostic::new(codes::OVERLOAD_NAMES, at.key, message);
            out.push(
                diagnostic
                    .also(site.at.at("args").key, "its parameters are here")
                    .help(help),
            );
        }
    }
}
