//! From a table to a Python type.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::exec::{dict_get, dict_set};
use super::refuse::{INIT_METHOD, REDUCE_METHOD};
use super::spec::{Table, TypeSpec};
use super::value::constant_object;
use crate::abi::{callable, construct, items, types};
use crate::any::{Any, Object};
use crate::call::{make_home, make_method};
use crate::conv::fresh;
use crate::cx::State;
use crate::error::{Raised, raise_text};
use crate::live;
use crate::record;

/// Make the type at an index.
///
/// # Safety
/// The thread is attached and the state live.
pub(super) unsafe fn build_type(state: &State, index: usize) -> Result<Object, Raised> {
    let spec = &super::init::spec().types[index];
    let table = super::init::table_of(index);
    prepare(state, spec, table)?;
    // SAFETY: as promised.
    unsafe {
        let object = from_spec(state, spec, table)?;
        let tp = object.as_any().as_ptr().cast::<ffi::PyTypeObject>();
        fill_dict(state, spec, tp, table)?;
        add_namespaces(state, index, tp)?;
        if makes_objects(spec) {
            construct::offer(tp, spec.vectorcall);
        } else {
            construct::close(tp)?;
        }
        #[cfg(not(Py_3_10))]
        keep_signature(tp, spec.doc)?;
        ffi::PyType_Modified(tp);
        Ok(object)
    }
}

/// The namespaces that are attributes of a class.
///
/// # Safety
/// `tp` is the fresh type of the index; the thread is attached and the state live.
unsafe fn add_namespaces(
    state: &State,
    index: usize,
    tp: *mut ffi::PyTypeObject,
) -> Result<(), Raised> {
    let all = super::init::spec().modules.iter();
    let mut own = all.flat_map(|module| module.within);
    // SAFETY: live types, and a dictionary that nobody else has seen.
    own.try_for_each(|(class, namespace, name)| unsafe {
        if *class != index {
            return Ok(());
        }
        let namespace = Any::new(state.type_at(*namespace)?.cast()).to_object();
        dict_set(
            types::dict(tp)?.as_any().as_ptr(),
            name.as_ptr(),
            &namespace,
        )
    })
}

/// What calls find in the state and objects of the type rely on.
fn prepare(
    state: &State,
    spec: &TypeSpec,
    table: Option<&'static record::Table>,
) -> Result<(), Raised> {
    if let Some(table) = table {
        let names = table.fields[table.new.positional_only..].iter();
        state.intern_fields(table.new.names, names.map(|field| field.name))?;
    }
    if let Some(live) = spec.live {
        let (table, count) = (live.table, live.table.fields.len());
        state.intern_fields(table.names, table.field_names())?;
        state.live[table.map].get_or_init(|| {
            // SAFETY: these places have just been filled, and stay so.
            let names =
                unsafe { std::slice::from_raw_parts(state.field_names(table.names), count) };
            live::NameMap::new(names)
        });
    }
    Ok(())
}

/// `CPython` 3.9 cuts the signature off the doc of a heap type: put all of it back, for `inspect.signature`.
#[cfg(not(Py_3_10))]
unsafe fn keep_signature(
    tp: *mut ffi::PyTypeObject,
    doc: &'static std::ffi::CStr,
) -> Result<(), Raised> {
    let text = doc.to_bytes_with_nul();
    // SAFETY: a new type of ours; CPython frees its doc with `PyObject_Free`, as it has allocated the one that goes.
    unsafe {
        let copy = ffi::PyObject_Malloc(text.len()).cast::<u8>();
        if copy.is_null() {
            ffi::PyErr_NoMemory();
            return Err(Raised);
        }
        std::ptr::copy_nonoverlapping(text.as_ptr(), copy, text.len());
        ffi::PyObject_Free((*tp).tp_doc.cast_mut().cast());
        (*tp).tp_doc = copy.cast();
    }
    Ok(())
}

