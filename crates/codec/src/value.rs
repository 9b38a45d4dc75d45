//! One item to one value.

use pyrus::live::{Arena, Field, Kind, Members, Slot, Table};
use pyrus_sexp::{Children, Error, ErrorKind, Kind as Token, Node, number};

use super::decode;

/// Where a value stands: for messages.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) table: &'static Table,
    pub(super) field: &'static Field,
    pub(super) depth: usize,
    pub(super) arena: &'a Arena,
}

impl Place<'_> {
    #[cold]
    pub(super) fn fail(self, kind: ErrorKind, node: Node<'_>, detail: impl Into<String>) -> Error {
        let field = std::borrow::Cow::Borrowed(self.field.text());
        Error::new(kind, node.span(), detail).within(self.table.path, Some(field))
    }

    fn unexpected(self, node: Node<'_>, detail: impl Into<String>) -> Error {
        self.fail(ErrorKind::UnexpectedType, node, detail)
    }

    fn invalid(self, node: Node<'_>, detail: impl Into<String>) -> Error {
        self.fail(ErrorKind::InvalidValue, node, detail)
    }
}

/// What stands behind a field's key; there is at least one item.
#[inline]
pub(super) fn keyed(place: Place<'_>, list: Node<'_>, rest: Children<'_>) -> Result<Slot, Error> {
    match &place.field.kind {
        Kind::Node(table) => {
            if place.field.optional && is_empty_list(&rest) {
                return Ok(Slot::Absent);
            }
            Ok(Slot::Node(decode::record(
                table,
                list,
                rest,
                place.arena,
                place.depth + 1,
            )?))
        }
        Kind::List(item) => {
            let mut items = Vec::new();
            let mut rest = rest;
            while let Some(node) = rest.next_item() {
                items.push(value(place, item, node)?);
            }
            Ok(Slot::list(items))
        }
        kind => single(place, kind, list, rest),
    }
}

/// One item of a field that is collected from repeated keys.
#[inline]
pub(super) fn repeated(
    place: Place<'_>,
    kind: &'static Kind,
    list: Node<'_>,
    rest: Children<'_>,
) -> Result<Slot, Error> {
    match kind {
        Kind::Node(table) => Ok(Slot::Node(decode::record(
            table,
            list,
            rest,
            place.arena,
            place.depth + 1,
        )?)),
        kind => single(place, kind, list, rest),
    }
}

/// `(())` says that there is nothing.
fn is_empty_list(rest: &Children<'_>) -> bool {
    let mut rest = rest.clone();
    let only = rest.next_item();
    rest.next_item().is_none()
        && only.is_some_and(|node| node.is_list() && node.children().next_item().is_none())
}

/// A value that stands alone.
#[inline]
fn single(
    place: Place<'_>,
    kind: &'static Kind,
    list: Node<'_>,
    mut rest: Children<'_>,
) -> Result<Slot, Error> {
    let Some(node) = rest.next_item() else {
        return Err(place.unexpected(list, "expected one value, got none"));
    };
    if let Some(more) = rest.next_item() {
        return Err(place.unexpected(more, "expected one value, got more"));
    }
    value(place, kind, node)
}

/// A value, or for an optional field an empty list.
#[inline]
pub(super) fn value(place: Place<'_>, kind: &'static Kind, node: Node<'_>) -> Result<Slot, Error> {
    match kind {
        Kind::Float => float(place, node),
        Kind::Str => text(place, node),
        Kind::Int(min, max) => int(place, *min, *max, node),
        Kind::Bool => bool(place, node),
        Kind::Member(members) => member(place, members, node),
        Kind::Node(table) if node.is_list() => {
            let items = node.children();
            Ok(Slot::Node(decode::record(
                table,
                node,
                items,
                place.arena,
                place.depth + 1,
            )?))
        }
        Kind::Node(_) => Err(place.unexpected(node, "expected list for struct")),
        Kind::List(_) => Err(place.unexpected(node, "expected list for linked list")),
    }
}

