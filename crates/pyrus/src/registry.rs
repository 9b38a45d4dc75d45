//! Classes across extensions: one directory per interpreter, through which objects of one extension are used by another.
//!
//! Each extension is a shared library with its own copy of this runtime, so what crosses is plain C: a capsule per
//! class with the offsets inside its objects. Rust types are matched by [`Identity`]: an equal one means the same crate and
//! type, of the same size, built with the same compiler, runtime and ABI, hence the same layout. Anything else is refused by
//! name.

use std::any::TypeId;
use std::ffi::{CStr, CString, c_void};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::mem::MaybeUninit;

use pyo3_ffi as ffi;

use crate::any::{Any, Object};
use crate::class::{Class, Flag, Inst, Payload, Ref, Shared, Value, wrap};
use crate::conv::{Fail, FromPy, ToPy, fresh};
use crate::cx::{Cx, State};
use crate::error::Raised;
use crate::made::Made;
use crate::module::{dict_get, dict_set, dict_set_new};
use crate::record::RecordSpec;

/// Where the directory is kept, and the version of its contents.
const DIRECTORY: &CStr = c"pyrus.classes/4";
const CAPSULE: &CStr = c"pyrus.class/2";

/// What another extension must know of a class.
#[repr(C)]
pub(crate) struct Entry {
    tp: *mut ffi::PyTypeObject,
    state: *const State,
    payload: usize,
    /// Offset of the borrow flag; 0: none.
    flag: usize,
    /// Position of the class in the extension's types.
    index: usize,
    /// Make an object of a payload that is moved out of the memory given.
    wrap: Wrap,
    /// The capsule that owns this entry: who keeps a pointer to the entry holds the capsule.
    capsule: *mut ffi::PyObject,
}

/// Makes an object of the class at an index of the extension with a payload that is moved out of the memory given.
type Wrap = unsafe extern "C" fn(*const State, usize, *mut c_void) -> *mut ffi::PyObject;

/// Who built this runtime, what it is, and for which ABI: it reads objects that a copy of it in another extension has
/// made.
const BUILT_BY: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "/",
    env!("PYRUS_RUSTC"),
    "/",
    env!("PYRUS_ABI")
);

/// What must be equal for two extensions to see the same Rust type in the same memory. The `TypeId` alone stays as it is
/// when fields are added to a struct.
#[derive(Clone, Copy)]
pub(crate) struct Identity {
    id: TypeId,
    size: usize,
    align: usize,
}

impl Identity {
    /// Of a type.
    pub(crate) const fn of<P: Payload>() -> Self {
        Self {
            id: TypeId::of::<P>(),
            size: size_of::<P::Target>(),
            align: align_of::<P::Target>(),
        }
    }

    /// The name in the directory.
    fn key(self) -> CString {
        let mut digest = Digest(Vec::with_capacity(128));
        self.id.hash(&mut digest);
        self.size.hash(&mut digest);
        self.align.hash(&mut digest);
        digest.0.extend_from_slice(BUILT_BY.as_bytes());
        CString::new(digest.0).unwrap_or_default()
    }
}

/// All that is hashed, in hexadecimal, a dash behind each part.
struct Digest(Vec<u8>);

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        0
    }
    fn write(&mut self, bytes: &[u8]) {
        let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
        for byte in bytes {
            self.0.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        self.0.push(b'-');
    }
}

/// How a class enters the directory.
#[derive(Clone, Copy)]
pub struct Publication {
    identity: Identity,
    index: usize,
    payload: usize,
    flag: usize,
    wrap: Wrap,
}

impl Publication {
    /// Of a class that holds its payload itself or shares it.
    pub const fn of<C: Class>() -> Self {
        Self {
            identity: Identity::of::<C::Payload>(),
            index: C::INDEX,
            payload: std::mem::offset_of!(Inst<C>, payload),
            flag: if size_of::<C::Guard>() == 0 {
                0
            } else {
                std::mem::offset_of!(Inst<C>, guard)
            },
            wrap: wrap_moved::<C>,
        }
    }
}

impl Publication {
    fn of_record(spec: &'static RecordSpec) -> Self {
        Self {
            identity: spec.shape.identity,
            index: spec.index,
            payload: spec.shape.payload,
            flag: if spec.frozen {
                0
            } else {
                size_of::<ffi::PyObject>()
            },
            wrap: crate::record::wrap_moved,
        }
    }
}

unsafe extern "C" fn wrap_moved<C: Class>(
    state: *const State,
    _: usize,
    payload: *mut c_void,
) -> *mut ffi::PyObject {
    crate::panic::catch(C::NAME, std::ptr::null_mut(), || {
        // SAFETY: called by another extension on an attached thread, with the state of the entry and a payload of the
        // type that the key promised.
        unsafe {
            let payload = payload.cast::<C::Payload>().read();
            wrap::<C>(Cx::new(state), payload).map_or(std::ptr::null_mut(), Object::into_ptr)
        }
    })
}

