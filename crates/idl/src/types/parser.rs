//! The grammar of types:
//!
//! ```text
//! union   = postfix ("|" postfix)*
//! postfix = atom "?"*
//! atom    = NAME [ "[" item ("," item)* "]" ]
//! item    = union | "..." | "[" [ union ("," union)* ] "]"
//! ```

use super::lexer::{self, Sign, Token};
use super::value::{Literal, parse_value_at};
use super::{TextError, value};
use crate::codes;

/// Brackets inside brackets: no type needs more, and no stack runs out.
const DEEPEST: usize = 32;

/// A type expression and the bytes it covers in its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExprKind {
    /// `int`, `graph.NodeReference`.
    Name(String),
    /// `list[int]`: the name's end tells where the brackets start.
    Generic {
        name: String,
        name_end: usize,
        args: Vec<Expr>,
    },
    /// `T?`
    Optional(Box<Expr>),
    /// `A | B`
    Union(Vec<Expr>),
    /// `[A, B]`, the parameters of a callable.
    List(Vec<Expr>),
    /// `...`
    Dots,
}

/// Parses a whole text as a type.
pub(crate) fn parse(text: &str) -> Result<Expr, TextError> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let expr = parser.union()?;
    let token = parser.peek()?;
    match token.sign {
        Sign::End => Ok(expr),
        Sign::Equals => Err(error(token, "no default can stand here")),
        _ => Err(parser.unexpected(token, "the end of the type")),
    }
}

/// Parses `TYPE` or `TYPE = DEFAULT`.
pub(crate) fn parse_with_default(text: &str) -> Result<(Expr, Option<Literal>), TextError> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let expr = parser.union()?;
    let token = parser.peek()?;
    match token.sign {
        Sign::End => Ok((expr, None)),
        Sign::Equals => Ok((expr, Some(parse_value_at(text, token.end)?))),
        _ => Err(parser.unexpected(token, "`=` or the end")),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Result<Token, TextError> {
        lexer::next(self.text, self.at)
    }

    fn take(&mut self, sign: Sign) -> Result<Option<Token>, TextError> {
        let token = self.peek()?;
        if token.sign != sign {
            return Ok(None);
        }
        self.at = token.end;
        Ok(Some(token))
    }

    fn union(&mut self) -> Result<Expr, TextError> {
        let first = self.postfix()?;
        let mut members = vec![first];
        while self.take(Sign::Bar)?.is_some() {
            members.push(self.postfix()?);
        }
        if members.len() == 1 {
            return Ok(members.remove(0));
        }
        let (start, end) = (members[0].start, members[members.len() - 1].end);
        Ok(Expr {
            kind: ExprKind::Union(members),
            start,
            end,
        })
    }

    fn postfix(&mut self) -> Result<Expr, TextError> {
        let mut expr = self.atom()?;
        let mut end = None;
        while let Some(token) = self.take(Sign::Question)? {
            end = Some(token.end);
        }
        if let Some(end) = end {
            let start = expr.start;
            expr = Expr {
                kind: ExprKind::Optional(Box::new(expr)),
                start,
                end,
            };
        }
        Ok(expr)
    }

    fn atom(&mut self) -> Result<Expr, TextError> {
        let Some(token) = self.take(Sign::Name)? else {
            let token = self.peek()?;
            return Err(self.unexpected(token, "a type"));
        };
        let name = self.text[token.start..token.end].to_owned();
        let Some(open) = self.take(Sign::Open)? else {
            return Ok(Expr {
                kind: ExprKind::Name(name),
                start: token.start,
                end: token.end,
            });
        };
        let (args, end) = self.items(open)?;
        let kind = ExprKind::Generic {
            name,
            name_end: token.end,
            args,
        };
        Ok(Expr {
            kind,
            start: token.start,
            end,
        })
    }

    /// What stands between brackets, and the end of the closing one.
    fn items(&mut self, open: Token) -> Result<(Vec<Expr>, usize), TextError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("more than {DEEPEST} brackets inside each other");
            return Err(TextError::new(
                codes::TYPE_TOO_DEEP,
                open.start,
                open.end,
                message,
            ));
        }
        let mut items = Vec::new();
        if let Some(close) = self.take(Sign::Close)? {
            self.depth -= 1;
            return Ok((items, close.end));
        }
        loop {
            items.push(self.item()?);
            if self.take(Sign::Comma)?.is_some() {
                continue;
            }
            let Some(close) = self.take(Sign::Close)? else {
                let token = self.peek()?;
                return Err(self.unclosed(token, open));
            };
            self.depth -= 1;
            return Ok((items, close.end));
        }
    }

    fn item(&mut self) -> Result<Expr, TextError> {
        if let Some(token) = self.take(Sign::Dots)? {
            return Ok(Expr {
                kind: ExprKind::Dots,
                start: token.start,
                end: token.end,
            });
        }
        if let Some(open) = self.take(Sign::Open)? {
            let (items, end) = self.items(open)?;
            return Ok(Expr {
                kind: ExprKind::List(items),
                start: open.start,
                end,
            });
        }
        self.union()
    }

    fn unexpected(&self, token: Token, wanted: &str) -> TextError {
        let message = match token.sign {
            Sign::End => format!("expected {wanted}, but the text ends here"),
            _ => format!(
                "expected {wanted}, not `{}`",
                &self.text[token.start..token.end]
            ),
        };
        error(token, &message)
    }

    fn unclosed(&self, token: Token, open: Token) -> TextError {
        if token.sign == Sign::End {
            return error(open, "this bracket is never closed");
        }
        self.unexpected(token, "`,` or `]`")
    }
}

