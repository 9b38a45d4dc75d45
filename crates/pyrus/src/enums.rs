//! Enums: real Python enums, found by the identity of their members.

use std::ffi::CString;
use std::ptr::NonNull;

use pyo3_ffi as ffi;

use crate::any::{Any, Object};
use crate::conv::Fail;
use crate::cx::Cx;
use crate::error::{Error, Raised, Result};

/// An enum, as the generated marker type describes it.
pub trait EnumClass: 'static {
    /// The Rust type.
    type Rust: Copy + 'static;
    /// Position in the state's tables.
    const INDEX: usize;
    /// Python name.
    const NAME: &'static str;
    /// Its facts.
    const SPEC: &'static EnumSpec;
    /// Which member; for flags, the bits.
    fn to_code(value: Self::Rust) -> u64;
    /// The other way; `None` for what is no member and no combination of flags.
    fn from_code(code: u64) -> Option<Self::Rust>;
}

/// The static facts of an enum.
pub struct EnumSpec {
    /// Python name.
    pub name: &'static str,
    /// `__module__`.
    pub module: &'static str,
    /// Docstring.
    pub doc: Option<&'static str>,
    /// Names and values, in order.
    pub members: &'static [(&'static str, EnumValue)],
    /// More names, and whose they are.
    pub aliases: &'static [(&'static str, usize)],
    /// More names that are no identifiers: reached by `getattr` only.
    pub hidden: &'static [(&'static str, usize)],
    /// The integers that stand for the members in S-expressions; none: their values do.
    pub codes: &'static [i64],
    /// Values are combinations of bits.
    pub flag: bool,
}

/// The value of a member.
#[derive(Clone, Copy)]
pub enum EnumValue {
    /// Of a `StrEnum`.
    Str(&'static str),
    /// Of an `IntEnum` or `IntFlag`.
    Int(i64),
}

/// An enum in one interpreter: a row of objects. The first one is the class, which is owned, then the number of members,
/// then the members in order, which the class keeps.
#[derive(Clone, Copy)]
pub(crate) struct EnumState(NonNull<*mut ffi::PyObject>);

impl EnumState {
    /// Where the members begin.
    const FIRST: usize = 2;

    fn new(class: Object, members: &[*mut ffi::PyObject]) -> Self {
        let count = std::ptr::without_provenance_mut(members.len());
        let row: Box<[_]> = [class.into_ptr(), count]
            .into_iter()
            .chain(members.iter().copied())
            .collect();
        // SAFETY: a box is not null.
        Self(unsafe { NonNull::new_unchecked(Box::into_raw(row).cast()) })
    }

    /// What a state holds, if it holds anything.
    ///
    /// # Safety
    /// The pointer is null or comes from `into_raw` and has not been freed.
    #[inline(always)]
    pub(crate) unsafe fn from_raw(row: *mut *mut ffi::PyObject) -> Option<Self> {
        NonNull::new(row).map(Self)
    }

    /// What a state holds.
    pub(crate) fn into_raw(self) -> *mut *mut ffi::PyObject {
        self.0.as_ptr()
    }

    /// The class, borrowed.
    #[inline]
    pub(crate) fn class(self) -> *mut ffi::PyObject {
        // SAFETY: the first one of the row.
        unsafe { *self.0.as_ptr() }
    }

    #[inline]
    fn members(&self) -> &[*mut ffi::PyObject] {
        // SAFETY: as many as the second one says.
        unsafe {
            let row = self.0.as_ptr();
            let count = (*row.add(1)).addr();
            std::slice::from_raw_parts(row.add(Self::FIRST), count)
        }
    }

    /// A member.
    #[inline]
    pub(crate) fn member(self, i: usize) -> Object {
        // SAFETY: the class keeps its members alive.
        unsafe { Any::new(self.members()[i]).to_object() }
    }

