//! Functions, parameters and values.

use super::codes;

codes! {
VALUE_SYNTAX "B0201" "malformed value": "
A value is `None`, `true` or `false`, a number, a string in quotes of its own, `[]`, `{}`, or a member of an enum.
"
bad "
functions:
  f: {args: {name: str = red}}
"
good r#"
functions:
  f: {args: {name: str = "red"}}
"#

VALUE_TYPE "B0202" "value of another type": "
The value is not one of the type's values, or the type has none that can be written down. Make such a parameter optional:
`T? = None`.
"
bad r#"
functions:
  f: {args: {count: u32 = "one"}}
"#
good "
functions:
  f: {args: {count: u32 = 1}}
"

VALUE_RANGE "B0203" "value out of range": "
The number does not fit the type.
"
bad "
functions:
  f: {args: {level: u8 = 256}}
"
good "
functions:
  f: {args: {level: u8 = 255}}
"

UNKNOWN_MEMBER "B0204" "unknown enum member": "
A dotted name as a value is a member of an enum: `Color.RED`.
"
bad "
enums:
  Color: {kind: str, members: {RED: red}}
functions:
  f: {args: {color: Color = Color.RAD}}
"
good "
enums:
  Color: {kind: str, members: {RED: red}}
functions:
  f: {args: {color: Color = Color.RED}}
"

PARAMETER_TYPE "B0205" "parameter without a type": "
Every parameter has a type. Only the separators `/` and `*` stand alone.
"
bad "
functions:
  f:
    args:
      value:
"
good "
functions:
  f:
    args:
      value: int
"

REQUIRED_AFTER_DEFAULT "B0206" "required parameter after a default": "
Python's own rule: of the parameters that can be given by position, those with a default come last. Fields of a record
whose constructor takes them by position follow it too.
"
bad "
functions:
  f: {args: {a: int = 1, b: int}}
"
good "
functions:
  f: {args: {b: int, a: int = 1}}
"

DUPLICATE_PARAMETER "B0207" "parameter declared twice": "
A parameter has a name of its own, and so do `*rest` and `**options`.
"
bad r#"
functions:
  f: {args: {a: int, "*a": int}}
"#
good r#"
functions:
  f: {args: {a: int, "*more": int}}
"#

BAD_SEPARATOR "B0208" "misplaced separator": "
`/` ends the positional-only parameters, `*` starts the keyword-only ones. Both have no type, `/` stands after a
parameter and before `*`, and `*` before one.
"
bad r#"
functions:
  f:
    args:
      "*":
"#
good r#"
functions:
  f:
    args:
      "*":
      a: int
"#

REST_ORDER "B0209" "misplaced variable arguments": "
One `*` or `*rest` may stand in a list of parameters, and `**options` is the last of them.
"
bad r#"
functions:
  f: {args: {"*a": int, "*b": int}}
"#
good r#"
functions:
  f: {args: {"*a": int, "**b": int}}
"#

REST_DEFAULT "B0210" "default of variable arguments": "
`*rest` and `**options` are empty when nothing is given; a default could never be used.
"
bad r#"
functions:
  f: {args: {"*rest": int = 1}}
"#
good r#"
functions:
  f: {args: {"*rest": int}}
"#

RECEIVER_PARAMETER "B0211" "receiver declared as parameter": "
A method gets its object (a class method its class) without a declaration.
"
bad "
classes:
  Graph: {rust: my::Graph, methods: {size: {args: {self: object}, returns: u64}}}
"
good "
classes:
  Graph: {rust: my::Graph, methods: {size: {returns: u64}}}
"

TOO_MANY_PARAMETERS "B0212" "too many parameters": "
A function takes at most 255 parameters. Take a record.
"
bad "
functions:
  f: {args: {a0: u8, …, a255: u8}}
"
good "
functions:
  f: {args: {a: Fields}}
records:
  Fields: {fields: {a0: u8}}
"

KIND_CONFLICT "B0213" "kind beside separators": "
`kind:` says how all arguments are given; `/`, `*` and `*rest` say it for each. Use one of the two.
"
bad r#"
functions:
  f: {kind: keyword, args: {a: int, "*rest": int}}
"#
good r#"
functions:
  f: {args: {a: int, "*rest": int}}
"#

UNKNOWN_ERROR "B0214" "unknown error": "
`raises:` names errors of this extension and built-in exceptions that can be made from a message.
"
bad "
functions:
  f: {raises: ValeuError}
"
good "
functions:
  f: {raises: ValueError}
"

DUPLICATE_ERROR "B0215" "error raised twice": "
An error is named once in `raises:`.
"
bad "
functions:
  f: {raises: [ValueError, ValueError]}
"
good "
functions:
  f: {raises: ValueError}
"

GIL_RELEASED "B0216" "Python objects without the GIL": "
While the GIL is released, other threads run Python. A call that releases it can only use what they cannot change: plain
data, frozen records, and classes without methods that take `mut` or `own`.
"
bad "
functions:
  f: {args: {callback: 'Callable[[int], None]'}, gil: released}
"
good "
functions:
  f: {args: {data: bytes}, gil: released}
"

BORROW "B0217" "nothing to borrow": "
`borrow: true` says that the Rust item returns `&str` or `&[u8]`. Other types have no borrowed form.
"
bad "
functions:
  f: {args: {a: str}, returns: {type: int, borrow: true}}
"
good "
functions:
  f: {args: {a: str}, returns: {type: str, borrow: true}}
"

BOUND "B0234" "views that cannot bring their owner": "
`bound: true` says that the Rust item returns each view together with its owner, as `pyrus::Bound<Owner, Key>`; views in the
fields of errors are always so. Rust holds the owner by an `Arc`, so it must be a class with `hold: shared`.
"
bad "
classes:
  Graph: {rust: g::Graph, hold: shared}
functions:
  f: {args: {g: Graph}, returns: {type: int, bound: true}}
"
good "
classes:
  Graph: {rust: g::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
functions:
  f: {args: {g: Graph}, returns: {type: Node, bound: true}}
"

ONE_OVERLOAD "B0218" "a single overload": "
Overloads are two or more signatures that stand in the stub instead of the function's own.
"
bad "
functions:
  f:
    args: {a: int | str}
    returns: int | str
    overloads: [{args: {a: int}, returns: int}]
"
good "
functions:
  f:
    args: {a: int | str}
    returns: int | str
    overloads: [{args: {a: int}, returns: int}, {args: {a: str}, returns: str}]
"

OVERLOAD_NAMES "B0219" "overload with other parameters": "
An overload narrows types; its parameters are among those of the function.
"
bad "
functions:
  f:
    args: {a: int | str}
    overloads: [{args: {a: int}}, {args: {b: str}}]
"
good "
functions:
  f:
    args: {a: int | str}
    overloads: [{args: {a: int}}, {args: {a: str}}]
"

VIEW_WITHOUT_OWNER "B0220" "view without an owner": "
A view is made from a key and its owner. The owner is the object the method is called on, the owner of that object, or
the first parameter that is the owner or one of its views; `owner:` of the result names another parameter that is.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
functions:
  first: {returns: Node}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
functions:
  first: {args: {graph: Graph}, returns: Node}
"

FEATURE_NAME "B0229" "bad name of a feature": "
Features are named as in Cargo.toml: letters, digits, `_`, `-`, `+` and `.`.
"
bad r#"
functions:
  f: {feature: "extra parts"}
"#
good "
functions:
  f: {feature: extra-parts}
"

DUPLICATE_PLATFORM "B0230" "platform named twice": "
A platform is named once.
"
bad "
functions:
  f: {platform: [linux, linux]}
"
good "
functions:
  f: {platform: [linux, darwin]}
"

TWO_OWNERS "B0232" "views of two owners": "
A function gives out views of one owner: the glue passes that owner on to every view it makes.
"
bad "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
  Board: {rust: my::Board, hold: shared}
  Pad: {hold: view, owner: Board, key: u32}
functions:
  pair: {args: {graph: Graph, board: Board}, returns: 'tuple[Node, Pad]'}
"
good "
classes:
  Graph: {rust: my::Graph, hold: shared}
  Node: {hold: view, owner: Graph, key: u32}
functions:
  pair: {args: {graph: Graph}, returns: 'tuple[Node, Node]'}
"

NEVER_REFUSED "B0233" "text that is never shown": "
`refused` is the text of the `TypeError` for a value of another type, `refused_item` that for what stands inside a list, tuple,
set, dict or iterable. `object`, type variables and `truth` take anything; `*rest` and `**options` have texts of their own.
"
bad r#"
functions:
  f: {args: {value: {type: object, refused: "value must be an object"}}}
"#
good r#"
functions:
  f: {args: {value: {type: str, refused: "value must be a string"}}}
"#
}
