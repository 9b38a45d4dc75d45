//! Values there and back again.

use std::path::PathBuf;

use pyrus::{Any, Either, Either3, Either4, Either5, Either6, Int, Object, Ref};

use crate::api::{Diet, Point};

macro_rules! echoes {
    ($($name:ident $ty:ty;)*) => {$(
        pub fn $name(value: $ty) -> $ty {
            value
        }
    )*};
}

type Deep = Vec<(String, Vec<(i32, Vec<(Vec<u8>, Option<f64>)>)>)>;

echoes! {
    echo_i8 i8;
    echo_i16 i16;
    echo_i32 i32;
    echo_i64 i64;
    echo_u8 u8;
    echo_u16 u16;
    echo_u32 u32;
    echo_u64 u64;
    echo_int Int;
    echo_f32 f32;
    echo_f64 f64;
    echo_bool bool;
    echo_path PathBuf;
    echo_list Vec<i32>;
    echo_set Vec<String>;
    echo_dict Vec<(String, Vec<u8>)>;
    echo_tuple (i32, String, Option<bool>);
    echo_tuples Vec<f64>;
    echo_single (String,);
    echo_deep Deep;
    echo_objects Vec<Object>;
    echo_diets Vec<Diet>;
    either Either<Int, String>;
    either4 Option<Either4<bool, Int, f64, String>>;
    either5 Either5<f64, Int, bool, Vec<u8>, String>;
    either6 Either6<bool, Int, f64, String, Vec<u8>, Vec<String>>;
}

pub fn truths(a: bool, b: Option<bool>, c: bool) -> (bool, Option<bool>, bool) {
    (a, b, c)
}

pub fn echo_str(value: &str) -> String {
    value.to_owned()
}

pub fn echo_bytes(value: &[u8]) -> Vec<u8> {
    value.to_owned()
}

pub fn echo_object(value: Any<'_>) -> Object {
    value.to_object()
}

pub fn echo_none() {}

pub fn echo_points(value: Vec<Ref<'_, Point>>) -> Vec<Point> {
    value.iter().map(|point| Point::clone(point)).collect()
}

pub fn either3(
    value: Either3<Vec<u8>, Vec<i32>, Ref<'_, Point>>,
) -> Either3<Vec<u8>, Vec<i32>, Point> {
    match value {
        Either3::A(bytes) => Either3::A(bytes),
        Either3::B(numbers) => Either3::B(numbers),
        Either3::C(point) => Either3::C(point.clone()),
    }
}

pub fn trim(value: &str) -> &str {
    value.trim()
}

pub fn head(value: &[u8], count: u32) -> &[u8] {
    &value[..value.len().min(count as usize)]
}

pub fn busy_sum(values: Vec<i64>) -> i64 {
    values.into_iter().fold(0, i64::wrapping_add)
}