/// Is it an empty list where nothing is allowed?
fn nothing(place: Place<'_>, node: Node<'_>) -> bool {
    place.field.optional && node.is_list() && node.children().next_item().is_none()
}

#[inline]
fn text(place: Place<'_>, node: Node<'_>) -> Result<Slot, Error> {
    match node.kind() {
        Token::List if nothing(place, node) => Ok(Slot::Absent),
        Token::List => Err(place.unexpected(node, "expected one value, got list")),
        _ => Ok(Slot::text_in(place.arena, &node.value())),
    }
}

/// No number, though one is due.
#[cold]
fn no_number(place: Place<'_>, node: Node<'_>) -> Result<Slot, Error> {
    let detail = match node.kind() {
        Token::List if nothing(place, node) => return Ok(Slot::Absent),
        Token::List => "got list but expected number".to_owned(),
        Token::String => format!("got string {} but expected unquoted number", node.preview()),
        _ => format!("got symbol '{}' but expected number", node.preview()),
    };
    Err(place.unexpected(node, detail))
}

#[inline]
fn float(place: Place<'_>, node: Node<'_>) -> Result<Slot, Error> {
    if node.kind() != Token::Number {
        return no_number(place, node);
    }
    if let Ok(value) = number::parse_float(node.raw()) {
        return Ok(Slot::Float(value));
    }
    let detail = format!("failed to parse \"{}\" as f64", node.preview());
    Err(place.invalid(node, detail))
}

#[inline]
fn int(place: Place<'_>, min: i64, max: i64, node: Node<'_>) -> Result<Slot, Error> {
    if node.kind() != Token::Number {
        return no_number(place, node);
    }
    match number::parse_int(node.raw()) {
        Ok(value) if (min..=max).contains(&value) => Ok(Slot::Int(value)),
        _ => {
            let kind = int_type(min, max);
            let detail = format!("failed to parse \"{}\" as {kind}", node.preview());
            Err(place.invalid(node, detail))
        }
    }
}

/// The declared type with these limits: they are those of all their bits, or of all but the sign.
fn int_type(min: i64, max: i64) -> String {
    let sign = if min < 0 { 'i' } else { 'u' };
    let bits = max.trailing_ones() + u32::from(min < 0);
    format!("{sign}{bits}")
}

#[inline]
fn bool(place: Place<'_>, node: Node<'_>) -> Result<Slot, Error> {
    match node.kind() {
        Token::Symbol => match node.raw() {
            "yes" | "true" => Ok(Slot::Bool(true)),
            "no" | "false" => Ok(Slot::Bool(false)),
            other => {
                let detail =
                    format!("invalid boolean value '{other}' (expected yes/no/true/false)");
                Err(place.invalid(node, detail))
            }
        },
        // `(power ())`, as old files have it.
        Token::List if place.field.flag.is_some() && node.children().next_item().is_none() => {
            Ok(Slot::Bool(true))
        }
        Token::List if nothing(place, node) => Ok(Slot::Absent),
        _ => Err(place.unexpected(node, "expected symbol for boolean")),
    }
}

fn member(place: Place<'_>, members: &Members, node: Node<'_>) -> Result<Slot, Error> {
    if node.is_list() {
        if nothing(place, node) {
            return Ok(Slot::Absent);
        }
        let detail = "expected symbol, string, or number for enum";
        return Err(place.unexpected(node, detail));
    }
    find_member(members, node).ok_or_else(|| {
        let spec = members.spec;
        let module = spec.module.rsplit('.').next().unwrap_or_default();
        let detail = format!(
            "invalid enum value '{}' for type kicad.{module}.{}",
            node.value(),
            spec.name
        );
        place.invalid(node, detail)
    })
}

/// The member that an atom names: by the integer that stands for it, or by its name.
pub(super) fn find_member(members: &Members, node: Node<'_>) -> Option<Slot> {
    let text = node.value();
    if !members.codes().is_empty()
        && let Ok(code) = number::parse_int_any_base(&text)
        && let Some(i) = members.codes().iter().position(|known| *known == code)
    {
        return Some(Slot::Member(i as u16));
    }
    members.position(&text).map(Slot::Member)
}
