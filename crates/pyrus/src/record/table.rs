//! A record's table as its functions use it: made of the [`RecordSpec`] at the first import, and never freed.

use std::any::TypeId;
use std::ffi::{CStr, c_void};

use pyo3_ffi as ffi;

use super::attr::{getter, setter};
use super::field::{Get, Init, Set};
use super::spec::{RecordSpec, Shape};
use super::{FieldOps, getattro, hash, new, repr, rich_compare, setattro};
use crate::abi::types;
use crate::call::{Param, Refused, Signature};
use crate::conv::F64;
use crate::module::{ExtensionSpec, SlotFn, SlotSpec, TypeSpec};

/// How many fields are found by the address of their name.
const SEARCHED: usize = 16;

/// Everything about one record.
#[repr(C)]
pub(crate) struct Table {
    /// Stands in the type's `tp_methods`, which is how a type leads to its table: a list of no methods.
    end: ffi::PyMethodDef,
    pub(crate) index: usize,
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
    /// The fields that are found by the address of their name; more are left to Python's dictionaries.
    pub(crate) searched: &'static [Field],
    /// What to do when a record dies: where, and how to drop what is there.
    pub(crate) drops: Box<[(usize, unsafe fn(*mut u8))]>,
    /// The constructor: one parameter per field, in order.
    pub(crate) new: Signature,
    pub(crate) shape: &'static Shape,
    /// Descriptors of the fields.
    pub(crate) properties: Box<[ffi::PyGetSetDef]>,
}

// SAFETY: constants only; CPython reads the descriptors and the list of no methods.
unsafe impl Sync for Table {}
// SAFETY: as above.
unsafe impl Send for Table {}

/// One field.
pub(crate) struct Field {
    pub(crate) name: &'static CStr,
    /// Annotation, for messages.
    pub(crate) expected: &'static str,
    /// Where it is in the struct.
    pub(crate) offset: usize,
    /// Its converter is [`F64`], that of most fields of most records: the constructor reads such a field without a call.
    pub(crate) is_float: bool,
    /// Those of `ops` that calls use, one step nearer.
    pub(crate) get: Get,
    pub(crate) init: Init,
    pub(crate) set: Set,
    pub(crate) ops: &'static FieldOps,
    /// Writes the default, for fields that have one.
    pub(crate) default: Option<unsafe fn(*mut u8)>,
}

impl Field {
    pub(crate) fn text(&self) -> &'static str {
        self.name.to_str().unwrap_or_default()
    }
}

impl Table {
    /// The table of a record's type.
    ///
    /// # Safety
    /// `tp` is the type of a record of this extension.
    #[inline(always)]
    pub(crate) unsafe fn of_type(tp: *mut ffi::PyTypeObject) -> &'static Self {
        // SAFETY: the table was put there when the type was made, and is never freed. Records have no subclasses.
        unsafe { &*types::methods(tp).cast::<Self>() }
    }

    /// The table of a record.
    ///
    /// # Safety
    /// `slf` is a record of this extension.
    #[inline(always)]
    pub(crate) unsafe fn of(slf: *mut ffi::PyObject) -> &'static Self {
        // SAFETY: as promised.
        unsafe { Self::of_type(ffi::Py_TYPE(slf)) }
    }

    /// What `tp_methods` must hold.
    pub(crate) fn link(&'static self) -> *mut ffi::PyMethodDef {
        (&raw const *self).cast_mut().cast()
    }

    pub(crate) fn make(spec: &'static RecordSpec, extension: &'static ExtensionSpec) -> Self {
        let mut texts = Texts(spec.texts);
        let name = texts.next();
        let count = spec.fields.len();
        let (mut fields, mut docs) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for field in spec.fields {
            let ops = extension.ops[usize::from(field.ops)];
            let name = texts.next_c();
            let expected = texts.next();
            docs.push(texts.next_c());
            fields.push(Field {
                name,
                expected,
                offset: field.offset as usize,
                is_float: ops.id == TypeId::of::<F64>(),
                get: ops.get,
                init: ops.init,
                set: ops.set,
                ops,
                default: usize::from(field.default)
                    .checked_sub(1)
                    .map(|i| extension.defaults[i]),
            });
        }
        let fields: &'static [Field] = fields.leak();
        let properties = fields.iter().zip(docs);
        Table {
            // SAFETY: all zero is the end of a list of methods.
            end: unsafe { std::mem::zeroed() },
            index: spec.index,
            name,
            fields,
            searched: fields
                .get(spec.positional_only.into()..)
                .map_or(&[], |named| &named[..named.len().min(SEARCHED)]),
            drops: fields
                .iter()
                .filter_map(|field| field.ops.drop.map(|drop| (field.offset, drop)))
                .collect(),
            new: signature(spec, name, fields),
            shape: &spec.shape,
            properties: properties
                .map(|(field, doc)| property(spec, field, doc))
                .collect(),
        }
    }
}

