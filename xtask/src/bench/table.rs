//! Tables for people.

use std::fmt::Write;

/// Lines with aligned columns: the first to the left, numbers to the right; a rule below the head.
pub(super) fn render(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count());
        cells
            .chain([head[column].chars().count()])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let mut text = String::new();
        for (index, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let _ = match index {
                0 => write!(text, "{cell:<width$}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        text.trim_end().to_owned()
    };
    let head = line(&head.iter().map(ToString::to_string).collect::<Vec<_>>());
    let rule = "-".repeat(widths.iter().sum::<usize>() + 2 * (widths.len() - 1));
    let mut lines = vec![head, rule];
    lines.extend(rows.iter().map(|row| line(row)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn columns_are_aligned() {
        let rows = [
            vec!["a".into(), "1.5".into()],
            vec!["longer".into(), "12.5".into()],
        ];
        assert_eq!(
            render(&["what", "s"], &rows),
            "what       s\n------------\na        1.5\nlonger  12.5"
        );
    }
}
