//! Arguments to places. The usual call compares pointers only; what is rare or wrong is handled out of line.

use pyo3_ffi as ffi;

use super::signature::Signature;
use super::trampoline::no_extra;
use crate::abi::items;
use crate::any::Any;
use crate::error::{Raised, raise_text};

/// What is left over for `*args` and `**kwargs`.
#[derive(Clone, Copy)]
pub struct Extra<'py> {
    pub(crate) positional: &'py [*mut ffi::PyObject],
    pub(crate) kwnames: *mut ffi::PyObject,
    pub(crate) kwvalues: *const *mut ffi::PyObject,
    pub(crate) names: *const *mut ffi::PyObject,
}

/// Where each parameter's value is; null when it was not given.
pub(crate) type Places<const N: usize> = [*mut ffi::PyObject; N];

/// A call as Python makes it.
#[derive(Clone, Copy)]
pub(crate) struct Given {
    /// Values: first the positional ones, then those of `kwnames`.
    pub(crate) values: *const *mut ffi::PyObject,
    /// How many positional ones.
    pub(crate) count: usize,
    /// A tuple of strings, or null.
    pub(crate) kwnames: *mut ffi::PyObject,
}

/// Put the arguments in their places.
///
/// # Safety
/// `given` is a vectorcall; `names` points to the interned names of the signature's keyword parameters.
#[inline(always)]
pub(crate) unsafe fn parse<'py, const N: usize>(
    sig: &'static Signature,
    names: *const *mut ffi::PyObject,
    given: Given,
    places: &mut Places<N>,
) -> Result<Extra<'py>, Raised> {
    // SAFETY: indices stay below `count`, `N` and the length of the tuple.
    unsafe {
        if N > 0 && given.count == N && sig.positional == N && given.kwnames.is_null() {
            for (i, place) in places.iter_mut().enumerate() {
                *place = value_at(given.values, i);
            }
            return Ok(Extra {
                names,
                ..no_extra()
            });
        }
        if in_order::<N>(sig, names, given) {
            for (i, place) in places.iter_mut().enumerate() {
                *place = value_at(given.values, i);
            }
            return Ok(Extra {
                kwnames: given.kwnames,
                kwvalues: given.values,
                names,
                ..no_extra()
            });
        }
        let taken = given.count.min(sig.positional);
        for (i, place) in places.iter_mut().enumerate() {
            if i < taken {
                *place = value_at(given.values, i);
            }
        }
        if given.count > sig.positional && !sig.var_positional {
            return Err(too_many(sig, given.count));
        }
        let mut filled = first(taken);
        let extra = Extra {
            positional: std::slice::from_raw_parts(
                if given.count > taken {
                    given.values.add(taken)
                } else {
                    std::ptr::NonNull::dangling().as_ptr()
                },
                given.count - taken,
            ),
            kwnames: given.kwnames,
            kwvalues: given.values.add(given.count),
            names,
        };
        if !given.kwnames.is_null() {
            if !sig.takes_keywords() {
                refuse_keywords(sig, given.kwnames)?;
            }
            filled |= keywords(sig, &extra, taken, places)?;
        }
        if sig.required & !filled != 0 || N > 64 && sig.lacks_late(places) {
            return Err(missing(sig, places));
        }
        Ok(extra)
    }
}

/// Are all parameters given by keyword, as they were declared? All names are compared at once, without branches.
///
/// # Safety
/// As for [`parse`].
#[inline(always)]
unsafe fn in_order<const N: usize>(
    sig: &'static Signature,
    names: *const *mut ffi::PyObject,
    given: Given,
) -> bool {
    if N == 0 || sig.positional_only > 0 || given.count > 0 || given.kwnames.is_null() {
        return false;
    }
    // SAFETY: the tuple is as long as there are names, one for each parameter.
    unsafe {
        items::tuple_len(given.kwnames) as usize == N
            && (0..N).fold(true, |same, i| {
                let name = items::tuple_item(given.kwnames, i as ffi::Py_ssize_t);
                same & (*names.add(i) == name)
            })
    }
}

/// Bits for the first places.
#[inline(always)]
fn first(count: usize) -> u64 {
    if count < 64 {
        (1 << count) - 1
    } else {
        u64::MAX
    }
}

/// One argument. The interpreter has just stored it, as one word: the compiler must not load several at once, which
/// would have to wait until all of them have reached the cache.
///
/// # Safety
/// There are more than `i`.
#[inline(always)]
unsafe fn value_at(values: *const *mut ffi::PyObject, i: usize) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { values.add(i).read_volatile() }
}

