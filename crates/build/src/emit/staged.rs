//! Files on their way: written beside their place, then moved there, or removed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::at;

/// A text beside the place where it belongs. Dropped without being published, it is removed.
pub(super) struct Staged {
    beside: PathBuf,
    place: PathBuf,
}

impl Staged {
    /// Writes a text beside its place; folders are made.
    pub(super) fn new(place: &Path, text: &str) -> io::Result<Self> {
        let folder = place.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let (mut file, beside) = create(folder)?;
        let place = place.to_owned();
        let staged = Staged { beside, place };
        file.write_all(text.as_bytes())?;
        Ok(staged)
    }

    /// Moves it to its place, over what is there.
    pub(super) fn publish(self) -> io::Result<()> {
        fs::rename(&self.beside, &self.place).map_err(|error| at(&self.place, &error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Nothing is there when it was published.
        let _ = fs::remove_file(&self.beside);
    }
}

/// A new file under a name that no other process takes, and no earlier one left.
fn create(folder: &Path) -> io::Result<(File, PathBuf)> {
    let mut number = 0_u32;
    loop {
        let path = folder.join(format!(".pyrus-{}-{number}", process::id()));
        match File::create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|file| (file, path)),
        }
    }
}
