//! Trees of any S-expressions for Python: `pyrus.sexp.parse` and `format`.

pub(crate) mod node;
mod owner;

use pyrus::{Either, Either4, Ref, View};
use pyrus_sexp::{Error, ErrorKind, Tape, locate};

pub(crate) use self::owner::Tree;
use crate::api::tree::ParseError;

/// What Python gives as a text.
type Text = Either<String, Vec<u8>>;

/// Read a text.
pub(crate) fn parse(text: Text) -> Result<Tree, ParseError> {
    match Tape::of_string(decoded(text)?) {
        Ok(tape) => Ok(Tree::new(tape)),
        Err((error, text)) => Err(failed(&error, &text)),
    }
}

/// Whatever it is, in KiCad's layout.
pub(crate) fn format(
    what: Either4<String, Vec<u8>, Ref<'_, Tree>, View<'_, Tree, u32>>,
) -> Result<String, ParseError> {
    let text = match what {
        Either4::A(text) => text,
        Either4::B(bytes) => decoded(Either::B(bytes))?,
        Either4::C(tree) => return Ok(tree.tape().write()),
        Either4::D(node) => return Ok(node.owner().node(*node.key()).write()),
    };
    pyrus_sexp::reformat(&text).map_err(|error| failed(&error, &text))
}

fn decoded(text: Text) -> Result<String, ParseError> {
    let bytes = match text {
        Either::A(text) => return Ok(text),
        Either::B(bytes) => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let detail = format!("byte 0x{:02x} is not UTF-8", bytes[at]);
        let error = Error::new(ErrorKind::InvalidCharacter, at..at + 1, detail);
        // What can be shown ends before it.
        failed(&error, &String::from_utf8_lossy(&bytes[..at]))
    })
}

/// The error for Python. Nothing that can be addressed is beyond 32 bits.
fn failed(error: &Error, text: &str) -> ParseError {
    let place = locate(text, error.offset());
    ParseError {
        message: error.message(text),
        kind: error.kind(),
        line: place.line as u32,
        column: place.column as u32,
        offset: text[..error.offset()].chars().count() as u32,
        byte: error.offset() as u32,
    }
}
