//! Which types may stand where.

use crate::codes::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::{ClassId, Hold, ParamKind, Type};
use crate::resolve::{At, Cx, Role, Site};
use crate::span::Span;

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in &cx.sites {
        check_params(cx, site, out);
        check_result(cx, site, out);
        check_borrow(cx, site, out);
        check_bound(cx, site, out);
    }
    for (record, decl) in cx.api.records.iter().zip(&cx.records) {
        let at = decl.at.at("fields");
        record
            .fields
            .iter()
            .for_each(|field| check_field(cx, &field.ty, at.at(&field.name), out));
    }
    for (error, decl) in cx.api.errors.iter().zip(&cx.errors) {
        let Some(at) = decl.at.get("fields") else {
            continue;
        };
        for field in &error.fields {
            if let Some(at) = at.get(&field.name) {
                check_error_field(cx, &field.ty, at, out);
            }
        }
    }
    for (span, ty) in &cx.hashed {
        check_hashable(cx, *span, ty, out);
    }
}

fn push(code: Code, at: At<'_>, message: impl Into<String>, help: &str, out: &mut Out) {
    out.push(Diagnostic::new(code, at.type_node().span(), message).help(help));
}

fn check_params(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    if site.role == Role::Setter {
        return;
    }
    let args = site.at.at("args");
    for param in &site.function.params {
        let Some(at) = args.param(&param.name) else {
            continue;
        };
        let ty = cx.api.core(&param.ty);
        if *ty == Type::None {
            let help = "leave the parameter out, or make it optional: `T?`";
            push(
                codes::NONE_POSITION,
                at,
                "a parameter that can only be `None` says nothing",
                help,
                out,
            );
        }
        let many = matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword);
        if many && (argument_only(ty) || matches!(ty, Type::Iterator(_))) {
            let message = format!("`{}` cannot be the type of variable arguments", ty.word());
            push(
                codes::NOT_NESTABLE,
                at,
                message,
                "take it as a parameter of its own",
                out,
            );
        }
    }
}

fn argument_only(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Iterable(_)
            | Type::Sequence(_)
            | Type::Callable(..)
            | Type::TypeOf(_)
            | Type::Buffer(_)
            | Type::Truth
    )
}

fn check_result(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    let ty = cx.api.core(&site.function.returns);
    let buffer = site.function.name == "__buffer__" && matches!(ty, Type::Buffer(_));
    if !argument_only(ty) || buffer {
        return;
    }
    let at = if site.role == Role::Getter {
        site.at
    } else {
        site.at.at("returns")
    };
    let message = format!("`{}` can only be the type of an argument", ty.word());
    let help = match ty {
        Type::Iterable(_) | Type::Sequence(_) => "return `list[T]` or `Iterator[T]`",
        Type::Buffer(_) => "return `bytes`, or give the class a `__buffer__` method",
        Type::Truth => "return `bool`",
        _ => "return `object`",
    };
    push(codes::ARGUMENT_ONLY, at, message, help, out);
}

fn check_borrow(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    if !site.function.borrow {
        return;
    }
    let ty = cx.api.core(&site.function.returns);
    if !matches!(ty, Type::Str | Type::Bytes) && !matches!(ty, Type::Var(name) if name.is_empty()) {
        let at = site.at.get("returns").unwrap_or(site.at).at("borrow");
        let message = format!(
            "`{}` has no borrowed form",
            cx.api.show(&site.function.returns)
        );
        let help = "`borrow: true` is for `str` and `bytes`";
        out.push(Diagnostic::new(codes::BORROW, at.key, message).help(help));
    }
}

/// `bound: true` is for views, and their owners must be ones that Rust can hold.
fn check_bound(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    if !site.function.bound {
        return;
    }
    let at = site.at.at("returns");
    let views = cx.api.views(&site.function.returns);
    if views.is_empty()
        && !matches!(cx.api.core(&site.function.returns), Type::Var(name) if name.is_empty())
    {
        let message = format!(
            "there is no view in `{}`",
            cx.api.show(&site.function.returns)
        );
        let help = "`bound: true` is for views whose owner the Rust item knows";
        out.push(Diagnostic::new(codes::BOUND, at.at("bound").key, message).help(help));
    }
    for view in views {
        check_owner(cx, view, at, out);
    }
}

fn check_owner(cx: &Cx<'_>, view: ClassId, at: At<'_>, out: &mut Out) {
    let Some(owner) = cx.api[view].owner() else {
        return;
    };
    if cx.api[owner].hold != Hold::Shared {
        let (view, owner) = (&cx.api[view].name, &cx.api[owner].name);
        let message = format!("Rust cannot hold the owner of this `{view}`");
        let label = format!("`{view}` is a view of `{owner}`, which is not shared");
        let help = format!("give `{owner}` `hold: shared`");
        let diagnostic = Diagnostic::new(codes::BOUND, at.type_node().span(), message);
        out.push(diagnostic.label(label).help(help));
    }
}

/// An error keeps the owners of its views alive.
fn check_error_field(cx: &Cx<'_>, ty: &Type, at: At<'_>, out: &mut Out) {
    let views = cx.api.views(ty);
    if views.is_empty() {
        return check_field(cx, ty, at, out);
    }
    for view in views {
        check_owner(cx, view, at, out);
    }
}

fn check_field(cx: &Cx<'_>, ty: &Type, at: At<'_>, out: &mut Out) {
    let core = cx.api.core(ty);
    if argument_only(core) {
        let message = format!("`{}` can only be the type of an argument", core.word());
        let help = match core {
            Type::Iterable(_) | Type::Sequence(_) => "use `list[T]`",
            Type::Buffer(_) => "use `bytes` or `list[T]`",
            Type::Truth => "use `bool`",
            _ => "use `object`",
        };
        push(codes::ARGUMENT_ONLY, at, message, help, out);
    } else if matches!(core, Type::Iterator(_) | Type::None) {
        let message = format!("`{}` cannot be the type of a field", core.word());
        push(
            codes::FIELD_TYPE,
            at,
            message,
            "a field holds a value that can be read again and again",
            out,
        );
    } else if let Some(view) = cx.api.views(ty).into_iter().next() {
        let message = format!(
            "`{}` is a view and cannot be the type of a field",
            cx.api[view].name
        );
        let help =
            "a record does not keep the owner alive; let the owner return the view from a method";
        push(codes::FIELD_TYPE, at, message, help, out);
    }
}

fn check_hashable(cx: &Cx<'_>, span: Span, ty: &Type, out: &mut Out) {
    let Some(bad) = cx.api.unhashable(ty) else {
        return;
    };
    let message = format!("`{}` cannot be hashed by Python", cx.api.show(ty));
    let help = match bad {
        Type::Record(id) => format!("make `{}` hashable: `frozen: true`", cx.api[*id].name),
        Type::List(_) => "use `tuple[T, ...]`".to_owned(),
        _ => "keys of a dict and elements of a set must not change".to_owned(),
    };
    let label = if bad == ty {
        String::new()
    } else {
        format!("because of `{}` in it", cx.api.show(bad))
    };
    out.push(
        Diagnostic::new(codes::UNHASHABLE, span, message)
            .label(label)
            .help(help),
    );
}