fn signature(spec: &'static RecordSpec, name: &'static str, fields: &[Field]) -> Signature {
    let param = |field: &Field| Param {
        name: field.text(),
        expected: field.expected,
        required: field.default.is_none(),
        refused: Refused::NONE,
    };
    let params: &'static [Param] = fields.iter().map(param).collect::<Vec<_>>().leak();
    let required = params.iter().take(64).enumerate();
    Signature {
        name,
        origin: "",
        params,
        positional_only: spec.positional_only.into(),
        positional: spec.positional.into(),
        var_positional: false,
        var_keyword: false,
        names: spec.names,
        required: required.fold(0, |bits, (i, param)| bits | u64::from(param.required) << i),
        deprecated: spec.deprecated,
    }
}

/// The descriptor of a field. Its closure is the field.
fn property(spec: &RecordSpec, field: &'static Field, doc: &'static CStr) -> ffi::PyGetSetDef {
    ffi::PyGetSetDef {
        name: field.name.as_ptr(),
        get: Some(getter),
        set: if spec.frozen { None } else { Some(setter) },
        doc: if doc.is_empty() {
            std::ptr::null()
        } else {
            doc.as_ptr()
        },
        closure: (&raw const *field).cast_mut().cast::<c_void>(),
    }
}

/// The protocols of a record that its declaration does not fill.
pub(crate) fn slots(tp: &TypeSpec, spec: &RecordSpec) -> Vec<SlotSpec> {
    let has = |id| tp.slots.iter().any(|slot| slot.id == id);
    let slot = |id, function| SlotSpec { id, function };
    let mut slots = vec![
        slot(ffi::Py_tp_new, SlotFn::New(new)),
        slot(ffi::Py_tp_repr, SlotFn::Unary(repr)),
        slot(ffi::Py_tp_richcompare, SlotFn::Compare(rich_compare)),
    ];
    // A type with its own `tp_getattro` loses the interpreter's fast method calls.
    if tp.methods.0.is_empty() && tp.keyword_methods.is_empty() {
        slots.push(slot(ffi::Py_tp_getattro, SlotFn::Binary(getattro)));
    }
    slots.push(if spec.frozen {
        slot(ffi::Py_tp_hash, SlotFn::Hash(hash))
    } else {
        slot(ffi::Py_tp_setattro, SlotFn::Assign(setattro))
    });
    slots.retain(|slot| !has(slot.id));
    slots
}

/// Texts with NULs behind them, one after the other.
struct Texts(&'static str);

impl Texts {
    /// The next one, NUL and all.
    fn take(&mut self) -> &'static str {
        let end = CStr::from_bytes_until_nul(self.0.as_bytes())
            .map_or(self.0.len(), |text| text.count_bytes() + 1);
        let (text, rest) = self.0.split_at(end);
        self.0 = rest;
        text
    }

    fn next(&mut self) -> &'static str {
        let text = self.take();
        text.strip_suffix('\0').unwrap_or(text)
    }

    fn next_c(&mut self) -> &'static CStr {
        CStr::from_bytes_with_nul(self.take().as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn texts_are_cut_at_their_ends() {
        let mut texts = Texts("Pad\0\0x\0");
        assert_eq!(texts.next(), "Pad");
        assert_eq!(texts.next_c(), c"");
        assert_eq!(texts.next_c(), c"x");
        assert_eq!(texts.next(), "");
    }
}
