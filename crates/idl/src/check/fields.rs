//! Records that would be endless in Rust.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, Field, RecordId, Type, Value};
use crate::resolve::Cx;

pub(super) fn check(cx: &Cx<'_>, out: &mut Vec<Diagnostic>) {
    let edges: Vec<Vec<(RecordId, usize)>> = (0..cx.api.records.len())
        .map(|id| edges(&cx.api, RecordId(id)))
        .collect();
    for (id, path) in cycles(&edges) {
        report(cx, id, path, out);
    }
}

/// Records that a record holds by value, and the field that does.
fn edges(api: &Api, id: RecordId) -> Vec<(RecordId, usize)> {
    let fields = api[id].fields.iter().enumerate();
    fields
        .filter(|(_, field)| !api[id].live || needed(api, field))
        .flat_map(|(i, field)| by_value(api, &field.ty).into_iter().map(move |to| (to, i)))
        .collect()
}

/// Live records are nodes: only one that each new record has makes it endless.
fn needed(api: &Api, field: &Field) -> bool {
    matches!(api.expand(&field.ty), Type::Record(_))
        || matches!(field.default, Some(Value::Fields(..)))
}

/// Records that a value of the type contains without anything in between that is allocated.
fn by_value(api: &Api, ty: &Type) -> BTreeSet<RecordId> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut pending = vec![ty];
    while let Some(ty) = pending.pop() {
        match ty {
            Type::Record(id) => {
                found.insert(*id);
            }
            Type::Alias(id) if seen.insert(*id) => pending.push(&api[*id].ty),
            Type::Optional(_) | Type::Tuple(_) | Type::Union(_) => pending.extend(ty.children()),
            _ => {}
        }
    }
    found
}

/// The first record of each cycle and the field by which the cycle starts. A depth-first walk without recursion.
fn cycles(edges: &[Vec<(RecordId, usize)>]) -> Vec<(RecordId, usize)> {
    let mut done: BTreeMap<RecordId, bool> = BTreeMap::new();
    let mut found = Vec::new();
    for start in (0..edges.len()).map(RecordId) {
        if done.contains_key(&start) {
            continue;
        }
        let mut path: Vec<(RecordId, usize)> = vec![(start, 0)];
        done.insert(start, false);
        while let Some((at, next)) = path.last_mut() {
            let Some((to, _)) = edges[at.0].get(*next).copied() else {
                done.insert(*at, true);
                path.pop();
                continue;
            };
            *next += 1;
            match done.get(&to) {
                None => {
                    done.insert(to, false);
                    path.push((to, 0));
                }
                Some(false) => {
                    let first = path.iter().find(|(id, _)| *id == to).copied();
                    found.extend(first.map(|(id, next)| (id, edges[id.0][next - 1].1)));
                }
                Some(true) => {}
            }
        }
    }
    found
}

fn report(cx: &Cx<'_>, id: RecordId, field: usize, out: &mut Vec<Diagnostic>) {
    let record = &cx.api[id];
    let name = &record.fields[field].name;
    let at = cx.records[id.0].at.at("fields").at(name);
    let message = format!("`{}` contains itself and would be endless", record.name);
    let help = format!("put a list in between: `list[{}]`", record.name);
    let diagnostic = Diagnostic::new(codes::RECORD_RECURSION, at.type_node().span(), message);
    out.push(
        diagnostic
            .also(cx.records[id.0].at.key, "this record")
            .help(help),
    );
}