/// Can the class be called?
fn makes_objects(spec: &TypeSpec) -> bool {
    spec.record.is_some()
        || spec.live.is_some()
        || spec.slots.iter().any(|slot| slot.id == ffi::Py_tp_new)
}

unsafe fn from_spec(
    state: &State,
    spec: &'static TypeSpec,
    table: Option<&'static record::Table>,
) -> Result<Object, Raised> {
    let layout = &spec.layout;
    let usual = match (spec.record, spec.live) {
        (Some(record), _) => record::slots(spec, record),
        (None, Some(live)) => live::slots(live.new),
        (None, None) => Vec::new(),
    };
    let slot = |slot, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = Vec::with_capacity(usual.len() + spec.slots.len() + 8);
    slots.push(slot(ffi::Py_tp_doc, spec.doc.as_ptr().cast_mut().cast()));
    slots.extend(layout.life_slots());
    if spec.unhashable {
        slots.push(slot(
            ffi::Py_tp_hash,
            ffi::PyObject_HashNotImplemented as *mut c_void,
        ));
    }
    if let Some(table) = table {
        slots.push(slot(ffi::Py_tp_methods, table.link().cast()));
    }
    let closing = (!makes_objects(spec))
        .then(construct::closing_slot)
        .flatten();
    slots.extend(
        spec.slots
            .iter()
            .chain(&usual)
            .chain(&closing)
            .map(|given| slot(given.id, given.function.pointer())),
    );
    // SAFETY: an all-zero end mark.
    let mut members: [ffi::PyMemberDef; 2] = unsafe { std::mem::zeroed() };
    if layout.weak_offset > 0 {
        members[0].name = c"__weaklistoffset__".as_ptr();
        members[0].type_code = ffi::Py_T_PYSSIZET;
        members[0].offset = layout.weak_offset as ffi::Py_ssize_t;
        members[0].flags = ffi::Py_READONLY;
        slots.push(slot(ffi::Py_tp_members, members.as_mut_ptr().cast()));
    }
    slots.push(slot(0, std::ptr::null_mut()));
    let mut spec = ffi::PyType_Spec {
        name: spec.full_name.as_ptr(),
        basicsize: layout.size as c_int,
        itemsize: 0,
        flags: flags(spec) as std::ffi::c_uint,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: a complete specification; CPython copies what it keeps.
    unsafe {
        fresh(ffi::PyType_FromModuleAndSpec(
            state.module,
            &raw mut spec,
            std::ptr::null_mut(),
        ))
    }
}

fn flags(spec: &TypeSpec) -> std::ffi::c_ulong {
    let mut flags = ffi::Py_TPFLAGS_DEFAULT;
    if spec.layout.gc {
        flags |= ffi::Py_TPFLAGS_HAVE_GC;
    }
    if spec.layout.subclass {
        flags |= ffi::Py_TPFLAGS_BASETYPE;
    }
    // Immutable types let the interpreter specialise method calls.
    #[cfg(Py_3_10)]
    {
        flags |= ffi::Py_TPFLAGS_IMMUTABLETYPE;
    }
    if !makes_objects(spec) {
        flags |= construct::CLOSED;
    }
    flags
}

/// Put methods, properties and constants into the type's dictionary.
unsafe fn fill_dict(
    state: &State,
    spec: &'static TypeSpec,
    tp: *mut ffi::PyTypeObject,
    table: Option<&'static record::Table>,
) -> Result<(), Raised> {
    // SAFETY: a fresh type that nobody else has seen; the tables live for ever.
    unsafe {
        let owned = types::dict(tp)?;
        let dict = owned.as_any().as_ptr();
        if let Some(table) = table {
            fill_record(table, tp, dict)?;
        }
        if let Some(live) = spec.live {
            fill_live(live.table, tp, dict)?;
        }
        for method in spec.methods.0 {
            let object = fresh(ffi::PyDescr_NewMethod(tp, (&raw const *method).cast_mut()))?;
            set_descriptor(dict, &object)?;
        }
        own_methods(spec, tp, dict)?;
        for method in spec.class_methods.0 {
            let object = fresh(ffi::PyDescr_NewClassMethod(
                tp,
                (&raw const *method).cast_mut(),
            ))?;
            set_descriptor(dict, &object)?;
        }
        for property in spec.properties.0 {
            let object = fresh(ffi::PyDescr_NewGetSet(
                tp,
                (&raw const *property).cast_mut(),
            ))?;
            set_descriptor(dict, &object)?;
        }
        fill_statics(state, spec, tp, dict)?;
        for method in spec.keyword_methods {
            let object = make_method(state, tp, method.names, method.info)?;
            dict_set(dict, method.info.name.as_ptr(), &object)?;
        }
        for constant in spec.constants {
            dict_set(
                dict,
                constant.name.as_ptr(),
                &constant_object(state, &constant.value)?,
            )?;
        }
        if let Some(names) = spec.match_args {
            let tuple = fresh(ffi::PyTuple_New(names.len() as ffi::Py_ssize_t))?;
            for (i, name) in names.iter().enumerate() {
                let name = fresh(ffi::PyUnicode_InternFromString(name.as_ptr()))?;
                items::tuple_fill(
                    tuple.as_any().as_ptr(),
                    i as ffi::Py_ssize_t,
                    name.into_ptr(),
                );
            }
            dict_set(dict, c"__match_args__".as_ptr(), &tuple)?;
        }
        Ok(())
    }
}

/// Put a descriptor of CPython's into a type's dictionary, under its own name: that one is interned and hashed already.
unsafe fn set_descriptor(dict: *mut ffi::PyObject, object: &Object) -> Result<(), Raised> {
    // SAFETY: a live dictionary, and a descriptor.
    unsafe {
        let name = types::descriptor_name(object)?;
        match ffi::PyDict_SetItem(dict, name.as_any().as_ptr(), object.as_any().as_ptr()) {
            0 => Ok(()),
            _ => Err(Raised),
        }
    }
}

/// Methods that come from the runtime.
unsafe fn own_methods(
    spec: &TypeSpec,
    tp: *mut ffi::PyTypeObject,
    dict: *mut ffi::PyObject,
) -> Result<(), Raised> {
    let with_buffer = spec
        .slots
        .iter()
        .any(|slot| slot.id == ffi::Py_bf_getbuffer);
    let methods = [
        // From 3.12 on the slot brings the method.
        (cfg!(not(Py_3_12)) && with_buffer).then_some(&BUFFER_METHOD),
        (!makes_objects(spec)).then_some(&INIT_METHOD),
        spec.unpicklable.map(|_| &REDUCE_METHOD),
    ];
    for method in methods.into_iter().flatten() {
        let method = &raw const method.0;
        // SAFETY: a fresh type that nobody else has seen; the tables live for ever.
        unsafe {
            let object = fresh(ffi::PyDescr_NewMethod(tp, method.cast_mut()))?;
            set_descriptor(dict, &object)?;
        }
    }
    Ok(())
}

/// Put what every record has into the dictionary.
unsafe fn fill_record(
    table: &'static record::Table,
    tp: *mut ffi::PyTypeObject,
    dict: *mut ffi::PyObject,
) -> Result<(), Raised> {
    // SAFETY: a fresh type that nobody else has seen; tables live for ever.
    unsafe {
        for method in &record::METHODS.0 {
            let object = fresh(ffi::PyDescr_NewMethod(tp, (&raw const *method).cast_mut()))?;
            set_descriptor(dict, &object)?;
        }
        for property in &table.properties {
            let definition = (&raw const *property).cast_mut();
            let object = fresh(ffi::PyDescr_NewGetSet(tp, definition))?;
            set_descriptor(dict, &object)?;
        }
        let names = record::names_tuple(table.fields)?;
        for method in &record::STATICS.0 {
            let function = fresh(ffi::PyCFunction_NewEx(
                (&raw const *method).cast_mut(),
                names.as_any().as_ptr(),
                pointer(dict_get(dict, c"__module__")?.as_ref()),
            ))?;
            let function = callable::static_method(&function)?;
            dict_set(dict, method.ml_name, &function)?;
        }
        let positional = &table.fields[..table.new.positional];
        let names = record::names_tuple(positional)?;
        dict_set(dict, c"__match_args__".as_ptr(), &names)
    }
}

/// An object or null.
fn pointer(object: Option<&Object>) -> *mut ffi::PyObject {
    object.map_or(std::ptr::null_mut(), |object| object.as_any().as_ptr())
}

/// What every live record has.
unsafe fn fill_live(
    table: &'static live::Table,
    tp: *mut ffi::PyTypeObject,
    dict: *mut ffi::PyObject,
) -> Result<(), Raised> {
    // SAFETY: a fresh type that nobody else has seen; tables live for ever.
    unsafe {
        for method in &live::METHODS.0 {
            let object = fresh(ffi::PyDescr_NewMethod(tp, (&raw const *method).cast_mut()))?;
            set_descriptor(dict, &object)?;
        }
        let restore = &raw const live::RESTORE.0;
        let object = fresh(ffi::PyDescr_NewClassMethod(tp, restore.cast_mut()))?;
        set_descriptor(dict, &object)?;
        for property in table.properties() {
            let definition = (&raw const *property).cast_mut();
            let object = fresh(ffi::PyDescr_NewGetSet(tp, definition))?;
            set_descriptor(dict, &object)?;
        }
        let names = live::names(table)?;
        let field_names = &raw const live::FIELD_NAMES.0;
        let function = fresh(ffi::PyCFunction_NewEx(
            field_names.cast_mut(),
            names.as_any().as_ptr(),
            pointer(dict_get(dict, c"__module__")?.as_ref()),
        ))?;
        let function = callable::static_method(&function)?;
        dict_set(dict, (*field_names).ml_name, &function)
    }
}

/// Put static functions into the dictionary: plain built-in functions, which bind to nothing.
unsafe fn fill_statics(
    state: &State,
    spec: &'static TypeSpec,
    tp: *mut ffi::PyTypeObject,
    dict: *mut ffi::PyObject,
) -> Result<(), Raised> {
    // SAFETY: live objects; the definitions live for ever.
    unsafe {
        if spec.statics.0.is_empty() {
            return Ok(());
        }
        let name = c"__module__".as_ptr();
        let module = fresh(ffi::PyObject_GetAttrString(tp.cast(), name))?;
        let home = make_home(state, tp, spec.full_name)?;
        for method in spec.statics.0 {
            let function = fresh(ffi::PyCFunction_NewEx(
                (&raw const *method).cast_mut(),
                home.as_any().as_ptr(),
                module.as_any().as_ptr(),
            ))?;
            dict_set(dict, method.ml_name, &function)?;
        }
        Ok(())
    }
}

/// `__buffer__` as CPython 3.12 has it, for older ones.
static BUFFER_METHOD: Table<ffi::PyMethodDef> = Table(crate::glue::one_raw(
    c"__buffer__",
    memory_view,
    c"__buffer__($self, flags, /)\n--\n\nReturn a buffer object that exposes the underlying memory of the object.",
));

unsafe extern "C" fn memory_view(
    slf: *mut ffi::PyObject,
    flags: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by Python with live objects.
    unsafe {
        let wanted = ffi::PyLong_AsLong(flags);
        if wanted == -1 && !ffi::PyErr_Occurred().is_null() {
            return std::ptr::null_mut();
        }
        if wanted & std::ffi::c_long::from(ffi::PyBUF_WRITABLE) != 0 {
            raise_text(ffi::PyExc_BufferError, "this buffer is read-only");
            return std::ptr::null_mut();
        }
        ffi::PyMemoryView_FromObject(slf)
    }
}
