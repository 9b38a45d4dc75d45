//! The C functions that Python calls, one generic shell each. Panics end here.

use std::ffi::{CStr, c_int, c_void};
use std::marker::PhantomData;

use pyo3_ffi as ffi;

use super::method::MethodObject;
use super::parse::{Extra, Given, parse};
use super::signature::Signature;
use crate::any::{Any, Object};
use crate::cx::{Cx, State, state_of_module, state_of_type, unloaded};
use crate::error::{Raised, raise_text};

/// A new reference, or an exception that is set.
pub type Outcome = Result<Object, Raised>;

/// The object a method was called on. Its class was checked.
#[derive(Clone, Copy)]
pub struct Slf<'py> {
    pub(crate) ptr: *mut ffi::PyObject,
    borrowed: PhantomData<&'py ()>,
}

/// One argument: an object that the caller keeps alive, or nothing.
#[derive(Clone, Copy)]
pub struct Arg<'py> {
    pub(crate) ptr: *mut ffi::PyObject,
    borrowed: PhantomData<&'py ()>,
}

/// The places of all parameters.
pub trait Args: Copy {
    /// How many.
    const COUNT: usize;
}

impl<const N: usize> Args for [Arg<'_>; N] {
    const COUNT: usize = N;
}

/// A function as generated: what to call, and how.
pub trait Function<const N: usize>: 'static {
    /// Its facts.
    const SIG: &'static Signature;
    /// It needs the extension's state.
    const STATE: bool = true;

    /// Convert, call, convert.
    fn call<'py>(cx: Cx<'py>, slf: Slf<'py>, args: [Arg<'py>; N], extra: Extra<'py>) -> Outcome;
}

impl Slf<'_> {
    pub(crate) fn new(ptr: *mut ffi::PyObject) -> Self {
        Self {
            ptr,
            borrowed: PhantomData,
        }
    }
}

impl Arg<'_> {
    pub(crate) fn new(ptr: *mut ffi::PyObject) -> Self {
        Self {
            ptr,
            borrowed: PhantomData,
        }
    }
}

/// Nothing extra.
pub const fn no_extra<'py>() -> Extra<'py> {
    Extra {
        positional: &[],
        kwnames: std::ptr::null_mut(),
        kwvalues: std::ptr::null(),
        names: std::ptr::null(),
    }
}

#[inline(always)]
pub(crate) fn answer(outcome: Outcome) -> *mut ffi::PyObject {
    match outcome {
        Ok(object) => object.into_ptr(),
        Err(Raised) => std::ptr::null_mut(),
    }
}

/// The common body of all shells.
///
/// # Safety
/// The thread is attached; `state` is live if the function needs it; the pointers live during the call.
#[inline(always)]
pub(crate) unsafe fn run<F: Function<N>, const N: usize>(
    state: *const State,
    slf: *mut ffi::PyObject,
    places: [*mut ffi::PyObject; N],
    extra: Extra<'_>,
) -> *mut ffi::PyObject {
    if F::STATE && state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    crate::panic::catch(F::SIG.name, std::ptr::null_mut(), || {
        if F::SIG.deprecated.is_some() && warn_deprecated(F::SIG).is_err() {
            return std::ptr::null_mut();
        }
        // SAFETY: as promised.
        let cx = unsafe { Cx::new(state) };
        answer(F::call(cx, Slf::new(slf), places.map(Arg::new), extra))
    })
}

#[cold]
pub(crate) fn warn_deprecated(sig: &'static Signature) -> Result<(), Raised> {
    let text = format!(
        "{}() is deprecated: {}",
        sig.name,
        sig.deprecated.unwrap_or_default()
    );
    let text = text.replace('\0', " ");
    let text = std::ffi::CString::new(text).unwrap_or_default();
    // SAFETY: a C string; level 1 is the caller.
    match unsafe { ffi::PyErr_WarnEx(ffi::PyExc_DeprecationWarning, text.as_ptr(), 1) } {
        0 => Ok(()),
        _ => Err(Raised),
    }
}

