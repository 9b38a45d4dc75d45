//! One call from Python: arguments are put in their places, converted, passed on, and the answer converted.

mod argument;
mod classes;
mod functions;
mod home;
mod method;
mod methods;
mod parse;
mod signature;
mod slot;
mod trampoline;
mod unpack;

pub use argument::{
    arg, arg_alike, arg_or, extra_keywords, extra_positional, fail_self, finish, operand,
    raised_by, ret, set_value,
};
pub use classes::{class_method, construct_vectorcall, constructor, instance_call};
pub use functions::{
    Binding, InClass, InModule, function, function_noargs, function_one, function_positional,
};
pub(crate) use home::make_home;
pub use method::{MethodInfo, make_method, method_type};
pub use methods::{bound, getter, noargs, one, positional, setter};
pub use parse::Extra;
pub(crate) use parse::{Given, parse};
pub use signature::{Param, Refused, Signature};
pub use slot::{
    Absent, Compare, Op, Scalar, Unsupported, binary, contains, del_or_set_item, hash, index_len,
    inplace_pow, itself, negate, next, not_implemented, repr_like, rich_compare, stop_iteration,
    ternary_pow, truth, unary, with_operand,
};
pub use trampoline::{Arg, Args, Function, Outcome, Slf, no_extra};
pub(crate) use trampoline::{answer, warn_deprecated};
pub(crate) use unpack::with_vectorcall;
