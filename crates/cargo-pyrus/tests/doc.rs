//! `cargo pyrus doc`: pages whose links lead somewhere and whose signatures are those of the stubs.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{expect, run, workspace};

/// The pages of the zoo, which uses every word of the language.
fn zoo(folder: &Path) {
    let manifest = workspace().join("examples/zoo/Cargo.toml");
    let args = [
        "doc",
        "--out",
        folder.to_str().unwrap(),
        "--manifest-path",
        manifest.to_str().unwrap(),
    ];
    expect(&run(folder, &args), 0, &[], &["pyrus-zoo: ", "index.html"]);
}

fn targets<'a>(text: &'a str, before: &str, after: char) -> Vec<&'a str> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|part| part.split(after).next()).collect()
}

#[test]
fn every_link_of_the_html_leads_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    zoo(folder.path());
    let mut links = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        assert!(
            !text.contains("src=") && !text.contains("<link"),
            "self-contained"
        );
        let ids: BTreeSet<_> = targets(&text, "<a id=\"", '"').into_iter().collect();
        for link in targets(&text, "href=\"", '"') {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let there = if file.is_empty() {
                ids.contains(anchor)
            } else {
                let other = fs::read_to_string(folder.path().join(file));
                other.is_ok_and(|text| {
                    anchor.is_empty() || text.contains(&format!("<a id=\"{anchor}\""))
                })
            };
            assert!(there, "{}: {link} leads nowhere", path.display());
            links += 1;
        }
    }
    assert!(links > 100, "only {links} links");
}

#[test]
fn pages_say_what_declarations_say() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.path().join("src/lib.rs"), "").unwrap();
    let declarations = "\
idl: 1
extension: shop
errors:
  EmptyError: {base: ValueError, doc: Nothing is left.}
classes:
  Cart:
    doc: |
      A cart of Vec<Item>, at most 2**63.

      >>> Cart()
    rust: crate::Cart
    new: {}
    methods:
      add:
        doc: Put in.
        receiver: mut
        args: {count: {type: u32, default: 1, doc: How many.}}
        returns: Cart
        raises: EmptyError
      fast: {gil: released, deprecated: use add}
";
    fs::write(folder.path().join("bindings.yaml"), declarations).unwrap();
    let out = run(folder.path(), &["doc", "--out", "pages", "--format", "md"]);
    expect(&out, 0, &[], &["shop: 2 pages, from pages"]);
    let page = fs::read_to_string(folder.path().join("pages/shop.md")).unwrap();
    for part in [
        "## class `Cart`",
        "A cart of Vec&lt;Item>, at most 2\\*\\*63.",
        "```pycon\n>>> Cart()\n```",
        "**Ownership**: the contents live in this object.",
        "```python\ndef add(self, count: int = 1) -> Cart\n```",
        "- `count`: `int` = `1`: How many.",
        "Returns [`Cart`](#Cart)",
        "Raises [`EmptyError`](#EmptyError).",
        "Changes the object",
        "Declared at `bindings.yaml:14`.",
        "The GIL is released",
        "> **Deprecated**: use add",
        "A kind of `ValueError`.",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    assert!(!folder.path().join("pages/shop.html").exists());
}
