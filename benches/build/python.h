/* What the C records of `cargo xtask bench build` need of CPython, 3.9 and later. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <structmember.h>

#if PY_VERSION_HEX >= 0x030A0000
#define FINAL_TYPE (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE)
#else
#define FINAL_TYPE Py_TPFLAGS_DEFAULT
static inline PyObject *Py_NewRef(PyObject *object) {
    Py_INCREF(object);
    return object;
}
#endif
