//! Properties, and record fields that must be shown as such.

use pyrus_idl::model::{Origin, Property, Type};

use super::StubProperty;
use super::function::{Draft, bare, deprecated};
use crate::docs;
use crate::stub::layout::Parameter;
use crate::stub::scope::Scope;

/// A declared property.
pub(crate) fn declared(scope: &mut Scope<'_>, property: &Property, indent: usize) -> StubProperty {
    let ty = &property.get.returns;
    let doc = docs::property(scope.api, property);
    let mut view = accessors(scope, &property.name, ty, &property.origin, doc, indent);
    view.getter.decorators.extend(deprecated(
        scope,
        indent,
        property.get.deprecated.as_deref(),
    ));
    if let Some(set) = &property.set {
        let ty = set.params.first().map_or(ty, |param| &param.ty);
        view.setter = Some(setter(
            scope,
            &property.name,
            ty,
            set.deprecated.as_deref(),
            indent,
        ));
    }
    view
}

/// A field whose setter accepts more than its getter gives, or that has no setter.
pub(crate) fn field(
    scope: &mut Scope<'_>,
    field: &pyrus_idl::model::Field,
    frozen: bool,
    indent: usize,
) -> StubProperty {
    let mut view = accessors(scope, &field.name, &field.ty, &field.origin, None, indent);
    view.setter = (!frozen).then(|| setter(scope, &field.name, &field.ty, None, indent));
    view
}

/// An attribute that only has to be readable, and may be what an argument may be.
pub(crate) fn read(
    scope: &mut Scope<'_>,
    field: &pyrus_idl::model::Field,
    indent: usize,
) -> StubProperty {
    let returns = scope.argument(&field.ty);
    getting(scope, &field.name, returns, &field.origin, None, indent)
}

/// A field of a live record, with the annotations of its getter and its setter.
pub(crate) fn live(
    scope: &mut Scope<'_>,
    field: &pyrus_idl::model::Field,
    getter: String,
    setter: String,
    indent: usize,
) -> StubProperty {
    let mut view = getting(scope, &field.name, getter, &field.origin, None, indent);
    view.setter = Some(setting(scope, &field.name, setter, None, indent));
    view
}

fn accessors(
    scope: &mut Scope<'_>,
    name: &str,
    ty: &Type,
    origin: &Origin,
    doc: Option<String>,
    indent: usize,
) -> StubProperty {
    let returns = scope.result(ty);
    getting(scope, name, returns, origin, doc, indent)
}

fn getting(
    scope: &mut Scope<'_>,
    name: &str,
    returns: String,
    origin: &Origin,
    doc: Option<String>,
    indent: usize,
) -> StubProperty {
    let decorators = vec![format!("@{}", scope.builtin("property"))];
    let params = vec![bare("self")];
    let origin = Some(origin);
    let getter = Draft {
        indent,
        decorators,
        name,
        params,
        returns,
        origin,
        doc,
        ..Draft::default()
    }
    .finish();
    StubProperty {
        getter,
        setter: None,
    }
}

fn setter(
    scope: &mut Scope<'_>,
    name: &str,
    ty: &Type,
    obsolete: Option<&str>,
    indent: usize,
) -> super::StubFunction {
    let annotation = scope.argument(ty);
    setting(scope, name, annotation, obsolete, indent)
}

fn setting(
    scope: &mut Scope<'_>,
    name: &str,
    annotation: String,
    obsolete: Option<&str>,
    indent: usize,
) -> super::StubFunction {
    let mut decorators = vec![format!("@{name}.setter")];
    decorators.extend(deprecated(scope, indent, obsolete));
    let value = Parameter {
        prefix: "value: ".into(),
        annotation,
        default: String::new(),
    };
    let params = vec![bare("self"), value];
    let returns = "None".into();
    Draft {
        indent,
        decorators,
        name,
        params,
        returns,
        ..Draft::default()
    }
    .finish()
}
