//! The edge kinds that have a meaning. Any other `u8` is free for use.

/// An instance to its type.
pub const TYPE: u8 = 0;
/// An owner to a trait instance.
pub const TRAIT: u8 = 34;
/// An element of a chain to the next one.
pub const NEXT: u8 = 41;
/// A node to another it points at.
pub const POINTER: u8 = 78;
/// Two connected interfaces.
pub const INTERFACE_CONNECTION: u8 = 85;
/// A parent to a child.
pub const COMPOSITION: u8 = 130;
/// An expression to an operand.
pub const OPERAND: u8 = 193;

/// Every kind above with its name, ascending.
pub const NAMED: [(u8, &str); 7] = [
    (TYPE, "Type"),
    (TRAIT, "Trait"),
    (NEXT, "Next"),
    (POINTER, "Pointer"),
    (INTERFACE_CONNECTION, "InterfaceConnection"),
    (COMPOSITION, "Composition"),
    (OPERAND, "Operand"),
];

// Two classes with one kind would read each other's edges without any error: refuse to compile.
const _: () = {
    let mut at = 1;
    while at < NAMED.len() {
        assert!(
            NAMED[at - 1].0 < NAMED[at].0,
            "edge kinds must be distinct and ascending"
        );
        at += 1;
    }
};

/// The name of a kind, if it has one.
pub fn name(kind: u8) -> Option<&'static str> {
    NAMED
        .iter()
        .find(|(named, _)| *named == kind)
        .map(|(_, name)| *name)
}
