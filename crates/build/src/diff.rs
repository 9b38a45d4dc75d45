//! Unified diffs, as `diff -u` writes them.
//!
//! Build scripts need them for one message, so they have no crate for it, which everybody would wait for.

use std::fmt::Write as _;
use std::ops::Range;

/// So many lines are shown around what differs.
const CONTEXT: usize = 3;

/// What a search for lines that stayed may take: pairs of lines. Beyond it, all between the first and the last difference
/// is shown as replaced.
const MOST_PAIRS: usize = 4 << 20;

/// The difference between two texts of a file; empty when there is none.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let changes = changes(&old, &new);
    let mut text = String::new();
    if !changes.is_empty() {
        let _ = write!(text, "--- a/{name}\n+++ b/{name}\n");
    }
    for hunk in changes.chunk_by(|one, next| next.old.start - one.old.end <= 2 * CONTEXT) {
        write_hunk(&mut text, &old, &new, hunk);
    }
    text
}

/// Lines that others take the place of.
#[derive(Debug)]
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

/// All changes, in order; between two of them the lines are the same.
fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let start = old.iter().zip(new).take_while(same).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(same);
    let end = end.count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    let mut changes: Vec<Change> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let lines = (old.len(), new.len());
    for (same_old, same_new) in common(old, new).into_iter().chain([lines]) {
        if (i, j) != (same_old, same_new) {
            let (old, new) = (start + i..start + same_old, start + j..start + same_new);
            changes.push(Change { old, new });
        }
        (i, j) = (same_old + 1, same_new + 1);
    }
    changes
}

/// A longest common subsequence: the pairs of lines that stay, in order.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    if old.len().saturating_mul(width) > MOST_PAIRS {
        return Vec::new();
    }
    // How many lines can stay of those from `i` and from `j` on.
    let mut most = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            most[i * width + j] = if old[i] == new[j] {
                most[(i + 1) * width + j + 1] + 1
            } else {
                most[(i + 1) * width + j].max(most[i * width + j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if most[(i + 1) * width + j] >= most[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Changes that are near each other, with the lines around them.
fn write_hunk(text: &mut String, old: &[&str], new: &[&str], changes: &[Change]) {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return;
    };
    let before = first.old.start.min(CONTEXT);
    let after = (old.len() - last.old.end).min(CONTEXT);
    let from = side(first.old.start - before..last.old.end + after);
    let to = side(first.new.start - before..last.new.end + after);
    let _ = writeln!(text, "@@ -{from} +{to} @@");
    let mut at = first.old.start - before;
    for change in changes {
        put(text, ' ', &old[at..change.old.start]);
        put(text, '-', &old[change.old.clone()]);
        put(text, '+', &new[change.new.clone()]);
        at = change.old.end;
    }
    put(text, ' ', &old[at..at + after]);
}

/// Where the lines of a side stand: their first one, from 1, and how many there are, which is left out for one.
fn side(lines: Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

fn put(text: &mut String, mark: char, lines: &[&str]) {
    for line in lines {
        let end = if line.ends_with('\n') {
            ""
        } else {
            "\n\\ No newline at end of file\n"
        };
        let _ = write!(text, "{mark}{line}{end}");
    }
}

#[cfg(test)]
mod tests {
    use similar::TextDiff;

    use super::unified;

    fn reference(old: &str, new: &str) -> String {
        let diff = TextDiff::from_lines(old, new);
        let mut diff = diff.unified_diff();
        diff.context_radius(3).header("a/x", "b/x").to_string()
    }

    #[test]
    fn diffs_are_what_others_make_of_them() {
        let lines = |range: std::ops::Range<u32>| -> String {
            range.map(|i| i.to_string() + "\n").collect()
        };
        let long = lines(0..40);
        for (old, new) in [
            ("", "a\n"),
            ("a\n", ""),
            ("a\nb\n", "a\nc\n"),
            ("a\nb", "a\nb\n"),
            ("a\nb", "a\nb\nc"),
            (&long, &long.replace("\n7\n", "\n7\nx\ny\n")),
            (
                &long,
                &long.replace("\n7\n", "\n").replace("\n20\n", "\nx\n"),
            ),
            (
                &long,
                &long.replace("\n7\n", "\nx\n").replace("\n14\n", "\nx\n"),
            ),
            (
                &long,
                &long.replace("\n7\n", "\nx\n").replace("\n15\n", "\nx\n"),
            ),
            (&long, &lines(3..33)),
        ] {
            assert_eq!(
                unified("x", old, new),
                reference(old, new),
                "{old:?} {new:?}"
            );
        }
        assert_eq!(unified("x", &long, &long), "");
    }
}
