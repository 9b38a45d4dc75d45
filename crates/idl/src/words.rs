//! Words that Python and Rust keep for themselves, and how names change between the two.

/// Python's keywords.
const PYTHON_KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Rust's keywords, strict and reserved, that can be written as raw identifiers.
const RUST_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Rust's keywords that have no raw form.
const RUST_UNRAWABLE: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Built-in exceptions that Rust code may raise and errors may derive from: those whose constructor takes any
/// arguments, so that a message is enough to make one.
pub(crate) const EXCEPTIONS: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "Exception",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "ImportError",
    "ImportWarning",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
];

/// A word that Python reserves.
pub fn is_python_keyword(name: &str) -> bool {
    PYTHON_KEYWORDS.contains(&name)
}

/// A name that no Rust identifier can have, not even a raw one.
pub fn is_unrawable(name: &str) -> bool {
    RUST_UNRAWABLE.contains(&name)
}

/// ASCII letters, digits and underscores, not starting with a digit.
pub fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

pub(crate) fn is_dunder(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// A name as a Rust identifier: `type` → `r#type`.
pub fn rust_ident(name: &str) -> String {
    if RUST_KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// `GraphView` → `graph_view`, `BFSPath` → `bfs_path`.
pub fn snake_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let after_lower = i > 0 && !chars[i - 1].is_uppercase() && chars[i - 1] != '_';
        let before_lower = chars.get(i + 1).is_some_and(|next| next.is_lowercase());
        let inside_word = i > 0 && chars[i - 1] != '_' && before_lower;
        if c.is_uppercase() && (after_lower || inside_word) {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// `LIGHT_BLUE` → `LightBlue`, `redGreen` → `RedGreen`, `RED` → `Red`.
pub(crate) fn camel_case(name: &str) -> String {
    let shouting = !name.chars().any(char::is_lowercase);
    let mut out = String::new();
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        let rest = chars.as_str();
        out.push_str(&if shouting {
            rest.to_ascii_lowercase()
        } else {
            rest.to_owned()
        });
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) || out.is_empty() {
        out.insert(0, '_');
    }
    out
}

/// Control and bidi characters: they change how a terminal or an editor shows the text around them.
pub(crate) fn is_unprintable(c: char) -> bool {
    let bidi =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    bidi || (c.is_control() && c != '\n' && c != '\t')
}

/// `a class`, `an error`.
pub(crate) fn article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}

/// The candidate most like `word`, if any is like it at all.
pub(crate) fn similar<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 100;
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST && *candidate != word)
        .map(|candidate| {
            let exact = strsim::jaro_winkler(word, candidate);
            let folded = strsim::jaro_winkler(&lower, &candidate.to_lowercase());
            (exact.max(folded * 0.99), candidate)
        })
        .filter(|(score, _)| *score > 0.84)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// The text of a help line: "did you mean `X`?".
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    similar(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert_eq!(snake_case("GraphView"), "graph_view");
        assert_eq!(snake_case("BFSPath"), "bfs_path");
        assert_eq!(snake_case("X2Y"), "x2_y");
        assert_eq!(camel_case("LIGHT_BLUE"), "LightBlue");
        assert_eq!(camel_case("redGreen"), "RedGreen");
        assert_eq!(camel_case("Red"), "Red");
        assert_eq!(camel_case("_1"), "_1");
    }

    #[test]
    fn hints() {
        assert_eq!(similar("NodId", ["NodeId", "Edge"]), Some("NodeId"));
        assert_eq!(similar("retruns", ["returns", "raises"]), Some("returns"));
        assert_eq!(similar("zzz", ["returns", "raises"]), None);
    }
}
