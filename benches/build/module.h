/* The module around the records of `cargo xtask bench build`: MODULE, DEFAULT and SPECS are defined by who includes this. */

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define STRING_(a) #a
#define STRING(a) STRING_(a)

static PyObject *same(PyObject *module, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"n", NULL};
    long long n = DEFAULT;
    (void)module;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|L:same", names, &n)) {
        return NULL;
    }
    return PyLong_FromLongLong(n);
}

static PyMethodDef functions[] = {
    {"same", (PyCFunction)(void (*)(void))same, METH_VARARGS | METH_KEYWORDS, "The same number."},
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module) {
    PyType_Spec *specs[] = {SPECS NULL};
    for (PyType_Spec **spec = specs; *spec != NULL; spec++) {
        PyObject *type = PyType_FromModuleAndSpec(module, *spec, NULL);
        if (type == NULL || PyModule_AddType(module, (PyTypeObject *)type) < 0) {
            Py_XDECREF(type);
            return -1;
        }
        Py_DECREF(type);
    }
    return 0;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, fill},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, STRING(MODULE), "Generated to be measured.", 0, functions, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC JOIN(PyInit_, MODULE)(void) { return PyModuleDef_Init(&definition); }
