//! The checks that are taken away, one at a time.

/// A text in a file of the runtime; each place where it stands is a mutation.
pub(super) struct Check {
    /// Relative to the runtime's sources.
    pub(super) file: &'static str,
    /// What it says.
    pub(super) old: &'static str,
    /// What it says without the check.
    pub(super) new: &'static str,
    /// What is missing then.
    pub(super) what: &'static str,
}

const fn check(
    file: &'static str,
    what: &'static str,
    old: &'static str,
    new: &'static str,
) -> Check {
    Check {
        file,
        old,
        new,
        what,
    }
}

/// All of them.
#[rustfmt::skip]
pub(super) const CHECKS: &[Check] = &[
    check("class/guard.rs", "borrow: `&T` although `&mut T` is out", "        MUTABLY => Err(Busy::Mutably),\n", ""),
    check("class/guard.rs", "borrow: `&T` of what is gone", "        GONE => Err(Busy::Gone),\n        MUTABLY", "        MUTABLY"),
    check("class/guard.rs", "borrow: `&mut T` although a reference is out",
        "            _ => Err(Busy::Borrowed),\n        })?;", "            _ => Ok(MUTABLY),\n        })?;"),
    check("class/guard.rs", "borrow: `&mut T` of what is gone", "            0 => Ok(MUTABLY),\n            GONE => Err(Busy::Gone),\n",
        "            0 | GONE => Ok(MUTABLY),\n"),
    check("class/guard.rs", "borrow: written although a reference is out",
        "            _ => Err(Busy::Borrowed),\n        }\n", "            _ => Ok(Writing(PhantomData)),\n        }\n"),
    check("class/guard.rs", "borrow: a buffer never comes back",
        "let _ = self.change(|now| Ok::<_, Busy>(now - LENT));", "let _ = self;"),
    check("class/guard.rs", "borrow: `&T` is never given back",
        "let _ = self.change(|now| Ok::<_, Busy>(now - 1));", "let _ = self;"),
    check("class/guard.rs", "borrow: `&mut T` is never given back", "self.0.store(0, Ordering::Release);", "let _ = self;"),
    check("class/guard.rs", "borrow: moved out and not marked", "self.0.store(GONE, Ordering::Release);", "let _ = self;"),
    check("conv/class.rs", "type: any object as one of a class", "if !is_of::<C>(cx, object) {", "if false {"),
    check("conv/class.rs", "type: any class as a subclass", "if Self::is_exact(cx, class) {", "if true {"),
    check("call/argument.rs", "type: any object as one like `self`",
        "if object.type_ptr() == ffi::Py_TYPE(slf.ptr) {", "if true {"),
    check("conv/integer.rs", "range: of short integers", "value.try_into().ok()", "Some(value as $rust)"),
    check("conv/integer.rs", "range: of integers", "Wide::Signed(value) => $rust::try_from(value).ok()",
        "Wide::Signed(value) => Some(value as $rust)"),
    check("conv/integer.rs", "range: of integers above 2**63", "Wide::Unsigned(value) => $rust::try_from(value).ok()",
        "Wide::Unsigned(value) => Some(value as $rust)"),
    check("conv/scalar.rs", "range: of f32", "if narrow.is_infinite() && wide.is_finite() {", "if false {"),
    check("conv/scalar.rs", "type: anything as a float", "if !convertible {", "if false {"),
    check("conv/scalar.rs", "type: anything as None", "        if object.is_none() {\n            Ok(())",
        "        if true {\n            Ok(())"),
    check("buffer.rs", "range: reads behind a buffer", "(i < self.len).then(", "true.then("),
    check("buffer.rs", "range: writes behind a buffer", "if i >= self.len || self.view.readonly != 0 {",
        "if self.view.readonly != 0 {"),
    check("buffer.rs", "type: writes what is read-only", "if i >= self.len || self.view.readonly != 0 {",
        "if i >= self.len {"),
    check("buffer.rs", "type: of a buffer's items", "buffer.check()?;", "let _ = buffer.check();"),
    check("buffer.rs", "type: alignment of a buffer", "self.view.buf.cast::<T>().is_aligned() || self.len == 0", "true"),
    check("buffer.rs", "reference: a buffer is never released", "unsafe { ffi::PyBuffer_Release(&raw mut *self.view) }", ""),
    check("record/attr.rs", "type: deletes a field", "if !value.is_null()\n            && !state", "if !state"),
    check("record/attr.rs", "type: deletes a field through its descriptor", "if value.is_null() {", "if false {"),
    check("record/table.rs", "type: writes what is frozen", "set: if spec.frozen {", "set: if false {"),
    check("live/list.rs", "range: any index", "Ok((0..len).contains(&index).then_some(index as usize))",
        "Ok(Some(index as usize))"),
    check("live/list.rs", "range: an index that a conversion made wrong", "                _ if i >= items.len() => None,\n", ""),
    check("live/list.rs", "range: slices of other lengths", "if step != 1 && new.len() != count {", "if false {"),
    check("live/list_methods.rs", "range: inserts anywhere", "items.insert(at.min(items.len()), new);",
        "items.insert(at, new);"),
    check("live/list_methods.rs", "range: pops from an empty list", "if view.len() == 0 {", "if false {"),
    check("live/list_methods.rs", "range: sorts what another has changed", "let same = now.len() == order.len();",
        "let same = true;"),
];
