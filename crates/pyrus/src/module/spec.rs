//! The static tables that generated code hands over: one per extension, read at import only.

use std::ffi::{CStr, c_int, c_void};

use pyo3_ffi as ffi;

use super::layout::TypeLayout;
use crate::call::MethodInfo;
use crate::enums::EnumSpec;
use crate::record::{FieldOps, RecordSpec};
use crate::registry::Publication;

/// A table with pointers in it that nobody ever writes through.
#[repr(transparent)]
pub struct Table<T>(pub T);

// SAFETY: generated code only puts constants here, and CPython only reads them.
unsafe impl<T> Sync for Table<T> {}

/// An extension.
pub struct ExtensionSpec {
    /// Name of the extension module, as imported.
    pub name: &'static CStr,
    /// All modules, parents before children; the first is the extension module itself.
    pub modules: &'static [ModuleSpec],
    /// Classes and records, at their `INDEX`; namespaces after them.
    pub types: &'static [TypeSpec],
    /// Enums, at their `INDEX`.
    pub enums: &'static [&'static EnumSpec],
    /// Errors, at their `INDEX`; bases before what derives from them.
    pub errors: &'static [ErrorSpec],
    /// Keyword names, each with a NUL behind it: each signature of a function has a run of them.
    pub names: &'static str,
    /// How many places the names of fields of records take: each record has a run of them.
    pub field_names: usize,
    /// What can be done with fields of records, by their type.
    pub ops: &'static [&'static FieldOps],
    /// Functions that write defaults of fields.
    pub defaults: &'static [unsafe fn(*mut u8)],
    /// Annotations of fields of live records.
    pub annotations: &'static [&'static str],
    /// Live records, at their `map`.
    pub live: &'static [&'static crate::live::Table],
    /// Classes that other extensions may use.
    pub published: &'static [Publication],
    /// How many classes of other extensions are used.
    pub externs: usize,
    /// The declarations promise that nothing needs the GIL.
    pub free_threaded: bool,
}

/// One Python module.
pub struct ModuleSpec {
    /// Importable name.
    pub name: &'static CStr,
    /// Last part of the name: the attribute in the parent.
    pub short: &'static CStr,
    /// `__module__` of what is in it.
    pub public: &'static CStr,
    /// Docstring.
    pub doc: Option<&'static CStr>,
    /// Namespaces that are attributes of a class too: indices of both types, and the name.
    pub within: &'static [(usize, usize, &'static CStr)],
    /// Index of the parent; its own for the root.
    pub parent: usize,
    /// Functions.
    pub functions: &'static Table<&'static [ffi::PyMethodDef]>,
    /// Types: index, and every name it has here.
    pub types: &'static [(usize, &'static [&'static CStr])],
    /// Enums: index and name.
    pub enums: &'static [(usize, &'static CStr)],
    /// Errors: index and name.
    pub errors: &'static [(usize, &'static CStr)],
    /// Constants.
    pub constants: &'static [ConstantSpec],
    /// Type aliases.
    pub aliases: &'static [AliasSpec],
    /// `__all__`.
    pub exports: &'static [&'static CStr],
}

/// A constant of a module or class.
pub struct ConstantSpec {
    /// Name.
    pub name: &'static CStr,
    /// Value.
    pub value: ConstantValue,
}

