//! Protocol methods: from `__len__` and its kin to the slots of a type.

use pyrus_idl::model::{Api, Function, Hold, Type};

use super::Context;
use super::facts::Owner;
use super::function::{Rendered, Shape, render};
use super::tables::TypeTable;
use super::text::{c_string, place, string};
use crate::types::row;
use crate::types::rust::{absolute, record_path};

const COMPARISONS: [(&str, &str); 6] = [
    ("__lt__", "Lt"),
    ("__le__", "Le"),
    ("__eq__", "Eq"),
    ("__ne__", "Ne"),
    ("__gt__", "Gt"),
    ("__ge__", "Ge"),
];

/// Slots of one operand.
const UNARY: [(&str, &str); 9] = [
    ("__repr__", "Py_tp_repr"),
    ("__str__", "Py_tp_str"),
    ("__iter__", "Py_tp_iter"),
    ("__int__", "Py_nb_int"),
    ("__float__", "Py_nb_float"),
    ("__index__", "Py_nb_index"),
    ("__neg__", "Py_nb_negative"),
    ("__pos__", "Py_nb_positive"),
    ("__abs__", "Py_nb_absolute"),
];

/// Operators: name, slot, slot of the in-place form.
const BINARY: [(&str, &str, &str); 12] = [
    ("add", "Py_nb_add", "Py_nb_inplace_add"),
    ("sub", "Py_nb_subtract", "Py_nb_inplace_subtract"),
    ("mul", "Py_nb_multiply", "Py_nb_inplace_multiply"),
    (
        "matmul",
        "Py_nb_matrix_multiply",
        "Py_nb_inplace_matrix_multiply",
    ),
    ("truediv", "Py_nb_true_divide", "Py_nb_inplace_true_divide"),
    (
        "floordiv",
        "Py_nb_floor_divide",
        "Py_nb_inplace_floor_divide",
    ),
    ("mod", "Py_nb_remainder", "Py_nb_inplace_remainder"),
    ("lshift", "Py_nb_lshift", "Py_nb_inplace_lshift"),
    ("rshift", "Py_nb_rshift", "Py_nb_inplace_rshift"),
    ("and", "Py_nb_and", "Py_nb_inplace_and"),
    ("or", "Py_nb_or", "Py_nb_inplace_or"),
    ("xor", "Py_nb_xor", "Py_nb_inplace_xor"),
];

const OTHER: [&str; 11] = [
    "__hash__",
    "__bool__",
    "__len__",
    "__contains__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__next__",
    "__call__",
    "__invert__",
    "__buffer__",
];

/// Does a method of this name live in a slot?
pub(crate) fn is_slot(name: &str) -> bool {
    let operator = |name: &str| {
        let plain = name.trim_start_matches("__").trim_end_matches("__");
        let known =
            |plain: &str| plain == "pow" || BINARY.iter().any(|(known, ..)| *known == plain);
        known(plain) || plain.strip_prefix(['r', 'i']).is_some_and(known)
    };
    let dunder = name.starts_with("__") && name.ends_with("__");
    dunder
        && (COMPARISONS.iter().any(|(known, _)| *known == name)
            || UNARY.iter().any(|(known, _)| *known == name)
            || OTHER.contains(&name)
            || operator(name))
}

/// Fill the slots of a type.
pub(crate) fn slots(
    cx: &mut Context<'_>,
    table: &mut TypeTable,
    owner: Owner,
    methods: &[Function],
    class_name: &str,
) {
    let mut filler = Filler {
        cx,
        table,
        owner,
        methods,
        class_name,
    };
    filler.comparisons();
    filler.unary();
    filler.scalars();
    filler.items();
    filler.operators();
    filler.calls();
    filler.buffer();
}

struct Filler<'a, 'b> {
    cx: &'a mut Context<'b>,
    table: &'a mut TypeTable,
    owner: Owner,
    methods: &'a [Function],
    class_name: &'a str,
}

