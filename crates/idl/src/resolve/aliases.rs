//! Type aliases, those first that others are made of.

use std::collections::BTreeSet;

use super::at::At;
use super::names::Def;
use super::types::Scope;
use super::{Cx, Decl, is_unknown, text, unknown};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Alias, Api, ModuleId, Type};
use crate::syntax::AliasDecl;
use crate::types::{Expr, ExprKind};
use crate::words;

/// Aliases of aliases of aliases…: more than anyone reads, less than a stack holds.
const DEEPEST: usize = 32;

pub(super) fn lower(cx: &mut Cx<'_>) {
    shells(cx);
    for id in order(cx) {
        alias(cx, id);
    }
}

fn shells(cx: &mut Cx<'_>) {
    for decl in cx.aliases.clone() {
        let long = match decl.syntax {
            AliasDecl::Long(long) => Some(long),
            AliasDecl::Short(_) => None,
        };
        cx.api.aliases.push(Alias {
            name: decl.name.to_owned(),
            module: decl.module,
            doc: long
                .and_then(|long| long.doc.as_deref())
                .and_then(text::doc),
            origin: decl.at.origin(cx.sources),
            ty: unknown(),
            rust: long.and_then(|long| long.rust.clone()),
            variants: Vec::new(),
            generic: Vec::new(),
        });
    }
}

/// An alias says `type` or `union`; only a union can be a Rust enum.
fn check_form(cx: &mut Cx<'_>, decl: Decl<'_, AliasDecl>) {
    let AliasDecl::Long(long) = decl.syntax else {
        return;
    };
    let message = match (&long.ty, &long.union) {
        (Some(_), Some(_)) => "has both `type` and `union`",
        (None, None) => "has neither `type` nor `union`",
        _ => return,
    };
    let message = format!("type `{}` {message}", decl.name);
    cx.push(Diagnostic::new(codes::UNION_FORM, decl.at.key, message));
}

/// The scalars that say an alias's type.
fn parts(at: At<'_>) -> Vec<At<'_>> {
    match at.get("union") {
        Some(union) => union.entries().into_iter().map(|(_, at)| at).collect(),
        None => vec![at.type_node()],
    }
}

/// Ids in an order in which each stands after those it is made of. Cycles are reported and left out.
fn order(cx: &mut Cx<'_>) -> Vec<usize> {
    let needs: Vec<BTreeSet<usize>> = cx
        .aliases
        .iter()
        .map(|decl| needs(cx, decl.module, decl.at))
        .collect();
    let mut depth: Vec<Option<usize>> = vec![None; needs.len()];
    let mut done = Vec::new();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    let mut missing: Vec<usize> = needs.iter().map(BTreeSet::len).collect();
    for (user, needs) in needs.iter().enumerate() {
        for &need in needs {
            users[need].push(user);
        }
    }
    let mut ready: Vec<usize> = (0..needs.len())
        .rev()
        .filter(|&id| missing[id] == 0)
        .collect();
    while let Some(id) = ready.pop() {
        let below = needs[id].iter().filter_map(|&need| depth[need]).max();
        depth[id] = Some(below.map_or(0, |below| below + 1));
        if depth[id] == Some(DEEPEST) {
            too_deep(cx, id);
        }
        if depth[id] < Some(DEEPEST) {
            done.push(id);
        }
        for &user in &users[id] {
            missing[user] -= 1;
            if missing[user] == 0 {
                ready.push(user);
            }
        }
    }
    let stuck: Vec<usize> = (0..needs.len()).filter(|&id| depth[id].is_none()).collect();
    report_cycles(cx, &needs, &stuck);
    done
}

fn too_deep(cx: &mut Cx<'_>, id: usize) {
    let message = format!("more than {DEEPEST} aliases inside each other");
    let span = cx.aliases[id].at.key;
    cx.push(Diagnostic::new(codes::TYPE_TOO_DEEP, span, message));
}

/// One report per cycle, at its first alias.
fn report_cycles(cx: &mut Cx<'_>, needs: &[BTreeSet<usize>], stuck: &[usize]) {
    let mut told = BTreeSet::new();
    for &start in stuck {
        let mut path = vec![start];
        let mut at = start;
        let mut known = BTreeSet::from([start]);
        // Every stuck alias needs another stuck one, so this walk ends in a cycle.
        while let Some(&next) = needs[at]
            .iter()
            .find(|need| stuck.binary_search(need).is_ok())
        {
            if !known.insert(next) {
                let from = path.iter().position(|&id| id == next).unwrap_or(0);
                path.drain(..from);
                break;
            }
            path.push(next);
            at = next;
        }
        if path.iter().any(|&id| told.contains(&id)) || told.contains(&start) {
            continue;
        }
        told.extend(path.iter().copied());
        report_cycle(cx, &path);
    }
}

fn report_cycle(cx: &mut Cx<'_>, path: &[usize]) {
    const SHOWN: usize = 6;
    let names: Vec<&str> = path
        .iter()
        .take(SHOWN)
        .map(|&id| cx.aliases[id].name)
        .collect();
    let dots = if path.len() > SHOWN { " → …" } else { "" };
    let message = format!("`{}` stands for itself", names[0]);
    let label = format!("{}{dots} → {}", names.join(" → "), names[0]);
    let span = cx.aliases[path[0]].at.key;
    let mut diagnostic = Diagnostic::new(codes::ALIAS_CYCLE, span, message).label(label);
    for &id in path.iter().take(SHOWN).skip(1) {
        diagnostic = diagnostic.also(cx.aliases[id].at.key, "by way of this");
    }
    cx.push(
        diagnostic.help("a type that contains itself is a record: its fields may be lists of it"),
    );
}

/// The aliases that a declaration names.
fn needs(cx: &Cx<'_>, module: ModuleId, at: At<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for part in parts(at) {
        let Ok(expr) = crate::types::parse(part.text()) else {
            continue;
        };
        names(&expr, &mut |name| {
            if let Some(Def::Alias(id)) = cx.names.find(module, name) {
                found.insert(id.0);
            }
        });
    }
    found
}

