//! What several test files need.

use std::path::{Path, PathBuf};

/// A small board that KiCad's layout leaves as it is, kept with the tests.
#[allow(dead_code)]
pub(crate) const BOARD: &str = include_str!("../data/small.kicad_pcb");

/// Bytes of the largest sample file that is looked at: Miri takes hours for those of megabytes.
const LARGEST: u64 = if cfg!(miri) { 600 } else { 1 << 40 };

/// The sample files beside the project, when they are there; says so when not.
#[allow(dead_code)]
pub(crate) fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/kicad");
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|end| end != "md")
                && path.metadata().is_ok_and(|file| file.len() <= LARGEST)
            {
                files.push(path);
            }
        }
    }
    if files.is_empty() {
        eprintln!("skipped: there are no sample files beside the project");
    }
    files.sort();
    files
}
