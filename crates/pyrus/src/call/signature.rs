//! What the argument parser and the messages know of a function.

/// The static facts of one function.
pub struct Signature {
    /// `GraphView.insert_node`: opens every message.
    pub name: &'static str,
    /// Where it was declared: `bindings.yaml:31`.
    pub origin: &'static str,
    /// Parameters that own a place, in order: positional-only, positional, keyword-only.
    pub params: &'static [Param],
    /// How many can't be given by keyword.
    pub positional_only: usize,
    /// How many can be given by position.
    pub positional: usize,
    /// Extra positional arguments are taken.
    pub var_positional: bool,
    /// Extra keyword arguments are taken.
    pub var_keyword: bool,
    /// Where the interned names of `params[positional_only..]` begin in the state's names.
    pub names: usize,
    /// Bit i: `params[i]` has no default. Functions of more than 64 parameters ask each parameter.
    pub required: u64,
    /// Warn that the function is deprecated.
    pub deprecated: Option<&'static str>,
}

/// One parameter.
pub struct Param {
    /// Python name.
    pub name: &'static str,
    /// Its annotation, for messages.
    pub expected: &'static str,
    /// It has no default.
    pub required: bool,
    /// What is said of a value of another type.
    pub refused: Refused,
}

/// Texts of the `TypeError` for a value of another type, where they are not those of the runtime.
pub struct Refused {
    /// For the value itself, and for text that has no UTF-8 form.
    pub value: Option<&'static str>,
    /// For what stands inside it.
    pub item: Option<&'static str>,
}

impl Refused {
    /// Those of the runtime.
    pub const NONE: Self = Self {
        value: None,
        item: None,
    };
}

impl Signature {
    /// Is any keyword accepted?
    #[inline(always)]
    pub(crate) const fn takes_keywords(&self) -> bool {
        self.params.len() > self.positional_only || self.var_keyword
    }

    /// Is a required one of the parameters beyond those that `required` speaks of missing?
    #[cold]
    pub(crate) fn lacks_late(&self, places: &[*mut pyo3_ffi::PyObject]) -> bool {
        let mut late = places.iter().enumerate().skip(64);
        late.any(|(i, place)| place.is_null() && self.is_required(i))
    }

    /// Must `params[i]` be given?
    #[inline(always)]
    pub(crate) const fn is_required(&self, i: usize) -> bool {
        if i < 64 {
            self.required >> i & 1 == 1
        } else {
            i < self.params.len() && self.params[i].required
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ptr::{dangling_mut, null_mut};

    use super::{Param, Refused, Signature};

    /// Parameters, of which these have no default.
    const fn params<const N: usize>(required: &[usize]) -> [Param; N] {
        let mut params = [const {
            Param {
                name: "",
                expected: "",
                required: false,
                refused: Refused::NONE,
            }
        }; N];
        let mut at = 0;
        while at < required.len() {
            params[required[at]].required = true;
            at += 1;
        }
        params
    }

    fn of(params: &'static [Param]) -> Signature {
        let early = params.iter().take(64).enumerate();
        let early = early.filter(|(_, param)| param.required);
        Signature {
            name: "f",
            origin: "",
            params,
            positional_only: 0,
            positional: 0,
            var_positional: false,
            var_keyword: false,
            names: 0,
            required: early.fold(0, |bits, (i, _)| bits | 1 << i),
            deprecated: None,
        }
    }

    #[test]
    fn every_parameter_may_be_required() {
        const REQUIRED: [usize; 5] = [0, 5, 63, 64, 66];
        static PARAMS: [Param; 67] = params(&REQUIRED);
        let sig = of(&PARAMS);
        let found: Vec<_> = (0..70).filter(|i| sig.is_required(*i)).collect();
        assert_eq!(found, REQUIRED);
    }

    #[test]
    fn late_parameters_are_missed_if_they_are_required() {
        static NONE: [Param; 66] = params(&[]);
        static ONE: [Param; 66] = params(&[64]);
        static TWO: [Param; 66] = params(&[0, 65]);
        for missing in 0..66 {
            let mut places = [dangling_mut(); 66];
            places[missing] = null_mut();
            assert!(!of(&NONE).lacks_late(&places));
            assert_eq!(of(&ONE).lacks_late(&places), missing == 64);
            assert_eq!(of(&TWO).lacks_late(&places), missing == 65);
        }
    }
}
