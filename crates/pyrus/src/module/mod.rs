//! Multi-phase import: from the static tables of an extension to Python modules, and to types once somebody needs them.

mod build_type;
#[cfg(unix)]
mod current;
mod demand;
mod exec;
mod fits;
mod hook;
mod init;
mod layout;
mod own_type;
mod refuse;
mod spec;
mod value;

pub(crate) use exec::{dict_get, dict_set, dict_set_new};
pub(crate) use hook::Hook;
pub use init::init;
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
pub(crate) use init::state_in;
pub(crate) use init::{is_ours, live_tables, spec, vectorcall_of};
pub use layout::TypeLayout;
pub(crate) use own_type::own_type;
pub(crate) use refuse::refuse;
pub use spec::{
    AliasSpec, ConstantSpec, ConstantValue, ErrorSpec, ExceptionBase, ExtensionSpec, KeywordMethod,
    LiveSpec, ModuleSpec, SlotFn, SlotSpec, Table, TypeSpec,
};
pub(crate) use value::run_text;
