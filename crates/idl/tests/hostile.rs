//! No input makes the front end panic, hang or run out of stack, and every report can be shown.

use std::fmt::Write as _;
use std::path::Path;

use pyrus_idl::load_str;

fn sample() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let read =
        |name: &str| std::fs::read_to_string(folder.join(name)).expect("the sample is UTF-8");
    let animals = read("bindings/animals.yaml");
    let animals = animals.split_once("modules:\n").expect("it has modules").1;
    let root = read("complete.yaml").replace("include: [bindings/animals.yaml]\n", "");
    format!("{root}modules:\n{animals}")
}

/// Loads, and shows the report in every way.
fn codes(text: &str) -> Vec<&'static str> {
    let Err(report) = load_str("bindings.yaml", text) else {
        return Vec::new();
    };
    assert!(!report.diagnostics.is_empty());
    assert!(!report.render(false).is_empty());
    assert!(!report.render(true).is_empty());
    assert_eq!(report.short_lines().len(), report.diagnostics.len());
    assert_eq!(
        report.to_json().as_array().map(Vec::len),
        Some(report.diagnostics.len())
    );
    report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.id)
        .collect()
}

fn root(text: &str) -> String {
    format!("idl: 1\nextension: demo\n{text}")
}

#[test]
fn the_sample_is_valid_in_one_file() {
    if let Err(report) = load_str("bindings.yaml", &sample()) {
        panic!("{report}");
    }
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

/// What hostile files are made of.
const PIECES: &[&str] = &[
    "\0",
    "\u{202e}",
    "\t",
    "é",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ": ",
    "- ",
    "#",
    "&a",
    "*a",
    "!!str ",
    "? ",
    "|\n",
    ">-\n",
    "\r\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "null",
    "T",
    "Self",
    "= ",
    "0x",
    "99999999999999999999999999",
    "\u{feff}",
    "list[",
    "Callable[[",
    "::",
    "<",
    "__eq__",
    "hold: view",
    "static: true",
    "{}",
    "~",
    "😀",
];

/// Cuts, inserts or replaces something somewhere.
fn damage(text: &mut String, numbers: &mut Numbers) {
    let mut at = numbers.below(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let until = |sign: char| text[at..].find(sign).map_or(text.len(), |end| at + end);
    let (line, word) = (until('\n'), until(' '));
    let piece = PIECES[numbers.below(PIECES.len())];
    match numbers.below(4) {
        0 => text.truncate(at),
        1 => text.insert_str(at, piece),
        2 => text.replace_range(at..line, piece),
        _ => text.replace_range(at..word, ""),
    }
}

#[test]
fn truncated_and_mixed_up_samples() {
    let sample = sample();
    let mut numbers = Numbers(7);
    for _ in 0..400 {
        let mut text = sample.clone();
        for _ in 0..=numbers.below(3) {
            damage(&mut text, &mut numbers);
        }
        codes(&text);
    }
}

#[test]
fn words_in_wrong_places() {
    let sample = sample();
    let words: Vec<&str> = sample.split_whitespace().collect();
    let mut numbers = Numbers(11);
    for _ in 0..300 {
        let (from, to) = (
            words[numbers.below(words.len())],
            words[numbers.below(words.len())],
        );
        codes(&sample.replacen(from, to, 1 + numbers.below(3)));
    }
}

#[test]
fn deep_input() {
    for open in ["[", "{", "{a: ", "- ", "? ", "[{a: "] {
        codes(&root(&format!("doc: {}", open.repeat(100_000))));
        codes(&open.repeat(100_000));
    }
    let mut nested = String::new();
    for depth in 0..2000 {
        let _ = writeln!(nested, "{}a:", " ".repeat(depth));
    }
    codes(&root(&nested));
    for open in ["list[", "Callable[[", "tuple["] {
        let text = format!("functions:\n  f: {{returns: '{}'}}\n", open.repeat(100_000));
        assert_eq!(codes(&root(&text)), ["B0106"]);
    }
    let text = format!(
        "functions:\n  f: {{returns: 'int{}'}}\n",
        "?".repeat(100_000)
    );
    assert!(codes(&root(&text)).is_empty());
}

#[test]
fn long_chains() {
    const LENGTH: usize = 3000;
    let chain = |start: &str, first: &str, line: fn(usize) -> String| {
        let mut text = format!("{start}\n{first}\n");
        (1..LENGTH).for_each(|i| text.push_str(&line(i)));
        root(&text)
    };
    let aliases = chain("types:", "  A0: int", |i| format!("  A{i}: A{}\n", i - 1));
    assert_eq!(codes(&aliases), ["B0106"]);
    let circle = chain("types:", "  A0: A2999", |i| format!("  A{i}: A{}\n", i - 1));
    assert_eq!(codes(&circle), ["B0120"]);
    let wide = chain("types:", "  A0: int", |i| {
        if i > 30 {
            return String::new();
        }
        format!("  A{i}: 'tuple[A{}, A{}]'\n", i - 1, i - 1)
    });
    assert!(
        codes(&format!(
            "{wide}functions:\n  f: {{args: {{x: 'set[A30]', y: A30 = 5}}}}\n"
        ))
        .contains(&"B0202")
    );
    let errors = chain("errors:", "  E0: {}", |i| {
        format!("  E{i}: {{base: E{}}}\n", i - 1)
    });
    assert!(codes(&errors).iter().all(|code| *code == "B0415"));
    let records = chain("records:", "  R0: {frozen: true, fields: {a: int}}", |i| {
        format!("  R{i}: {{frozen: true, fields: {{a: R{}}}}}\n", i - 1)
    });
    assert!(
        codes(&format!(
            "{records}functions:\n  f: {{args: {{x: 'set[R2999]'}}}}\n"
        ))
        .is_empty()
    );
    let endless = chain("records:", "  R0: {fields: {a: R2999}}", |i| {
        format!("  R{i}: {{fields: {{a: R{}}}}}\n", i - 1)
    });
    assert_eq!(codes(&endless), ["B0401"]);
}

#[test]
fn odd_files() {
    for text in [
        "",
        "\0",
        "\u{feff}",
        "~",
        "5",
        "[]",
        "{}",
        "\u{feff}idl: 1\nextension: demo\n",
        "---\n...\n",
        "\r\n",
    ] {
        codes(text);
    }
    let long = "x".repeat(1_000_000);
    codes(&root(&format!(
        "doc: {long}\nfunctions:\n  {long}: {{returns: {long}}}\n"
    )));
}

#[test]
fn line_ends_and_byte_order_marks_do_not_move_places() {
    let place = |text: &str| {
        let report = load_str("bindings.yaml", text).expect_err("the type is unknown");
        report
            .short_lines()
            .remove(0)
            .split(": ")
            .next()
            .map(str::to_owned)
    };
    let text = root("# é 😀\nfunctions:\n  f: {returns: Nothing}\n");
    assert_eq!(place(&text).as_deref(), Some("bindings.yaml:5:16"));
    assert_eq!(
        place(&text.replace('\n', "\r\n")).as_deref(),
        Some("bindings.yaml:5:16")
    );
    assert_eq!(
        place(&format!("\u{feff}{text}")).as_deref(),
        Some("bindings.yaml:5:16")
    );
}
