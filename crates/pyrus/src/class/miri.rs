//! Objects without an interpreter, so that Miri can watch: what of the C-API they need is doubled here.

use std::mem::MaybeUninit;
use std::rc::Rc;

use pyo3_ffi as ffi;

use super::access::{borrow, borrow_mut, take};
use super::guard::{Flag, NoGuard};
use super::home::Home;
use super::layout::{Class, Inst, NoWeak, Value, ViewKey, WeakList};
use super::lifecycle::{dealloc, finish, tp_clear};
use super::pool::Pool;
use super::slots::Hidden;
use crate::any::Object;
use crate::error::Raised;

#[unsafe(no_mangle)]
unsafe extern "C" fn _Py_Dealloc(object: *mut ffi::PyObject) {
    // SAFETY: types of these tests have a `tp_dealloc`.
    unsafe {
        if let Some(end) = (*ffi::Py_TYPE(object)).tp_dealloc {
            end(object);
        }
    }
}

#[unsafe(no_mangle)]
extern "C" fn PyObject_GC_Track(_: *mut std::ffi::c_void) {}

#[unsafe(no_mangle)]
extern "C" fn PyObject_GC_UnTrack(_: *mut std::ffi::c_void) {}

macro_rules! class {
    ($name:ident, $payload:ty, $target:ty, $guard:ty, $slots:literal, $weak:ty) => {
        struct $name;
        impl Class for $name {
            type Target = $target;
            type Payload = $payload;
            type Guard = $guard;
            type Slots = [Hidden; $slots];
            type Weak = $weak;
            const INDEX: usize = 0;
            const NAME: &'static str = stringify!($name);
        }
    };
}

class!(Text, Value<String>, String, Flag, 0, NoWeak);
class!(Counted, Value<Rc<()>>, Rc<()>, NoGuard, 2, NoWeak);
class!(Key, ViewKey<Box<u8>>, Box<u8>, NoGuard, 0, NoWeak);
class!(Listed, Value<u8>, u8, NoGuard, 0, WeakList);

/// A type object, as far as the death of its objects needs it.
struct Type(*mut ffi::PyTypeObject);

