//! Birth and death of objects, and what the garbage collector sees of them.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::guard::{Flag, Guard};
use super::home::Home;
use super::layout::{Class, Inst, Payload, Value, Weak};
use super::slots::{Hidden, Slots};
use super::this::This;
use super::unique::{self, Known};
use crate::abi::types;
use crate::any::Object;
use crate::cx::{Cx, state_of_dying};
use crate::error::{Error, Raised, raise_text};

/// A new object of class `C`; the old one if the class is unique and the payload has one already.
#[inline]
pub fn wrap<C: Class>(cx: Cx<'_>, payload: C::Payload) -> Result<Object, Raised> {
    if let Some(object) = known::<C>(cx, &payload)? {
        return Ok(object);
    }
    let known_type = !cx.state().types[C::INDEX].get().is_null();
    let tp = cx.type_at(C::INDEX)?;
    // To make the type may have run Python, and so have made the object.
    if !known_type && let Some(object) = known::<C>(cx, &payload)? {
        return Ok(object);
    }
    // SAFETY: `tp` is the class's own type; what was in the pool is filled.
    unsafe {
        match reuse::<C>(cx, tp) {
            Some(object) => finish::<C>(cx.state().home.home(), object, payload),
            None => wrap_as::<C>(cx, tp, payload),
        }
    }
}

/// A dead object of class `C` from its pool, with a fresh header.
///
/// # Safety
/// `tp` is the class's own type.
#[inline(always)]
unsafe fn reuse<C: Class>(cx: Cx<'_>, tp: *mut ffi::PyTypeObject) -> Option<*mut ffi::PyObject> {
    if C::POOL == 0 {
        return None;
    }
    let object = cx.state().pools[C::INDEX].pop()?;
    // SAFETY: the pool holds dead objects of this class, whole but for their contents.
    Some(unsafe { ffi::PyObject_Init(object, tp) })
}

/// A new object of `C` or a subclass of it.
///
/// # Safety
/// `tp` is the type of `C` or a Python subclass.
pub unsafe fn wrap_as<C: Class>(
    cx: Cx<'_>,
    tp: *mut ffi::PyTypeObject,
    payload: C::Payload,
) -> Result<Object, Raised> {
    // SAFETY: as promised; `finish` fills what the allocators leave open.
    unsafe {
        let object = if C::SUBCLASS {
            ffi::PyType_GenericAlloc(tp, 0)
        } else if C::GC {
            ffi::PyObject_GC_New::<ffi::PyObject>(tp)
        } else {
            ffi::PyObject_New::<ffi::PyObject>(tp)
        };
        if object.is_null() {
            return Err(Raised);
        }
        // To allocate may have run the garbage collector, and that anything.
        match known::<C>(cx, &payload) {
            Ok(None) => {}
            Ok(Some(other)) => {
                discard::<C>(object, tp);
                return Ok(other);
            }
            Err(Raised) => {
                discard::<C>(object, tp);
                return Err(Raised);
            }
        }
        let home = if C::UNIQUE {
            cx.state().home.home()
        } else {
            Home::NONE
        };
        finish::<C>(home, object, payload)
    }
}

/// Free an object that was never filled.
///
/// # Safety
/// `object` was just allocated by `wrap_as` for the type `tp`.
#[cold]
unsafe fn discard<C: Class>(object: *mut ffi::PyObject, tp: *mut ffi::PyTypeObject) {
    // SAFETY: as promised; only subclassable types track their objects at once.
    unsafe {
        if C::GC || C::SUBCLASS && ffi::PyType_IS_GC(tp) != 0 {
            ffi::PyObject_GC_UnTrack(object.cast());
        }
        types::free(tp, object);
        ffi::Py_DECREF(tp.cast());
    }
}

