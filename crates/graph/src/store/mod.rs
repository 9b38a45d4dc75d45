//! Views as bytes and files, and back. `docs/graph-format.md` describes the format.
//!
//! Saving begins with an [`Image`]: what the view holds at one moment. From there on no lock is held, and the view may
//! change or go. [`Encoder`] and [`Decoder`] work in steps, so that a host can tell how far they are.

mod decode;
mod encode;
mod error;
mod file;
mod format;
mod image;
mod lists;
mod wire;

pub use decode::Decoder;
pub use encode::Encoder;
pub use error::{Damage, FormatError, LoadError, SaveError};
pub use file::{read_file, write_file};
pub use format::VERSION;
pub use image::{EdgeImage, Image, ListImage};

use std::path::Path;

use crate::error::DestroyedError;
use crate::view::GraphView;

impl GraphView {
    /// All that the view holds, in the binary format. O(view).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, DestroyedError> {
        let image = self.image()?;
        let mut encoder = Encoder::new(&image);
        while encoder.step() {}
        Ok(encoder.finish())
    }

    /// A view as it was saved, of new nodes and edges with new ids. O(bytes).
    ///
    /// # Errors
    /// [`LoadError::Format`] if these are not the bytes of a view; [`LoadError::IdsExhausted`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let mut decoder = Decoder::new(bytes)?;
        while decoder.step()? {}
        decoder.finish()
    }

    /// Writes the view to a file, which is replaced only when everything is written. O(view).
    ///
    /// # Errors
    /// [`SaveError`]; the file is as it was then.
    pub fn save(&self, path: &Path) -> Result<(), SaveError> {
        Ok(write_file(path, &self.to_bytes()?)?)
    }

    /// Reads a file that [`GraphView::save`] wrote. O(file).
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        Self::from_bytes(&read_file(path)?)
    }
}
