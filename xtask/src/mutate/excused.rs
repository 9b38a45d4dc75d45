//! The changes that nobody has to notice.

/// A change that makes no difference that a test of the zoo could see.
pub(super) struct Excused {
    /// The file's end.
    pub(super) file: &'static str,
    /// What the line contains, and where others are like it the one before.
    pub(super) lines: &'static str,
    /// What the mutation's name contains, where other mutations of the line are noticed.
    pub(super) what: &'static str,
    /// Why.
    pub(super) why: &'static str,
}

const fn excused(
    file: &'static str,
    lines: &'static str,
    what: &'static str,
    why: &'static str,
) -> Excused {
    Excused {
        file,
        lines,
        what,
        why,
    }
}

/// All of them.
#[rustfmt::skip]
pub(super) const EXCUSED: &[Excused] = &[
    excused("abi/callable.rs", "ffi::Py_XDECREF(self.0.take())", "",
        "only extensions for the stable ABI have it, and the zoo is none"),
    excused("class/lifecycle.rs", "        types::free(tp, object);\n        ffi::Py_DECREF(tp.cast());", "",
        "two threads without the GIL have to wrap the same object at once"),
    excused("conv/scalar.rs", "-> Result<(), Fail> {\n        if object.is_none() {", "",
        "nothing of the zoo takes None alone; what a callback returns for it is not looked at"),
    excused("leaks/report.rs", "ffi::Py_INCREF(ffi::Py_None());", "",
        "it is called once, with PYRUS_LEAKS, when Python ends"),
    excused("made.rs", "ffi::Py_DECREF(made)", "",
        "two threads have to make the same thing at once"),
    excused("registry.rs", "if capsule.is_null() {\n            ffi::Py_DECREF(tp.cast());", "",
        "memory has to be short just then"),
    excused("registry.rs", "if entry.is_null() {\n            ffi::Py_DECREF(capsule);", "",
        "only we put something there, and that is never null"),
];
