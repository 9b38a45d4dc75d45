//! Every kind of parameter.

use std::path::PathBuf;

use pyrus::{Any, Either, Int, Object};

use crate::api::{Access, Diet, Label};

pub fn nothing() {}

pub fn old() {}

pub fn older(a: i32) -> i32 {
    a
}

type Mixed = (i32, i32, Vec<i32>, i32, i32, Vec<(String, i32)>);

pub fn mixed(a: i32, b: i32, rest: Vec<i32>, c: i32, d: i32, options: Vec<(String, i32)>) -> Mixed {
    (a, b, rest, c, d, options)
}

pub fn starred(a: i32, b: i32) -> i32 {
    a - b
}

pub fn slashed(a: i32, b: i32, c: i32) -> i32 {
    100 * a + 10 * b + c
}

pub fn by_keyword(first: &str, last: &str) -> String {
    format!("{first} {last}")
}

pub fn by_position(first: &str, last: &str) -> String {
    format!("{first} {last}")
}

pub fn options_only(options: Vec<(String, Object)>) -> Vec<String> {
    options
        .into_iter()
        .map(|(name, value)| format!("{name}: {}", value.as_any().type_name()))
        .collect()
}

pub fn rest_only(rest: Vec<String>) -> String {
    rest.join(",")
}

#[allow(clippy::too_many_arguments)]
pub fn defaults(
    a: bool,
    b: i8,
    c: u64,
    d: f64,
    e: f64,
    f: &str,
    g: Vec<String>,
    h: Vec<(String, i32)>,
    i: Option<i32>,
    j: Diet,
    k: Access,
    l: PathBuf,
    m: Either<Int, String>,
    n: Any<'_>,
    o: Label,
    p: Vec<i32>,
    q: Vec<String>,
    r: f32,
    s: Int,
    t: Any<'_>,
) -> String {
    let (l, n, t) = (l.display(), n.type_name(), t.type_name());
    format!(
        "{a} {b} {c} {d} {e} {f:?} {g:?} {h:?} {i:?} {j:?} {k:?} {l} {m:?} {n} {o:?} {p:?} {q:?} {r} {s} {t}"
    )
}

pub fn area(a: Either<f64, String>, b: Option<f64>) -> Either<f64, String> {
    match a {
        Either::A(a) => Either::A(a * b.unwrap_or(a)),
        Either::B(text) => Either::B(text + " squared"),
    }
}
