//! Python's allocator of objects, wrapped: which blocks live, and which of them hold objects of certain types.

use std::collections::{HashMap, HashSet};
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use pyo3_ffi as ffi;

/// The collector's header.
const GC_HEAD: usize = 16;
/// What CPython 3.11 and later put before that, for objects with a dictionary or weak references that it manages.
const MANAGED: usize = 16;
/// `Py_TPFLAGS_MANAGED_WEAKREF` and `Py_TPFLAGS_MANAGED_DICT`.
const MANAGED_FLAGS: std::ffi::c_ulong = 1 << 3 | 1 << 4;
/// Where in its block an object may begin.
const OFFSETS: [usize; 3] = [0, GC_HEAD, GC_HEAD + MANAGED];
/// No block has a lower address.
const LOWEST: usize = 4096;
/// A chain of base classes is not longer.
const BASES: usize = 100;

/// Blocks that live, with their sizes.
type Blocks = HashMap<usize, usize>;

static BLOCKS: OnceLock<Mutex<Blocks>> = OnceLock::new();
fn blocks() -> MutexGuard<'static, Blocks> {
    let blocks = BLOCKS.get_or_init(Mutex::default);
    blocks.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The wrapped allocator lies in the context of the wrapper, which is never freed.
///
/// # Safety
/// `context` is what [`install`] made.
unsafe fn inner<'a>(context: *mut c_void) -> &'a ffi::PyMemAllocatorEx {
    // SAFETY: as promised.
    unsafe { &*context.cast::<ffi::PyMemAllocatorEx>() }
}

fn note(block: *mut c_void, size: usize) -> *mut c_void {
    if !block.is_null() {
        blocks().insert(block as usize, size);
    }
    block
}

extern "C" fn malloc(context: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: ours.
    let inner = unsafe { inner(context) };
    note(
        inner
            .malloc
            .map_or(std::ptr::null_mut(), |f| f(inner.ctx, size)),
        size,
    )
}

extern "C" fn calloc(context: *mut c_void, count: usize, size: usize) -> *mut c_void {
    // SAFETY: ours.
    let inner = unsafe { inner(context) };
    let block = inner
        .calloc
        .map_or(std::ptr::null_mut(), |f| f(inner.ctx, count, size));
    note(block, count.saturating_mul(size))
}

extern "C" fn realloc(context: *mut c_void, block: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: ours.
    let inner = unsafe { inner(context) };
    // Another interpreter may get the old block the moment that it is free.
    let old = blocks().remove(&(block as usize));
    let new = inner
        .realloc
        .map_or(std::ptr::null_mut(), |f| f(inner.ctx, block, size));
    if let (true, Some(old)) = (new.is_null(), old) {
        blocks().insert(block as usize, old);
    }
    note(new, size)
}

extern "C" fn free(context: *mut c_void, block: *mut c_void) {
    blocks().remove(&(block as usize));
    // SAFETY: ours.
    let inner = unsafe { inner(context) };
    if let Some(f) = inner.free {
        f(inner.ctx, block);
    }
}

/// Wrap the allocator, unless it is wrapped.
///
/// # Safety
/// On an attached thread.
pub(super) unsafe fn install() {
    // SAFETY: CPython fills what is asked for, and copies what is set. The context lives as long as the process.
    unsafe {
        let domain = || ffi::PyMemAllocatorDomain::PYMEM_DOMAIN_OBJ;
        let mut now = MaybeUninit::<ffi::PyMemAllocatorEx>::uninit();
        ffi::PyMem_GetAllocator(domain(), now.as_mut_ptr());
        let now = now.assume_init();
        if now
            .malloc
            .is_some_and(|f| f as usize == malloc as *const () as usize)
        {
            return;
        }
        let context: &'static mut ffi::PyMemAllocatorEx = Box::leak(Box::new(now));
        let mut wrapper = ffi::PyMemAllocatorEx {
            ctx: std::ptr::from_mut(context).cast(),
            malloc: Some(malloc),
            calloc: Some(calloc),
            realloc: Some(realloc),
            free: Some(free),
        };
        ffi::PyMem_SetAllocator(domain(), &raw mut wrapper);
    }
}

/// The objects in live blocks whose type is one of `types`, or a class that Python derived from one: with that type.
///
/// # Safety
/// Nobody frees a block meanwhile: on a thread that holds the GIL, or after the end of the interpreter.
pub(super) unsafe fn objects(types: &HashSet<usize>) -> Vec<(usize, usize)> {
    let blocks = blocks();
    let mut found = Vec::new();
    for (block, size) in blocks.iter() {
        for offset in OFFSETS {
            if offset + size_of::<ffi::PyObject>() > *size {
                break;
            }
            // SAFETY: inside of a live block; the types are as promised.
            let kind = unsafe {
                let tp = ((block + offset) as *const usize).add(1).read();
                kind_of(tp, types, &blocks)
                    .filter(|kind| begins(*block, offset, *size, tp, tp == *kind))
            };
            if let Some(kind) = kind {
                found.push((block + offset, kind));
                break;
            }
        }
    }
    found
}

/// Whether what looks like an object of a type is one: others hold types as well, a tuple of base classes for one.
///
/// # Safety
/// A live block, and a live type.
unsafe fn begins(block: usize, offset: usize, size: usize, tp: usize, ours: bool) -> bool {
    // SAFETY: as promised.
    unsafe {
        let tp = tp as *const ffi::PyTypeObject;
        let flags = (*tp).tp_flags;
        let gc = flags & ffi::Py_TPFLAGS_HAVE_GC != 0;
        let managed = cfg!(Py_3_11) && flags & MANAGED_FLAGS != 0;
        let before = if gc { GC_HEAD } else { 0 } + if managed { MANAGED } else { 0 };
        let whole = before + (*tp).tp_basicsize as usize;
        let fits = if ours {
            size.next_multiple_of(8) == whole.next_multiple_of(8)
        } else {
            size >= whole
        };
        let word = |at: usize| (at as *const usize).read();
        // The header begins with the next object of a list, or nothing.
        let linked = || !gc || matches!(word(block + offset - GC_HEAD), 0 | LOWEST..);
        let counted = || word(block + offset) != 0;
        offset == before && fits && linked() && counted()
    }
}

/// Which of the types this is, or is derived from.
///
/// # Safety
/// As for [`objects`].
unsafe fn kind_of(mut tp: usize, types: &HashSet<usize>, blocks: &Blocks) -> Option<usize> {
    for _ in 0..BASES {
        if types.contains(&tp) {
            return Some(tp);
        }
        let size = OFFSETS
            .iter()
            .find_map(|offset| blocks.get(&tp.wrapping_sub(*offset)));
        if size.is_none_or(|size| *size < size_of::<ffi::PyTypeObject>()) {
            return None;
        }
        // SAFETY: a live block that is large enough for a type; what is no type has no base that is ours.
        tp = unsafe { (*(tp as *const ffi::PyTypeObject)).tp_base } as usize;
    }
    None
}
