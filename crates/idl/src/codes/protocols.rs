//! Protocols and bindings of methods.

use super::codes;

codes! {
METHOD_KEY "B0221" "key for methods only": r#"
`static`, `class`, `receiver`, `strict` and `shape` say how a method meets its object. Functions of a module or
namespace and constructors have none.
"#
bad r#"
functions:
  f: {static: true}
"#
good r#"
functions:
  f: {}
"#

BINDING_CONFLICT "B0222" "conflicting bindings": r#"
A method is static, or a class method, or has a receiver.
"#
bad r#"
classes:
  Graph: {rust: my::Graph, methods: {f: {static: true, class: true}}}
"#
good r#"
classes:
  Graph: {rust: my::Graph, methods: {f: {static: true}}}
"#

PROTOCOL_SIGNATURE "B0223" "wrong signature of a protocol method": r#"
Python calls these methods itself, with a fixed number of arguments, and expects a certain kind of result.
"#
bad r#"
classes:
  Graph: {rust: my::Graph, methods: {__len__: {returns: str}}}
"#
good r#"
classes:
  Graph: {rust: my::Graph, methods: {__len__: {returns: u64}}}
"#

PROTOCOL_BINDING "B0224" "protocol method that is not an instance method": r#"
Python calls these methods on an object.
"#
bad r#"
classes:
  Graph: {rust: my::Graph, methods: {__len__: {static: true, returns: u64}}}
"#
good r#"
classes:
  Graph: {rust: my::Graph, methods: {__len__: {returns: u64}}}
"#

UNKNOWN_PROTOCOL "B0225" "unknown protocol method": r#"
Methods with two underscores on both sides are Python's. Those that Pyrus fills are listed in docs/idl.md; some others
are declared by other means: `__init__` as `new:`, `__getattr__` as `properties:`.
"#
bad r#"
classes:
  Graph: {rust: my::Graph, methods: {__init__: {}}}
"#
good r#"
classes:
  Graph: {rust: my::Graph, new: {}}
"#

HASH_WITHOUT_EQ "B0226" "hash without equality": r#"
Dicts and sets need equal objects to have equal hashes. Declare both, from Rust's `PartialEq` and `Hash` for example, or
none: then objects are equal and hashed by identity.
"#
bad r#"
classes:
  Node: {rust: my::Node, methods: {__hash__: {returns: u64}}}
"#
good r#"
classes:
  Node: {rust: my::Node, methods: {__hash__: {shape: eq}, __eq__: {shape: eq}}}
"#

EQ_ONLY "B0227" "key for equality only": r#"
`strict` belongs to `__eq__`, `shape` to `__eq__` and `__hash__`.
"#
bad r#"
classes:
  Node: {rust: my::Node, methods: {size: {returns: u64, strict: true}}}
"#
good r#"
classes:
  Node: {rust: my::Node, methods: {__eq__: {shape: eq, strict: true}}}
"#

PROTOCOL_PAIR "B0228" "half of a protocol": r#"
Some protocols are two methods: an iterator has `__next__` and `__iter__`, a context manager `__enter__` and `__exit__`.
"#
bad r#"
classes:
  Lines: {rust: my::Lines, methods: {__next__: {receiver: mut, returns: str?}}}
"#
good r#"
classes:
  Lines: {rust: my::Lines, methods: {__next__: {receiver: mut, returns: str?}, __iter__: {returns: Self}}}
"#

NEW_RETURNS "B0231" "result of a constructor": r#"
A constructor returns an object of its class; `returns:` has nothing to add.
"#
bad r#"
classes:
  Graph: {rust: my::Graph, new: {returns: Graph}}
"#
good r#"
classes:
  Graph: {rust: my::Graph, new: {}}
"#
}