/// Put the keyword arguments in their places, and tell which these are, of the first 64. `next` is the parameter that
/// would come if they were given in order.
#[inline(always)]
unsafe fn keywords<const N: usize>(
    sig: &'static Signature,
    extra: &Extra<'_>,
    mut next: usize,
    places: &mut Places<N>,
) -> Result<u64, Raised> {
    let mut filled = 0;
    // SAFETY: indices stay within the tuple and the arrays.
    unsafe {
        for k in 0..items::tuple_len(extra.kwnames) {
            let name = items::tuple_item(extra.kwnames, k);
            let value = *extra.kwvalues.add(k as usize);
            let in_order = next >= sig.positional_only
                && next < N.min(sig.params.len())
                && *extra.names.add(next - sig.positional_only) == name;
            let i = if in_order {
                Some(next)
            } else {
                find(sig, extra.names, name)?
            };
            match i {
                Some(i) if places[i].is_null() => {
                    places[i] = value;
                    filled |= if i < 64 { 1 << i } else { 0 };
                    next = i + 1;
                }
                Some(i) => return Err(twice(sig, i)),
                None if sig.var_keyword => {}
                None => return Err(unexpected(sig, name)),
            }
        }
    }
    Ok(filled)
}

/// The parameter of that name: by pointer, then, for names that were not interned, by value.
#[inline(never)]
pub(crate) unsafe fn find(
    sig: &'static Signature,
    names: *const *mut ffi::PyObject,
    name: *mut ffi::PyObject,
) -> Result<Option<usize>, Raised> {
    let first = sig.positional_only;
    // SAFETY: one interned name for each parameter after `first`.
    unsafe {
        for i in first..sig.params.len() {
            if *names.add(i - first) == name {
                return Ok(Some(i));
            }
        }
        if ffi::PyUnicode_Check(name) == 0 {
            return Err(raise_text(
                ffi::PyExc_TypeError,
                &format!("{}() keywords must be strings", sig.name),
            ));
        }
        for i in first..sig.params.len() {
            match ffi::PyUnicode_Compare(*names.add(i - first), name) {
                0 => return Ok(Some(i)),
                -1 if !ffi::PyErr_Occurred().is_null() => return Err(Raised),
                _ => {}
            }
        }
    }
    Ok(None)
}

/// Keywords where none is taken. An empty tuple is none.
#[cold]
unsafe fn refuse_keywords(
    sig: &'static Signature,
    kwnames: *mut ffi::PyObject,
) -> Result<(), Raised> {
    // SAFETY: a tuple of strings.
    unsafe {
        if items::tuple_len(kwnames) == 0 {
            Ok(())
        } else {
            Err(unexpected(sig, items::tuple_item(kwnames, 0)))
        }
    }
}

#[cold]
fn type_error(text: &str) -> Raised {
    // SAFETY: parsing happens on an attached thread.
    unsafe { raise_text(ffi::PyExc_TypeError, text) }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cold]
pub(crate) fn too_many(sig: &'static Signature, count: usize) -> Raised {
    let text = match sig.positional {
        0 if sig.params.is_empty() && !sig.var_keyword => {
            format!("{}() takes no arguments ({count} given)", sig.name)
        }
        0 => format!(
            "{}() takes keyword arguments only ({count} positional given)",
            sig.name
        ),
        most => format!(
            "{}() takes at most {most} positional argument{} ({count} given)",
            sig.name,
            plural(most)
        ),
    };
    type_error(&text)
}

#[cold]
unsafe fn unexpected(sig: &'static Signature, name: *mut ffi::PyObject) -> Raised {
    // SAFETY: the name is alive; its text is only shown.
    let shown = unsafe { Any::new(name) };
    let text = format!(
        "{}() got an unexpected keyword argument {}",
        sig.name,
        quoted(shown)
    );
    type_error(&text)
}

/// A string in quotes, whatever it holds.
fn quoted(name: Any<'_>) -> String {
    // SAFETY: the object is alive; a repr that fails is replaced.
    unsafe {
        let text = ffi::PyObject_ASCII(name.as_ptr());
        if text.is_null() {
            ffi::PyErr_Clear();
            return "…".to_owned();
        }
        let text = crate::any::Object::steal(text);
        let mut size = 0;
        let data = ffi::PyUnicode_AsUTF8AndSize(text.as_any().as_ptr(), &raw mut size);
        let bytes = std::slice::from_raw_parts(data.cast(), size as usize);
        String::from_utf8_lossy(bytes).into_owned()
    }
}

#[cold]
fn twice(sig: &'static Signature, i: usize) -> Raised {
    type_error(&format!(
        "{}() got multiple values for argument '{}'",
        sig.name, sig.params[i].name
    ))
}

#[cold]
fn missing(sig: &'static Signature, places: &[*mut ffi::PyObject]) -> Raised {
    let names: Vec<String> = places
        .iter()
        .enumerate()
        .filter(|(i, place)| place.is_null() && sig.is_required(*i))
        .map(|(i, _)| format!("'{}'", sig.params[i].name))
        .collect();
    let text = format!(
        "{}() missing required argument{} {}",
        sig.name,
        plural(names.len()),
        names.join(", ")
    );
    type_error(&text)
}
