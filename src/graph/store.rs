//! Views as bytes, files and text. The work is done in steps without the GIL; between them the caller hears how far it is.
//!
//! The image of a view is taken and dropped with the GIL: it holds nodes, and the last handle on a node may own a Python
//! object.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pyrus::{Any, Error, FileError, Object, This, without_the_gil};
use pyrus_graph::GraphView;
use pyrus_graph::export::Exporter;
use pyrus_graph::store::{Decoder, Encoder, Image, LoadError, read_file, write_file};

use super::error;
use crate::api::graph::{GraphFormatError, py};

type Progress<'a> = Option<&'a dyn Fn(u64, u64) -> pyrus::Result<Object>>;

pub(crate) fn save(
    this: This<'_, py::GraphView>,
    path: PathBuf,
    progress: Progress<'_>,
) -> Result<(), Error> {
    let bytes = to_bytes(this, progress)?;
    let written = without_the_gil(this.object(), || write_file(&path, &bytes));
    written.map_err(|error| FileError::new(error, &path).into())
}

pub(crate) fn load(
    class: Any<'_>,
    path: PathBuf,
    progress: Progress<'_>,
) -> Result<Arc<GraphView>, Error> {
    let bytes = without_the_gil(class, || read_file(&path));
    let bytes = bytes.map_err(|error| not_loaded(error, Some(&path)))?;
    decode(class, &bytes, progress, Some(&path))
}

pub(crate) fn to_bytes(
    this: This<'_, py::GraphView>,
    progress: Progress<'_>,
) -> Result<Vec<u8>, Error> {
    let image = image(this)?;
    let mut encoder = Encoder::new(&image);
    in_steps(this.object(), progress, &mut encoder, |encoder| {
        let more = encoder.step();
        Ok((more, encoder.done(), image.len()))
    })?;
    Ok(without_the_gil(this.object(), || encoder.finish()))
}

pub(crate) fn from_bytes(
    class: Any<'_>,
    data: &[u8],
    progress: Progress<'_>,
) -> Result<Arc<GraphView>, Error> {
    decode(class, data, progress, None)
}

pub(crate) fn to_graphml(
    this: This<'_, py::GraphView>,
    progress: Progress<'_>,
) -> Result<String, Error> {
    let image = image(this)?;
    export(this.object(), &image, Exporter::graphml(&image), progress)
}

pub(crate) fn to_dot(
    this: This<'_, py::GraphView>,
    progress: Progress<'_>,
) -> Result<String, Error> {
    let image = image(this)?;
    export(this.object(), &image, Exporter::dot(&image), progress)
}

fn image(this: This<'_, py::GraphView>) -> Result<Image, Error> {
    this.get()?.image().map_err(error::destroyed)
}

fn export(
    proof: Any<'_>,
    image: &Image,
    mut exporter: Exporter<'_>,
    progress: Progress<'_>,
) -> Result<String, Error> {
    in_steps(proof, progress, &mut exporter, |exporter| {
        let more = exporter.step();
        Ok((more, exporter.done(), image.len()))
    })?;
    Ok(without_the_gil(proof, || exporter.finish()))
}

fn decode(
    class: Any<'_>,
    bytes: &[u8],
    progress: Progress<'_>,
    path: Option<&Path>,
) -> Result<Arc<GraphView>, Error> {
    let refused = |error| not_loaded(error, path);
    let decoder = without_the_gil(class, || Decoder::new(bytes));
    let mut decoder = decoder.map_err(|error| refused(error.into()))?;
    in_steps(class, progress, &mut decoder, |decoder| {
        let more = decoder.step()?;
        Ok((more, decoder.done(), decoder.total()))
    })
    .map_err(|stopped| match stopped {
        Stopped::Failed(error) => refused(error),
        Stopped::Told(error) => error,
    })?;
    let view = without_the_gil(class, || decoder.finish()).map_err(refused)?;
    Ok(Arc::new(view))
}

/// Why work ended early.
enum Stopped {
    Failed(LoadError),
    Told(Error),
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Failed(error) => not_loaded(error, None),
            Stopped::Told(error) => error,
        }
    }
}

/// Calls `step`, which says whether there is more, how much is done and how much there is, until all is done. Only who wants
/// to hear of it makes us take the GIL back in between.
fn in_steps<W: Send>(
    proof: Any<'_>,
    progress: Progress<'_>,
    work: &mut W,
    step: impl Fn(&mut W) -> Result<(bool, usize, usize), LoadError> + Send + Sync,
) -> Result<(), Stopped> {
    let Some(tell) = progress else {
        let all = || -> Result<(), LoadError> {
            while step(work)?.0 {}
            Ok(())
        };
        return without_the_gil(proof, all).map_err(Stopped::Failed);
    };
    loop {
        let step = || step(work);
        let (more, done, total) = without_the_gil(proof, step).map_err(Stopped::Failed)?;
        tell(done as u64, total as u64).map_err(Stopped::Told)?;
        if !more {
            return Ok(());
        }
    }
}

fn not_loaded(error: LoadError, path: Option<&Path>) -> Error {
    match (error, path) {
        (LoadError::Format(error), path) => {
            let mut error = GraphFormatError::from(error);
            if let Some(path) = path {
                error.message = format!("{}: {}", path.display(), error.message);
            }
            error.into()
        }
        (LoadError::IdsExhausted(error), _) => error::exhausted(error).into(),
        (LoadError::Io(error), path) => FileError::new(error, path.unwrap_or(Path::new(""))).into(),
    }
}
