//! Maps of the trails: live records, read from and written to S-expressions.

use pyrus::Any;
use pyrus::exc::ValueError;
use pyrus::live::{Builder, Live, LiveType, NodeRef, Slot, default_slot};

use crate::api::trails::{MapFile, ParkMap, Spot, Trail};

pub fn loads(text: &str) -> Result<MapFile, ValueError> {
    pyrus_codec::loads(text).map_err(|error| ValueError::new(error.in_package("zoo").message(text)))
}

pub fn dumps(file: Live<'_, MapFile>) -> pyrus::Result<String> {
    pyrus_codec::dumps(file)
}

/// Fields are found by their place in the declaration; what a program asks often, it looks up once.
fn field(of: NodeRef<'_>, name: &str) -> usize {
    let table = of.table();
    (0..table.fields.len())
        .find(|i| table.field_name(*i) == name)
        .expect("the declaration has it")
}

fn place(spot: NodeRef<'_>) -> (f64, f64) {
    let slots = spot.slots();
    match (&slots[0], &slots[1]) {
        (Slot::Float(x), Slot::Float(y)) => (*x, *y),
        _ => unreachable!("both are declared as f64"),
    }
}

fn length_of(trail: NodeRef<'_>) -> f64 {
    let slots = trail.slots();
    let start = slots.node(field(trail, "start")).into_iter();
    let spots = slots.nodes(field(trail, "spots"));
    let places: Vec<_> = start.chain(spots).map(place).collect();
    let steps = places
        .windows(2)
        .map(|pair| (pair[0].0 - pair[1].0).hypot(pair[0].1 - pair[1].1));
    steps.sum()
}

pub fn length(trail: Live<'_, Trail>) -> f64 {
    length_of(trail.node())
}

pub fn longest(trails: Live<'_, ParkMap>) -> Option<String> {
    let node = trails.node();
    let slots = node.slots();
    let all = slots.nodes(field(node, "trails"));
    let best = all.max_by(|a, b| length_of(*a).total_cmp(&length_of(*b)))?;
    best.slots()[field(best, "name")]
        .as_str()
        .map(str::to_owned)
}

fn copy(spot: Live<'_, Spot>) -> Slot {
    let (x, y) = place(spot.node());
    let mut builder = Builder::new(Spot::TABLE);
    builder.slots()[0] = Slot::Float(x);
    builder.slots()[1] = Slot::Float(y);
    Slot::Node(builder.finish())
}

pub fn straight(name: &str, start: Live<'_, Spot>, end: Live<'_, Spot>) -> Trail {
    let mut builder = Builder::new(Trail::TABLE);
    let fields = builder.slots().iter_mut().zip(Trail::TABLE.fields);
    for (i, (slot, field)) in fields.enumerate() {
        *slot = match Trail::TABLE.field_name(i) {
            "name" => Slot::text(name),
            "start" => copy(start),
            "spots" => Slot::list(vec![copy(end)]),
            "signs" => Slot::Int(2),
            _ => match &field.default {
                Some(default) => default_slot(&field.kind, default),
                None => Slot::Absent,
            },
        };
    }
    Trail::from_node(builder.finish())
}

pub fn kind_of(kind: Any<'_>) -> bool {
    !kind.is_none()
}
