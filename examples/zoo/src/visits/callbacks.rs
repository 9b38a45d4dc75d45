//! Functions of the caller's, and objects of any type.

use pyrus::exc::IndexError;
use pyrus::{Any, Object, Ref, Result};

use crate::api::{Diet, Point};

pub fn swap(a: Any<'_>, b: Any<'_>) -> (Object, Object) {
    (b.to_object(), a.to_object())
}

pub fn first_of(items: Vec<Object>) -> Result<Object, IndexError> {
    items
        .into_iter()
        .next()
        .ok_or_else(|| IndexError::new("no items"))
}

pub fn is_kind(value: Any<'_>, kind: Any<'_>) -> Result<bool> {
    value.is_instance(kind)
}

pub fn any_kind(kind: Any<'_>) -> Object {
    kind.to_object()
}

pub fn apply(f: &dyn Fn(i64, String) -> Result<f64>, n: i64) -> Result<f64> {
    f(n, format!("#{n}"))
}

pub fn repeat(f: &dyn Fn(i64) -> Result<i64>, times: u32, start: i64) -> Result<i64> {
    (0..times).try_fold(start, |value, _| f(value))
}

pub fn maybe(f: Option<&dyn Fn() -> Result<()>>) -> Result<bool> {
    f.map_or(Ok(false), |f| f().map(|()| true))
}

type Shown<'a> = Result<Option<Ref<'a, Point>>>;

pub fn call_with_point<'a>(
    f: &dyn Fn(Point, Diet, Vec<String>, Object) -> Shown<'a>,
    extra: Any<'_>,
) -> Result<Option<Point>> {
    let words = vec!["a".to_owned(), "b\0c".to_owned()];
    let point = f(
        Point { x: 1.0, y: 2.0 },
        Diet::Meat,
        words,
        extra.to_object(),
    )?;
    Ok(point.map(|point| Point::clone(&point)))
}
