//! A descriptor of our own for methods with keywords: one C call from Python to Rust, where CPython's takes two.
//!
//! It answers everything that CPython's `method_descriptor` answers, so `inspect`, `help`, pickling by name and type
//! checkers see no difference.

use std::ffi::{CStr, c_char, c_int, c_void};

use pyo3_ffi as ffi;

use crate::abi::types;
use crate::any::{Any, Object};
use crate::cx::State;
use crate::error::{Raised, raise_text};
use crate::module::own_type;

/// The static facts of a method.
pub struct MethodInfo {
    /// Name.
    pub name: &'static CStr,
    /// `name($self, /, *, …)\n--\n\ndoc`.
    pub doc: &'static CStr,
    /// What runs.
    pub call: ffi::vectorcallfunc,
}

/// A method in a class's dictionary.
#[repr(C)]
pub(crate) struct MethodObject {
    base: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    /// Owned.
    pub(crate) class: *mut ffi::PyTypeObject,
    /// Owned: keeps `state` and `names` alive.
    module: *mut ffi::PyObject,
    pub(crate) state: *const State,
    pub(crate) names: *const *mut ffi::PyObject,
    info: &'static MethodInfo,
}

impl MethodObject {
    /// The object that the method is called on, the first of `count` arguments.
    ///
    /// # Safety
    /// `args` points to that many objects.
    #[inline(always)]
    pub(crate) unsafe fn receiver(
        &self,
        args: *const *mut ffi::PyObject,
        count: usize,
    ) -> Option<*mut ffi::PyObject> {
        // SAFETY: read only if there is one.
        unsafe {
            if count > 0 {
                let slf = *args;
                let tp = ffi::Py_TYPE(slf);
                if tp == self.class || ffi::PyType_IsSubtype(tp, self.class) != 0 {
                    return Some(slf);
                }
            }
            self.refuse(args, count);
            None
        }
    }

    #[cold]
    unsafe fn refuse(&self, args: *const *mut ffi::PyObject, count: usize) -> Raised {
        // SAFETY: the type and the argument are alive.
        unsafe {
            let class = types::name(self.class);
            let name = self.info.name.to_string_lossy();
            let text = if count == 0 {
                format!("{class}.{name}() needs an argument: the {class} it is called on")
            } else {
                let got = Any::new(*args).type_name();
                format!("{class}.{name}() must be called on a {class}, not on a {got}")
            };
            raise_text(ffi::PyExc_TypeError, &text)
        }
    }
}

/// A method for the dictionary of `class`.
///
/// # Safety
/// `class` is a type of this extension, `state` the live state of `module`; `names` the index of the first interned name.
pub unsafe fn make_method(
    state: &State,
    class: *mut ffi::PyTypeObject,
    names: usize,
    info: &'static MethodInfo,
) -> Result<Object, Raised> {
    let tp = state.method_type()?;
    // SAFETY: a fresh object of our type, filled before the collector sees it.
    unsafe {
        let object = ffi::PyObject_GC_New::<MethodObject>(tp);
        if object.is_null() {
            return Err(Raised);
        }
        (&raw mut (*object).vectorcall).write(info.call);
        (&raw mut (*object).class).write(class);
        (&raw mut (*object).module).write(state.module);
        (&raw mut (*object).state).write(state);
        (&raw mut (*object).names).write(state.names.as_ptr().add(names));
        (&raw mut (*object).info).write(info);
        ffi::Py_INCREF(class.cast());
        ffi::Py_INCREF(state.module);
        ffi::PyObject_GC_Track(object.cast());
        Ok(Object::steal(object.cast()))
    }
}

unsafe fn this<'a>(object: *mut ffi::PyObject) -> &'a MethodObject {
    // SAFETY: called by Python through the slots of our type only.
    unsafe { &*object.cast() }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone.
    unsafe {
        ffi::PyObject_GC_UnTrack(object.cast());
        let tp = ffi::Py_TYPE(object);
        ffi::Py_DECREF(this(object).class.cast());
        ffi::Py_DECREF(this(object).module);
        ffi::PyObject_GC_Del(object.cast());
        ffi::Py_DECREF(tp.cast());
    }
}

unsafe extern "C" fn traverse(
    object: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: a complete object.
    unsafe {
        for seen in [
            this(object).class.cast(),
            this(object).module,
            ffi::Py_TYPE(object).cast(),
        ] {
            let status = visit(seen, arg);
            if status != 0 {
                return status;
            }
        }
    }
    0
}

unsafe extern "C" fn get(
    object: *mut ffi::PyObject,
    instance: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by Python; `instance` is null or alive.
    unsafe {
        if instance.is_null() {
            ffi::Py_INCREF(object);
            return object;
        }
        let tp = ffi::Py_TYPE(instance);
        if tp != this(object).class && ffi::PyType_IsSubtype(tp, this(object).class) == 0 {
            this(object).refuse(&raw const instance, 1);
            return std::ptr::null_mut();
        }
        (*this(object).state).binder.bind(object, instance)
    }
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: both are C strings.
    unsafe {
        let name = this(object).info.name.to_string_lossy();
        let class = class_name(object);
        let text = format!("<method '{name}' of '{class}' objects>");
        ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t)
    }
}

unsafe fn class_name(object: *mut ffi::PyObject) -> String {
    // SAFETY: a live type.
    unsafe { types::name(this(object).class) }
}

unsafe extern "C" fn get_name(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: a C string.
    unsafe { ffi::PyUnicode_FromString(this(object).info.name.as_ptr()) }
}

