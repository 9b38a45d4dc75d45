//! Protocols and bindings of methods.

use super::codes;

codes! {
METHOD_KEY "B0221" "key for methods only": "
`static`, `class`, `receiver`, `strict` and `shape` say how a method meets its object. Functions of a module or
namespace and constructors have none.
"
bad "
functions:
  f: {static: true}
"
good "
functions:
  f: {}
"

BINDING_CONFLICT "B0222" "conflicting bindings": "
A method is static, or a class method, or has a receiver.
"
bad "
classes:
  Graph: {rust: my::Graph, methods: {f: {static: true, class: true}}}
"
good "
classes:
  Graph: {rust: my::Graph, methods: {f: {static: true}}}
"

PROTOCOL_SIGNATURE "B0223" "wrong signature of a protocol method": "
Python calls these methods itself, with a fixed number of arguments, and expects a certain kind of result.
"
bad "
classes:
  Graph: {rust: my::Graph, methods: {__len__: {returns: str}}}
"
good "
classes:
  Graph: {rust: my::Graph, methods: {__len__: {returns: u64}}}
"

PROTOCOL_BINDING "B0224" "protocol method that is not an instance method": "
Python calls these methods on an object.
"
bad "
classes:
  Graph: {rust: my::Graph, methods: {__len__: {static: true, returns: u64}}}
"
good "
classes:
  Graph: {rust: my::Graph, methods: {__len__: {returns: u64}}}
"

UNKNOWN_PROTOCOL "B0225" "unknown protocol method": "
Methods with two underscores on both sides are Python's. Those that Pyrus fills are listed in docs/idl.md; some others
are declared by other means: `__init__` as `new:`, `__getattr__` as `properties:`.
"
bad "
classes:
  Graph: {rust: my::Graph, methods: {__init__: {}}}
"
good "
classes:
  Graph: {rust: my::Graph, new: {}}
"

HASH_WITHOUT_EQ "B0226" "hash without equality": "
Dicts and sets need equal objects to have equal hashes. Declare both, from Rust's `PartialEq` and `Hash` for example, or
none: then objects are equal and hashed by identity.
"
bad "
classes:
  Node: {rust: my::Node, methods: {__hash__: {returns: u64}}}
"
good "
classes:
  Node: {rust: my::Node, methods: {__hash__: {shape: eq}, __eq__: {shape: eq}}}
"

EQ_ONLY "B0227" "key for equality only": "
`strict` belongs to `__eq__`, `shape` to `__eq__` and `__hash__`.
"
bad "
classes:
  Node: {rust: my::Node, methods: {size: {returns: u64, strict: true}}}
"
good "
classes:
  Node: {rust: my::Node, methods: {__eq__: {shape: eq, strict: true}}}
"

PROTOCOL_PAIR "B0228" "half of a protocol": "
Some protocols are two methods: an iterator has `__next__` and `__iter__`, a context manager `__enter__` and `__exit__`.
"
bad "
classes:
  Lines: {rust: my::Lines, methods: {__next__: {receiver: mut, returns: str?}}}
"
good "
classes:
  Lines: {rust: my::Lines, methods: {__next__: {receiver: mut, returns: str?}, __iter__: {returns: Self}}}
"

NEW_RETURNS "B0231" "result of a constructor": "
A constructor returns an object of its class; `returns:` has nothing to add.
"
bad "
classes:
  Graph: {rust: my::Graph, new: {returns: Graph}}
"
good "
classes:
  Graph: {rust: my::Graph, new: {}}
"
}
