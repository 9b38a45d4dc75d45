//! One call from Python: arguments are put in their places, converted, passed on, and the answer converted.

mod argument;
mod method;
mod parse;
mod signature;
mod slot;
mod trampoline;

pub use argument::{
    arg, arg_or, extra_keywords, extra_positional, fail_self, finish, operand, raised_by, ret,
    set_value,
};
pub use method::{MethodInfo, make_method, method_type};
pub use parse::Extra;
pub(crate) use parse::{Given, parse};
pub use signature::{Param, Signature};
pub use slot::{
    Absent, Compare, Op, Scalar, Unsupported, binary, contains, del_or_set_item, hash, index_len,
    inplace_pow, itself, negate, next, not_implemented, repr_like, rich_compare, stop_iteration,
    ternary_pow, truth, unary, with_operand,
};
pub use trampoline::{
    Arg, Args, Function, Outcome, Slf, bound, class_method, construct_vectorcall, constructor,
    function, function_noargs, function_one, function_positional, getter, instance_call, no_extra,
    noargs, one, positional, setter,
};
pub(crate) use trampoline::{answer, warn_deprecated, with_vectorcall};
