//! One function: the steps of a call.

use askama::Template;
use pyrus_idl::model::{
    Api, ClassId, Function, Hold, ModuleId, OwnerSource, ParamKind, Type, Value,
};

use super::Context;
use super::call::{Receiver, receiver, result_steps};
use super::facts::{Owner, called, fallible, is_alike, needs_state, placed, signature};
use super::text::{place, string};
use crate::types::rust::absolute;
use crate::types::{Row, row};

/// The kind of shell a function is put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A call with parsed arguments.
    Call,
    /// The operand of a protocol: of another type means `NotImplemented`.
    Operand,
    /// As `Operand`, but `==` answers `False`.
    StrictOperand,
    /// A setter: the value has no name.
    Setter,
    /// A protocol whose result is this Rust type, not a Python object.
    Scalar(&'static str),
}

/// A function as the glue holds it.
#[derive(Template)]
#[template(path = "rust/function.rs.jinja", escape = "none")]
struct GlueFunction {
    symbol: String,
    place: String,
    count: usize,
    signature: String,
    scalar: Option<&'static str>,
    needs_state: bool,
    target_type: String,
    target: String,
    steps: Vec<String>,
    has_target: bool,
}

/// A rendered function, ready to be put into a table.
pub(crate) struct Rendered {
    /// The type that implements `rt::Function`.
    pub(crate) symbol: String,
    /// How many places its parameters take.
    pub(crate) count: usize,
    /// Where its names begin.
    pub(crate) names: usize,
}

/// Render a function into `cx.items`.
pub(crate) fn render(
    cx: &mut Context<'_>,
    function: &Function,
    owner: Owner,
    shape: Shape,
) -> Rendered {
    let api = cx.api;
    let scope = owner.scope(api);
    let rows: Vec<Row> = function
        .params
        .iter()
        .map(|param| row(api, &param.ty, scope))
        .collect();
    let keyword_names: Vec<&str> = placed(function)
        .filter(|param| param.kind != ParamKind::PositionalOnly)
        .map(|param| param.name.as_str())
        .collect();
    let names = cx.intern(&keyword_names);
    let symbol = cx.fresh();
    let body = Body::new(api, function, owner, shape, &rows);
    let view = GlueFunction {
        place: format!("{} {}", place(&function.origin), function.qualname),
        count: placed(function).count(),
        signature: signature(function, &rows, names),
        needs_state: needs_state(api, function, |param| {
            shape == Shape::Call && is_alike(api, function, owner, param)
        }),
        scalar: if let Shape::Scalar(out) = shape {
            Some(out)
        } else {
            None
        },
        target_type: body.target_type(),
        target: absolute(&function.rust),
        has_target: body.calls_target(),
        steps: body.steps(),
        symbol,
    };
    let rendered = Rendered {
        symbol: view.symbol.clone(),
        count: view.count,
        names,
    };
    cx.items.push(view.render().unwrap_or_default());
    rendered
}

/// The steps of one call.
struct Body<'a> {
    api: &'a Api,
    function: &'a Function,
    owner: Owner,
    shape: Shape,
    rows: &'a [Row],
    scope: ModuleId,
    result: Row,
    receiver: Receiver,
}

impl<'a> Body<'a> {
    fn new(
        api: &'a Api,
        function: &'a Function,
        owner: Owner,
        shape: Shape,
        rows: &'a [Row],
    ) -> Self {
        let scope = owner.scope(api);
        Body {
            api,
            function,
            owner,
            shape,
            rows,
            scope,
            result: row(api, &function.returns, scope),
            receiver: receiver(api, function, owner),
        }
    }

    /// `__iter__` and `__enter__` that return the object itself need no Rust.
    fn calls_target(&self) -> bool {
        !super::call::returns_itself(self.api, self.function, self.owner)
    }

    /// The Rust item's type, fully spelled: what does not match does not compile.
    fn target_type(&self) -> String {
        let mut params: Vec<String> = self.receiver.ty.clone().into_iter().collect();
        let borrowed = self.function.borrow && self.receiver.ty.is_some();
        if borrowed {
            params[0] = params[0].replacen('&', "&'a ", 1);
        }
        for (param, row) in self.function.params.iter().zip(self.rows) {
            let codec = &row.rust;
            params.push(match param.kind {
                ParamKind::VarPositional => format!("::std::vec::Vec<{}>", codec.owned.ty),
                ParamKind::VarKeyword => format!(
                    "::std::vec::Vec<(::std::string::String, {})>",
                    codec.owned.ty
                ),
                _ => codec.argument.ty.clone(),
            });
        }
        // `'r` is in what callbacks give back.
        let binder = if borrowed { "for<'a, 'r> " } else { "for<'r> " };
        format!(
            "{binder}fn({}) -> {}",
            params.join(", "),
            self.return_type(borrowed)
        )
    }