/// Fill a fresh object; where another thread has made one for the same payload meanwhile, that one counts.
///
/// # Safety
/// `object` has its header and room for an `Inst<C>`; nothing else in it counts. `home` is this interpreter, if the class is
/// unique.
#[inline(always)]
pub(super) unsafe fn finish<C: Class>(
    home: Home,
    object: *mut ffi::PyObject,
    payload: C::Payload,
) -> Result<Object, Raised> {
    // SAFETY: as promised. The object is shown to others, and to the collector, only when it is complete.
    unsafe {
        let inst = object.cast::<Inst<C>>();
        (*(*inst).payload.get()).write(payload);
        (&raw mut (*inst).guard).write(C::Guard::NEW);
        (&raw mut (*inst).slots).write(C::Slots::new());
        (*inst).weak.get().write(C::Weak::NEW);
        if C::UNIQUE
            && let Some(place) = C::unique((*inst).payload().target())
            && let Err(known) = unique::claim(place, home, object)
        {
            return abandon::<C>(object, known);
        }
        // `PyType_GenericAlloc` has tracked it already.
        if C::GC && !C::SUBCLASS {
            ffi::PyObject_GC_Track(object.cast());
        }
        let object = Object::steal(object);
        if C::CREATES {
            let this = This::new(object.as_any().as_ptr());
            crate::panic::contain(C::NAME, || C::created(this));
        }
        Ok(object)
    }
}

/// Give a complete object up before anybody has seen it, for the one that there is.
///
/// # Safety
/// `object` was filled, and no more.
#[cold]
unsafe fn abandon<C: Class>(object: *mut ffi::PyObject, known: Known) -> Result<Object, Raised> {
    // SAFETY: as promised.
    unsafe {
        let inst = object.cast::<Inst<C>>();
        crate::panic::contain(C::NAME, || (*(*inst).payload.get()).assume_init_drop());
        discard::<C>(object, ffi::Py_TYPE(object));
    }
    match known {
        Known::Ours(other) => Ok(other),
        Known::Nothing | Known::Foreign => Err(foreign(C::NAME)),
    }
}

/// The Python object that a unique Rust object has.
#[inline(always)]
pub(crate) fn existing<C: Class>(target: &C::Target, home: Home) -> Known {
    match C::unique(target) {
        // SAFETY: the place belongs to the class; whoever knows the home is on a thread of that interpreter.
        Some(place) => unsafe { unique::look(place, home) },
        None => Known::Nothing,
    }
}

/// The object that there is for a payload, if the class is unique.
#[inline(always)]
fn known<C: Class>(cx: Cx<'_>, payload: &C::Payload) -> Result<Option<Object>, Raised> {
    if !C::UNIQUE {
        return Ok(None);
    }
    match existing::<C>(payload.target(), cx.state().home.home()) {
        Known::Nothing => Ok(None),
        Known::Ours(object) => Ok(Some(object)),
        Known::Foreign => Err(foreign(C::NAME)),
    }
}

/// Rust has handed an object from one interpreter to another.
#[cold]
fn foreign(name: &str) -> Raised {
    let text = format!("this {name} has its one Python object in another interpreter");
    // SAFETY: called on an attached thread.
    unsafe { raise_text(ffi::PyExc_RuntimeError, &text) }
}

/// `tp_dealloc`.
///
/// # Safety
/// Called by Python, for an object of class `C` or a subclass, with no references left.
pub unsafe extern "C" fn dealloc<C: Class>(object: *mut ffi::PyObject) {
    // SAFETY: as promised.
    unsafe {
        if C::GC || C::SUBCLASS && ffi::PyType_IS_GC(ffi::Py_TYPE(object)) != 0 {
            ffi::PyObject_GC_UnTrack(object.cast());
        }
        let inst = object.cast::<Inst<C>>();
        if <C::Weak as Weak>::ALLOWED {
            ffi::PyObject_ClearWeakRefs(object);
        }
        say_goodbye(inst, object);
        // Only what its slots hold can make a chain of any length.
        if (*inst)
            .slots
            .all()
            .iter()
            .any(|slot| !slot.peek().is_null())
        {
            crate::trash::bury(object, end::<C>);
        } else {
            end::<C>(object);
        }
    }
}

/// The last part of `dealloc`.
///
/// # Safety
/// `object` is dying and untracked.
unsafe extern "C" fn end<C: Class>(object: *mut ffi::PyObject) {
    // SAFETY: as promised.
    unsafe {
        drop_contents(object.cast::<Inst<C>>());
        free::<C>(object);
    }
}

