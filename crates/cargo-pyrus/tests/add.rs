//! `cargo pyrus add`: Rust items become declarations that the glue compiles with.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{build, expect, python, run};
use tempfile::TempDir;

const LIB: &str = r#"//! Shapes.

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

pub mod geo;
mod hidden;

pub use geo::shape::Shape;
pub use pyrus::exc::OverflowError;

/// The area of a rectangle.
///
/// Sides may be 0.
pub fn area(width: f64, height: f64) -> f64 {
    width * height
}

pub fn pick(names: Vec<String>, at: Option<u32>, _prefix: &str) -> Option<String> {
    let name = names.get(at? as usize)?;
    Some(format!("{_prefix}{name}"))
}

pub fn parse(text: &str) -> Result<(i64, Vec<u8>), OverflowError> {
    Ok((text.len() as i64, text.into()))
}

pub fn call(f: &dyn Fn(i64, String) -> pyrus::Result<bool>) -> pyrus::Result<()> {
    f(1, "a".into()).map(|_| ())
}

pub fn each(values: Vec<i64>, f: &dyn Fn(i64) -> pyrus::Result<i64>) -> i64 {
    values.into_iter().filter_map(|value| f(value).ok()).sum()
}

pub fn generic<T>(value: T) -> T {
    value
}

pub fn hello() -> u8 {
    1
}

pub fn owned(text: String) -> String {
    text
}

pub fn largest(shapes: Vec<pyrus::Ref<'_, Shape>>, floor: &geo::Point) -> f64 {
    shapes.iter().map(|shape| shape.sides() as f64).fold(floor.x, f64::max)
}
"#;

const GEO: &str = r"//! Geometry.
#![allow(dead_code)]

pub mod shape;

use super::Shape;

/// A point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    pub y: f64,
    pub name: Option<String>,
}

pub fn unit() -> Shape {
    Shape::new(4)
}

fn private() {}
";

const SHAPE: &str = r"use crate::geo::Point;

/// A shape.
pub struct Shape {
    sides: u32,
}

impl Shape {
    pub fn new(sides: u32) -> Self {
        Self { sides }
    }

    /// How many sides.
    pub fn sides(&self) -> u32 {
        self.sides
    }

    pub fn cut(&mut self, corners: u32) {
        self.sides += corners;
    }

    pub fn like(other: &Shape) -> Shape {
        Self::new(other.sides)
    }

    pub fn corners(&self) -> Vec<Point> {
        Vec::new()
    }

    pub fn map(&self, f: impl Fn(u32) -> u32) -> u32 {
        f(self.sides)
    }

    fn secret(&self) {}
}

impl Drop for Shape {
    fn drop(&mut self) {
        self.secret();
    }
}
";

const DECLARATIONS: &str = "\
# Declared by hand.
idl: 1
extension: shop._shop

functions: # in order
  hello: {returns: u8} # first
  # Perhaps more later.

modules:
  geo: {doc: Geometry.}
";

fn project() -> (TempDir, PathBuf) {
    let top = tempfile::tempdir().unwrap();
    expect(&run(top.path(), &["new", "shop"]), 0, &[], &[]);
    let project = top.path().join("shop");
    for (name, text) in [
        ("src/lib.rs", LIB),
        ("src/geo/mod.rs", GEO),
        ("src/geo/shape.rs", SHAPE),
        ("src/hidden.rs", "//! Nothing.\n"),
        ("bindings.yaml", DECLARATIONS),
    ] {
        fs::create_dir_all(project.join(name).parent().unwrap()).unwrap();
        fs::write(project.join(name), text).unwrap();
    }
    (top, project)
}

fn declarations(project: &Path) -> String {
    fs::read_to_string(project.join("bindings.yaml")).unwrap()
}

#[track_caller]
fn add(project: &Path, args: &[&str], stdout: &[&str], stderr: &[&str]) {
    let args: Vec<_> = ["add"].iter().chain(args).copied().collect();
    expect(&run(project, &args), 0, stdout, stderr);
}

#[test]
fn a_function_is_declared_where_it_belongs() {
    let (_top, project) = project();
    let diff = "\
--- a/bindings.yaml
+++ b/bindings.yaml
@@ -4,6 +4,13 @@
\u{20}
 functions: # in order
   hello: {returns: u8} # first
+  area:
+    doc: |
+      The area of a rectangle.
+
+      Sides may be 0.
+    args: {width: f64, height: f64}
+    returns: f64
";
    let would = "shop: would declare `crate::area` in bindings.yaml";
    add(&project, &["crate::area", "--dry-run"], &[diff], &[would]);
    assert_eq!(declarations(&project), DECLARATIONS);
    add(
        &project,
        &["crate::area"],
        &[diff],
        &["shop: declared `crate::area`"],
    );
    let text = declarations(&project);
    for line in DECLARATIONS.lines() {
        assert!(text.lines().any(|now| now == line), "{line} is gone");
    }
    let out = run(&project, &["add", "crate::area"]);
    expect(&out, 2, &[], &["bindings.yaml: `area` is declared already"]);
}