/// The directory of this interpreter.
unsafe fn directory() -> Result<Object, Raised> {
    // SAFETY: the interpreter's own dictionary is there for this.
    unsafe {
        let dict = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
        if dict.is_null() {
            return Err(crate::cx::unloaded());
        }
        match dict_get(dict, DIRECTORY)? {
            Some(found) => Ok(found),
            None => dict_set_new(dict, DIRECTORY, &fresh(ffi::PyDict_New())?),
        }
    }
}

unsafe extern "C" fn forget(capsule: *mut ffi::PyObject) {
    // SAFETY: the pointer was boxed by `publish`.
    unsafe {
        let entry = ffi::PyCapsule_GetPointer(capsule, CAPSULE.as_ptr()).cast::<Entry>();
        if !entry.is_null() {
            ffi::Py_DECREF((*entry).tp.cast());
            drop(Box::from_raw(entry));
        }
    }
}

/// Enter the class at an index into the directory, if other extensions may use it. Happens whenever its module finds it by
/// name, which is how other extensions ask for it: see [`look_up`].
///
/// # Safety
/// `tp` is the type at that index of this live state.
pub(crate) unsafe fn publish(
    state: &State,
    index: usize,
    tp: *mut ffi::PyTypeObject,
) -> Result<(), Raised> {
    let Some(class) = publication(index) else {
        return Ok(());
    };
    // SAFETY: live types; a capsule owns its entry and a reference to its type.
    unsafe {
        let directory = directory()?;
        let directory = directory.as_any().as_ptr();
        let key = class.identity.key();
        if is_replaced(state)? && dict_get(directory, &key)?.is_some() {
            return Ok(());
        }
        ffi::Py_INCREF(tp.cast());
        let entry = Box::into_raw(Box::new(Entry {
            tp,
            state,
            payload: class.payload,
            flag: class.flag,
            index: class.index,
            wrap: class.wrap,
            capsule: std::ptr::null_mut(),
        }));
        let capsule = ffi::PyCapsule_New(entry.cast(), CAPSULE.as_ptr(), Some(forget));
        if capsule.is_null() {
            ffi::Py_DECREF(tp.cast());
            drop(Box::from_raw(entry));
            return Err(Raised);
        }
        (*entry).capsule = capsule;
        dict_set(directory, key.as_ptr(), &Object::steal(capsule))
    }
}

fn publication(index: usize) -> Option<Publication> {
    let spec = crate::module::spec();
    if let Some(record) = spec.types[index].record {
        return Some(Publication::of_record(record));
    }
    let mut published = spec.published.iter().copied();
    published.find(|class| class.index == index)
}

/// Was the extension imported again since? Then its classes give way to those of its successor.
unsafe fn is_replaced(state: &State) -> Result<bool, Raised> {
    // SAFETY: a live dictionary.
    unsafe {
        let there = dict_get(ffi::PyImport_GetModuleDict(), crate::module::spec().name)?;
        Ok(there.is_none_or(|there| there.as_any().as_ptr() != state.module))
    }
}

/// A class of another extension, as the generated marker type describes it.
pub trait ExternClass: 'static {
    /// What its objects hold.
    type Payload: Payload;
    /// Position in the state's table.
    const INDEX: usize;
    /// Python name.
    const NAME: &'static str;
    /// The module to import before looking it up.
    const MODULE: &'static CStr;
}

/// The entry of a class: looked up once per interpreter.
#[inline]
fn entry<X: ExternClass>(cx: Cx<'_>) -> Result<&Entry, Raised> {
    let place: &Made<Entry> = &cx.state().externs[X::INDEX];
    let known = match place.get() {
        none if none.is_null() => find::<X>(place)?,
        known => known,
    };
    // SAFETY: the state holds the entry's capsule, even when the other extension is imported again and enters new ones.
    Ok(unsafe { &*known })
}

/// Look an entry up. Another thread may do the same: the first one counts.
#[cold]
fn find<X: ExternClass>(place: &Made<Entry>) -> Result<*mut Entry, Raised> {
    // SAFETY: an attached thread; what was looked up is ours to let go.
    unsafe {
        let found = look_up(X::MODULE, X::NAME, &Identity::of::<X::Payload>().key())?;
        place.put(found).or_else(|theirs| {
            release(found);
            Ok(theirs)
        })
    }
}

/// Let go of an entry that a state has looked up.
///
/// # Safety
/// The thread is attached, and nobody uses the entry through that state any more.
pub(crate) unsafe fn release(entry: *const Entry) {
    if !entry.is_null() {
        // SAFETY: `look_up` took this reference.
        unsafe { ffi::Py_DECREF((*entry).capsule) };
    }
}