/// What must happen while the payload is still there, and at once: from here on Rust does not find the object any more.
///
/// # Safety
/// `inst` is dying.
unsafe fn say_goodbye<C: Class>(inst: *mut Inst<C>, object: *mut ffi::PyObject) {
    // SAFETY: nobody else can reach the object any more.
    unsafe {
        if (*inst).guard.flag().is_some_and(Flag::is_gone) {
            return;
        }
        if C::UNIQUE
            && let Some(place) = C::unique((*inst).payload().target())
        {
            unique::forget(place, object);
        }
        if C::FINALIZES {
            crate::panic::contain(C::NAME, || C::finalize(This::of_dying(object)));
        }
    }
}

/// Drop all that an object holds.
///
/// # Safety
/// `inst` is dying, and has said goodbye.
unsafe fn drop_contents<C: Class>(inst: *mut Inst<C>) {
    // SAFETY: nobody else can reach the object any more.
    unsafe {
        let object = inst.cast();
        if !(*inst).guard.flag().is_some_and(Flag::is_gone) {
            crate::panic::contain(C::NAME, || (*(*inst).payload.get()).assume_init_drop());
        }
        for slot in (*inst).slots.all() {
            drop(slot.replace(object, None));
        }
    }
}

/// Give the memory back, or keep it in the pool.
///
/// # Safety
/// The object is empty.
unsafe fn free<C: Class>(object: *mut ffi::PyObject) {
    // SAFETY: an object owns a reference to its heap type; the type is let go last.
    unsafe {
        let tp = ffi::Py_TYPE(object);
        // The collector's mark cannot be taken off.
        let marked = C::FINALIZES && C::GC && is_marked(object);
        let pooled = C::POOL > 0 && !C::SUBCLASS && !marked && {
            let state = state_of_dying(tp);
            !state.is_null() && (*state).pools[C::INDEX].push(object)
        };
        if !pooled {
            types::free(tp, object);
        }
        ffi::Py_DECREF(tp.cast());
    }
}

/// `tp_finalize` of classes that do something when an object goes. The collector calls it for all of its garbage before it
/// takes any of it apart, and marks the objects: [`is_marked`].
///
/// # Safety
/// Called by the garbage collector.
pub unsafe extern "C" fn marked_by_collector(_object: *mut ffi::PyObject) {}

/// Is the object part of what the collector takes apart?
///
/// # Safety
/// `object` is one of a class with [`marked_by_collector`].
pub(crate) unsafe fn is_marked(object: *mut ffi::PyObject) -> bool {
    // SAFETY: an object with a header of the collector.
    unsafe { ffi::PyObject_GC_IsFinalized(object) != 0 }
}

/// `tp_traverse`.
///
/// # Safety
/// Called by the garbage collector, for an object of class `C`.
pub unsafe extern "C" fn traverse<C: Class>(
    object: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: as promised; tracked objects are complete.
    unsafe {
        let inst = Inst::<C>::of(object);
        let owner = if C::Payload::OWNS_PYTHON {
            inst.payload().owner()
        } else {
            std::ptr::null_mut()
        };
        let slots = inst.slots.all().iter().map(Hidden::peek);
        for seen in slots.chain([owner, ffi::Py_TYPE(object).cast()]) {
            if !seen.is_null() {
                let status = visit(seen, arg);
                if status != 0 {
                    return status;
                }
            }
        }
    }
    0
}

/// `tp_clear`: lets the hidden references go. A view keeps its owner, so that it never dangles.
///
/// # Safety
/// Called by the garbage collector, for an object of class `C`.
pub unsafe extern "C" fn tp_clear<C: Class>(object: *mut ffi::PyObject) -> c_int {
    // SAFETY: as promised.
    unsafe {
        for slot in Inst::<C>::of(object).slots.all() {
            drop(slot.replace(object, None));
        }
    }
    0
}

/// `destroy()` of a class that holds its payload itself: the payload, once; `None` after that.
///
/// # Safety
/// `object` is an object of class `C`.
pub unsafe fn destroy_value<C, T>(object: *mut ffi::PyObject) -> Result<Option<T>, Error>
where
    C: Class<Payload = Value<T>, Target = T, Guard = Flag>,
    T: 'static,
{
    // SAFETY: as promised.
    unsafe {
        if Inst::<C>::of(object).guard.is_gone() {
            return Ok(None);
        }
        super::access::take::<C, T>(object).map(Some)
    }
}
