//! Whole files.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::LoadError;
use super::format::{HEADER, Header};

/// Replaces a file, or makes it, by one with these bytes: whoever looks finds the old one or the new one, also after a
/// crash. A symbolic link stays one. O(bytes).
///
/// # Errors
/// Of the system; the old file is as it was then.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = target(path)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = new_file(folder)?;
    file.write_all(bytes)?;
    if let Ok(old) = path.metadata() {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// Where a symbolic link leads, if it is one that leads somewhere. A rename over what is no file would say that less
/// well, or not at all.
fn target(path: &Path) -> io::Result<PathBuf> {
    match path.metadata() {
        // Of a folder the system will say so.
        Ok(data) if !data.is_file() && !data.is_dir() => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        )),
        Ok(_) => path.canonicalize(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(error),
    }
}

/// Temporary files are private; this one is for whoever new files are for: the system takes the process's mask off.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".pyrus-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Reads a saved view. What does not begin like one is not read on, and never more than it says that it has.
///
/// # Errors
/// [`LoadError::Format`] if it does not begin like one; [`LoadError::Io`].
pub fn read_file(path: &Path) -> Result<Vec<u8>, LoadError> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    (&mut file).take(HEADER as u64).read_to_end(&mut bytes)?;
    let length = Header::read(&bytes)?.length;
    // One byte more shows that there are too many. Memory grows with what comes, not with what was said.
    let rest = length.saturating_sub(HEADER as u64).saturating_add(1);
    file.take(rest).read_to_end(&mut bytes)?;
    Ok(bytes)
}
