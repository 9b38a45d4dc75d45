//! Fields of live records, in both languages: what a list takes is any sequence, what it gives is a view.

use pyrus_idl::model::{Api, Type};

use super::names::Names;
use super::python::Spelled;
use super::spell::{Form, Mode, Speller};

/// What messages call the type.
pub(crate) fn expected(api: &Api, ty: &Type) -> String {
    let mut speller = Speller::new(api, Mode::Plain);
    match api.expand(ty) {
        Type::List(item) => format!("Sequence[{}]", speller.text(item, Form::Argument)),
        other => speller.text(other, Form::Argument),
    }
}

/// The annotation of a field's setter and of the constructor's parameter.
pub(crate) fn argument(api: &Api, ty: &Type, names: &Names) -> Spelled {
    let mut speller = Speller::new(api, Mode::Stub(names));
    let text = match api.expand(ty) {
        Type::List(item) => {
            let item = speller.text(item, Form::Argument);
            format!(
                "{}[{item}]",
                speller.imported("collections.abc", "Sequence")
            )
        }
        _ => speller.text(ty, Form::Argument),
    };
    Spelled {
        text,
        imports: speller.imports,
    }
}

/// The annotation of a field's getter.
pub(crate) fn result(api: &Api, ty: &Type, names: &Names) -> Spelled {
    let mut speller = Speller::new(api, Mode::Stub(names));
    let text = match api.expand(ty) {
        Type::List(item) => {
            let item = speller.text(item, Form::Result);
            format!("{}[{item}]", speller.imported("pyrus", "MutableList"))
        }
        _ => speller.text(ty, Form::Result),
    };
    Spelled {
        text,
        imports: speller.imports,
    }
}
