//! Built-in wrappers of functions.

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use pyo3_ffi as ffi;

    use crate::any::Object;
    use crate::conv::fresh;
    use crate::error::Raised;

    unsafe extern "C" {
        /// Exported by CPython, not declared by `pyo3-ffi`.
        fn PyMethod_New(
            function: *mut ffi::PyObject,
            instance: *mut ffi::PyObject,
        ) -> *mut ffi::PyObject;
    }

    /// What an extension keeps to bind methods: nothing.
    pub(crate) struct Binder;

    impl Binder {
        pub(crate) const fn new() -> Self {
            Self
        }

        /// A bound method, or null with an exception.
        ///
        /// # Safety
        /// Both are alive.
        #[allow(clippy::unused_self, reason = "the other face has something in it")]
        pub(crate) unsafe fn bind(
            &self,
            function: *mut ffi::PyObject,
            instance: *mut ffi::PyObject,
        ) -> *mut ffi::PyObject {
            // SAFETY: as promised.
            unsafe { PyMethod_New(function, instance) }
        }
    }

    /// `callable(*args)`: a new reference, or null with an exception.
    ///
    /// A function written in Python is called without a search for the way, and without a look at what it gives.
    ///
    /// # Safety
    /// All are alive; `count` is as `PyObject_Vectorcall` takes it.
    #[inline]
    pub(crate) unsafe fn call(
        callable: *mut ffi::PyObject,
        args: *const *mut ffi::PyObject,
        count: usize,
    ) -> *mut ffi::PyObject {
        let none = std::ptr::null_mut();
        // SAFETY: as promised; a function has the pointer where its type says.
        unsafe {
            let tp = ffi::Py_TYPE(callable);
            if tp == &raw mut ffi::PyFunction_Type {
                let place = callable.byte_offset((*tp).tp_vectorcall_offset);
                if let Some(function) = place.cast::<Option<ffi::vectorcallfunc>>().read() {
                    return function(callable, args, count, none);
                }
            }
            ffi::PyObject_Vectorcall(callable, args, count, none)
        }
    }

    /// `staticmethod(function)`.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn static_method(function: &Object) -> Result<Object, Raised> {
        // SAFETY: a live object.
        fresh(unsafe { ffi::PyStaticMethod_New(function.as_any().as_ptr()) })
    }
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use std::ffi::CStr;

    use pyo3_ffi as ffi;

    use crate::any::Object;
    use crate::conv::fresh;
    use crate::error::Raised;
    use crate::made::Made;

    /// What an extension keeps to bind methods: `types.MethodType`, once it was needed.
    pub(crate) struct Binder(Made<ffi::PyObject>);

    impl Binder {
        pub(crate) const fn new() -> Self {
            Self(Made::nothing())
        }

        /// A bound method, or null with an exception.
        ///
        /// # Safety
        /// Both are alive.
        pub(crate) unsafe fn bind(
            &self,
            function: *mut ffi::PyObject,
            instance: *mut ffi::PyObject,
        ) -> *mut ffi::PyObject {
            let args = [function, instance];
            // SAFETY: as promised.
            unsafe {
                let class = match self.0.get() {
                    none if none.is_null() => match item(c"types", c"MethodType") {
                        Ok(class) => self.0.put_object(class),
                        Err(Raised) => return std::ptr::null_mut(),
                    },
                    class => class,
                };
                let (args, none) = (args.as_ptr(), std::ptr::null_mut());
                ffi::PyObject_Vectorcall(class, args, 2, none)
            }
        }
    }

    /// `callable(*args)`: a new reference, or null with an exception.
    ///
    /// # Safety
    /// All are alive; `count` is as `PyObject_Vectorcall` takes it.
    pub(crate) unsafe fn call(
        callable: *mut ffi::PyObject,
        args: *const *mut ffi::PyObject,
        count: usize,
    ) -> *mut ffi::PyObject {
        // SAFETY: as promised.
        unsafe { ffi::PyObject_Vectorcall(callable, args, count, std::ptr::null_mut()) }
    }

    impl Drop for Binder {
        fn drop(&mut self) {
            // SAFETY: owned, or null; dropped with the state, on an attached thread.
            unsafe { ffi::Py_XDECREF(self.0.take()) };
        }
    }

    /// `staticmethod(function)`.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn static_method(function: &Object) -> Result<Object, Raised> {
        // SAFETY: live objects.
        unsafe {
            let class = item(c"builtins", c"staticmethod")?;
            let args = [function.as_any().as_ptr()];
            fresh(ffi::PyObject_Vectorcall(
                class.as_any().as_ptr(),
                args.as_ptr(),
                args.len(),
                std::ptr::null_mut(),
            ))
        }
    }

    unsafe fn item(module: &CStr, name: &CStr) -> Result<Object, Raised> {
        // SAFETY: C strings and a live module.
        unsafe {
            let module = fresh(ffi::PyImport_ImportModule(module.as_ptr()))?;
            fresh(ffi::PyObject_GetAttrString(
                module.as_any().as_ptr(),
                name.as_ptr(),
            ))
        }
    }
}
