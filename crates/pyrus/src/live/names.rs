//! Which field an attribute's name means: by the address of the interned name, in a small hash table.

use pyo3_ffi as ffi;

/// Interned names of one record's fields. The state owns the names.
pub(crate) struct NameMap {
    places: Box<[(*mut ffi::PyObject, usize)]>,
}

impl NameMap {
    /// Half of the places stay free, so that a search ends soon.
    pub(crate) fn new(names: &[*mut ffi::PyObject]) -> Self {
        let size = (names.len() * 2).next_power_of_two().max(2);
        let mut places: Box<[_]> = vec![(std::ptr::null_mut::<ffi::PyObject>(), 0); size].into();
        for (field, name) in names.iter().enumerate() {
            let mut i = Self::start(*name, size);
            while !places[i].0.is_null() {
                i = (i + 1) & (size - 1);
            }
            places[i] = (*name, field);
        }
        Self { places }
    }

    /// Objects stand at multiples of 16.
    #[inline(always)]
    fn start(name: *mut ffi::PyObject, size: usize) -> usize {
        let address = name as usize;
        ((address >> 4) ^ (address >> 12)) & (size - 1)
    }

    /// The field, if the name is that of one.
    #[inline(always)]
    pub(crate) fn find(&self, name: *mut ffi::PyObject) -> Option<usize> {
        let size = self.places.len();
        let mut i = Self::start(name, size);
        loop {
            let (known, field) = self.places[i];
            if known == name {
                return Some(field);
            }
            if known.is_null() {
                return None;
            }
            i = (i + 1) & (size - 1);
        }
    }
}
