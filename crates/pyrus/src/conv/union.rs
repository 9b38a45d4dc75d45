//! `A | B`: members are tried in order, first by exact type, then by what they convert.

use std::marker::PhantomData;

use super::{Fail, FromPy, ToPy};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::either;
use crate::error::Raised;

/// Try the members of a union. The last reason is kept when it says more than "wrong type".
///
/// Used by the unions here, as arguments and as fields of records, and by the named ones that are generated.
#[macro_export]
#[doc(hidden)]
macro_rules! __pyrus_union_from {
    ($cx:expr, $object:expr, $expected:expr, [$($members:tt)*]) => {
        $crate::__pyrus_union_from!(from_py, $cx, $object, $expected, [$($members)*])
    };
    ($read:ident, $cx:expr, $object:expr, $expected:expr, [$(($conv:ty, $make:expr)),* $(,)?]) => {{
        #[allow(unused_imports)]
        use $crate::rt::{FieldConv as _, FromPy as _};
        let (cx, object) = ($cx, $object);
        let mut reason: Option<$crate::rt::Fail> = None;
        // Two rounds: what is exactly of the type first, so that `True` is a bool and `1` no float.
        'found: {
            for exact in [true, false] {
                $(
                    // An int that is too large for the int members does not become a float.
                    let open = reason.is_none() || <$conv as $crate::rt::FromPy<'_>>::NAME == "int";
                    if open && <$conv as $crate::rt::FromPy<'_>>::is_exact(cx, object) == exact {
                        match <$conv>::$read(cx, object) {
                            Ok(value) => break 'found Ok($make(value)),
                            Err(fail) => match $crate::rt::next_member(fail, &mut reason) {
                                Ok(()) => {}
                                Err(fail) => break 'found Err(fail),
                            },
                        }
                    }
                )*
            }
            Err(reason.unwrap_or_else(|| $crate::rt::Fail::wrong_type($expected, object)))
        }
    }};
}

/// May the next member be tried after this failure? Keeps what is worth telling if none fits.
pub fn next_member(fail: Fail, reason: &mut Option<Fail>) -> Result<(), Fail> {
    if fail.is_type() {
        return Ok(());
    }
    if fail.is_range() {
        *reason = Some(fail);
        return Ok(());
    }
    Err(fail)
}

macro_rules! unions {
    ($($name:ident $rust:ident { $($variant:ident $value:ident)* })*) => {$(
        /// An unnamed union.
        pub struct $name<$($variant),*>(PhantomData<($($variant,)*)>);

        impl<'py, $($variant: FromPy<'py>),*> FromPy<'py> for $name<$($variant),*> {
            type Out = either::$rust<$($variant::Out),*>;
            const NAME: &'static str = "one of several types";

            fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
                crate::__pyrus_union_from!(cx, object, Self::NAME, [$(($variant, either::$rust::$variant)),*])
            }

            fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
                $($variant::is_exact(cx, object))||*
            }
        }

        impl<$($value, $variant: ToPy<$value>),*> ToPy<either::$rust<$($value),*>> for $name<$($variant),*> {
            fn to_py(cx: Cx<'_>, value: either::$rust<$($value),*>) -> Result<Object, Raised> {
                match value {
                    $(either::$rust::$variant(value) => $variant::to_py(cx, value)),*
                }
            }
        }
    )*};
}

unions! {
    Either2 Either { A VA B VB }
    Either3 Either3 { A VA B VB C VC }
    Either4 Either4 { A VA B VB C VC D VD }
    Either5 Either5 { A VA B VB C VC D VD E VE }
    Either6 Either6 { A VA B VB C VC D VD E VE F VF }
}
