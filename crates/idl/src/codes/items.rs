//! Records, enums, errors and constants.

use super::codes;

codes! {
RECORD_RECURSION "B0401" "record that contains itself": r#"
A record's fields stand inside its Rust struct. A record that contains itself, directly or in a tuple or as an optional,
would have no size; a list in between does.
"#
bad r#"
records:
  Tree: {fields: {left: Tree?}}
"#
good r#"
records:
  Tree: {fields: {children: 'list[Tree]'}}
"#

EMPTY_ENUM "B0402" "enum without members": r#"
An enum without members has no values, in Python and in Rust.
"#
bad r#"
enums:
  Color: {kind: str, members: {}}
"#
good r#"
enums:
  Color: {kind: str, members: {RED: red}}
"#

ENUM_VALUE "B0403" "wrong value of an enum member": r#"
Members of a `str` enum have text as their value, members of `int` and `flag` enums integers.
"#
bad r#"
enums:
  Color: {kind: str, members: {RED: 1}}
"#
good r#"
enums:
  Color: {kind: int, members: {RED: 1}}
"#

DUPLICATE_VALUE "B0404" "value of two members": r#"
Python would make the second member an alias of the first, and Rust could not tell them apart.
"#
bad r#"
enums:
  Color: {kind: int, members: {RED: 1, ROT: 1}}
"#
good r#"
enums:
  Color: {kind: int, members: {RED: 1, GREEN: 2}}
"#

FLAG_VALUE "B0405" "bad value of a flag": r#"
Flags are bits: 1, 2, 4, 8… up to 32 of them. A member may combine bits that other members name.
"#
bad r#"
enums:
  Access: {kind: flag, members: {READ: 1, ALL: 3}}
"#
good r#"
enums:
  Access: {kind: flag, members: {READ: 1, WRITE: 2, ALL: 3}}
"#

ENUM_RANGE "B0406" "enum value out of range": r#"
Values of an `int` enum are 64-bit integers in Rust.
"#
bad r#"
enums:
  Color: {kind: int, members: {RED: 9223372036854775808}}
"#
good r#"
enums:
  Color: {kind: int, members: {RED: 9223372036854775807}}
"#

ERROR_CYCLE "B0407" "error that derives from itself": r#"
Errors form a tree that ends in a built-in exception.
"#
bad r#"
errors:
  LoadError: {base: ParseError}
  ParseError: {base: LoadError}
"#
good r#"
errors:
  LoadError: {base: ParseError}
  ParseError: {base: ValueError}
"#

UNKNOWN_BASE "B0408" "unknown base of an error": r#"
The base of an error is another error or a built-in exception that can be made from a message.
"#
bad r#"
errors:
  ParseError: {base: ValueErorr}
"#
good r#"
errors:
  ParseError: {base: ValueError}
"#

MESSAGE_FORMAT "B0409" "malformed message": r#"
A message is text with names of fields in braces. `{{` and `}}` stand for the braces themselves.
"#
bad r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {line"}
"#
good r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {line}"}
"#

MESSAGE_FIELD "B0410" "unknown field in a message": r#"
A place in a message is filled with a field of the error or of one of its bases.
"#
bad r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {lime}"}
"#
good r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {line}"}
"#

ERROR_FIELD "B0411" "field that exceptions have already": r#"
Every exception has `args`, `add_note` and `with_traceback`; an error without a format for its message has a field
`message`.
"#
bad r#"
errors:
  ParseError: {fields: {args: str}}
"#
good r#"
errors:
  ParseError: {fields: {text: str}}
"#

CONSTANT_SOURCE "B0412" "constant without or with two values": r#"
A constant's value stands in the declaration (`value:`) or in Rust (`rust:`), not in both and not in none.
"#
bad r#"
constants:
  LIMIT: {type: u32}
"#
good r#"
constants:
  LIMIT: {type: u32, value: 100}
"#

CONSTANT_TYPE "B0413" "bad type of a constant": r#"
A constant is `bool`, an integer of a known width, `f64`, `str`, `bytes` or a member of an enum.
"#
bad r#"
constants:
  PRIMES: {type: 'list[u32]', rust: "crate::PRIMES"}
"#
good r#"
functions:
  primes: {returns: 'list[u32]'}
"#

MEMBER_NAME "B0414" "enum member that enums have already": r#"
Python's enums have `name`, `value` and `mro`, and give meaning to names like `_missing_`.
"#
bad r#"
enums:
  Field: {kind: str, members: {name: name}}
"#
good r#"
enums:
  Field: {kind: str, members: {NAME: name}}
"#
}
