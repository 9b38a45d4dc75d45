//! What the interpreter's headers say, compared with what this crate believes: a difference does not compile.

#[cfg(pyrus_probed)]
#[allow(clippy::unreadable_literal, reason = "generated")]
mod checks {
    use std::mem::offset_of;

    use pyo3_ffi as ffi;

    include!(concat!(env!("OUT_DIR"), "/probe.rs"));

    const _: () = {
        assert!(VERSION >> 24 == 3, "CPython 3 is expected");
        assert!(OBJECT_SIZE == size_of::<ffi::PyObject>());
        assert!(OBJECT_TYPE == offset_of!(ffi::PyObject, ob_type));
        assert!(METHOD_DEF_SIZE == size_of::<ffi::PyMethodDef>());
        assert!(GETSET_DEF_SIZE == size_of::<ffi::PyGetSetDef>());
        assert!(TYPE_SPEC_SIZE == size_of::<ffi::PyType_Spec>());
        assert!(TYPE_SLOT_SIZE == size_of::<ffi::PyType_Slot>());
        assert!(MODULE_DEF_SIZE == size_of::<ffi::PyModuleDef>());
        assert!(BUFFER_SIZE == size_of::<ffi::Py_buffer>());
        assert!(METH_FASTCALL_KEYWORDS == (ffi::METH_FASTCALL | ffi::METH_KEYWORDS) as usize);
        assert!(METHOD_DESCRIPTOR == ffi::Py_TPFLAGS_METHOD_DESCRIPTOR as usize);
        assert!(HAVE_GC == ffi::Py_TPFLAGS_HAVE_GC as usize);
        assert!(TP_NEW == ffi::Py_tp_new as usize);
    };

    /// What the stable ABI does not show is not used with it either.
    #[cfg(not(Py_LIMITED_API))]
    const _: () = {
        assert!(TYPE_SIZE == size_of::<ffi::PyTypeObject>());
        assert!(TYPE_VECTORCALL == offset_of!(ffi::PyTypeObject, tp_vectorcall));
        assert!(TYPE_DICT == offset_of!(ffi::PyTypeObject, tp_dict));
        assert!(HEAP_TYPE_MODULE == offset_of!(ffi::PyHeapTypeObject, ht_module));
        assert!(TUPLE_ITEMS == offset_of!(ffi::PyTupleObject, ob_item));
        assert!(FLOAT_VALUE == offset_of!(ffi::PyFloatObject, ob_fval));
        assert!(DESCRIPTOR_NAME == offset_of!(ffi::PyDescrObject, d_name));
        assert!(ASCII_SIZE == size_of::<ffi::PyASCIIObject>());
        assert!(COMPACT_SIZE == size_of::<ffi::PyCompactUnicodeObject>());
    };

    #[cfg(Py_GIL_DISABLED)]
    const _: () = {
        use crate::abi::refs;

        assert!(REF_SHARED == offset_of!(ffi::PyObject, ob_ref_shared));
        assert!(REF_MAYBE_WEAKREF == refs::MAYBE_WEAKREF as usize);
        assert!(REF_MERGED == refs::MERGED as usize);
        assert!(1 << REF_SHIFT == refs::ONE);
    };

    #[cfg(pyrus_digits)]
    const _: () = {
        use crate::conv::digits::Digits;

        assert!(LONG_SIZE == offset_of!(Digits, size));
        assert!(LONG_DIGITS == offset_of!(Digits, lowest));
        assert!(LONG_SHIFT == 30);
        assert!(LONG_TAG_BITS == if cfg!(Py_3_12) { 3 } else { 0 });
        assert!(LONG_SIGN_MASK == LONG_TAG_BITS);
    };
}
