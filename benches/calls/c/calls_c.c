/* The yardstick of `cargo xtask bench calls`: the benchmark's API written by hand against the C-API, the way somebody
 * who knows it well writes it. Multi-phase init, state per module, heap types made from specs, the calling convention
 * that fits each signature, keyword names interned once and compared by address first, payload inside the object, no
 * GC header where nothing is referenced. No tricks beyond that: no free lists, no cached strings, no own descriptors.
 *
 * Builds unchanged for CPython 3.9 and later. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if PY_VERSION_HEX >= 0x030A0000
#define FINAL_TYPE (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE)
#define FACTORY_ONLY Py_TPFLAGS_DISALLOW_INSTANTIATION
#else
#define FINAL_TYPE Py_TPFLAGS_DEFAULT
#define FACTORY_ONLY 0
#endif

#define NAMES(X) X(other) X(a) X(b) X(c) X(name) X(text) X(x) X(y) X(w) X(h) X(layer) X(count) X(locked)

typedef struct {
    PyTypeObject *handle_type;
    PyTypeObject *record_type;
#define FIELD(name) PyObject *str_##name;
    NAMES(FIELD)
#undef FIELD
    PyObject *record_names[8]; /* borrowed from the fields above, in declared order */
} State;

typedef struct {
    PyObject_HEAD
    uint64_t id;
    int64_t tag;
    const char *label;
    Py_ssize_t label_size;
} Handle;

typedef struct {
    char *data;
    Py_ssize_t size;
} Text;

typedef struct {
    PyObject_HEAD
    double x, y, w, h;
    Text name, layer;
    int64_t count;
    char locked;
} Record;

/* A static method has no way to its module's state, so the type it creates is kept here, as it commonly is. */
static PyTypeObject *static_handle_type;

static inline State *state_of_object(PyObject *self) {
    return (State *)PyType_GetModuleState(Py_TYPE(self));
}

static inline State *state_of_module(PyObject *module) {
    return (State *)PyModule_GetState(module);
}

/* ---- Keywords ------------------------------------------------------------------------------------------------ */

/* Index of `key` in `names`, tried from `hint` on; -1 when absent (no error set) or when comparing fails (error set). */
static int keyword_index(PyObject *key, PyObject *const *names, int count, int hint) {
    if (hint < count && names[hint] == key) {
        return hint;
    }
    for (int i = 0; i < count; i++) {
        if (names[i] == key) {
            return i;
        }
    }
    for (int i = 0; i < count; i++) {
        int equal = PyObject_RichCompareBool(names[i], key, Py_EQ);
        if (equal != 0) {
            return equal > 0 ? i : -1;
        }
    }
    return -1;
}

/* Borrowed values of `count` keyword-only arguments, all required. */
static int keyword_only(const char *function, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                        PyObject *const *names, int count, PyObject **values) {
    if (nargs != 0) {
        PyErr_Format(PyExc_TypeError, "%s() takes no positional arguments", function);
        return -1;
    }
    Py_ssize_t given = kwnames == NULL ? 0 : PyTuple_GET_SIZE(kwnames);
    for (Py_ssize_t k = 0; k < given; k++) {
        PyObject *key = PyTuple_GET_ITEM(kwnames, k);
        int index = keyword_index(key, names, count, (int)k);
        if (index < 0) {
            if (!PyErr_Occurred()) {
                PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'", function, key);
            }
            return -1;
        }
        values[index] = args[k];
    }
    for (int i = 0; i < count; i++) {
        if (values[i] == NULL) {
            PyErr_Format(PyExc_TypeError, "%s() missing required keyword-only argument: '%U'", function, names[i]);
            return -1;
        }
    }
    return 0;
}

/* One required keyword-only argument: the common case, without a loop. Borrowed. */
static inline PyObject *only_keyword(const char *function, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                                     PyObject *name) {
    if (nargs == 0 && kwnames != NULL && PyTuple_GET_SIZE(kwnames) == 1 && PyTuple_GET_ITEM(kwnames, 0) == name) {
        return args[0];
    }
    PyObject *value = NULL;
    return keyword_only(function, args, nargs, kwnames, &name, 1, &value) < 0 ? NULL : value;
}

/* ---- Conversions --------------------------------------------------------------------------------------------- */

