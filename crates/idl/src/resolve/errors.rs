//! Errors: bases first, fields of bases included.

use std::collections::BTreeMap;

use super::at::At;
use super::names::Def;
use super::types::Scope;
use super::{Cx, Decl, functions, params, text};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Error, ErrorId, Field, ModuleId, Raised};
use crate::{syntax, words};

/// Errors that derive from errors that derive from errors…
const DEEPEST: usize = 32;

/// Renumbers the errors so that a base stands before what derives from it. Cycles are reported.
pub(super) fn order(cx: &mut Cx<'_>) {
    let bases: Vec<Option<usize>> = cx
        .errors
        .iter()
        .map(|decl| base_id(cx, decl.module, decl.syntax.base.as_deref()))
        .collect();
    let mut order = Vec::new();
    let mut state = vec![State::New; bases.len()];
    for start in 0..bases.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(id) = at.filter(|&id| state[id] == State::New) {
            state[id] = State::Open;
            path.push(id);
            at = bases[id];
        }
        if let Some(id) = at.filter(|&id| state[id] == State::Open) {
            let from = path.iter().position(|&other| other == id).unwrap_or(0);
            report_cycle(cx, &path[from..]);
        }
        for &id in path.iter().rev() {
            state[id] = State::Done;
            order.push(id);
        }
    }
    renumber(cx, &order);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn base_id(cx: &Cx<'_>, module: ModuleId, name: Option<&str>) -> Option<usize> {
    match cx.names.find(module, name?) {
        Some(Def::Error(id)) => Some(id.0),
        _ => None,
    }
}

fn report_cycle(cx: &mut Cx<'_>, path: &[usize]) {
    let Some(&first) = path.first() else { return };
    let names: Vec<&str> = path.iter().take(6).map(|&id| cx.errors[id].name).collect();
    let message = format!("error `{}` derives from itself", names[0]);
    let label = format!("{} → {}", names.join(" → "), names[0]);
    let span = cx.errors[first].at.at("base").span();
    cx.push(Diagnostic::new(codes::ERROR_CYCLE, span, message).label(label));
}

fn renumber(cx: &mut Cx<'_>, order: &[usize]) {
    let new_ids: BTreeMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(new, &old)| (old, new))
        .collect();
    cx.errors = order.iter().map(|&old| cx.errors[old]).collect();
    for named in cx
        .names
        .modules
        .iter_mut()
        .flat_map(|names| names.values_mut())
    {
        if let Def::Error(id) = &mut named.def {
            *id = ErrorId(new_ids[&id.0]);
        }
    }
}

/// The base of an error; `Exception` for one that was reported.
fn base(
    cx: &mut Cx<'_>,
    id: usize,
    decl: Decl<'_, syntax::Error>,
    depths: &mut Vec<usize>,
) -> Raised {
    let found = decl
        .syntax
        .base
        .as_ref()
        .and_then(|name| cx.raised(decl.module, name, decl.at.at("base"), codes::UNKNOWN_BASE));
    // A base with a later number is part of a cycle.
    let found = found.filter(|base| !matches!(base, Raised::Error(base) if base.0 >= id));
    let depth = match &found {
        Some(Raised::Error(base)) => depths[base.0] + 1,
        _ => 0,
    };
    if depth > DEEPEST {
        let message = format!("more than {DEEPEST} errors derive from each other");
        let span = decl.at.at("base").span();
        cx.push(Diagnostic::new(codes::ERROR_DEPTH, span, message));
    }
    depths.push(if depth > DEEPEST { 0 } else { depth });
    let found = found.filter(|_| depth <= DEEPEST);
    found.unwrap_or_else(|| Raised::Builtin("Exception".into()))
}

pub(super) fn lower(cx: &mut Cx<'_>) {
    let mut depths = Vec::new();
    for (id, decl) in cx.errors.clone().into_iter().enumerate() {
        let syntax = decl.syntax;
        let base = base(cx, id, decl, &mut depths);
        let mut fields: Vec<Field> = match &base {
            Raised::Error(base) => cx.api[*base].fields.clone(),
            Raised::Builtin(_) => Vec::new(),
        };
        let scope = Scope::module(decl.module);
        for (name, at) in decl.at.get("fields").map(At::entries).unwrap_or_default() {
            let field = params::field(cx, &scope, name, at);
            fields.push(field);
        }
        cx.api.errors.push(Error {
            name: decl.name.to_owned(),
            module: decl.module,
            doc: syntax.doc.as_deref().and_then(text::doc),
            origin: decl.at.origin(cx.sources),
            rust: syntax.rust.clone(),
            base,
            fields,
            message: syntax.message.clone(),
            condition: functions::condition(&syntax.platform, syntax.feature.as_deref()),
        });
    }
}

impl Cx<'_> {
    /// The error or built-in exception with a name.
    pub(super) fn raised(
        &mut self,
        module: ModuleId,
        name: &str,
        at: At<'_>,
        code: codes::Code,
    ) -> Option<Raised> {
        match self.names.find(module, name) {
            Some(Def::Error(id)) => return Some(Raised::Error(id)),
            None if words::EXCEPTIONS.contains(&name) => {
                return Some(Raised::Builtin(name.to_owned()));
            }
            _ => {}
        }
        let errors = self.candidates(module, |def| matches!(def, Def::Error(_)));
        let known = errors
            .iter()
            .map(String::as_str)
            .chain(words::EXCEPTIONS.iter().copied());
        let help = words::did_you_mean(name, known);
        let message = format!("`{name}` is not an error or a built-in exception");
        self.push(Diagnostic::new(code, at.span(), message).maybe_help(help));
        None
    }
}
