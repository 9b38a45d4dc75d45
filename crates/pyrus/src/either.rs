//! What `A | B` is in Rust when the union has no name.

macro_rules! either {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum $name<$($variant),*> { $($variant($variant)),* }
    )*};
}

either! {
    /// One of two.
    Either { A B }
    /// One of three.
    Either3 { A B C }
    /// One of four.
    Either4 { A B C D }
    /// One of five.
    Either5 { A B C D E }
    /// One of six.
    Either6 { A B C D E F }
}
