//! Classes.

use super::codes;

codes! {
VIEW_KEYS "B0301" "view without owner or key": "
A view is an owner and a key: `owner:` is the class whose object is kept alive, `key:` the Rust type that finds the
thing in it.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
"

KEYS_WITHOUT_VIEW "B0302" "keys for views only": "
`owner`, `key` and `resolve` say how a view finds its thing. A class that holds its thing has no use for them.
"
bad "
classes:
  Node: {rust: my::Node, key: u32}
"
good "
classes:
  Node: {rust: my::Node}
"

UNKNOWN_OWNER "B0303" "unknown owner": "
The owner of a view is a class of the same extension.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Grpah, key: u32}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
"

VIEW_OF_VIEW "B0304" "view of a view": "
The owner of a view holds its contents: `value` or `shared`. A view of a view names the owner at the root and has a key
that tells the whole way.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
  Pin: {hold: view, owner: Node, key: u8}
"
good r#"
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
  Pin: {hold: view, owner: Graph, key: "(u32, u8)"}
"#

MISSING_RUST "B0305" "class without Rust type": "
A class is a handle on a Rust type: `rust:` names it. Only views without `resolve` have none.
"
bad "
classes:
  Graph: {doc: Nodes and edges.}
"
good "
classes:
  Graph: {doc: Nodes and edges., rust: my::Graph}
"

RECEIVER "B0306" "receiver that the class cannot give": "
`mut` and `own` need an object that nobody else holds. The contents of a shared class belong to Rust too, those of a view
to its owner, and a record's methods take it by reference.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared, methods: {clear: {receiver: mut}}}
"
good "
classes:
  Graph: {rust: my::Graph, hold: value, methods: {clear: {receiver: mut}}}
"

DESTROY_VIEW "B0307" "view that is destroyed": "
`destroy:` releases contents. A view has none; destroying its owner makes it stale.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32, destroy: remove}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared, destroy: clear}
  Node: {hold: view, owner: Graph, key: u32}
"

NEW_ON_VIEW "B0308" "constructor of a view": "
A view exists because its owner gave it out. Declare a method of the owner.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32, new: {}}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared, methods: {add: {returns: Node}}}
  Node: {hold: view, owner: Graph, key: u32}
"

UNIQUE_ON_VIEW "B0309" "unique view": "
`unique:` keeps the one Python object of a Rust object in the Rust object. A view is a key, and there is no place to keep
anything.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32, unique: my::slot}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared, unique: my::slot}
  Node: {hold: view, owner: Graph, key: u32}
"

SLOT_TYPE "B0310" "bad type of a slot": "
A slot is a reference that Python's garbage collector sees: `object`, a class or a record, optional or not.
"
bad "
classes:
  Graph: {rust: my::Graph, slots: {count: u32}}
"
good "
classes:
  Graph: {rust: my::Graph, slots: {stored: object}}
"

WITHIN "B0312" "namespace within no class": "
`within:` makes a namespace an attribute of a class too, which must be one of the same module.
"
bad "
classes:
  Graph: {rust: my::Graph}
namespaces:
  Colors: {within: Grpah}
"
good "
classes:
  Graph: {rust: my::Graph}
namespaces:
  Colors: {within: Graph}
"

SETTER_RECEIVER "B0311" "bad receiver of a setter": "
`receiver:` of a property is what its setter gets: `ref` or `mut`, and `mut` only where the class can give it. Frozen
records have no setters.
"
bad "
classes:
  Graph: {rust: my::Graph, properties: {size: {type: u64, receiver: mut}}}
"
good "
classes:
  Graph: {rust: my::Graph, properties: {size: {type: u64, set: true, receiver: mut}}}
"
}