    /// Let go of it.
    ///
    /// # Safety
    /// It is not used again; the thread is attached.
    pub(crate) unsafe fn free(self) {
        // SAFETY: as promised; the row was a box, and its class owned.
        unsafe {
            let (class, size) = (self.class(), Self::FIRST + self.members().len());
            drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(
                self.into_raw(),
                size,
            )));
            ffi::Py_DECREF(class);
        }
    }
}

/// What was made of an enum. Without: it has no members that anybody could have.
fn known(cx: Cx<'_>, index: usize) -> Option<EnumState> {
    // SAFETY: the state keeps what was made.
    unsafe { EnumState::from_raw(cx.state().enums[index].get()) }
}

/// Is it a member, by type?
pub(crate) fn is_member<E: EnumClass>(cx: Cx<'_>, object: Any<'_>) -> bool {
    known(cx, E::INDEX).is_some_and(|known| object.type_ptr().cast() == known.class())
}

/// A member, or the value of one.
pub(crate) fn from_python<E: EnumClass>(
    cx: Cx<'_>,
    object: Any<'_>,
) -> std::result::Result<E::Rust, Fail> {
    let code = code_from_python(cx, E::SPEC, E::INDEX, object)?;
    E::from_code(code).ok_or_else(|| not_a_value(E::SPEC, object))
}

/// Which member, for flags which bits: of a member, or of the value of one.
pub(crate) fn code_from_python(
    cx: Cx<'_>,
    spec: &'static EnumSpec,
    index: usize,
    object: Any<'_>,
) -> std::result::Result<u64, Fail> {
    if !spec.flag
        && let Some(known) = known(cx, index)
    {
        let mut members = known.members().iter();
        if let Some(i) = members.position(|member| *member == object.as_ptr()) {
            return Ok(i as u64);
        }
    }
    let code = if spec.flag {
        flag_bits(object)
    } else {
        code_of_value(spec, object)
    };
    match code {
        Some(code) => Ok(code),
        None if has_value_type(spec, object) => Err(not_a_value(spec, object)),
        None => Err(Fail::wrong_type(spec.name, object)),
    }
}

/// Which member has this value?
fn code_of_value(spec: &EnumSpec, object: Any<'_>) -> Option<u64> {
    let matches = |value: &EnumValue| match value {
        EnumValue::Str(text) => str_of(object).is_some_and(|found| found == *text),
        EnumValue::Int(number) => int_of(object) == Some(*number),
    };
    spec.members
        .iter()
        .position(|(_, value)| matches(value))
        .map(|i| i as u64)
}

fn flag_bits(object: Any<'_>) -> Option<u64> {
    int_of(object).and_then(|bits| u64::try_from(bits).ok())
}

fn has_value_type(spec: &EnumSpec, object: Any<'_>) -> bool {
    match spec.members.first() {
        Some((_, EnumValue::Str(_))) => is_str(object),
        _ => is_int(object),
    }
}

/// A `str`, even one that is no UTF-8.
fn is_str(object: Any<'_>) -> bool {
    // SAFETY: the object is alive.
    unsafe { ffi::PyUnicode_Check(object.as_ptr()) != 0 }
}

/// An `int` of any size, and not a `bool`.
fn is_int(object: Any<'_>) -> bool {
    // SAFETY: the object is alive.
    unsafe { ffi::PyLong_Check(object.as_ptr()) != 0 && ffi::PyBool_Check(object.as_ptr()) == 0 }
}

fn str_of(object: Any<'_>) -> Option<&str> {
    // SAFETY: the object is alive, and a `str` where it is read as one.
    unsafe {
        if ffi::PyUnicode_Check(object.as_ptr()) == 0 {
            return None;
        }
        let mut size = 0;
        let data = ffi::PyUnicode_AsUTF8AndSize(object.as_ptr(), &raw mut size);
        if data.is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        Some(std::str::from_utf8_unchecked(std::slice::from_raw_parts(
            data.cast(),
            size as usize,
        )))
    }
}

fn int_of(object: Any<'_>) -> Option<i64> {
    // SAFETY: the object is alive, and an `int` where it is read as one.
    unsafe {
        if ffi::PyLong_Check(object.as_ptr()) == 0 || ffi::PyBool_Check(object.as_ptr()) != 0 {
            return None;
        }
        let mut overflow = 0;
        let value = ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow);
        (overflow == 0).then_some(value)
    }
}