#[cold]
unsafe fn look_up(module: &CStr, name: &str, key: &CStr) -> Result<*mut Entry, Raised> {
    // SAFETY: C strings and live objects.
    unsafe {
        let home = fresh(ffi::PyImport_ImportModule(module.as_ptr()))?;
        ask_for(home.as_any(), name)?;
        let Some(capsule) = dict_get(directory()?.as_any().as_ptr(), key)? else {
            let text = format!(
                "{}.{name} was built from another version of its Rust crate, by another compiler, for another ABI, or with another version of Pyrus: build both extensions together",
                module.to_string_lossy()
            );
            return Err(crate::error::raise_text(ffi::PyExc_ImportError, &text));
        };
        let capsule = capsule.into_ptr();
        let entry = ffi::PyCapsule_GetPointer(capsule, CAPSULE.as_ptr());
        if entry.is_null() {
            ffi::Py_DECREF(capsule);
            return Err(Raised);
        }
        // The entry says which capsule it is in: that reference is the caller's now.
        Ok(entry.cast())
    }
}

/// Let the other extension make and publish the class.
unsafe fn ask_for(module: Any<'_>, name: &str) -> Result<(), Raised> {
    // SAFETY: a live module; of its errors only those count that say more than that it has no such class.
    unsafe {
        if let Err(error) = module.attr(name).map(drop) {
            let Raised = error.raise(Cx::new(std::ptr::null()));
            if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
                return Err(Raised);
            }
            ffi::PyErr_Clear();
        }
        Ok(())
    }
}

/// The converter of a class of another extension.
pub struct Foreign<X>(PhantomData<X>);

impl<'py, X: ExternClass> FromPy<'py> for Foreign<X> {
    type Out = Ref<'py, <X::Payload as Payload>::Target>;
    const NAME: &'static str = X::NAME;

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        let entry = entry::<X>(cx).map_err(|Raised| Fail::fetch())?;
        // SAFETY: the type says that the object has this layout; the key says that the payload has this Rust type.
        unsafe {
            if object.type_ptr() != entry.tp
                && ffi::PyType_IsSubtype(object.type_ptr(), entry.tp) == 0
            {
                return Err(Fail::wrong_type(X::NAME, object));
            }
            let base = object.as_ptr().cast::<u8>();
            let flag = (entry.flag > 0).then(|| &*base.add(entry.flag).cast::<Flag>());
            if let Some(flag) = flag {
                flag.share()
                    .map_err(|busy| Fail::error(crate::class::refuse(X::NAME, busy)))?;
            }
            Ok(Ref::new(
                (*base.add(entry.payload).cast::<X::Payload>()).target(),
                flag,
            ))
        }
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        match entry::<X>(cx) {
            Ok(entry) => object.type_ptr() == entry.tp,
            Err(Raised) => {
                // SAFETY: an attached thread; the conversion that follows says what is wrong.
                unsafe { ffi::PyErr_Clear() };
                false
            }
        }
    }
}

fn give<X: ExternClass>(cx: Cx<'_>, payload: X::Payload) -> Result<Object, Raised> {
    let entry = entry::<X>(cx)?;
    let mut payload = MaybeUninit::new(payload);
    // SAFETY: the payload is moved into the call, which owns it from then on.
    fresh(unsafe { (entry.wrap)(entry.state, entry.index, payload.as_mut_ptr().cast()) })
}

impl<T: 'static, X: ExternClass<Payload = Value<T>>> ToPy<T> for Foreign<X> {
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised> {
        give::<X>(cx, Value(value))
    }
}

/// A shared class of another extension on its way out.
pub struct SharedForeign<X>(PhantomData<X>);

impl<T: Send + Sync + 'static, X: ExternClass<Payload = Shared<T>>> ToPy<std::sync::Arc<T>>
    for SharedForeign<X>
{
    fn to_py(cx: Cx<'_>, value: std::sync::Arc<T>) -> Result<Object, Raised> {
        give::<X>(cx, Shared(value))
    }
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;

    use super::{BUILT_BY, Identity};

    #[test]
    fn types_of_another_size_or_build_are_strangers() {
        let id = TypeId::of::<u32>();
        let key = |size, align| Identity { id, size, align }.key();
        let usual = key(8, 4);
        assert_eq!(usual, key(8, 4));
        assert_ne!(usual, key(16, 4));
        assert_ne!(usual, key(8, 8));
        let id = TypeId::of::<i32>();
        assert_ne!(
            usual,
            Identity {
                id,
                size: 8,
                align: 4
            }
            .key()
        );
        assert!(usual.to_str().is_ok_and(|key| key.ends_with(BUILT_BY)));
        assert!(BUILT_BY.starts_with(env!("CARGO_PKG_VERSION")));
        assert!(BUILT_BY.contains("/rustc "), "{BUILT_BY}");
        assert!(BUILT_BY.ends_with("/exact") || BUILT_BY.ends_with("/stable"));
    }
}
