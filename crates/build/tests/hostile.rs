//! Whatever texts, names and sizes declarations have: a diagnostic, or glue that is Rust and stubs that are Python, which
//! say the same text.
//!
//! Python and ruff read the stubs; without them that part is skipped, and says so.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use pyrus_build::features::Features;
use pyrus_build::{glue, render_stubs};
use pyrus_idl::load_str;

/// What ends or opens something in YAML, Rust, Python or a template, or hides what follows from who reads.
const TEXTS: &[&str] = &[
    "\"",
    "'",
    "ends with a quote \"",
    "\"\"\"",
    "'''\"\"\"'''",
    "ends with a backslash \\",
    "\\\"\"\"",
    "\\N{BULLET} \\x41 \\u0041",
    "*/ /* // ///",
    "r#\"raw\"# \"#",
    "{} {{ }} {% raw %} {# no #} {name!r}",
    "# a comment",
    "--- %YAML <!-- ]]>",
    "two\nlines\n\n    and an indented one",
    "ends with a line end\n",
    " begins and ends with spaces ",
    "a tab\tin it",
    "\u{202e}reversed\u{202c} \u{2066}isolated\u{2069} \u{200f}",
    "\u{2028}line\u{2029}paragraph\u{85}next",
    "\u{feff}zero\u{200b}width\u{ad}",
    "é 漢字 😀 \u{10ffff}",
    "e\u{301}",
    "\u{7f}",
    "\0",
    "\u{1b}[31m",
    "\r",
    "None",
    "fn main() { panic!() }",
    "import os; os.abort()",
];

/// Names that mean something to Python, Rust, the stubs or the glue.
const NAMES: &[&str] = &[
    "class",
    "def",
    "import",
    "lambda",
    "None",
    "True",
    "match",
    "case",
    "type",
    "print",
    "list",
    "dict",
    "str",
    "int",
    "bool",
    "object",
    "property",
    "staticmethod",
    "Any",
    "Callable",
    "Sequence",
    "Final",
    "overload",
    "Self",
    "self",
    "super",
    "crate",
    "fn",
    "impl",
    "gen",
    "async",
    "await",
    "dyn",
    "try",
    "box",
    "macro_rules",
    "union",
    "static",
    "unsafe",
    "extern",
    "rt",
    "py",
    "pyrus",
    "std",
    "core",
    "ffi",
    "r",
    "_",
    "__",
    "___",
    "_private",
    "mro",
    "__doc__",
    "__class__",
    "__pyrus_x",
    "value",
    "name",
    "T",
    "Ok",
    "Err",
    "Some",
    "Option",
    "Result",
    "String",
    "Vec",
    "i8",
    "u64",
    "f32",
    "builtins",
    "typing",
    "é",
    "a-b",
    "a b",
    "",
    "1a",
];

/// A text as YAML has it, whatever is in it: JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    let mut all = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => all.extend(['\\', letter]),
            ' '..='~' => all.push(letter),
            _ => write!(all, "\\U{:08x}", u32::from(letter)).unwrap(),
        }
    }
    all + "\""
}

/// The same as a value: a string in a string.
fn value(text: &str) -> String {
    let mut all = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => all.extend(['\\', letter]),
            '\n' => all += "\\n",
            '\t' => all += "\\t",
            '\r' => all += "\\r",
            '\0' => all += "\\0",
            _ => all.push(letter),
        }
    }
    quoted(&(all + "\""))
}

fn with_text(text: &str) -> String {
    let (text, value) = (quoted(text), value(text));
    format!(
        "idl: 1\nextension: demo\ndoc: {text}\n\
         constants:\n  WORD: {{type: str, value: {text}, doc: {text}}}\n\
         enums:\n  Word: {{kind: str, doc: {text}, members: {{ONE: {text}}}}}\n\
         errors:\n  WordError: {{doc: {text}}}\n\
         records:\n  Pair: {{doc: {text}, fields: {{a: {{type: str, default: {value}, doc: {text}}}}}}}\n\
         classes:\n  Thing: {{rust: demo::Thing, doc: {text}, methods: {{go: {{doc: {text}, deprecated: {text}}}}}}}\n\
         functions:\n  f:\n    doc: {text}\n    args: {{a: {{type: str, default: {value}}}}}\n"
    )
}

fn with_name(name: &str) -> String {
    let name = quoted(name);
    format!(
        "idl: 1\nextension: demo\n\
         records:\n  Pair: {{fields: {{{name}: i32}}}}\n\
         enums:\n  Word: {{kind: int, members: {{{name}: 1}}}}\n\
         classes:\n  Thing: {{rust: demo::Thing, methods: {{{name}: {{}}}}}}\n\
         functions:\n  f: {{args: {{{name}: i32}}}}\n  {name}: {{}}\n"
    )
}

/// Each use of a name alone: one that is refused must not hide the others.
fn uses_of(name: &str) -> Vec<String> {
    let name = quoted(name);
    let root = |text: String| format!("idl: 1\nextension: demo\n{text}\n");
    vec![
        root(format!("records: {{Pair: {{fields: {{{name}: i32}}}}}}")),
        root(format!("records: {{{name}: {{fields: {{a: i32}}}}}}")),
        root(format!(
            "enums: {{Word: {{kind: int, members: {{{name}: 1}}}}}}"
        )),
        root(format!(
            "classes: {{Thing: {{rust: demo::Thing, methods: {{{name}: {{}}}}}}}}"
        )),
        root(format!("functions: {{f: {{args: {{{name}: i32}}}}}}")),
        root(format!("functions: {{{name}: {{}}}}")),
        root(format!("modules: {{{name}: {{functions: {{f: {{}}}}}}}}")),
        root(format!(
            "types: {{{name}: int | str}}\nfunctions: {{f: {{args: {{a: {name}}}}}}}"
        )),
    ]
}

