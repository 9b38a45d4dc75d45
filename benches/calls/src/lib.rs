//! What `bindings.yaml` names: the same work as `c/calls_c.c`, in plain Rust.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use pyrus::exc::ValueError;

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

/// An opaque id with a tag.
pub struct Handle {
    id: u64,
    tag: AtomicI64,
    label: &'static str,
}

impl Handle {
    /// With this id.
    pub fn create(id: u64) -> Self {
        Self {
            id,
            tag: AtomicI64::new(0),
            label: "handle-label",
        }
    }

    /// The id.
    pub fn get_id(&self) -> u64 {
        self.id
    }

    /// Whether both have the same id.
    pub fn same_pos(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// Whether both have the same id.
    pub fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// The sum, wrapping.
    pub fn add3(&self, a: i64, b: i64, c: i64) -> i64 {
        a.wrapping_add(b).wrapping_add(c)
    }

    /// The length in UTF-8.
    pub fn name_len(&self, name: &str) -> u64 {
        name.len() as u64
    }

    /// What kind of thing this is.
    pub fn label(&self) -> &str {
        self.label
    }

    /// The tag.
    pub fn tag(&self) -> i64 {
        self.tag.load(Relaxed)
    }

    /// Set the tag.
    pub fn set_tag(&self, tag: i64) {
        self.tag.store(tag, Relaxed);
    }
}

/// The sum, wrapping.
pub fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// As many new handles.
pub fn make_list(n: u64) -> Vec<Handle> {
    (0..n).map(Handle::create).collect()
}

/// Call `f` with as many new handles.
pub fn visit(n: u64, f: &dyn Fn(Handle) -> pyrus::Result<()>) -> pyrus::Result<()> {
    (0..n).try_for_each(|id| f(Handle::create(id)))
}

/// Call `f` with the numbers below `n`.
pub fn each(n: u64, f: &dyn Fn(u64) -> pyrus::Result<()>) -> pyrus::Result<()> {
    (0..n).try_for_each(f)
}

/// Fail with this message.
pub fn fail(msg: &str) -> Result<(), ValueError> {
    Err(ValueError::new(msg))
}

/// The same text.
pub fn echo(text: &str) -> &str {
    text
}

/// The sum.
pub fn sum_floats(values: Vec<f64>) -> f64 {
    values.iter().sum()
}
