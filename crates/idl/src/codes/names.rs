//! Names.

use super::codes;

codes! {
BAD_IDENTIFIER "B0101" "not an identifier": "
Names become Python and Rust identifiers: ASCII letters, digits and underscores, not starting with a digit.
"
bad "
functions:
  to-string: {}
"
good "
functions:
  to_string: {}
"

PYTHON_KEYWORD "B0102" "Python keyword as a name": "
Python has no way to write this name. A trailing underscore is the custom for such cases; `rust:` keeps the Rust item's
name.
"
bad "
functions:
  import: {}
"
good r#"
functions:
  import_: {rust: "crate::r#import"}
"#

RESERVED_NAME "B0103" "reserved name": "
Names with two underscores on both sides belong to Python, names that start with `__pyrus` to generated code, and so do `rt` and `py`
as names of modules and types. Methods named like Python's protocols are the exception; see docs/idl.md.
"
bad "
functions:
  __version__: {returns: str}
"
good "
functions:
  version: {returns: str}
"

RUST_PATH "B0125" "not a Rust path": "
The text cannot be the path of a Rust item (or, for `key:`, a Rust type), whatever the crate contains.
"
bad "
functions:
  f: {rust: crate.graph.f}
"
good r#"
functions:
  f: {rust: "crate::graph::f"}
"#

RUST_NAME "B0126" "name that Rust cannot have": "
Rust keywords become raw identifiers (`r#type`), but `self`, `Self`, `super`, `crate` and `_` have none.
"
bad "
functions:
  crate: {}
"
good r#"
functions:
  crate: {rust: "my::crate_"}
"#

RUST_CLASH "B0127" "names that are the same in Rust": "
Two names that differ in Python become one in Rust: `RED` and `Red` are both the variant `Red`, `add` and `__add__` both
the item `Type::add`.
"
bad "
enums:
  Color: {kind: str, members: {RED: red, Red: rot}}
"
good "
enums:
  Color: {kind: str, members: {RED: red, ROT: rot}}
"

NAME_CLASH "B0128" "name declared twice": "
A module holds one thing of each name: types, constants, enums, records, errors, classes and their aliases, foreign
classes, namespaces, functions and nested modules share one space. `like: true` on a record `Xy` adds `XyLike` to it.
"
bad "
classes:
  Graph: {rust: my::Graph}
functions:
  Graph: {}
"
good "
classes:
  Graph: {rust: my::Graph}
functions:
  graph: {}
"

MEMBER_CLASH "B0129" "member declared twice": "
A class holds one member of each name: methods, properties, constants and fields share one space. `destroy:` adds
`destroy`, `__enter__` and `__exit__`; an error has the fields of its base.
"
bad "
classes:
  Graph: {rust: my::Graph, methods: {size: {returns: int}}, properties: {size: u64}}
"
good "
classes:
  Graph: {rust: my::Graph, properties: {size: u64}}
"

BUILTIN_NAME "B0130" "name of a built-in type": "
Words of the type language and names of built-in exceptions keep their meaning everywhere.
"
bad "
classes:
  Path: {rust: my::Path}
"
good "
classes:
  BoardPath: {rust: my::Path}
"
}