    fn return_type(&self, borrowed: bool) -> String {
        let mut plain = match self.shape {
            Shape::Scalar(out) => out.to_owned(),
            _ => super::call::plain_result(self.api, self.function, self.owner, &self.result),
        };
        if self.function.borrow {
            let elided = self
                .rows
                .iter()
                .filter(|row| row.rust.argument.ty.contains(['&', '\'']))
                .count()
                == 1;
            let lifetime = match (borrowed, elided) {
                (true, _) => "&'a ",
                (false, true) => "&",
                (false, false) => "&'static ",
            };
            plain = match self.function.returns {
                Type::Bytes => format!("{lifetime}[u8]"),
                _ => format!("{lifetime}str"),
            };
        }
        fallible(self.api, self.function, plain)
    }

    fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        if !self.calls_target() {
            return vec!["rt::itself(cx, slf)".into()];
        }
        if self.rows.iter().any(|row| row.rust.keeps)
            || self.function.params.iter().any(|param| {
                has_callback_result(self.api, &param.ty) || has_object_default(self.api, param)
            })
        {
            steps.push("let keep = rt::Keep::default();".into());
            steps.push("let cx = cx.keeping(&keep);".into());
        }
        for (i, param) in self.function.params.iter().enumerate() {
            steps.extend(self.argument(i, param));
        }
        steps.extend(self.owner_steps());
        steps.extend(self.receiver.steps.iter().cloned());
        steps.extend(self.callbacks());
        steps.push(self.call());
        steps.extend(result_steps(
            self.api,
            self.function,
            self.owner,
            &self.result,
        ));
        if let Shape::Scalar(_) = self.shape {
            steps.pop();
            steps.push("Ok(out)".into());
        }
        steps
    }

    /// Convert one argument into the local `a<i>`.
    fn argument(&self, i: usize, param: &pyrus_idl::model::Param) -> Vec<String> {
        let codec = &self.rows[i].rust;
        let conv = &codec.argument.conv;
        let place = placed(self.function)
            .position(|other| std::ptr::eq(other, param))
            .unwrap_or(0);
        let step = match (param.kind, self.shape) {
            (ParamKind::VarPositional, _) => {
                format!(
                    "let a{i} = rt::extra_positional::<{}>(cx, Self::SIG, {}, extra)?;",
                    codec.owned.conv,
                    string(&param.name)
                )
            }
            (ParamKind::VarKeyword, _) => {
                format!(
                    "let a{i} = rt::extra_keywords::<{}>(cx, Self::SIG, extra)?;",
                    codec.owned.conv
                )
            }
            (_, Shape::Operand) => {
                format!(
                    "let Some(a{i}) = rt::operand::<{conv}>(cx, Self::SIG, args[{place}])? else {{ return rt::not_implemented(cx) }};"
                )
            }
            (_, Shape::StrictOperand) => {
                format!(
                    "let Some(a{i}) = rt::operand::<{conv}>(cx, Self::SIG, args[{place}])? else {{ return rt::ret::<rt::Bool, _>(cx, false) }};"
                )
            }
            (_, Shape::Scalar(_)) => {
                format!(
                    "let Some(a{i}) = rt::operand::<{conv}>(cx, Self::SIG, args[{place}])? else {{ return Ok(false) }};"
                )
            }
            (_, Shape::Setter) => {
                format!("let a{i} = rt::set_value::<{conv}>(cx, Self::SIG, args[{place}])?;")
            }
            _ => match &param.default {
                None if is_alike(self.api, self.function, self.owner, param) => format!(
                    "let a{i} = rt::arg_alike::<{conv}>(cx, slf, Self::SIG, {place}, args[{place}])?;"
                ),
                None => {
                    format!("let a{i} = rt::arg::<{conv}>(cx, Self::SIG, {place}, args[{place}])?;")
                }
                Some(value) => self.with_default(i, place, param, value),
            },
        };
        vec![step]
    }

    fn with_default(
        &self,
        i: usize,
        place: usize,
        param: &pyrus_idl::model::Param,
        value: &Value,
    ) -> String {
        let conv = &self.rows[i].rust.argument.conv;
        let default = super::expr::argument(self.api, &param.ty, value);
        format!(
            "let a{i} = rt::arg_or::<{conv}>(cx, Self::SIG, {place}, args[{place}], || {default})?;"
        )
    }

    /// Say whose views the call makes.
    fn owner_steps(&self) -> Vec<String> {
        let Some((_, source)) = self.function.view_owners.first() else {
            return Vec::new();
        };
        match source {
            OwnerSource::Receiver => vec![match self.owner {
                Owner::Class(id) if matches!(self.api[id].hold, Hold::View { .. }) => {
                    format!(
                        "let cx = rt::owned_by_owner::<{}>(cx, slf);",
                        super::class::marker(self.api, id)
                    )
                }
                _ => "let cx = rt::owned_by_self(cx, slf);".into(),
            }],
            OwnerSource::Param(i) => {
                let place = placed(self.function)
                    .position(|other| std::ptr::eq(other, &raw const self.function.params[*i]))
                    .unwrap_or(0);
                let view = match class_of(self.api, &self.function.params[*i].ty) {
                    Some(id) if matches!(self.api[id].hold, Hold::View { .. }) => {
                        Some(super::class::marker(self.api, id))
                    }
                    _ => None,
                };
                vec![match view {
                    Some(marker) => format!(
                        "let cx = rt::owned_by_argument_owner::<{marker}>(cx, args[{place}]);"
                    ),
                    None => format!("let cx = rt::owned_by_argument(cx, args[{place}]);"),
                }]
            }
        }
    }

    /// Closures around Python functions, made last so that they see the owner.
    fn callbacks(&self) -> Vec<String> {
        let mut steps = Vec::new();
        for (i, param) in self.function.params.iter().enumerate() {
            match self.api.expand(&param.ty) {
                Type::Callable(params, result) => {
                    steps.push(format!("let c{i} = a{i};"));
                    steps.push(format!(
                        "let a{i} = {};",
                        self.closure(&format!("c{i}"), params, result, "")
                    ));
                }
                Type::Optional(item) => {
                    if let Type::Callable(params, result) = self.api.expand(item) {
                        steps.push(format!(
                            "let a{i} = a{i}.map(|c{i}| {});",
                            self.closure(&format!("c{i}"), params, result, "move ")
                        ));
                    }
                }
                _ => {}
            }
        }
        steps
    }

    fn closure(&self, function: &str, params: &[Type], result: &Type, capture: &str) -> String {
        let rows: Vec<Row> = params
            .iter()
            .map(|ty| row(self.api, ty, self.scope))
            .collect();
        let declared: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| format!("p{i}: {}", row.rust.result.ty))
            .collect();
        let made: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                format!(
                    "rt::caught(rt::ret::<{}, _>(cx, p{i}))?",
                    row.rust.result.conv
                )
            })
            .collect();
        let result_row = row(self.api, result, self.scope);
        let finish = match self.api.expand(result) {
            Type::None => "let _ = out; Ok(())".to_owned(),
            Type::Object | Type::Var(_) => "Ok(out)".to_owned(),
            _ => format!(
                "rt::returned::<{}>(cx, {}, {}, &out)",
                result_row.rust.owned.conv,
                string(called(self.function)),
                string(result_row.python.argument.plain()),
            ),
        };
        format!(
            "{capture}|{}| -> ::pyrus::Result<{}> {{ let out = rt::invoke({function}, [{}])?; {finish} }}",
            declared.join(", "),
            result_row.rust.owned.ty,
            made.join(", "),
        )
    }

    fn call(&self) -> String {
        let mut passed: Vec<String> = self.receiver.pass.clone().into_iter().collect();
        for (i, (param, row)) in self.function.params.iter().zip(self.rows).enumerate() {
            let is_extra = matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword);
            passed.push(if is_extra {
                format!("a{i}")
            } else {
                self.passed(i, &param.ty, row)
            });
        }
        let call = format!("TARGET({})", passed.join(", "));
        if self.function.gil_released {
            // rustc shows this line where something is not `Send` or `Sync`.
            let place = place(&self.function.origin);
            return format!("let out = rt::without_gil(cx, || {call}); // {place}");
        }
        format!("let out = {call};")
    }

    fn passed(&self, i: usize, ty: &Type, row: &Row) -> String {
        if let Type::Optional(item) = self.api.expand(ty)
            && let Type::Callable(params, _) = self.api.expand(item)
        {
            let blanks = vec!["_"; params.len()].join(", ");
            return format!("a{i}.as_ref().map(|f| f as &dyn Fn({blanks}) -> _)");
        }
        row.rust.pass.apply(&format!("a{i}"))
    }
}

/// Does a callback of this type give something back, which must be kept until the call ends?
fn has_callback_result(api: &Api, ty: &Type) -> bool {
    match api.expand(ty) {
        Type::Callable(_, result) => {
            !matches!(api.expand(result), Type::None | Type::Object | Type::Var(_))
        }
        Type::Optional(item) => has_callback_result(api, item),
        _ => false,
    }
}

/// Is the default an object that is made for the call?
fn has_object_default(api: &Api, param: &pyrus_idl::model::Param) -> bool {
    let made = param
        .default
        .as_ref()
        .is_some_and(|value| *value != Value::None);
    made && matches!(api.expand(&param.ty), Type::Object)
}

fn class_of(api: &Api, ty: &Type) -> Option<ClassId> {
    match ty {
        Type::Class(id) => Some(*id),
        Type::Optional(item) => class_of(api, item),
        Type::Alias(id) => class_of(api, &api[*id].ty),
        _ => None,
    }
}
