//! Records: fields first, then members.

use super::at::At;
use super::functions::{Home, condition};
use super::params::{field, kind};
use super::types::Scope;
use super::{Cx, Owner, classes, module, sexp, text};
use crate::model::{Field, Receiver, Record, RecordId, Type};
use crate::syntax::ArgKind;
use crate::words;

/// How deep a default may hold records in records.
pub(super) const MOST_NESTED: usize = 32;

/// Every record without fields, so that types can name it.
pub(super) fn shells(cx: &mut Cx<'_>) {
    for decl in cx.records.clone() {
        let syntax = decl.syntax;
        cx.api.records.push(Record {
            name: decl.name.to_owned(),
            module: decl.module,
            doc: syntax.doc.as_deref().and_then(text::doc),
            origin: decl.at.origin(cx.sources),
            rust: syntax.rust.clone(),
            fields: Vec::new(),
            frozen: syntax.frozen,
            like: syntax.like,
            live: syntax.live.unwrap_or(cx.modules[decl.module.0].live),
            sexp_root: syntax.sexp.as_ref().and_then(|sexp| sexp.root.clone()),
            kind: kind(syntax.args.unwrap_or(ArgKind::Keyword)),
            methods: Vec::new(),
            properties: Vec::new(),
            constants: Vec::new(),
            deprecated: syntax.deprecated.clone(),
            condition: condition(&syntax.platform, syntax.feature.as_deref()),
        });
    }
}

pub(super) fn fields(cx: &mut Cx<'_>) {
    for (id, decl) in cx.records.clone().into_iter().enumerate() {
        let scope = Scope {
            this: Some(Type::Record(RecordId(id))),
            ..Scope::module(decl.module)
        };
        let entries = decl.at.get("fields").map(At::entries).unwrap_or_default();
        let live = cx.api.records[id].live;
        let fields = entries
            .into_iter()
            .map(|(name, at)| {
                let field = field(cx, &scope, name, at);
                let sexp = live.then(|| sexp::facts(cx, decl.module, &field.ty, name, at));
                Field { sexp, ..field }
            })
            .collect();
        cx.api.records[id].fields = fields;
    }
    sexp::nested_defaults(cx);
}

/// Fills in the members of every record.
pub(super) fn members(cx: &mut Cx<'_>) {
    for (id, decl) in cx.records.clone().into_iter().enumerate() {
        let id = RecordId(id);
        let home = Home {
            module: decl.module,
            owner: Owner::Record(id),
            class: Some(decl.name.to_owned()),
            rust: super::functions::prefix(&rust_path(cx, id)),
            this: Some(Type::Record(id)),
        };
        let (syntax, at) = (decl.syntax, decl.at);
        let methods = classes::methods(cx, &home, &syntax.methods, at);
        let properties = classes::properties(cx, &home, Receiver::Mut, &syntax.properties, at);
        let constants = module::constants(cx, decl.module, &syntax.constants, at);
        let record = &mut cx.api.records[id.0];
        record.methods = methods;
        record.properties = properties;
        record.constants = constants;
    }
}

/// The Rust struct: the one given, or the generated one.
fn rust_path(cx: &Cx<'_>, id: RecordId) -> String {
    let record = &cx.api[id];
    record.rust.clone().unwrap_or_else(|| {
        let path = &cx.api[record.module].path;
        let parts = path.iter().chain([&record.name]);
        let parts: Vec<String> = parts.map(|name| words::rust_ident(name)).collect();
        format!("crate::api::{}", parts.join("::"))
    })
}