#[test]
fn what_was_added_compiles_and_passes_check() {
    let (_top, project) = project();
    for path in ["area", "pick", "parse", "call", "each"] {
        add(
            &project,
            &[&format!("crate::{path}")],
            &[&format!("+  {path}:")],
            &[],
        );
    }
    add(
        &project,
        &["crate::geo::Point", "--module", "geo"],
        &["records: {Point: "],
        &[],
    );
    let left = "src/geo/shape.rs:30:26: `Shape::map` is left out: `impl Trait` has no name";
    add(
        &project,
        &["crate::Shape"],
        &["+  Shape:", "+    rust: crate::Shape"],
        &[left],
    );
    add(&project, &["crate::largest"], &["list[Shape]"], &[]);
    add(
        &project,
        &["crate::geo::unit", "--module", "geo"],
        &["unit: {returns: Shape}"],
        &[],
    );
    let text = declarations(&project);
    for part in [
        "  pick: {args: {names: \"list[str]\", at: u32?, prefix: str}, returns: str?}\n",
        "  parse: {args: {text: str}, returns: \"tuple[i64, bytes]\", raises: OverflowError}\n",
        "  each: {args: {values: \"list[i64]\", f: \"Callable[[i64], i64]\"}, returns: i64}\n",
        "  call: {args: {f: \"Callable[[i64, str], bool]\"}, raises: Exception}\n",
        "    new: {args: {sides: u32}}\n",
        "      cut: {receiver: mut, args: {corners: u32}}\n",
        "      like: {static: true, args: {other: Self}, returns: Self}\n",
        "      corners: {returns: \"list[geo.Point]\"}\n",
        "x: {type: f64, doc: To the right.}",
        "# Perhaps more later.\n",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    assert!(!text.contains("secret"));
    expect(&run(&project, &["check"]), 0, &[], &["in order"]);
    // Its Python package names what the declarations no longer have.
    fs::write(project.join("python/shop/__init__.py"), "").unwrap();
    build(&project);
    let program = "from shop._shop import Shape, area, each, geo, largest, parse, pick\n\
                   print(area(2, 3), parse('ab'), pick(['a'], 0, 'x'), each([1, 2], lambda x: x + 1))\n\
                   print(largest([Shape(3), geo.unit()], geo.Point(x=1, y=2, name=None)))\n";
    let out = python(&project, &["-c", program]);
    expect(&out, 0, &["6.0 (2, b'ab') xa 5\n4.0"], &[]);
}

#[test]
fn a_method_goes_to_its_class() {
    let (_top, project) = project();
    let text =
        format!("{DECLARATIONS}classes:\n  Figure: {{rust: crate::Shape, methods: {{}}}} # mine\n");
    fs::write(project.join("bindings.yaml"), text).unwrap();
    add(
        &project,
        &["crate::Shape::cut"],
        &["methods: {cut: {receiver: mut, args: {corners: u32}}}} # mine"],
        &[],
    );
    let out = run(&project, &["add", "crate::geo::Point::x"]);
    expect(
        &out,
        2,
        &[],
        &["there is no function or type `crate::geo::Point::x`"],
    );
}

#[test]
fn what_cannot_be_declared_is_said() {
    let (_top, project) = project();
    for (path, parts) in [
        (
            "crate::generic",
            &[
                "src/lib.rs:35:16: `crate::generic` cannot",
                "name the types",
            ][..],
        ),
        (
            "crate::owned",
            &["src/lib.rs:43:20: ", "text passes as `&str`"],
        ),
        (
            "crate::largest",
            &[
                "`crate::geo::shape::Shape` is not declared",
                "cargo pyrus add",
            ],
        ),
        ("crate::geo::private", &["it is private to its module"]),
        ("crate::aera", &["did you mean `crate::area`?"]),
        ("area", &["name it from its crate, `crate::area`"]),
        (
            "other::area",
            &["no package of the workspace has a library `other`"],
        ),
    ] {
        expect(&run(&project, &["add", path]), 2, &[], parts);
    }
    let out = run(&project, &["add", "crate::area", "--module", "none"]);
    expect(&out, 2, &[], &["there is no module `none`; there are: geo"]);
    assert_eq!(declarations(&project), DECLARATIONS);
    fs::write(project.join("src/geo/shape.rs"), "pub struct {").unwrap();
    let out = run(&project, &["add", "crate::area"]);
    expect(&out, 2, &[], &["src/geo/shape.rs:1:12: this is not Rust"]);
}
