//! The frame: a header and sections with checksums.

use super::error::{Damage, FormatError};
use super::wire::Reader;

/// The version of the format that this library writes, and the only one that it reads.
pub const VERSION: u32 = 1;

/// The first byte is no ASCII, the line ends are of both kinds, and the last byte ends a text file on some systems: a
/// transfer that takes the file for text shows here.
pub(super) const MAGIC: [u8; 8] = *b"\x89PYRG\r\n\x1a";

/// Magic, version, flags, length, nodes, edges, checksum.
pub(super) const HEADER: usize = 8 + 4 + 4 + 8 + 8 + 8 + 4;
/// Tag and length before a section's contents, and the checksum behind.
const FRAME: usize = 4 + 8 + 4;

/// The sections in order: tag, and what is in them.
pub(super) const SECTIONS: [([u8; 4], &str); 4] = [
    (*b"KEYS", "keys"),
    (*b"NODE", "nodes"),
    (*b"EDGE", "edges"),
    (*b"LIST", "lists"),
];

/// What the header says.
#[derive(Clone, Copy)]
pub(super) struct Header {
    pub(super) length: u64,
    pub(super) nodes: u64,
    pub(super) edges: u64,
}

impl Header {
    pub(super) fn to_bytes(self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.length.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.nodes.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.edges.to_le_bytes());
        let sum = crc32fast::hash(&bytes[..40]);
        bytes[40..].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// Reads the first bytes, which may be fewer than a header's.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let wrong = FormatError::new;
        let known = bytes.len().min(MAGIC.len());
        if bytes[..known] != MAGIC[..known] || known == 0 {
            return Err(wrong(0, Damage::NotAGraph));
        }
        let Some(bytes) = bytes.get(..HEADER) else {
            let (expected, found) = (HEADER as u64, bytes.len() as u64);
            return Err(wrong(bytes.len(), Damage::Length { expected, found }));
        };
        // The version first: what a later one has behind it is not known.
        let version = u32_at(bytes, 8);
        if version != VERSION {
            return Err(wrong(8, Damage::Version(version)));
        }
        if u32_at(bytes, 40) != crc32fast::hash(&bytes[..40]) {
            return Err(wrong(40, Damage::Checksum("header")));
        }
        if u32_at(bytes, 12) != 0 {
            return Err(wrong(12, Damage::Value("flags")));
        }
        Ok(Self {
            length: u64_at(bytes, 16),
            nodes: u64_at(bytes, 24),
            edges: u64_at(bytes, 32),
        })
    }
}

/// Appends an empty section and returns where it begins.
pub(super) fn begin_section(out: &mut Vec<u8>, tag: [u8; 4]) -> usize {
    let start = out.len();
    out.extend_from_slice(&tag);
    out.extend_from_slice(&[0; 8]);
    start
}

/// Gives the section that ends here its length and its checksum.
pub(super) fn end_section(out: &mut Vec<u8>, start: usize) {
    let length = (out.len() - start - 12) as u64;
    out[start + 4..start + 12].copy_from_slice(&length.to_le_bytes());
    let sum = crc32fast::hash(&out[start..]);
    out.extend_from_slice(&sum.to_le_bytes());
}

/// The four sections. All checksums are right then. O(bytes).
pub(super) fn sections(bytes: &[u8], length: u64) -> Result<[Reader<'_>; 4], FormatError> {
    let found = bytes.len() as u64;
    if found != length {
        let damage = Damage::Length {
            expected: length,
            found,
        };
        let offset = found.min(length);
        return Err(FormatError { offset, damage });
    }
    let mut at = HEADER;
    let mut next = |(tag, what): ([u8; 4], &'static str)| {
        let reader = section(bytes, at, tag, what)?;
        at = reader.1;
        Ok(reader.0)
    };
    let [keys, nodes, edges, lists] = SECTIONS;
    let all = [next(keys)?, next(nodes)?, next(edges)?, next(lists)?];
    if at == bytes.len() {
        Ok(all)
    } else {
        Err(FormatError::new(at, Damage::SectionLength("lists")))
    }
}

/// A section and where the next one begins.
fn section<'a>(
    bytes: &'a [u8],
    at: usize,
    tag: [u8; 4],
    what: &'static str,
) -> Result<(Reader<'a>, usize), FormatError> {
    let wrong = FormatError::new;
    let rest = &bytes[at..];
    if rest.len() < FRAME || rest[..4] != tag {
        return Err(wrong(at, Damage::Section(what)));
    }
    let room = (rest.len() - FRAME) as u64;
    let length = u64_at(rest, 4);
    if length > room {
        return Err(wrong(at + 4, Damage::SectionLength(what)));
    }
    let end = 12 + length as usize;
    if u32_at(rest, end) != crc32fast::hash(&rest[..end]) {
        return Err(wrong(at + end, Damage::Checksum(what)));
    }
    let reader = Reader::new(&bytes[..at + end], at + 12, what);
    Ok((reader, at + end + 4))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(four)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(eight)
}
