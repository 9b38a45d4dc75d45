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

/// Who is asked first in a union.
const NO_OTHER_TAKES_IT: &str =
    "no other member of a union takes what this one takes, so their order says nothing";

/// All of them.
#[rustfmt::skip]
pub(super) const EXCUSED: &[Excused] = &[
    excused("anchored.rs", "", " interpreter: ",
        "interpreters can be made from Python only from 3.13 on, where a test of the graph notices"),
    excused("class/lifecycle.rs", "        types::free(tp, object);\n        ffi::Py_DECREF(tp.cast());", "",
        "two threads without the GIL have to wrap the same object at once"),
    excused("conv/scalar.rs", "-> Result<(), Fail> {\n        if object.is_none() {", "",
        "nothing of the zoo takes None alone; what a callback returns for it is not looked at"),
    excused("conv/class.rs", "", "Cls<C>>::is_exact: ", NO_OTHER_TAKES_IT),
    excused("conv/class.rs", "", "Keyed<C>>::is_exact: ", NO_OTHER_TAKES_IT),
    excused("conv/path.rs", "", "::is_exact: ", NO_OTHER_TAKES_IT),
    excused("conv/scalar.rs", "", "F64>::is_exact: ", NO_OTHER_TAKES_IT),
    excused("conv/text.rs", "", "::is_exact: ", NO_OTHER_TAKES_IT),
    excused("registry.rs", "", "Foreign<X>>::is_exact: ", NO_OTHER_TAKES_IT),
    excused("leaks/report.rs", "ffi::Py_INCREF(ffi::Py_None());", "",
        "it is called once, with PYRUS_LEAKS, when Python ends"),
    excused("live/layout.rs", "if count == 0 && room > 0 {", "",
        "memory that was never used is mostly zero, which says the same; Miri notices"),
    excused("made.rs", "ffi::Py_DECREF(made)", "",
        "two threads have to make the same thing at once"),
    excused("module/current.rs", "&& tuple_len(items) == 4", "",
        "only the loader asks, whose tests run Cargo and are no judge"),
    excused("module/hook.rs", "if ffi::PyList_Append(list, name", "`<` is `>`",
        "memory has to be short just then"),
    excused("registry.rs", "if capsule.is_null() {\n            ffi::Py_DECREF(tp.cast());", "",
        "memory has to be short just then"),
    excused("registry.rs", "if entry.is_null() {\n            ffi::Py_DECREF(capsule);", "",
        "only we put something there, and that is never null"),
];