/// The stubs, once the glue was read as Rust; nothing when the declarations are refused with a reason.
fn rendered(declarations: &str) -> Option<Vec<(String, String)>> {
    let api = match load_str("bindings.yaml", declarations) {
        Ok(api) => api,
        Err(report) => {
            assert!(!report.diagnostics.is_empty(), "refused without a reason");
            assert!(!report.render(false).is_empty());
            return None;
        }
    };
    let features = Features::default();
    for (name, rust) in glue::render(&api, &features) {
        if let Err(error) = syn::parse_file(&rust) {
            panic!("{name} is no Rust: {error}\n{declarations}\n{rust}");
        }
    }
    Some(render_stubs(&api, &features).into_iter().collect())
}

/// Python's own parser on files of a folder; each module with a text beside it must say it in its docstrings.
const READ: &str = r#"
import ast, inspect, pathlib, sys
for place in sorted(pathlib.Path(sys.argv[1]).rglob("*.pyi")):
    tree = ast.parse(place.read_text("utf-8"), str(place))
    said = place.with_suffix(".txt")
    if said.exists():
        wanted = said.read_bytes().decode("utf-8")
        function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "f")
        default = function.args.kw_defaults + function.args.defaults
        values = [node.value for node in default if isinstance(node, ast.Constant)]
        assert values in ([wanted], [...]), (place, values, wanted)
        doc = ast.get_docstring(function)
        lines = lambda text: [line.rstrip() for line in text.strip().split("\n")]
        assert doc and lines(doc) == lines(inspect.cleandoc(wanted.replace("\t", "    "))), (place, doc, wanted)
"#;

fn python() -> Option<Command> {
    let name = if cfg!(windows) { "python" } else { "python3" };
    let works = Command::new(name).arg("--version").output();
    if works.is_ok_and(|out| out.status.success()) {
        return Some(Command::new(name));
    }
    eprintln!("skipped: {name} is not installed");
    None
}

fn passes(command: &mut Command) {
    let out = command.output().unwrap();
    let told = [out.stdout, out.stderr].concat();
    assert!(
        out.status.success(),
        "{command:?}\n{}",
        String::from_utf8_lossy(&told)
    );
}

fn read_by_python(folder: &Path) {
    if let Some(mut python) = python() {
        passes(python.args(["-c", READ]).arg(folder));
    }
}

fn read_by_ruff(folder: &Path) {
    let works = Command::new("ruff").arg("--version").output();
    if !works.is_ok_and(|out| out.status.success()) {
        eprintln!("skipped: ruff is not installed");
        return;
    }
    fs::write(folder.join("ruff.toml"), pyrus_build::stub::RUFF_CONFIG).unwrap();
    let mut ruff = Command::new("ruff");
    passes(
        ruff.current_dir(folder)
            .args(["format", "--no-cache", "--diff", "."]),
    );
}

#[test]
fn any_text_is_refused_or_said_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut refused = Vec::new();
    for (i, text) in TEXTS.iter().enumerate() {
        let Some(stubs) = rendered(&with_text(text)) else {
            refused.push(*text);
            continue;
        };
        let [(_, stub)] = &stubs[..] else {
            panic!("one module has one stub");
        };
        fs::write(folder.path().join(format!("text_{i}.pyi")), stub).unwrap();
        fs::write(folder.path().join(format!("text_{i}.txt")), text).unwrap();
    }
    for text in &refused {
        println!("refused: {text:?}");
    }
    assert!(refused.len() < TEXTS.len() / 2, "{refused:?}");
    read_by_python(folder.path());
    read_by_ruff(folder.path());
}

#[test]
fn any_name_is_refused_or_is_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut taken = 0;
    for (i, name) in NAMES.iter().enumerate() {
        for (j, declarations) in uses_of(name).iter().chain([&with_name(name)]).enumerate() {
            for (file, stub) in rendered(declarations).unwrap_or_default() {
                taken += 1;
                let place = folder.path().join(format!("name_{i}_{j}")).join(file);
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, stub).unwrap();
            }
        }
    }
    assert!(taken > NAMES.len() * 3, "only {taken} were taken");
    read_by_python(folder.path());
    read_by_ruff(folder.path());
}

#[test]
fn a_hundred_thousand_entries() {
    let mut text =
        String::from("idl: 1\nextension: demo\nenums:\n  Big:\n    kind: int\n    members:\n");
    for i in 0..100_000 {
        writeln!(text, "      M{i}: {i}").unwrap();
    }
    let stubs = rendered(&text).expect("they are declarations like others");
    assert_eq!(stubs[0].1.matches("    M").count(), 100_000);
}

#[test]
fn types_within_types() {
    for depth in [10, 100, 1000, 100_000] {
        for (open, close) in [
            ("list[", "]"),
            ("tuple[int, ", "]"),
            ("Callable[[", "], None]"),
            ("(", ")"),
        ] {
            let ty = format!("{}int{}", open.repeat(depth), close.repeat(depth));
            let text =
                format!("idl: 1\nextension: demo\nfunctions: {{f: {{args: {{a: \"{ty}\"}}}}}}\n");
            rendered(&text);
        }
    }
}