#[cold]
fn not_a_value(spec: &EnumSpec, object: Any<'_>) -> Fail {
    let values: Vec<String> = spec
        .members
        .iter()
        .map(|(_, value)| match value {
            EnumValue::Str(text) => format!("'{text}'"),
            EnumValue::Int(number) => number.to_string(),
        })
        .collect();
    let got = str_of(object).map_or_else(
        || int_of(object).map_or_else(|| "what was given".to_owned(), |i| i.to_string()),
        |s| format!("{s:?}"),
    );
    let of = if spec.flag { "flags" } else { "values" };
    Fail::value(format!(
        "{got} is not a {} ({of}: {})",
        spec.name,
        values.join(", ")
    ))
}

/// The member, or for flags the combination.
pub(crate) fn to_python<E: EnumClass>(
    cx: Cx<'_>,
    value: E::Rust,
) -> std::result::Result<Object, Raised> {
    let known = cx.state().enum_at(E::INDEX)?;
    let code = E::to_code(value);
    if !E::SPEC.flag {
        return Ok(known.member(code as usize));
    }
    // SAFETY: the class is alive.
    unsafe {
        let bits = crate::conv::fresh(ffi::PyLong_FromUnsignedLongLong(code))?;
        Any::new(known.class())
            .call(&[bits.as_any()])
            .map_err(|error| error.raise(cx))
    }
}

/// Make the class: `enum.StrEnum(name, members, module=…)`. Runs Python.
pub(crate) fn make(spec: &'static EnumSpec) -> Result<EnumState> {
    let base = base_class(spec)?;
    let class = call_functional_api(&base, spec)?;
    if let Some(doc) = spec.doc {
        set_attr(&class, "__doc__", &Object::from_str(doc)?)?;
    }
    if !spec.hidden.is_empty() {
        hide(&class, spec)?;
    }
    let members = spec.members.iter().map(|(name, _)| {
        let member = class.as_any().attr(name)?;
        // The class holds it too, for as long as it lives.
        Ok(member.as_any().as_ptr())
    });
    let members = members.collect::<Result<Vec<_>>>()?;
    Ok(EnumState::new(class, &members))
}

fn set_attr(object: &Object, name: &str, value: &Object) -> Result<()> {
    let name = Object::from_str(name)?;
    // SAFETY: all three are alive.
    let status = unsafe {
        ffi::PyObject_SetAttr(
            object.as_any().as_ptr(),
            name.as_any().as_ptr(),
            value.as_any().as_ptr(),
        )
    };
    if status < 0 {
        Err(Error::fetch())
    } else {
        Ok(())
    }
}

fn import(name: &std::ffi::CStr) -> Result<Object> {
    // SAFETY: a C string.
    unsafe { Object::from_new(ffi::PyImport_ImportModule(name.as_ptr())) }
}

fn base_class(spec: &EnumSpec) -> Result<Object> {
    let enums = import(c"enum")?;
    let base = match spec.members.first() {
        Some((_, EnumValue::Str(_))) => enums
            .as_any()
            .attr("StrEnum")
            .or_else(|_missing_before_3_11| run(STR_ENUM, c"StrEnum", None))?,
        _ if spec.flag => enums.as_any().attr("IntFlag")?,
        _ => enums.as_any().attr("IntEnum")?,
    };
    if spec.hidden.is_empty() {
        return Ok(base);
    }
    run(HIDING, c"Hiding", Some(&base))
}

/// What `enum.StrEnum` is from 3.11 on.
const STR_ENUM: &std::ffi::CStr =
    c"import enum\nclass StrEnum(str, enum.Enum):\n    __str__ = str.__str__\n    __format__ = str.__format__\n";