static inline int as_i64(PyObject *value, int64_t *out) {
    *out = PyLong_AsLongLong(value);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static inline int as_f64(PyObject *value, double *out) {
    *out = PyFloat_AsDouble(value);
    return *out == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static inline int as_bool(PyObject *value, char *out) {
    if (value == Py_True || value == Py_False) {
        *out = value == Py_True;
        return 0;
    }
    PyErr_Format(PyExc_TypeError, "expected bool, got %.200s", Py_TYPE(value)->tp_name);
    return -1;
}

static inline int as_text(PyObject *value, Text *out) {
    Py_ssize_t size;
    const char *data = PyUnicode_AsUTF8AndSize(value, &size);
    if (data == NULL) {
        return -1;
    }
    char *copy = PyMem_Malloc((size_t)size + 1);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(copy, data, (size_t)size + 1);
    out->data = copy;
    out->size = size;
    return 0;
}

static inline PyObject *from_text(const Text *text) {
    return PyUnicode_FromStringAndSize(text->data, text->size);
}

/* ---- Handle -------------------------------------------------------------------------------------------------- */

static inline PyObject *new_handle(PyTypeObject *type, uint64_t id) {
    Handle *self = PyObject_New(Handle, type);
    if (self == NULL) {
        return NULL;
    }
    self->id = id;
    self->tag = 0;
    self->label = "handle-label";
    self->label_size = sizeof "handle-label" - 1;
    return (PyObject *)self;
}

static void handle_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *handle_create(PyObject *Py_UNUSED(ignored), PyObject *id) {
    uint64_t value = PyLong_AsUnsignedLongLong(id);
    if (value == (uint64_t)-1 && PyErr_Occurred()) {
        return NULL;
    }
    return new_handle(static_handle_type, value);
}

static PyObject *handle_get_id(PyObject *self, PyObject *Py_UNUSED(ignored)) {
    return PyLong_FromUnsignedLongLong(((Handle *)self)->id);
}

/* The type is final, so an exact check is enough. */
static inline Handle *as_handle(PyObject *self, PyObject *value) {
    if (Py_TYPE(value) == Py_TYPE(self)) {
        return (Handle *)value;
    }
    PyErr_Format(PyExc_TypeError, "expected Handle, got %.200s", Py_TYPE(value)->tp_name);
    return NULL;
}

static PyObject *handle_same_pos(PyObject *self, PyObject *other) {
    Handle *handle = as_handle(self, other);
    return handle == NULL ? NULL : PyBool_FromLong(((Handle *)self)->id == handle->id);
}

static PyObject *handle_is_same(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    State *state = state_of_object(self);
    PyObject *other = only_keyword("is_same", args, nargs, kwnames, state->str_other);
    Handle *handle = other == NULL ? NULL : as_handle(self, other);
    return handle == NULL ? NULL : PyBool_FromLong(((Handle *)self)->id == handle->id);
}

static PyObject *handle_add3(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    State *state = state_of_object(self);
    PyObject *names[3] = {state->str_a, state->str_b, state->str_c};
    PyObject *values[3] = {NULL, NULL, NULL};
    int64_t a, b, c;
    if (keyword_only("add3", args, nargs, kwnames, names, 3, values) < 0 || as_i64(values[0], &a) < 0 ||
        as_i64(values[1], &b) < 0 || as_i64(values[2], &c) < 0) {
        return NULL;
    }
    return PyLong_FromLongLong((int64_t)((uint64_t)a + (uint64_t)b + (uint64_t)c));
}

static PyObject *handle_name_len(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    State *state = state_of_object(self);
    PyObject *name = only_keyword("name_len", args, nargs, kwnames, state->str_name);
    Py_ssize_t size;
    if (name == NULL || PyUnicode_AsUTF8AndSize(name, &size) == NULL) {
        return NULL;
    }
    return PyLong_FromSsize_t(size);
}

static PyObject *handle_label(PyObject *self, PyObject *Py_UNUSED(ignored)) {
    Handle *handle = (Handle *)self;
    return PyUnicode_FromStringAndSize(handle->label, handle->label_size);
}

static PyObject *handle_get_tag(PyObject *self, void *Py_UNUSED(closure)) {
    return PyLong_FromLongLong(((Handle *)self)->tag);
}

static int refuse_delete(PyObject *value) {
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "can't delete attribute");
        return -1;
    }
    return 0;
}

static int handle_set_tag(PyObject *self, PyObject *value, void *Py_UNUSED(closure)) {
    int64_t tag;
    if (refuse_delete(value) < 0 || as_i64(value, &tag) < 0) {
        return -1;
    }
    ((Handle *)self)->tag = tag;
    return 0;
}

#define FUNCTION(f) ((PyCFunction)(void (*)(void))(f))

