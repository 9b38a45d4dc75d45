//! Iterators both ways.

use pyrus::exc::ValueError;
use pyrus::{BoxIter, Iter, Result};

pub fn countdown(start: u32) -> BoxIter<u32> {
    BoxIter::new((0..=start).rev())
}

/// Fails at one item, and panics at 13.
pub fn faulty(at: u32) -> BoxIter<u32> {
    BoxIter::fallible((0..=at).map(move |item| {
        assert!(item != 13, "13 is bad luck");
        if item == at {
            Err(ValueError::new(format!("no item {at}")).into())
        } else {
            Ok(item)
        }
    }))
}

pub fn total(numbers: Iter<'_, i64>) -> Result<i64> {
    let mut total = 0i64;
    for number in numbers {
        total = total
            .checked_add(number?)
            .ok_or_else(|| ValueError::new("the total is too large"))?;
    }
    Ok(total)
}

pub fn take(numbers: Iter<'_, i64>, count: u64) -> Result<Vec<i64>> {
    numbers
        .take(usize::try_from(count).unwrap_or(usize::MAX))
        .collect()
}

pub fn drain(words: Vec<String>) -> Vec<String> {
    words
}