/// An enum whose class finds more names than it shows.
const HIDING: &std::ffi::CStr = c"\
class Meta(type(Base)):
    def __getattr__(cls, name):
        hidden = type.__getattribute__(cls, '_hidden_') if name != '_hidden_' else {}
        if name in hidden:
            return hidden[name]
        raise AttributeError(f'type object {cls.__name__!r} has no attribute {name!r}')
class Hiding(Base, metaclass=Meta):
    pass
";

/// What a piece of Python defines.
fn run(code: &std::ffi::CStr, name: &std::ffi::CStr, base: Option<&Object>) -> Result<Object> {
    // SAFETY: a new dict; the code is a C string; builtins are found through the running frame or the interpreter.
    unsafe {
        let globals = Object::from_new(ffi::PyDict_New())?;
        let dict = globals.as_any().as_ptr();
        ffi::PyDict_SetItemString(dict, c"__builtins__".as_ptr(), ffi::PyEval_GetBuiltins());
        let module = Object::from_str("enum")?;
        ffi::PyDict_SetItemString(dict, c"__name__".as_ptr(), module.as_any().as_ptr());
        if let Some(base) = base {
            ffi::PyDict_SetItemString(dict, c"Base".as_ptr(), base.as_any().as_ptr());
        }
        crate::module::run_text(code, ffi::Py_file_input, dict).map_err(|Raised| Error::fetch())?;
        match crate::module::dict_get(dict, name) {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Err(crate::exc::RuntimeError::new("the code defines nothing").into()),
            Err(Raised) => Err(Error::fetch()),
        }
    }
}

/// Tell the class of the names that it does not show.
fn hide(class: &Object, spec: &EnumSpec) -> Result<()> {
    // SAFETY: a new dict and live objects.
    unsafe {
        let hidden = Object::from_new(ffi::PyDict_New())?;
        for (name, of) in spec.hidden {
            let member = class.as_any().attr(spec.members[*of].0)?;
            let name = Object::from_str(name)?;
            let status = ffi::PyDict_SetItem(
                hidden.as_any().as_ptr(),
                name.as_any().as_ptr(),
                member.as_any().as_ptr(),
            );
            if status < 0 {
                return Err(Error::fetch());
            }
        }
        set_attr(class, "_hidden_", &hidden)
    }
}

fn call_functional_api(base: &Object, spec: &EnumSpec) -> Result<Object> {
    // SAFETY: every pointer is alive or a C string; results are checked.
    unsafe {
        let members = Object::from_new(ffi::PyList_New(0))?;
        let aliases = spec
            .aliases
            .iter()
            .map(|(name, of)| (*name, spec.members[*of].1));
        for (name, value) in spec.members.iter().copied().chain(aliases) {
            let name = &name;
            let value = &value;
            let name = CString::new(*name).unwrap_or_default();
            let pair = match value {
                EnumValue::Str(text) => {
                    let text = Object::from_str(text)?;
                    ffi::Py_BuildValue(c"(sO)".as_ptr(), name.as_ptr(), text.as_any().as_ptr())
                }
                EnumValue::Int(number) => {
                    ffi::Py_BuildValue(c"(sL)".as_ptr(), name.as_ptr(), *number)
                }
            };
            let pair = Object::from_new(pair)?;
            if ffi::PyList_Append(members.as_any().as_ptr(), pair.as_any().as_ptr()) < 0 {
                return Err(Error::fetch());
            }
        }
        let (name, module) = (
            CString::new(spec.name).unwrap_or_default(),
            CString::new(spec.module).unwrap_or_default(),
        );
        let args = Object::from_new(ffi::Py_BuildValue(
            c"(sO)".as_ptr(),
            name.as_ptr(),
            members.as_any().as_ptr(),
        ))?;
        let kwargs = Object::from_new(ffi::Py_BuildValue(
            c"{s:s,s:s}".as_ptr(),
            c"module".as_ptr(),
            module.as_ptr(),
            c"qualname".as_ptr(),
            name.as_ptr(),
        ))?;
        Object::from_new(ffi::PyObject_Call(
            base.as_any().as_ptr(),
            args.as_any().as_ptr(),
            kwargs.as_any().as_ptr(),
        ))
    }
}
