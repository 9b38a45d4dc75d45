//! Records, enums, errors and constants.

use super::codes;

codes! {
RECORD_RECURSION "B0401" "record that contains itself": "
A record's fields stand inside its Rust struct. A record that contains itself, directly or in a tuple or as an optional,
would have no size; a list in between does.
"
bad "
records:
  Tree: {fields: {left: Tree?}}
"
good "
records:
  Tree: {fields: {children: 'list[Tree]'}}
"

EMPTY_ENUM "B0402" "enum without members": "
An enum without members has no values, in Python and in Rust.
"
bad "
enums:
  Color: {kind: str, members: {}}
"
good "
enums:
  Color: {kind: str, members: {RED: red}}
"

ENUM_VALUE "B0403" "wrong value of an enum member": "
Members of a `str` enum have text as their value, members of `int` and `flag` enums integers.
"
bad "
enums:
  Color: {kind: str, members: {RED: 1}}
"
good "
enums:
  Color: {kind: int, members: {RED: 1}}
"

DUPLICATE_VALUE "B0404" "value of two members": "
Python would make the second member an alias of the first, and Rust could not tell them apart.
"
bad "
enums:
  Color: {kind: int, members: {RED: 1, ROT: 1}}
"
good "
enums:
  Color: {kind: int, members: {RED: 1, GREEN: 2}}
"

FLAG_VALUE "B0405" "bad value of a flag": "
Flags are bits: 1, 2, 4, 8… up to 32 of them. A member may combine bits that other members name.
"
bad "
enums:
  Access: {kind: flag, members: {READ: 1, ALL: 3}}
"
good "
enums:
  Access: {kind: flag, members: {READ: 1, WRITE: 2, ALL: 3}}
"

ENUM_RANGE "B0406" "enum value out of range": "
Values of an `int` enum are 64-bit integers in Rust.
"
bad "
enums:
  Color: {kind: int, members: {RED: 9223372036854775808}}
"
good "
enums:
  Color: {kind: int, members: {RED: 9223372036854775807}}
"

ERROR_CYCLE "B0407" "error that derives from itself": "
Errors form a tree that ends in a built-in exception.
"
bad "
errors:
  LoadError: {base: ParseError}
  ParseError: {base: LoadError}
"
good "
errors:
  LoadError: {base: ParseError}
  ParseError: {base: ValueError}
"

UNKNOWN_BASE "B0408" "unknown base of an error": "
The base of an error is another error or a built-in exception that can be made from a message.
"
bad "
errors:
  ParseError: {base: ValueErorr}
"
good "
errors:
  ParseError: {base: ValueError}
"

MESSAGE_FORMAT "B0409" "malformed message": "
A message is text with names of fields in braces. `{{` and `}}` stand for the braces themselves.
"
bad r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {line"}
"#
good r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {line}"}
"#

MESSAGE_FIELD "B0410" "unknown field in a message": "
A place in a message is filled with a field of the error or of one of its bases.
"
bad r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {lime}"}
"#
good r#"
errors:
  ParseError: {fields: {line: u32}, message: "line {line}"}
"#

ERROR_FIELD "B0411" "field that exceptions have already": "
Every exception has `args`, `add_note` and `with_traceback`; an error without a format for its message has a field
`message`.
"
bad "
errors:
  ParseError: {fields: {args: str}}
"
good "
errors:
  ParseError: {fields: {text: str}}
"

CONSTANT_SOURCE "B0412" "constant without or with two values": "
A constant's value stands in the declaration (`value:`) or in Rust (`rust:`), not in both and not in none.
"
bad "
constants:
  LIMIT: {type: u32}
"
good "
constants:
  LIMIT: {type: u32, value: 100}
"

CONSTANT_TYPE "B0413" "bad type of a constant": "
A constant is `bool`, an integer of a known width, `f64`, `str`, `bytes` or a member of an enum.
"
bad r#"
constants:
  PRIMES: {type: 'list[u32]', rust: "crate::PRIMES"}
"#
good "
functions:
  primes: {returns: 'list[u32]'}
"

MEMBER_NAME "B0414" "enum member that enums have already": "
Python's enums have `name`, `value` and `mro`, and give meaning to names like `_missing_`.
"
bad "
enums:
  Field: {kind: str, members: {name: name}}
"
good "
enums:
  Field: {kind: str, members: {NAME: name}}
"

ERROR_DEPTH "B0415" "errors derived too deeply": "
Errors derive from each other 32 levels deep at most.
"
bad "
errors:
  E0: {}
  E1: {base: E0}
  …
  E33: {base: E32}
"
good "
errors:
  E0: {}
  E1: {base: E0}
"

UNKNOWN_FIELD "B0416" "unknown field in a default": "
A default of a live record that is written as a mapping names fields of that record; those that it leaves out have their
own defaults.
"
bad "
records:
  Xy: {live: true, fields: {x: f64, y: f64}}
  Line: {live: true, fields: {start: {type: Xy, default: {x: 0, z: 0}}}}
"
good "
records:
  Xy: {live: true, fields: {x: f64, y: f64}}
  Line: {live: true, fields: {start: {type: Xy, default: {x: 0, y: 0}}}}
"

LIVE_FIELD "B0417" "type that a live record cannot hold": "
A live record is a node of a tree of plain data. Its fields are `bool`, integers up to 64 bits (no `u64`), `f64`, `str`,
enums of the `str` or `int` kind, live records, lists of those, and what of those but lists is optional.
"
bad "
records:
  Note: {live: true, fields: {text: str, extra: object}}
"
good "
records:
  Note: {live: true, fields: {text: str, extra: str?}}
"

LIVE_CONFLICT "B0418" "key that live records do not take": "
A live record is generated, can be changed, is constructed by keyword, and is data without methods: `frozen`, `rust`,
`methods`, `properties`, and `args` other than `keyword` are not for it. Functions of the module take it as an argument.
"
bad "
records:
  Xy: {live: true, frozen: true, fields: {x: f64, y: f64}}
"
good "
records:
  Xy: {live: true, fields: {x: f64, y: f64}}
"

NOT_LIVE "B0419" "S-expression facts of a record that is not live": "
Only live records are read from and written to S-expressions, so `sexp:` on any other record would say nothing.
"
bad "
records:
  Xy: {fields: {x: {type: f64, sexp: {positional: true}}}}
"
good "
records:
  Xy: {live: true, fields: {x: {type: f64, sexp: {positional: true}}}}
"

SEXP_CONFLICT "B0420" "S-expression facts that contradict each other": "
How a field is written must fit its type: atoms without a key are no lists, only lists are collected from repeated keys,
`bare` is for text, `flag` for booleans, `quoted` for enums, `digits` for floats; what is `lenient` has a default and is not repeated.
"
bad "
records:
  Pts: {live: true, fields: {name: {type: str, sexp: {repeated: true}}}}
"
good "
records:
  Pts: {live: true, fields: {names: {type: 'list[str]', sexp: {key: name, repeated: true}}}}
"

SEXP_KEY "B0421" "key of two fields": "
Two fields with one key could not be told apart when an S-expression is read.
"
bad "
records:
  Pad: {live: true, fields: {uuid: str, id: {type: str, sexp: {key: uuid}}}}
"
good "
records:
  Pad: {live: true, fields: {uuid: str, id: {type: str, sexp: {key: id}}}}
"

LIVE_PLACE "B0422" "live record where it cannot live": "
Views of a live record keep its tree alive. A plain record or an error holds values, not views.
"
bad "
records:
  Xy: {live: true, fields: {x: f64, y: f64}}
  Line: {fields: {start: Xy}}
"
good "
records:
  Xy: {live: true, fields: {x: f64, y: f64}}
  Line: {live: true, fields: {start: Xy}}
"

MEMBER_ALIAS "B0423" "alias that is a name already": "
An alias is one more name of a member, so no member and no other alias of the enum has it. Flags have no aliases.
"
bad "
enums:
  Color: {kind: str, members: {RED: {value: red, aliases: [GREEN]}, GREEN: green}}
"
good "
enums:
  Color: {kind: str, members: {RED: {value: red, aliases: [ROT]}, GREEN: green}}
"
}