/// The state for a method of a class that can't be subclassed.
#[inline(always)]
unsafe fn state_for<F: Function<N>, const N: usize>(slf: *mut ffi::PyObject) -> *const State {
    // SAFETY: `slf` is an object of one of our types.
    if F::STATE {
        // SAFETY: as above.
        unsafe { state_of_type(ffi::Py_TYPE(slf)) }
    } else {
        std::ptr::null()
    }
}

unsafe extern "C" fn noargs_shell<F: Function<0>>(
    slf: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: Python checked the class of `slf`.
    unsafe { run::<F, 0>(state_for::<F, 0>(slf), slf, [], no_extra()) }
}

/// A method without parameters, `METH_NOARGS`.
pub const fn noargs<F: Function<0>>(name: &'static CStr, doc: &'static CStr) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: noargs_shell::<F>,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn one_shell<F: Function<1>>(
    slf: *mut ffi::PyObject,
    arg: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: Python checked the class of `slf`.
    unsafe { run::<F, 1>(state_for::<F, 1>(slf), slf, [arg], no_extra()) }
}

/// A method with one positional-only parameter that must be given, `METH_O`.
pub const fn one<F: Function<1>>(name: &'static CStr, doc: &'static CStr) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: one_shell::<F>,
        },
        ml_flags: ffi::METH_O,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn positional_shell<F: Function<N>, const N: usize>(
    slf: *mut ffi::PyObject,
    args: *mut *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: Python checked the class of `slf` and gives that many arguments.
    unsafe {
        let given = Given {
            values: args,
            count: count as usize,
            kwnames: std::ptr::null_mut(),
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, std::ptr::null(), given, &mut places) {
            Ok(extra) => run::<F, N>(state_for::<F, N>(slf), slf, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A method with positional-only parameters, `METH_FASTCALL`.
pub const fn positional<F: Function<N>, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFast: positional_shell::<F, N>,
        },
        ml_flags: ffi::METH_FASTCALL,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn function_shell<F: Function<N>, const N: usize>(
    module: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: `module` is our module: the runtime bound the function to it.
    unsafe {
        let state = if F::STATE || F::SIG.takes_keywords() {
            state_of_module(module)
        } else {
            std::ptr::null()
        };
        let names = names_of(F::SIG, state);
        let given = Given {
            values: args,
            count: count as usize,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, names, given, &mut places) {
            Ok(extra) => run::<F, N>(state, std::ptr::null_mut(), places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// The state for a function of a module.
#[inline(always)]
unsafe fn module_state<F: Function<N>, const N: usize>(module: *mut ffi::PyObject) -> *const State {
    if F::STATE {
        // SAFETY: `module` is our module: the runtime bound the function to it.
        unsafe { state_of_module(module) }
    } else {
        std::ptr::null()
    }
}

unsafe extern "C" fn function_noargs_shell<F: Function<0>>(
    module: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: bound to our module.
    unsafe {
        run::<F, 0>(
            module_state::<F, 0>(module),
            std::ptr::null_mut(),
            [],
            no_extra(),
        )
    }
}

/// A function without parameters, `METH_NOARGS`, bound to the extension module.
pub const fn function_noargs<F: Function<0>>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: function_noargs_shell::<F>,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn function_one_shell<F: Function<1>>(
    module: *mut ffi::PyObject,
    arg: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: bound to our module.
    unsafe {
        run::<F, 1>(
            module_state::<F, 1>(module),
            std::ptr::null_mut(),
            [arg],
            no_extra(),
        )
    }
}

/// A function with one positional-only parameter that must be given, `METH_O`, bound to the extension module.
pub const fn function_one<F: Function<1>>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: function_one_shell::<F>,
        },
        ml_flags: ffi::METH_O,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn function_positional_shell<F: Function<N>, const N: usize>(
    module: *mut ffi::PyObject,
    args: *mut *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: bound to our module; Python gives that many arguments.
    unsafe {
        let given = Given {
            values: args,
            count: count as usize,
            kwnames: std::ptr::null_mut(),
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, std::ptr::null(), given, &mut places) {
            Ok(extra) => run::<F, N>(
                module_state::<F, N>(module),
                std::ptr::null_mut(),
                places,
                extra,
            ),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A function with positional-only parameters, `METH_FASTCALL`, bound to the extension module.
pub const fn function_positional<F: Function<N>, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFast: function_positional_shell::<F, N>,
        },
        ml_flags: ffi::METH_FASTCALL,
        ml_doc: doc.as_ptr(),
    }
}

/// The interned names of a signature.
#[inline(always)]
unsafe fn names_of(sig: &'static Signature, state: *const State) -> *const *mut ffi::PyObject {
    if sig.takes_keywords() && !state.is_null() {
        // SAFETY: a live state; the generated table is long enough for every signature.
        unsafe { (*state).names.as_ptr().add(sig.names) }
    } else {
        std::ptr::null()
    }
}

/// A function of a module or namespace, `METH_FASTCALL | METH_KEYWORDS`, bound to the extension module.
pub const fn function<F: Function<N>, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFastWithKeywords: function_shell::<F, N>,
        },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: doc.as_ptr(),
    }
}

/// The vectorcall of a keyword method: `callable` is our descriptor, the first argument the object.
///
/// # Safety
/// Called by Python on a [`MethodObject`].
pub unsafe extern "C" fn bound<F: Function<N>, const N: usize>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; `receiver` checks that there is an object of the right class.
    unsafe {
        let method = &*callable.cast::<MethodObject>();
        let count = ffi::PyVectorcall_NARGS(nargsf) as usize;
        let Some(slf) = method.receiver(args, count) else {
            return std::ptr::null_mut();
        };
        let given = Given {
            values: args.add(1),
            count: count - 1,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, method.names, given, &mut places) {
            Ok(extra) => run::<F, N>(method.state, slf, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// `tp_new` and the vectorcall of a class with a constructor share this: arguments as a tuple and a dict.
///
/// # Safety
/// Called by Python; `tp` is the class of `F` or a subclass.
pub unsafe extern "C" fn constructor<F: Function<N>, const N: usize>(
    tp: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = nearest_state(tp);
        with_tuple_and_dict::<F, N>(state, tp.cast(), args, kwargs)
    }
}

/// `tp_vectorcall` of a class with a constructor.
///
/// # Safety
/// Called by Python with the class itself: subclasses do not inherit it.
pub unsafe extern "C" fn construct_vectorcall<F: Function<N>, const N: usize>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = nearest_state(callable.cast());
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let given = Given {
            values: args,
            count: ffi::PyVectorcall_NARGS(nargsf) as usize,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, names_of(F::SIG, state), given, &mut places) {
            Ok(extra) => run::<F, N>(state, callable, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn class_shell<F: Function<N>, const N: usize>(
    class: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython's descriptor made sure that `class` is the class or a subclass.
    unsafe {
        let state = nearest_state(class.cast());
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let given = Given {
            values: args,
            count: count as usize,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, names_of(F::SIG, state), given, &mut places) {
            Ok(extra) => run::<F, N>(state, class, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A class method, `METH_CLASS`.
pub const fn class_method<F: Function<N>, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFastWithKeywords: class_shell::<F, N>,
        },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS | ffi::METH_CLASS,
        ml_doc: doc.as_ptr(),
    }
}

/// The state of the nearest base that is ours.
unsafe fn nearest_state(mut tp: *mut ffi::PyTypeObject) -> *const State {
    // SAFETY: the chain of bases ends at `object`; ours are heap types with a module whose definition is known to be
    // ours because only our constructor calls this.
    unsafe {
        loop {
            if ffi::PyType_HasFeature(tp, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
                return std::ptr::null();
            }
            if crate::module::is_ours(tp) {
                return state_of_type(tp);
            }
            tp = (*tp).tp_base;
        }
    }
}

/// `tp_call`.
///
/// # Safety
/// Called by Python on an object of the class of `F`.
pub unsafe extern "C" fn instance_call<F: Function<N>, const N: usize>(
    slf: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { with_tuple_and_dict::<F, N>(nearest_state(ffi::Py_TYPE(slf)), slf, args, kwargs) }
}

/// A call in the old convention, made into the new one.
unsafe fn with_tuple_and_dict<F: Function<N>, const N: usize>(
    state: *const State,
    slf: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    if state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    // SAFETY: `args` is a tuple, `kwargs` a dict or null; the state is live.
    unsafe {
        with_vectorcall(args, kwargs, |given| {
            let mut places = [std::ptr::null_mut(); N];
            match parse::<N>(F::SIG, names_of(F::SIG, state), given, &mut places) {
                Ok(extra) => run::<F, N>(state, slf, places, extra),
                Err(Raised) => std::ptr::null_mut(),
            }
        })
    }
}

/// Hand a tuple and a dict of arguments on as a vectorcall.
///
/// # Safety
/// `args` is a tuple, `kwargs` a dict or null.
pub(crate) unsafe fn with_vectorcall(
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
    call: impl FnOnce(Given) -> *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: the tuple lives during the call; the dict may change meanwhile, so its values are held.
    unsafe {
        let count = ffi::PyTuple_GET_SIZE(args) as usize;
        let mut values: Vec<*mut ffi::PyObject> = (0..count)
            .map(|i| ffi::PyTuple_GET_ITEM(args, i as ffi::Py_ssize_t))
            .collect();
        let mut held = Vec::new();
        let mut names = None;
        if !kwargs.is_null() && ffi::PyDict_Size(kwargs) > 0 {
            let tuple = ffi::PyTuple_New(ffi::PyDict_Size(kwargs));
            if tuple.is_null() {
                return std::ptr::null_mut();
            }
            let (mut position, mut i) = (0, 0);
            let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
            while ffi::PyDict_Next(kwargs, &raw mut position, &raw mut key, &raw mut value) != 0 {
                ffi::Py_INCREF(key);
                ffi::PyTuple_SET_ITEM(tuple, i, key);
                held.push(Any::new(value).to_object());
                values.push(value);
                i += 1;
            }
            names = Some(Object::steal(tuple));
        }
        let kwnames = names
            .as_ref()
            .map_or(std::ptr::null_mut(), |names| names.as_any().as_ptr());
        call(Given {
            values: values.as_ptr(),
            count,
            kwnames,
        })
    }
}

unsafe extern "C" fn getter_shell<F: Function<0>>(
    slf: *mut ffi::PyObject,
    _: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: the descriptor checked the class of `slf`.
    unsafe {
        let state = if F::STATE {
            nearest_state(ffi::Py_TYPE(slf))
        } else {
            std::ptr::null()
        };
        run::<F, 0>(state, slf, [], no_extra())
    }
}

/// The reading half of a property.
pub const fn getter<F: Function<0>>() -> ffi::getter {
    getter_shell::<F>
}

unsafe extern "C" fn setter_shell<F: Function<1>>(
    slf: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    _: *mut c_void,
) -> c_int {
    // SAFETY: the descriptor checked the class of `slf`.
    unsafe {
        if value.is_null() {
            raise_text(
                ffi::PyExc_AttributeError,
                &format!("{} can't be deleted", F::SIG.name),
            );
            return -1;
        }
        let state = if F::STATE {
            nearest_state(ffi::Py_TYPE(slf))
        } else {
            std::ptr::null()
        };
        let done = run::<F, 1>(state, slf, [value], no_extra());
        if done.is_null() {
            return -1;
        }
        ffi::Py_DECREF(done);
        0
    }
}

/// The writing half of a property.
pub const fn setter<F: Function<1>>() -> ffi::setter {
    setter_shell::<F>
}
