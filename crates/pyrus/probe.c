/* What the target interpreter's own headers say about every layout and constant that the runtime relies on. The object
 * file is never linked or run: `build.rs` reads the numbers, written as digits after a name, out of it. That also works
 * when the code is for another machine. With `Py_LIMITED_API` it sees, and says, what the stable ABI promises. */

#include <Python.h>
#if PY_VERSION_HEX < 0x030B0000 && !defined(Py_LIMITED_API)
#include <longintrepr.h>
#endif
#include <stddef.h>

#define DIGIT(value, power) ('0' + (char)(((unsigned long long)(value) / (power)) % 10))
/* One array, so that the order in the object file is the order here. */
#define NUMBER(value)                                                                                                   \
    DIGIT(value, 1000000000ULL), DIGIT(value, 100000000ULL), DIGIT(value, 10000000ULL), DIGIT(value, 1000000ULL),       \
        DIGIT(value, 100000ULL), DIGIT(value, 10000ULL), DIGIT(value, 1000ULL), DIGIT(value, 100ULL),                   \
        DIGIT(value, 10ULL), DIGIT(value, 1ULL), ':'

#ifndef Py_LIMITED_API
/* Where the digits of an int are: its size or tag, the first digit, bits in a digit, bits below the number of digits. */
#if PY_VERSION_HEX >= 0x030C0000
#define LONG_SIZE offsetof(PyLongObject, long_value.lv_tag)
#define LONG_DIGITS offsetof(PyLongObject, long_value.ob_digit)
#define LONG_TAG_BITS _PyLong_NON_SIZE_BITS
#define LONG_SIGN_MASK _PyLong_SIGN_MASK
#else
#define LONG_SIZE offsetof(PyVarObject, ob_size)
#define LONG_DIGITS offsetof(PyLongObject, ob_digit)
#define LONG_TAG_BITS 0
#define LONG_SIGN_MASK 0
#endif
#endif

const char pyrus_probe[] = {
    'P', 'Y', 'R', 'U', 'S', 'P', 'R', 'O', 'B', 'E', ':',
    NUMBER(PY_VERSION_HEX),
    NUMBER(sizeof(PyObject)),
    NUMBER(offsetof(PyObject, ob_type)),
    NUMBER(sizeof(PyMethodDef)),
    NUMBER(sizeof(PyGetSetDef)),
    NUMBER(sizeof(PyType_Spec)),
    NUMBER(sizeof(PyType_Slot)),
    NUMBER(sizeof(PyModuleDef)),
    NUMBER(sizeof(Py_buffer)),
    NUMBER(METH_FASTCALL | METH_KEYWORDS),
    NUMBER(Py_TPFLAGS_METHOD_DESCRIPTOR),
    NUMBER(Py_TPFLAGS_HAVE_GC),
    NUMBER(Py_tp_new),
#ifndef Py_LIMITED_API
    NUMBER(sizeof(PyTypeObject)),
    NUMBER(offsetof(PyTypeObject, tp_vectorcall)),
    NUMBER(offsetof(PyTypeObject, tp_dict)),
    NUMBER(offsetof(PyHeapTypeObject, ht_module)),
    NUMBER(offsetof(PyTupleObject, ob_item)),
    NUMBER(offsetof(PyFloatObject, ob_fval)),
    NUMBER(offsetof(PyDescrObject, d_name)),
    NUMBER(LONG_SIZE),
    NUMBER(LONG_DIGITS),
    NUMBER(LONG_TAG_BITS),
    NUMBER(LONG_SIGN_MASK),
    NUMBER(PyLong_SHIFT),
    NUMBER(sizeof(PyASCIIObject)),
    NUMBER(sizeof(PyCompactUnicodeObject)),
#ifdef Py_GIL_DISABLED
    NUMBER(offsetof(PyObject, ob_ref_shared)),
    NUMBER(_Py_REF_MAYBE_WEAKREF),
    NUMBER(_Py_REF_MERGED),
    NUMBER(_Py_REF_SHARED_SHIFT),
#endif
#endif
};