/// The value of a constant.
pub enum ConstantValue {
    /// `None`.
    None,
    /// `bool`.
    Bool(bool),
    /// `int` below zero or small.
    Int(i64),
    /// `int`.
    Uint(u64),
    /// `float`.
    Float(f64),
    /// `str`.
    Str(&'static str),
    /// `bytes`.
    Bytes(&'static [u8]),
    /// A member of an enum: index of the enum, index of the member.
    Member(usize, usize),
}

/// A type alias: an expression that is evaluated in its module.
pub struct AliasSpec {
    /// Name.
    pub name: &'static CStr,
    /// The expression, with the names of the standard library qualified.
    pub expression: &'static CStr,
    /// The same for CPython 3.9, whose types have no `|`.
    pub before_3_10: &'static CStr,
}

/// An exception class.
pub struct ErrorSpec {
    /// `module.Name`.
    pub full_name: &'static CStr,
    /// Docstring.
    pub doc: Option<&'static CStr>,
    /// Base.
    pub base: ExceptionBase,
}

/// The base of an exception class.
pub enum ExceptionBase {
    /// A built-in exception, by name.
    Builtin(&'static CStr),
    /// Another one of the extension.
    Declared(usize),
}

/// A class, record or namespace.
pub struct TypeSpec {
    /// `module.Name`.
    pub full_name: &'static CStr,
    /// Docstring.
    pub doc: &'static CStr,
    /// Size, lifecycle, flags.
    pub layout: TypeLayout,
    /// What a record adds.
    pub record: Option<&'static RecordSpec>,
    /// What a live record adds.
    pub live: Option<&'static LiveSpec>,
    /// Protocols.
    pub slots: &'static [SlotSpec],
    /// Methods that CPython's own descriptor calls.
    pub methods: &'static Table<&'static [ffi::PyMethodDef]>,
    /// Class methods.
    pub class_methods: &'static Table<&'static [ffi::PyMethodDef]>,
    /// Static functions, bound to the class's [`crate::call::InClass`].
    pub statics: &'static Table<&'static [ffi::PyMethodDef]>,
    /// Methods with keywords, called through our own descriptor.
    pub keyword_methods: &'static [KeywordMethod],
    /// Properties and fields.
    pub properties: &'static Table<&'static [ffi::PyGetSetDef]>,
    /// Class constants.
    pub constants: &'static [ConstantSpec],
    /// `__match_args__`.
    pub match_args: Option<&'static [&'static CStr]>,
    /// `tp_vectorcall`.
    pub vectorcall: Option<ffi::vectorcallfunc>,
    /// What to call instead of the class; a text for people.
    pub factory: Option<&'static str>,
    /// What to use instead of pickling and copying, which objects then refuse; a text for people.
    pub unpicklable: Option<&'static str>,
    /// `tp_hash` is `None`.
    pub unhashable: bool,
}

/// What the type of a live record has besides its table.
pub struct LiveSpec {
    /// The table.
    pub table: &'static crate::live::Table,
    /// `tp_new`.
    pub new: ffi::newfunc,
}

impl TypeSpec {
    /// The type of a live record: the runtime knows all but its names.
    pub const fn live(
        full_name: &'static CStr,
        doc: &'static CStr,
        live: &'static LiveSpec,
        vectorcall: ffi::vectorcallfunc,
        constants: &'static [ConstantSpec],
    ) -> Self {
        const NONE: &Table<&[ffi::PyMethodDef]> = &Table(&[]);
        Self {
            full_name,
            doc,
            layout: TypeLayout::live(),
            record: None,
            live: Some(live),
            slots: &[],
            methods: NONE,
            class_methods: NONE,
            statics: NONE,
            keyword_methods: &[],
            properties: &Table(&[]),
            constants,
            match_args: Some(&[]),
            vectorcall: Some(vectorcall),
            factory: None,
            unpicklable: None,
            unhashable: false,
        }
    }
}

/// A method for our own descriptor.
pub struct KeywordMethod {
    /// What to call.
    pub info: &'static MethodInfo,
    /// First of its interned names.
    pub names: usize,
}

/// A slot and its function.
pub struct SlotSpec {
    /// `Py_tp_repr`, …
    pub id: c_int,
    /// The function.
    pub function: SlotFn,
}

/// The functions that slots take, by C type.
pub enum SlotFn {
    /// `unaryfunc`, `reprfunc`, `getiterfunc`, `iternextfunc`.
    Unary(ffi::unaryfunc),
    /// `binaryfunc`, `getattrofunc`.
    Binary(ffi::binaryfunc),
    /// `ternaryfunc`.
    Ternary(ffi::ternaryfunc),
    /// `lenfunc`.
    Len(ffi::lenfunc),
    /// `hashfunc`.
    Hash(ffi::hashfunc),
    /// `inquiry`.
    Inquiry(ffi::inquiry),
    /// `objobjproc`.
    Contains(ffi::objobjproc),
    /// `objobjargproc`, `setattrofunc`.
    Assign(ffi::objobjargproc),
    /// `richcmpfunc`.
    Compare(ffi::richcmpfunc),
    /// `newfunc`.
    New(ffi::newfunc),
    /// `traverseproc`.
    Traverse(ffi::traverseproc),
    /// `getbufferproc`.
    GetBuffer(ffi::getbufferproc),
    /// `releasebufferproc`.
    ReleaseBuffer(ffi::releasebufferproc),
}

impl SlotFn {
    pub(crate) fn pointer(&self) -> *mut c_void {
        match *self {
            Self::Unary(f) => f as *mut c_void,
            Self::Binary(f) => f as *mut c_void,
            Self::Ternary(f) => f as *mut c_void,
            Self::Len(f) => f as *mut c_void,
            Self::Hash(f) => f as *mut c_void,
            Self::Inquiry(f) => f as *mut c_void,
            Self::Contains(f) => f as *mut c_void,
            Self::Assign(f) => f as *mut c_void,
            Self::Compare(f) => f as *mut c_void,
            Self::New(f) => f as *mut c_void,
            Self::Traverse(f) => f as *mut c_void,
            Self::GetBuffer(f) => f as *mut c_void,
            Self::ReleaseBuffer(f) => f as *mut c_void,
        }
    }
}