impl Drop for Type {
    fn drop(&mut self) {
        // SAFETY: allocated by `type_of`; its objects are gone.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

fn type_of<C: Class>() -> Type {
    // SAFETY: all fields may be zero.
    let mut tp: ffi::PyTypeObject = unsafe { MaybeUninit::zeroed().assume_init() };
    tp.tp_dealloc = Some(dealloc::<C>);
    tp.tp_free = Some(free::<C>);
    tp.ob_base.ob_base = ffi::PyObject_HEAD_INIT;
    Type(Box::into_raw(Box::new(tp)))
}

unsafe extern "C" fn free<C: Class>(object: *mut std::ffi::c_void) {
    // SAFETY: allocated by `make`; its contents are gone.
    drop(unsafe { Box::from_raw(object.cast::<MaybeUninit<Inst<C>>>()) });
}

fn make<C: Class>(tp: &Type, payload: C::Payload) -> Object {
    let object: *mut ffi::PyObject = Box::into_raw(Box::<Inst<C>>::new_uninit()).cast();
    // SAFETY: room for the object, whose header is written first.
    unsafe {
        object.write(ffi::PyObject {
            ob_type: tp.0,
            ..ffi::PyObject_HEAD_INIT
        });
        ffi::Py_INCREF(tp.0.cast());
        finish::<C>(Home::NONE, object, payload).unwrap_or_else(|Raised| unreachable!())
    }
}

#[test]
fn a_refused_borrow_does_not_disturb_the_borrower() {
    let tp = type_of::<Text>();
    let object = make::<Text>(&tp, Value("a".to_owned()));
    let ptr = object.as_any().as_ptr();
    // SAFETY: an object of the class, alive.
    unsafe {
        let mut writer = borrow_mut::<Text, String>(ptr).ok().unwrap();
        assert!(borrow::<Text>(ptr).is_err() && borrow_mut::<Text, String>(ptr).is_err());
        writer.push('b');
        let again = object.as_any().to_object();
        writer.push('c');
        drop((writer, again));
        let (first, second) = (
            borrow::<Text>(ptr).ok().unwrap(),
            borrow::<Text>(ptr).ok().unwrap(),
        );
        let again = object.as_any().to_object();
        assert!(borrow_mut::<Text, String>(ptr).is_err());
        assert_eq!((first.as_str(), second.as_str()), ("abc", "abc"));
        drop(again);
        assert_eq!(first.len(), 3);
    }
}

#[test]
fn what_was_taken_is_not_dropped_again() {
    let tp = type_of::<Text>();
    let object = make::<Text>(&tp, Value("a".to_owned()));
    let ptr = object.as_any().as_ptr();
    // SAFETY: an object of the class, alive.
    unsafe {
        let reader = borrow::<Text>(ptr).ok().unwrap();
        assert!(take::<Text, String>(ptr).is_err());
        assert_eq!(reader.as_str(), "a");
        drop(reader);
        assert_eq!(take::<Text, String>(ptr).ok().unwrap(), "a");
        assert!(take::<Text, String>(ptr).is_err() && borrow::<Text>(ptr).is_err());
    }
}

#[test]
fn the_contents_die_once_and_with_the_object() {
    let (tp, count) = (type_of::<Counted>(), Rc::new(()));
    let object = make::<Counted>(&tp, Value(Rc::clone(&count)));
    let other = make::<Counted>(&tp, Value(Rc::clone(&count)));
    let ptr = object.as_any().as_ptr();
    // SAFETY: an object of the class, alive; the slot takes the reference over.
    unsafe {
        let slots = &Inst::<Counted>::of(ptr).slots;
        slots[0].replace(ptr, Some(other));
        slots[1].replace(ptr, Some(object.as_any().to_object()));
        assert_eq!(Rc::strong_count(&count), 3);
        // A cycle through the object itself: the collector would clear it.
        assert_eq!(tp_clear::<Counted>(ptr), 0);
        assert_eq!(Rc::strong_count(&count), 2);
    }
    drop(object);
    assert_eq!(Rc::strong_count(&count), 1);
}

#[test]
fn long_chains_die_without_recursion() {
    let (tp, count) = (type_of::<Counted>(), Rc::new(()));
    let mut last = make::<Counted>(&tp, Value(Rc::clone(&count)));
    for _ in 0..200 {
        let next = make::<Counted>(&tp, Value(Rc::clone(&count)));
        // SAFETY: an object of the class, alive; the slot takes the reference over.
        unsafe {
            let ptr = next.as_any().as_ptr();
            Inst::<Counted>::of(ptr).slots[0].replace(ptr, Some(last));
        }
        last = next;
    }
    assert_eq!(Rc::strong_count(&count), 202);
    drop(last);
    assert_eq!(Rc::strong_count(&count), 1);
}

#[test]
fn a_view_gives_its_owner_up_when_it_dies() {
    let (owners, views, count) = (type_of::<Counted>(), type_of::<Key>(), Rc::new(()));
    let owner = make::<Counted>(&owners, Value(Rc::clone(&count))).into_ptr();
    let view = make::<Key>(
        &views,
        ViewKey {
            owner,
            key: Box::new(7),
        },
    );
    // SAFETY: an object of the class, alive.
    unsafe { assert_eq!(**borrow::<Key>(view.as_any().as_ptr()).ok().unwrap(), 7) };
    assert_eq!(Rc::strong_count(&count), 2);
    drop(view);
    assert_eq!(Rc::strong_count(&count), 1);
}

#[test]
fn the_list_of_weak_references_may_change_under_a_borrow() {
    let tp = type_of::<Listed>();
    let object = make::<Listed>(&tp, Value(1)).into_ptr();
    // SAFETY: an object of the class, alive. CPython writes to the list through the object's address.
    unsafe {
        let reader = borrow::<Listed>(object).ok().unwrap();
        let list = object
            .cast::<u8>()
            .add(std::mem::offset_of!(Inst<Listed>, weak));
        list.cast::<*mut ffi::PyObject>().write(object);
        assert_eq!(*reader, 1);
        list.cast::<*mut ffi::PyObject>()
            .write(std::ptr::null_mut());
        drop(reader);
        free::<Listed>(object.cast());
    }
}

#[test]
fn a_pool_is_a_stack_with_an_end() {
    const SIZE: usize = size_of::<Inst<Counted>>();
    let pool = Pool::new(2, SIZE, false);
    let memory: [_; 3] = std::array::from_fn(|_| Box::into_raw(Box::<Inst<Counted>>::new_uninit()));
    let [a, b, c] = memory.map(<*mut _>::cast);
    // SAFETY: of the promised size, and nobody refers to them.
    unsafe { assert!(pool.push(a) && pool.push(b) && !pool.push(c)) };
    assert_eq!(
        [pool.pop(), pool.pop(), pool.pop()],
        [Some(b), Some(a), None]
    );
    // SAFETY: of the promised size, and nobody refers to it.
    unsafe { assert!(pool.push(c)) };
    assert_eq!(pool.pop(), Some(c));
    for object in memory {
        // SAFETY: allocated above, and in no pool any more.
        drop(unsafe { Box::from_raw(object) });
    }
}