unsafe extern "C" fn get_qualname(
    object: *mut ffi::PyObject,
    _: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: the text has that length.
    unsafe {
        let text = format!(
            "{}.{}",
            class_name(object),
            this(object).info.name.to_string_lossy()
        );
        ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t)
    }
}

unsafe extern "C" fn get_module(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: a live type.
    unsafe { ffi::PyObject_GetAttrString(this(object).class.cast(), c"__module__".as_ptr()) }
}

unsafe extern "C" fn get_objclass(
    object: *mut ffi::PyObject,
    _: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: a live type.
    unsafe {
        let class = this(object).class.cast();
        ffi::Py_INCREF(class);
        class
    }
}

/// The signature and the rest of a doc text.
fn split(doc: &'static CStr) -> (&'static str, &'static str) {
    let text = doc.to_str().unwrap_or_default();
    text.split_once("\n--\n\n").unwrap_or(("", text))
}

unsafe fn new_str(text: &str) -> *mut ffi::PyObject {
    // SAFETY: the text has that length.
    unsafe { ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t) }
}

unsafe extern "C" fn get_doc(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: called by Python.
    unsafe {
        match split(this(object).info.doc).1 {
            "" => {
                ffi::Py_INCREF(ffi::Py_None());
                ffi::Py_None()
            }
            text => new_str(text),
        }
    }
}

unsafe extern "C" fn get_text_signature(
    object: *mut ffi::PyObject,
    _: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: called by Python.
    unsafe {
        let signature = split(this(object).info.doc).0;
        new_str(signature.find('(').map_or("", |start| &signature[start..]))
    }
}

/// `(getattr, (class, name))`: pickled by name.
unsafe extern "C" fn reduce(
    object: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: `BuildValue` takes the new references it is given with `N`, and makes its own with `O`.
    unsafe {
        let builtins = ffi::PyImport_ImportModule(c"builtins".as_ptr());
        if builtins.is_null() {
            return std::ptr::null_mut();
        }
        let getattr = ffi::PyObject_GetAttrString(builtins, c"getattr".as_ptr());
        ffi::Py_DECREF(builtins);
        if getattr.is_null() {
            return std::ptr::null_mut();
        }
        let info = this(object).info;
        ffi::Py_BuildValue(
            c"N(Os)".as_ptr(),
            getattr,
            this(object).class,
            info.name.as_ptr(),
        )
    }
}

struct Table<T>(T);
// SAFETY: tables of constants that CPython only reads.
unsafe impl<T> Sync for Table<T> {}

const fn property(name: &'static CStr, get: ffi::getter) -> ffi::PyGetSetDef {
    ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get),
        set: None,
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    }
}

static PROPERTIES: Table<[ffi::PyGetSetDef; 8]> = Table([
    property(c"__doc__", get_doc),
    property(c"__module__", get_module),
    property(c"__name__", get_name),
    property(c"__objclass__", get_objclass),
    property(c"__qualname__", get_qualname),
    property(c"__text_signature__", get_text_signature),
    // SAFETY: the all-zero end mark that CPython asks for.
    unsafe { std::mem::zeroed() },
    // SAFETY: as above.
    unsafe { std::mem::zeroed() },
]);

static METHODS: Table<[ffi::PyMethodDef; 2]> = Table([
    ffi::PyMethodDef {
        ml_name: c"__reduce__".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: reduce,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: std::ptr::null(),
    },
    ffi::PyMethodDef::zeroed(),
]);

static MEMBERS: Table<[ffi::PyMemberDef; 2]> = Table([
    ffi::PyMemberDef {
        name: c"__vectorcalloffset__".as_ptr().cast::<c_char>(),
        type_code: ffi::Py_T_PYSSIZET,
        offset: std::mem::offset_of!(MethodObject, vectorcall) as ffi::Py_ssize_t,
        flags: ffi::Py_READONLY,
        doc: std::ptr::null(),
    },
    // SAFETY: the all-zero end mark that CPython asks for.
    unsafe { std::mem::zeroed() },
]);

/// The descriptor's type, made once per extension and interpreter.
///
/// # Safety
/// `module` is the extension module.
pub unsafe fn method_type(module: *mut ffi::PyObject) -> Result<Object, Raised> {
    let slot = |slot, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as *mut c_void),
        slot(ffi::Py_tp_traverse, traverse as *mut c_void),
        slot(ffi::Py_tp_descr_get, get as *mut c_void),
        slot(ffi::Py_tp_repr, repr as *mut c_void),
        slot(ffi::Py_tp_call, ffi::PyVectorcall_Call as *mut c_void),
        slot(
            ffi::Py_tp_getset,
            (&raw const PROPERTIES.0).cast_mut().cast(),
        ),
        slot(ffi::Py_tp_methods, (&raw const METHODS.0).cast_mut().cast()),
        slot(ffi::Py_tp_members, (&raw const MEMBERS.0).cast_mut().cast()),
        slot(0, std::ptr::null_mut()),
    ];
    let flags = ffi::Py_TPFLAGS_HAVE_GC
        | ffi::Py_TPFLAGS_HAVE_VECTORCALL
        | ffi::Py_TPFLAGS_METHOD_DESCRIPTOR;
    // SAFETY: the slots are those of a `MethodObject`.
    unsafe {
        own_type(
            module,
            c"pyrus.method_descriptor".as_ptr(),
            size_of::<MethodObject>(),
            flags,
            &mut slots,
        )
    }
}