static PyMethodDef handle_methods[] = {
    {"create", handle_create, METH_O | METH_STATIC, "create(id, /)\n--\n\nMake a handle."},
    {"get_id", handle_get_id, METH_NOARGS, "get_id($self, /)\n--\n\n"},
    {"same_pos", handle_same_pos, METH_O, "same_pos($self, other, /)\n--\n\n"},
    {"is_same", FUNCTION(handle_is_same), METH_FASTCALL | METH_KEYWORDS, "is_same($self, /, *, other)\n--\n\n"},
    {"add3", FUNCTION(handle_add3), METH_FASTCALL | METH_KEYWORDS, "add3($self, /, *, a, b, c)\n--\n\n"},
    {"name_len", FUNCTION(handle_name_len), METH_FASTCALL | METH_KEYWORDS, "name_len($self, /, *, name)\n--\n\n"},
    {"label", handle_label, METH_NOARGS, "label($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef handle_getset[] = {
    {"tag", handle_get_tag, handle_set_tag, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot handle_slots[] = {
    {Py_tp_dealloc, handle_dealloc},
    {Py_tp_methods, handle_methods},
    {Py_tp_getset, handle_getset},
    {0, NULL},
};

static PyType_Spec handle_spec = {
    .name = "calls_c.Handle",
    .basicsize = sizeof(Handle),
    .flags = FINAL_TYPE | FACTORY_ONLY,
    .slots = handle_slots,
};

/* ---- Record -------------------------------------------------------------------------------------------------- */

static void record_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(((Record *)self)->name.data);
    PyMem_Free(((Record *)self)->layer.data);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *record_vectorcall(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *kwnames) {
    PyTypeObject *type = (PyTypeObject *)callable;
    State *state = (State *)PyType_GetModuleState(type);
    PyObject *v[8] = {NULL};
    if (keyword_only("Record", args, PyVectorcall_NARGS(nargsf), kwnames, state->record_names, 8, v) < 0) {
        return NULL;
    }
    Record *self = PyObject_New(Record, type);
    if (self == NULL) {
        return NULL;
    }
    self->name.data = self->layer.data = NULL;
    if (as_f64(v[0], &self->x) < 0 || as_f64(v[1], &self->y) < 0 || as_f64(v[2], &self->w) < 0 ||
        as_f64(v[3], &self->h) < 0 || as_text(v[4], &self->name) < 0 || as_text(v[5], &self->layer) < 0 ||
        as_i64(v[6], &self->count) < 0 || as_bool(v[7], &self->locked) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* `type.__call__` never gets here (see `tp_vectorcall`); `Record.__new__(Record, …)` does. */
static PyObject *record_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *stack[8] = {NULL};
    PyObject *names = NULL;
    Py_ssize_t given = kwargs == NULL ? 0 : PyDict_GET_SIZE(kwargs);
    if (PyTuple_GET_SIZE(args) != 0 || given > 8) {
        PyErr_SetString(PyExc_TypeError, "Record() takes 8 keyword arguments");
        return NULL;
    }
    if (given > 0) {
        names = PyTuple_New(given);
        if (names == NULL) {
            return NULL;
        }
        PyObject *key, *value;
        for (Py_ssize_t pos = 0, i = 0; PyDict_Next(kwargs, &pos, &key, &value); i++) {
            Py_INCREF(key);
            PyTuple_SET_ITEM(names, i, key);
            stack[i] = value;
        }
    }
    PyObject *result = record_vectorcall((PyObject *)type, stack, 0, names);
    Py_XDECREF(names);
    return result;
}

#define FLOAT_FIELD(field)                                                                                             \
    static PyObject *record_get_##field(PyObject *self, void *Py_UNUSED(closure)) {                                    \
        return PyFloat_FromDouble(((Record *)self)->field);                                                            \
    }                                                                                                                  \
    static int record_set_##field(PyObject *self, PyObject *value, void *Py_UNUSED(closure)) {                         \
        double number;                                                                                                 \
        if (refuse_delete(value) < 0 || as_f64(value, &number) < 0) {                                                  \
            return -1;                                                                                                 \
        }                                                                                                              \
        ((Record *)self)->field = number;                                                                              \
        return 0;                                                                                                      \
    }

#define TEXT_FIELD(field)                                                                                              \
    static PyObject *record_get_##field(PyObject *self, void *Py_UNUSED(closure)) {                                    \
        return from_text(&((Record *)self)->field);                                                                    \
    }                                                                                                                  \
    static int record_set_##field(PyObject *self, PyObject *value, void *Py_UNUSED(closure)) {                         \
        Text text;                                                                                                     \
        if (refuse_delete(value) < 0 || as_text(value, &text) < 0) {                                                   \
            return -1;                                                                                                 \
        }                                                                                                              \
        PyMem_Free(((Record *)self)->field.data);                                                                      \
        ((Record *)self)->field = text;                                                                                \
        return 0;                                                                                                      \
    }