impl<'a> Filler<'a, '_> {
    fn find(&self, name: &str) -> Option<&'a Function> {
        self.methods.iter().find(|method| method.name == name)
    }

    fn push(&mut self, id: &str, function: String) {
        self.table.slots.push(format!(
            "rt::SlotSpec {{ id: rt::ffi::{id}, function: rt::SlotFn::{function} }}"
        ));
    }

    fn marker(&self) -> String {
        match self.owner {
            Owner::Class(id) => super::class::marker(self.cx.api, id),
            Owner::Record(id) => crate::types::rust::marker(
                self.cx.api,
                self.cx.api[id].module,
                &self.cx.api[id].name,
            ),
            Owner::Module(_) => String::new(),
        }
    }

    fn comparisons(&mut self) {
        let declared: Vec<_> = COMPARISONS
            .iter()
            .filter_map(|(name, op)| Some((*op, self.find(name)?)))
            .collect();
        if declared.is_empty() {
            return;
        }
        let mut arms = Vec::new();
        let mut eq = None;
        for (op, function) in &declared {
            let symbol = self.comparison(function);
            arms.push(format!("rt::Op::{op} => <{symbol} as rt::Function<1>>::call(cx, slf, [other], rt::no_extra()),"));
            if *op == "Eq" {
                eq = Some(symbol);
            }
        }
        if let (Some(symbol), false) = (&eq, declared.iter().any(|(op, _)| *op == "Ne")) {
            arms.push(format!("rt::Op::Ne => rt::negate(cx, <{symbol} as rt::Function<1>>::call(cx, slf, [other], rt::no_extra())),"));
        }
        if let (None, true, Owner::Record(_)) = (&eq, true, self.owner) {
            // Records keep their equality when only an order is declared.
            arms.push("rt::Op::Eq | rt::Op::Ne => rt::record_equality(cx, slf, other, op),".into());
        }
        let symbol = self.cx.fresh();
        self.cx.items.push(format!(
            "pub(super) struct {symbol};\nimpl rt::Compare for {symbol} {{\n    const NAME: &'static str = {};\n    \
             fn compare<'py>(cx: rt::Cx<'py>, slf: rt::Slf<'py>, other: rt::Arg<'py>, op: rt::Op) -> rt::Outcome {{\n        \
             #[allow(unreachable_patterns)]\n        match op {{\n            {}\n            _ => rt::not_implemented(cx),\n        }}\n    }}\n}}",
            string(self.class_name),
            arms.join("\n            "),
        ));
        self.push(
            "Py_tp_richcompare",
            format!("Compare(rt::rich_compare::<{symbol}>)"),
        );
    }

    /// One comparison; `shape: eq` asks Rust's `PartialEq`.
    fn comparison(&mut self, function: &Function) -> String {
        let shape = if function.strict {
            Shape::StrictOperand
        } else {
            Shape::Operand
        };
        let mut function = function.clone();
        if function.derived {
            function.rust = format!("<{} as ::std::cmp::PartialEq>::eq", self.rust_type());
        }
        render(self.cx, &function, self.owner, shape).symbol
    }

    /// The Rust type that methods see.
    fn rust_type(&self) -> String {
        let api: &Api = self.cx.api;
        match self.owner {
            Owner::Class(id) => absolute(&api[id].rust),
            Owner::Record(id) => record_path(api, id),
            Owner::Module(_) => String::new(),
        }
    }

    fn unary(&mut self) {
        for (name, slot) in UNARY.iter().chain(&[("__invert__", "Py_nb_invert")]) {
            if let Some(function) = self.find(name) {
                let symbol = render(self.cx, function, self.owner, Shape::Call).symbol;
                self.push(slot, format!("Unary(rt::unary::<{symbol}>)"));
            }
        }
        if let Some(function) = self.find("__next__") {
            let symbol = render(self.cx, function, self.owner, Shape::Call).symbol;
            self.push("Py_tp_iternext", format!("Unary(rt::next::<{symbol}>)"));
            if self.find("__iter__").is_none() {
                self.push("Py_tp_iter", "Unary(rt::itself_slot)".into());
            }
        }
    }

    /// Protocols whose result is no Python object: the Rust item's result is used as it is.
    fn scalars(&mut self) {
        let table = [
            ("__hash__", "u64", "Py_tp_hash", "Hash", "hash"),
            ("__len__", "usize", "Py_mp_length", "Len", "index_len"),
            ("__bool__", "bool", "Py_nb_bool", "Inquiry", "truth"),
            (
                "__contains__",
                "bool",
                "Py_sq_contains",
                "Contains",
                "contains",
            ),
        ];
        for (name, out, slot, kind, shell) in table {
            if let Some(function) = self.find(name) {
                let symbol = self.scalar(function, out);
                self.push(slot, format!("{kind}(rt::{shell}::<{symbol}>)"));
            }
        }
    }

    fn scalar(&mut self, function: &Function, out: &'static str) -> String {
        let mut function = function.clone();
        let hashes = function.derived && function.name == "__hash__";
        if hashes {
            function.rust = format!("::pyrus::rt::hash_of::<{}>", self.rust_type());
            function.returns = Type::Int(pyrus_idl::model::IntKind::U64);
        }
        render(self.cx, &function, self.owner, Shape::Scalar(out)).symbol
    }

    fn items(&mut self) {
        if let Some(function) = self.find("__getitem__") {
            let symbol = render(self.cx, function, self.owner, Shape::Call).symbol;
            self.push(
                "Py_mp_subscript",
                format!("Binary(rt::with_operand::<{symbol}>)"),
            );
        }
        let delete = self.find("__delitem__");
        let set = self.find("__setitem__");
        if delete.is_none() && set.is_none() {
            return;
        }
        let mut symbol = |function: Option<&Function>| {
            function.map_or_else(
                || "rt::Unsupported".to_owned(),
                |function| render(self.cx, function, self.owner, Shape::Call).symbol,
            )
        };
        let (delete, set) = (symbol(delete), symbol(set));
        self.push(
            "Py_mp_ass_subscript",
            format!("Assign(rt::del_or_set_item::<{delete}, {set}>)"),
        );
    }

    fn operators(&mut self) {
        for (name, slot, in_place) in BINARY {
            self.operator(name, slot, "binary", "Binary");
            if let Some(function) = self.find(&format!("__i{name}__")) {
                let symbol = render(self.cx, function, self.owner, Shape::Operand).symbol;
                self.push(in_place, format!("Binary(rt::with_operand::<{symbol}>)"));
            }
        }
        self.operator("pow", "Py_nb_power", "ternary_pow", "Ternary");
        if let Some(function) = self.find("__ipow__") {
            let symbol = render(self.cx, function, self.owner, Shape::Operand).symbol;
            self.push(
                "Py_nb_inplace_power",
                format!("Ternary(rt::inplace_pow::<{symbol}>)"),
            );
        }
    }

    fn operator(&mut self, name: &str, slot: &str, shell: &str, kind: &str) {
        let left = self.find(&format!("__{name}__"));
        let right = self.find(&format!("__r{name}__"));
        if left.is_none() && right.is_none() {
            return;
        }
        let mut symbol = |function: Option<&Function>| {
            function.map_or_else(
                || "rt::Absent".to_owned(),
                |function| render(self.cx, function, self.owner, Shape::Operand).symbol,
            )
        };
        let (left, right) = (symbol(left), symbol(right));
        let marker = self.marker();
        self.push(
            slot,
            format!("{kind}(rt::{shell}::<{marker}, {left}, {right}>)"),
        );
    }

    /// `__call__`: the slot, and a method beside it whose signature says more than the slot's wrapper.
    fn calls(&mut self) {
        let Some(function) = self.find("__call__") else {
            return;
        };
        let Rendered {
            symbol,
            count,
            names,
        } = render(self.cx, function, self.owner, Shape::Call);
        self.push(
            "Py_tp_call",
            format!("Ternary(rt::instance_call::<{symbol}, {count}>)"),
        );
        let doc = crate::docs::function(self.cx.api, function).unwrap_or_default();
        let doc = c_string(&format!(
            "__call__{}\n--\n\n{doc}",
            crate::signature::text(self.cx.api, function)
        ));
        self.table.keyword_methods.push(format!(
            "rt::KeywordMethod {{ info: &rt::MethodInfo {{ name: c\"__call__\", doc: {doc}, call: rt::bound::<{symbol}, {count}> }}, names: {names} }}"
        ));
    }

    fn buffer(&mut self) {
        let Some(function) = self.find("__buffer__") else {
            return;
        };
        let item = match &function.returns {
            Type::Buffer(item) => {
                row(self.cx.api, item, self.owner.scope(self.cx.api))
                    .rust
                    .owned
                    .ty
            }
            _ => "u8".into(),
        };
        let (marker, path) = (self.marker(), self.rust_type());
        if matches!(self.owner, Owner::Class(id) if matches!(self.cx.api[id].hold, Hold::View { .. }))
        {
            return;
        }
        let symbol = self.cx.fresh();
        self.cx.items.push(format!(
            "// {place}\npub(super) struct {symbol};\nimpl rt::Export<{marker}> for {symbol} {{\n    type Item = {item};\n    \
             fn slice(target: &{path}) -> &[{item}] {{\n        const TARGET: for<'a> fn(&'a {path}) -> &'a [{item}] =\n            \
             {target}; // {place}\n        TARGET(target)\n    }}\n}}",
            place = place(&function.origin),
            target = absolute(&function.rust),
        ));
        self.push(
            "Py_bf_getbuffer",
            format!("GetBuffer(rt::get_buffer::<{marker}, {symbol}>)"),
        );
        self.push(
            "Py_bf_releasebuffer",
            format!("ReleaseBuffer(rt::release_buffer::<{marker}>)"),
        );
    }
}
