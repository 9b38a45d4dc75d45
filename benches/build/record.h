/* One record of `cargo xtask bench build`, written by hand: the number N is defined by who includes this. The names of
 * all fields differ from record to record, as those of a real API do. */

#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)
#define ID(name) PASTE(name, N)
#define NAME(name) name TEXT(N)

typedef struct {
    PyObject_HEAD
    double x, y, width, height;
    PyObject *name, *layer;
    long long count;
    char locked;
} ID(Record);

static PyMemberDef ID(members)[] = {
    {NAME("x"), T_DOUBLE, offsetof(ID(Record), x), 0, NULL},
    {NAME("y"), T_DOUBLE, offsetof(ID(Record), y), 0, NULL},
    {NAME("width"), T_DOUBLE, offsetof(ID(Record), width), 0, NULL},
    {NAME("height"), T_DOUBLE, offsetof(ID(Record), height), 0, NULL},
    {NAME("count"), T_LONGLONG, offsetof(ID(Record), count), 0, NULL},
    {NAME("locked"), T_BOOL, offsetof(ID(Record), locked), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyObject *ID(get_name)(ID(Record) *self, void *closure) {
    (void)closure;
    return Py_NewRef(self->name);
}

static int ID(set_name)(ID(Record) *self, PyObject *value, void *closure) {
    (void)closure;
    if (value == NULL || !PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, NAME("name") " must be str");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(self->name, value);
    return 0;
}

static PyObject *ID(get_layer)(ID(Record) *self, void *closure) {
    (void)closure;
    return Py_NewRef(self->layer);
}

static int ID(set_layer)(ID(Record) *self, PyObject *value, void *closure) {
    (void)closure;
    if (value == NULL || !(PyUnicode_Check(value) || value == Py_None)) {
        PyErr_SetString(PyExc_TypeError, NAME("layer") " must be str or None");
        return -1;
    }
    Py_INCREF(value);
    Py_XSETREF(self->layer, value);
    return 0;
}

static PyGetSetDef ID(properties)[] = {
    {NAME("name"), (getter)ID(get_name), (setter)ID(set_name), NULL, NULL},
    {NAME("layer"), (getter)ID(get_layer), (setter)ID(set_layer), NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *ID(make)(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {NAME("x"), NAME("width"), NAME("height"), NAME("name"), NAME("layer"), NAME("count"),
                            NAME("locked"), NAME("y"), NULL};
    double x, y = 0.0, width, height;
    PyObject *name, *layer;
    long long count;
    int locked;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "$dddUOLp|d:" NAME("Record"), names, &x, &width, &height, &name, &layer,
                                     &count, &locked, &y)) {
        return NULL;
    }
    if (!(PyUnicode_Check(layer) || layer == Py_None)) {
        PyErr_SetString(PyExc_TypeError, NAME("layer") " must be str or None");
        return NULL;
    }
    ID(Record) *self = (ID(Record) *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->x = x;
        self->y = y;
        self->width = width;
        self->height = height;
        self->name = Py_NewRef(name);
        self->layer = Py_NewRef(layer);
        self->count = count;
        self->locked = (char)locked;
    }
    return (PyObject *)self;
}

static void ID(dealloc)(ID(Record) *self) {
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(self->name);
    Py_XDECREF(self->layer);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *ID(repr)(ID(Record) *self) {
    PyObject *floats = Py_BuildValue("(dddd)", self->x, self->y, self->width, self->height);
    if (floats == NULL) {
        return NULL;
    }
    PyObject *text = PyUnicode_FromFormat(
        NAME("Record") "(" NAME("x") "=%R, " NAME("y") "=%R, " NAME("width") "=%R, " NAME("height") "=%R, "
        NAME("name") "=%R, " NAME("layer") "=%R, " NAME("count") "=%lld, " NAME("locked") "=%s)",
        PyTuple_GET_ITEM(floats, 0), PyTuple_GET_ITEM(floats, 1), PyTuple_GET_ITEM(floats, 2), PyTuple_GET_ITEM(floats, 3),
        self->name, self->layer, self->count, self->locked ? "True" : "False");
    Py_DECREF(floats);
    return text;
}

static PyObject *ID(compare)(ID(Record) *self, ID(Record) *other, int op) {
    if (Py_TYPE(self) != Py_TYPE(other) || (op != Py_EQ && op != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    int equal = self->x == other->x && self->y == other->y && self->width == other->width && self->height == other->height
                && self->count == other->count && self->locked == other->locked;
    if (equal) {
        equal = PyObject_RichCompareBool(self->name, other->name, Py_EQ);
    }
    if (equal > 0) {
        equal = PyObject_RichCompareBool(self->layer, other->layer, Py_EQ);
    }
    return equal < 0 ? NULL : PyBool_FromLong(equal == (op == Py_EQ));
}

static PyObject *ID(reduce)(ID(Record) *self, PyObject *ignored) {
    (void)ignored;
    PyObject *functools = PyImport_ImportModule("functools");
    if (functools == NULL) {
        return NULL;
    }
    PyObject *partial = PyObject_GetAttrString(functools, "partial");
    Py_DECREF(functools);
    PyObject *fields = Py_BuildValue("{sd sd sd sd sO sO sL sN}", NAME("x"), self->x, NAME("y"), self->y, NAME("width"),
                                     self->width, NAME("height"), self->height, NAME("name"), self->name, NAME("layer"),
                                     self->layer, NAME("count"), self->count, NAME("locked"), PyBool_FromLong(self->locked));
    PyObject *call = NULL;
    if (partial != NULL && fields != NULL) {
        PyObject *type = PyTuple_Pack(1, (PyObject *)Py_TYPE(self));
        call = type == NULL ? NULL : PyObject_Call(partial, type, fields);
        Py_XDECREF(type);
    }
    Py_XDECREF(partial);
    Py_XDECREF(fields);
    return call == NULL ? NULL : Py_BuildValue("N()", call);
}

static PyMethodDef ID(methods)[] = {
    {"__reduce__", (PyCFunction)ID(reduce), METH_NOARGS, "Return state information for pickling."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot ID(slots)[] = {
    {Py_tp_doc, "The record with number " TEXT(N) "."},
    {Py_tp_members, ID(members)},
    {Py_tp_getset, ID(properties)},
    {Py_tp_methods, ID(methods)},
    {Py_tp_new, ID(make)},
    {Py_tp_dealloc, ID(dealloc)},
    {Py_tp_repr, ID(repr)},
    {Py_tp_richcompare, ID(compare)},
    {0, NULL},
};

static PyType_Spec ID(spec) = {
    TEXT(MODULE) "." NAME("Record"), sizeof(ID(Record)), 0, FINAL_TYPE, ID(slots),
};

#undef N