/// Every name in an expression. The parser bounds its depth.
fn names(expr: &Expr, found: &mut impl FnMut(&str)) {
    match &expr.kind {
        ExprKind::Name(name) => found(name),
        ExprKind::Generic { args, .. } => args.iter().for_each(|arg| names(arg, found)),
        ExprKind::Optional(inner) => names(inner, found),
        ExprKind::Union(items) | ExprKind::List(items) => {
            for item in items {
                names(item, found);
            }
        }
        ExprKind::Dots => {}
    }
}

fn alias(cx: &mut Cx<'_>, id: usize) {
    let decl = cx.aliases[id];
    check_form(cx, decl);
    let generic = cx.modules[decl.module.0].syntax.generic.clone();
    let scope = Scope {
        generic,
        ..Scope::module(decl.module)
    };
    let (ty, variants) = match decl.at.get("union") {
        Some(union) => named_union(cx, &scope, union),
        None if decl.at.node.text().is_some() || decl.at.get("type").is_some() => {
            plain(cx, &scope, decl.at.type_node())
        }
        None => return,
    };
    if variants.is_empty() && cx.api.aliases[id].rust.is_some() && !is_unknown(&ty) {
        let message = "only a union can be a Rust enum";
        let help = "leave `rust:` out: an alias is the type it stands for";
        cx.push(Diagnostic::new(codes::UNION_FORM, decl.at.at("rust").key, message).help(help));
    }
    let variables = cx.api.parts(&ty).into_iter().filter_map(|part| match part {
        Type::Var(name) if !name.is_empty() => Some(name.clone()),
        _ => None,
    });
    let used: BTreeSet<String> = variables.collect();
    let alias = &mut cx.api.aliases[id];
    alias.generic = scope
        .generic
        .into_iter()
        .filter(|name| used.contains(name))
        .collect();
    alias.ty = ty;
    alias.variants = variants;
}

fn plain(cx: &mut Cx<'_>, scope: &Scope, at: At<'_>) -> (Type, Vec<String>) {
    let ty = top(cx, scope, at);
    if ty == Type::None {
        let message = "an alias of `None` says nothing";
        cx.push(Diagnostic::new(codes::NONE_POSITION, at.span(), message));
        return (unknown(), Vec::new());
    }
    let members = match &ty {
        Type::Union(members) => members.clone(),
        Type::Optional(inner) => match &**inner {
            Type::Union(members) => members.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let variants = members
        .iter()
        .map(|member| variant(&cx.api, member))
        .collect();
    (ty, variants)
}

/// The type of an alias: a union on top has the alias's name.
fn top(cx: &mut Cx<'_>, scope: &Scope, at: At<'_>) -> Type {
    match crate::types::parse(at.text()) {
        Ok(expr) => match &expr.kind {
            ExprKind::Union(members) => cx.union(scope, at, &expr, members, true),
            _ => cx.resolve_type(scope, at, &expr),
        },
        Err(_) => cx.type_at(scope, at),
    }
}

/// The name of a generated variant.
fn variant(api: &Api, ty: &Type) -> String {
    match ty {
        Type::BigInt => "Int".into(),
        Type::Var(name) => name.clone(),
        Type::Class(_) | Type::Record(_) | Type::Enum(_) | Type::Alias(_) | Type::Extern(_) => {
            words::camel_case(&api.show(ty))
        }
        other => words::camel_case(other.word()),
    }
}

/// `{union: {Bool: bool, Int: i64}}`.
fn named_union(cx: &mut Cx<'_>, scope: &Scope, at: At<'_>) -> (Type, Vec<String>) {
    let mut types = Vec::new();
    let mut variants = Vec::new();
    for (name, at) in at.entries() {
        let Ok(expr) = crate::types::parse(at.text()) else {
            cx.type_at(scope, at);
            return (unknown(), variants);
        };
        let ty = cx.resolve_type(scope, at, &expr);
        let ty = cx.nestable(at, &expr, ty, false);
        let inner = matches!(cx.api.expand(&ty), Type::Optional(_) | Type::Union(_));
        if inner && !matches!(ty, Type::Alias(_)) {
            let message = "a named variant has one type";
            cx.push(Diagnostic::new(codes::UNION_SIZE, at.span(), message));
            return (unknown(), variants);
        }
        types.push(ty);
        variants.push(name.to_owned());
    }
    if types.iter().any(is_unknown) {
        return (unknown(), variants);
    }
    if !(2..=6).contains(&types.len()) {
        let message = format!("a union has 2 to 6 members, not {}", types.len());
        cx.push(Diagnostic::new(codes::UNION_SIZE, at.key, message));
        return (unknown(), variants);
    }
    if !cx.told_apart(at.key, &types, true) {
        return (unknown(), variants);
    }
    (Type::Union(types), variants)
}
