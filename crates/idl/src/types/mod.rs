//! Type expressions: text → [`Expr`]. Names are not looked up here.

mod lexer;
mod parser;
mod value;

pub(crate) use parser::{Expr, ExprKind, parse, parse_with_default};
pub(crate) use value::{Literal, LiteralKind, parse_value};

use crate::codes::Code;

/// What is wrong with a text, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextError {
    pub(crate) code: Code,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl TextError {
    fn new(code: Code, start: usize, end: usize, message: impl Into<String>) -> Self {
        Self {
            code,
            start,
            end,
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
