//! A number with every operator. What overflows raises, as Python's own numbers never do.

use pyrus::Int;
use pyrus::exc::{OverflowError, ZeroDivisionError};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(i64);

type Checked<T = Amount> = Result<T, OverflowError>;
type Divided<T = Amount> = Result<T, ZeroDivisionError>;

fn checked(value: Option<i64>) -> Checked {
    value
        .map(Amount)
        .ok_or_else(|| OverflowError::new("the amount is too large"))
}

fn divided(value: Option<i64>) -> Divided {
    value
        .map(Amount)
        .ok_or_else(|| ZeroDivisionError::new("an amount divided by zero"))
}

pub(super) fn floor_div(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    Some(if a % b != 0 && (a < 0) != (b < 0) {
        quotient - 1
    } else {
        quotient
    })
}

pub(super) fn modulo(a: i64, b: i64) -> Option<i64> {
    let rest = a.checked_rem(b)?;
    Some(if rest != 0 && (rest < 0) != (b < 0) {
        rest + b
    } else {
        rest
    })
}

fn quotient(a: i64, b: i64) -> Divided<f64> {
    #[allow(clippy::cast_precision_loss)]
    let quotient = a as f64 / b as f64;
    if b == 0 {
        Err(ZeroDivisionError::new("an amount divided by zero"))
    } else {
        Ok(quotient)
    }
}

pub(super) fn shift_left(a: i64, by: i64) -> Option<i64> {
    let shifted = a.checked_shl(u32::try_from(by).ok()?)?;
    (shifted >> by == a).then_some(shifted)
}

pub(super) fn shift_right(a: i64, by: i64) -> Option<i64> {
    Some(a >> u32::try_from(by).ok()?.min(63))
}

pub(super) fn power(a: i64, to: i64) -> Option<i64> {
    a.checked_pow(u32::try_from(to).ok()?)
}

impl Amount {
    pub fn new(value: i64) -> Self {
        Self(value)
    }

    pub fn value(&self) -> i64 {
        self.0
    }
}

/// Comparisons and conversions.
impl Amount {
    pub fn lt(&self, other: &Self) -> bool {
        self < other
    }

    pub fn le(&self, other: &Self) -> bool {
        self <= other
    }

    pub fn gt(&self, other: &Self) -> bool {
        self > other
    }

    pub fn ge(&self, other: &Self) -> bool {
        self >= other
    }

    pub fn bool(&self) -> bool {
        self.0 != 0
    }

    pub fn to_int(&self) -> Int {
        Int::from(self.0)
    }

    pub fn to_float(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let float = self.0 as f64;
        float
    }

    pub fn to_index(&self) -> i64 {
        self.0
    }
}

/// Operators of one operand.
impl Amount {
    pub fn neg(&self) -> Checked {
        checked(self.0.checked_neg())
    }

    pub fn pos(&self) -> Self {
        *self
    }

    pub fn abs(&self) -> Checked {
        checked(self.0.checked_abs())
    }

    pub fn invert(&self) -> Self {
        Self(!self.0)
    }
}

/// An operator and its reflected form.
macro_rules! operators {
    ($($name:ident $reflected:ident -> $out:ty: $step:expr;)*) => {
        impl Amount {$(
            pub fn $name(&self, other: &Self) -> $out {
                $step(self.0, other.0)
            }

            pub fn $reflected(&self, other: i64) -> $out {
                $step(other, self.0)
            }
        )*}
    };
}

operators! {
    add radd -> Checked: |a: i64, b| checked(a.checked_add(b));
    sub rsub -> Checked: |a: i64, b| checked(a.checked_sub(b));
    mul rmul -> Checked: |a: i64, b| checked(a.checked_mul(b));
    matmul rmatmul -> Checked: |a: i64, b: i64| checked(a.checked_mul(10).and_then(|a| a.checked_add(b)));
    truediv rtruediv -> Divided<f64>: quotient;
    floordiv rfloordiv -> Divided: |a, b| divided(floor_div(a, b));
    r#mod rmod -> Divided: |a, b| divided(modulo(a, b));
    pow rpow -> Checked: |a, b| checked(power(a, b));
    lshift rlshift -> Checked: |a, b| checked(shift_left(a, b));
    rshift rrshift -> Checked: |a, b| checked(shift_right(a, b));
    and rand -> Amount: |a, b| Amount(a & b);
    or ror -> Amount: |a, b| Amount(a | b);
    xor rxor -> Amount: |a, b| Amount(a ^ b);
}
