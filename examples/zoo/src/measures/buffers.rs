//! Buffers of other objects.

use pyrus::Buffer;
use pyrus::exc::BufferError;

macro_rules! sums {
    ($($name:ident $item:ty => $sum:ty;)*) => {$(
        pub fn $name(data: &Buffer<'_, $item>) -> $sum {
            data.iter().map(<$sum>::from).sum()
        }
    )*};
}

sums! {
    sum_i8 i8 => i64;
    sum_i16 i16 => i64;
    sum_i32 i32 => i64;
    sum_i64 i64 => i64;
    sum_u8 u8 => u64;
    sum_u16 u16 => u64;
    sum_u32 u32 => u64;
    sum_u64 u64 => u64;
    sum_f32 f32 => f64;
    sum_f64 f64 => f64;
}

pub fn shape(data: &Buffer<'_, f64>) -> Vec<u64> {
    data.shape().into_iter().map(|len| len as u64).collect()
}

pub fn fill(data: &Buffer<'_, f64>, value: f64) -> Result<(), BufferError> {
    let written = (0..data.len()).all(|place| data.set(place, value));
    if written && data.is_writable() {
        Ok(())
    } else {
        Err(BufferError::new("the buffer is read-only"))
    }
}

pub fn read(data: &Buffer<'_, f64>, place: u64) -> Option<f64> {
    data.get(place as usize)
}

pub fn write(data: &Buffer<'_, f64>, place: u64, value: f64) -> bool {
    data.set(place as usize, value)
}