impl Expr {
    /// Parses the text of a long form's `default:` key.
    pub(crate) fn literal(text: &str) -> Result<Literal, TextError> {
        value::parse_value(text)
    }
}

fn error(token: Token, message: &str) -> TextError {
    TextError::new(codes::TYPE_SYNTAX, token.start, token.end, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An expression with every bracket written out.
    fn show(expr: &Expr) -> String {
        let list = |items: &[Expr]| items.iter().map(show).collect::<Vec<_>>().join(", ");
        match &expr.kind {
            ExprKind::Name(name) => name.clone(),
            ExprKind::Generic { name, args, .. } => format!("{name}[{}]", list(args)),
            ExprKind::Optional(inner) => format!("({})?", show(inner)),
            ExprKind::Union(members) => {
                format!(
                    "({})",
                    members.iter().map(show).collect::<Vec<_>>().join(" | ")
                )
            }
            ExprKind::List(items) => format!("[{}]", list(items)),
            ExprKind::Dots => "...".into(),
        }
    }

    fn check(text: &str, expected: &str) {
        let shown = match parse(text) {
            Ok(expr) => show(&expr),
            Err(error) => format!("{}..{}: {}", error.start, error.end, error.message),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn types() {
        check("int", "int");
        check(" graph.Node ? ", "(graph.Node)?");
        check("int???", "(int)?");
        check("a | b? | list[c|d]", "(a | (b)? | list[(c | d)])");
        check("Callable[[], None]", "Callable[[], None]");
        check(
            "Callable[[T, list[x]], None]",
            "Callable[[T, list[x]], None]",
        );
        check("tuple[int, ...]", "tuple[int, ...]");
    }

    #[test]
    fn mistakes() {
        check("", "0..0: expected a type, but the text ends here");
        check("list[", "5..5: expected a type, but the text ends here");
        check("list[int", "4..5: this bracket is never closed");
        check(
            "list[int] x",
            "10..11: expected the end of the type, not `x`",
        );
        check("a |", "3..3: expected a type, but the text ends here");
        check("list[a b]", "7..8: expected `,` or `]`, not `b`");
        check("Vec<u8>", "3..4: unexpected `<` in a type");
        check("int = 5", "4..5: no default can stand here");
        check("é", "0..2: unexpected `é` in a type");
    }

    #[test]
    fn deep_input_is_an_error() {
        let text = "list[".repeat(100_000);
        assert_eq!(parse(&text).unwrap_err().code, codes::TYPE_TOO_DEEP);
        let text = format!("Callable{}", "[".repeat(100_000));
        assert_eq!(parse(&text).unwrap_err().code, codes::TYPE_TOO_DEEP);
        assert!(parse(&format!("int{}", "?".repeat(100_000))).is_ok());
        assert!(parse(&format!("int{}", " | int".repeat(100_000))).is_ok());
    }

    #[test]
    fn defaults() {
        let (expr, value) = parse_with_default("str? = \"a = b\"").unwrap();
        assert_eq!(show(&expr), "(str)?");
        assert!(value.is_some());
        assert!(parse_with_default("str =").is_err());
    }
}