FLOAT_FIELD(x)
FLOAT_FIELD(y)
FLOAT_FIELD(w)
FLOAT_FIELD(h)
TEXT_FIELD(name)
TEXT_FIELD(layer)

static PyObject *record_get_count(PyObject *self, void *Py_UNUSED(closure)) {
    return PyLong_FromLongLong(((Record *)self)->count);
}

static int record_set_count(PyObject *self, PyObject *value, void *Py_UNUSED(closure)) {
    int64_t count;
    if (refuse_delete(value) < 0 || as_i64(value, &count) < 0) {
        return -1;
    }
    ((Record *)self)->count = count;
    return 0;
}

static PyObject *record_get_locked(PyObject *self, void *Py_UNUSED(closure)) {
    return PyBool_FromLong(((Record *)self)->locked);
}

static int record_set_locked(PyObject *self, PyObject *value, void *Py_UNUSED(closure)) {
    char locked;
    if (refuse_delete(value) < 0 || as_bool(value, &locked) < 0) {
        return -1;
    }
    ((Record *)self)->locked = locked;
    return 0;
}

#define ACCESSORS(field) {#field, record_get_##field, record_set_##field, NULL, NULL}

static PyGetSetDef record_getset[] = {
    ACCESSORS(x),    ACCESSORS(y),     ACCESSORS(w),     ACCESSORS(h),      ACCESSORS(name),
    ACCESSORS(layer), ACCESSORS(count), ACCESSORS(locked), {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot record_slots[] = {
    {Py_tp_dealloc, record_dealloc},
    {Py_tp_new, record_new},
    {Py_tp_getset, record_getset},
#if PY_VERSION_HEX >= 0x030E0000
    {Py_tp_vectorcall, record_vectorcall},
#endif
    {0, NULL},
};

static PyType_Spec record_spec = {
    .name = "calls_c.Record",
    .basicsize = sizeof(Record),
    .flags = FINAL_TYPE,
    .slots = record_slots,
};

/* ---- Module -------------------------------------------------------------------------------------------------- */

static PyObject *calls_add(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs) {
    int64_t a, b;
    if (nargs != 2) {
        PyErr_Format(PyExc_TypeError, "add() takes 2 positional arguments but %zd were given", nargs);
        return NULL;
    }
    if (as_i64(args[0], &a) < 0 || as_i64(args[1], &b) < 0) {
        return NULL;
    }
    return PyLong_FromLongLong((int64_t)((uint64_t)a + (uint64_t)b));
}

static PyObject *calls_make_list(PyObject *module, PyObject *arg) {
    State *state = state_of_module(module);
    Py_ssize_t n = PyLong_AsSsize_t(arg);
    if (n == -1 && PyErr_Occurred()) {
        return NULL;
    }
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        PyObject *handle = new_handle(state->handle_type, (uint64_t)i);
        if (handle == NULL) {
            Py_CLEAR(list);
        } else {
            PyList_SET_ITEM(list, i, handle);
        }
    }
    return list;
}

/* The two arguments of `visit` and `each`. */
static int count_and_callback(const char *function, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t *n) {
    if (nargs != 2) {
        PyErr_Format(PyExc_TypeError, "%s() takes 2 positional arguments but %zd were given", function, nargs);
        return -1;
    }
    *n = PyLong_AsSsize_t(args[0]);
    if (*n == -1 && PyErr_Occurred()) {
        return -1;
    }
    if (!PyCallable_Check(args[1])) {
        PyErr_Format(PyExc_TypeError, "%s() expected a callable", function);
        return -1;
    }
    return 0;
}

static int call_with(PyObject *f, PyObject *item) {
    if (item == NULL) {
        return -1;
    }
    PyObject *result = PyObject_CallOneArg(f, item);
    Py_DECREF(item);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static PyObject *calls_visit(PyObject *module, PyObject *const *args, Py_ssize_t nargs) {
    State *state = state_of_module(module);
    Py_ssize_t n;
    if (count_and_callback("visit", args, nargs, &n) < 0) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (call_with(args[1], new_handle(state->handle_type, (uint64_t)i)) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *calls_each(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs) {
    Py_ssize_t n;
    if (count_and_callback("each", args, nargs, &n) < 0) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (call_with(args[1], PyLong_FromSsize_t(i)) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *calls_fail(PyObject *Py_UNUSED(module), PyObject *arg) {
    const char *message = PyUnicode_AsUTF8(arg);
    if (message != NULL) {
        PyErr_SetString(PyExc_ValueError, message);
    }
    return NULL;
}

static PyObject *calls_echo(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) {
    PyObject *text = only_keyword("echo", args, nargs, kwnames, state_of_module(module)->str_text);
    Py_ssize_t size;
    const char *data = text == NULL ? NULL : PyUnicode_AsUTF8AndSize(text, &size);
    return data == NULL ? NULL : PyUnicode_FromStringAndSize(data, size);
}

static PyObject *calls_sum_floats(PyObject *Py_UNUSED(module), PyObject *list) {
    if (!PyList_Check(list)) {
        PyErr_Format(PyExc_TypeError, "expected list, got %.200s", Py_TYPE(list)->tp_name);
        return NULL;
    }
    double sum = 0.0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        double item;
        if (as_f64(PyList_GET_ITEM(list, i), &item) < 0) {
            return NULL;
        }
        sum += item;
    }
    return PyFloat_FromDouble(sum);
}

static PyMethodDef calls_functions[] = {
    {"add", FUNCTION(calls_add), METH_FASTCALL, "add($module, a, b, /)\n--\n\n"},
    {"make_list", calls_make_list, METH_O, "make_list($module, n, /)\n--\n\n"},
    {"visit", FUNCTION(calls_visit), METH_FASTCALL, "visit($module, n, f, /)\n--\n\n"},
    {"each", FUNCTION(calls_each), METH_FASTCALL, "each($module, n, f, /)\n--\n\n"},
    {"fail", calls_fail, METH_O, "fail($module, msg, /)\n--\n\n"},
    {"echo", FUNCTION(calls_echo), METH_FASTCALL | METH_KEYWORDS, "echo($module, /, *, text)\n--\n\n"},
    {"sum_floats", calls_sum_floats, METH_O, "sum_floats($module, values, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject *add_type(PyObject *module, PyType_Spec *spec) {
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    if (type != NULL && PyModule_AddType(module, (PyTypeObject *)type) < 0) {
        Py_CLEAR(type);
    }
    return (PyTypeObject *)type;
}

static int calls_exec(PyObject *module) {
    State *state = state_of_module(module);
#define INTERN(name)                                                                                                   \
    if ((state->str_##name = PyUnicode_InternFromString(#name)) == NULL) {                                             \
        return -1;                                                                                                     \
    }
    NAMES(INTERN)
#undef INTERN
    PyObject *record_names[8] = {state->str_x,    state->str_y,     state->str_w,     state->str_h,
                                 state->str_name, state->str_layer, state->str_count, state->str_locked};
    memcpy(state->record_names, record_names, sizeof record_names);
    state->handle_type = add_type(module, &handle_spec);
    state->record_type = add_type(module, &record_spec);
    if (state->handle_type == NULL || state->record_type == NULL) {
        return -1;
    }
#if PY_VERSION_HEX < 0x030A0000
    state->handle_type->tp_new = NULL; /* what Py_TPFLAGS_DISALLOW_INSTANTIATION does later */
#endif
    state->record_type->tp_vectorcall = record_vectorcall;
    static_handle_type = state->handle_type;
    return 0;
}

static int calls_traverse(PyObject *module, visitproc visit, void *arg) {
    State *state = state_of_module(module);
    Py_VISIT(state->handle_type);
    Py_VISIT(state->record_type);
    return 0;
}

static int calls_clear(PyObject *module) {
    State *state = state_of_module(module);
    Py_CLEAR(state->handle_type);
    Py_CLEAR(state->record_type);
#define CLEAR(name) Py_CLEAR(state->str_##name);
    NAMES(CLEAR)
#undef CLEAR
    return 0;
}

static void calls_free(void *module) {
    calls_clear((PyObject *)module);
}

static PyModuleDef_Slot calls_slots[] = {
    {Py_mod_exec, calls_exec},
    {0, NULL},
};

static struct PyModuleDef calls_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "calls_c",
    .m_doc = "The call benchmark's API, written by hand against the C-API.",
    .m_size = sizeof(State),
    .m_methods = calls_functions,
    .m_slots = calls_slots,
    .m_traverse = calls_traverse,
    .m_clear = calls_clear,
    .m_free = calls_free,
};

PyMODINIT_FUNC PyInit_calls_c(void) {
    return PyModuleDef_Init(&calls_module);
}
