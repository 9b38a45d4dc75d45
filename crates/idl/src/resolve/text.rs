//! Docs as written → docs as shown.

/// Dedented and trimmed; nothing if nothing is left.
pub(super) fn doc(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let rest = lines.iter().skip(1).filter(|line| !line.trim().is_empty());
    let indent = rest
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut out: Vec<&str> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let line = if i == 0 {
            line.trim_start()
        } else {
            line.get(indent..).unwrap_or("")
        };
        out.push(line.trim_end());
    }
    let text = out.join("\n");
    let text = text.trim_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::doc;

    #[test]
    fn docs_are_dedented() {
        assert_eq!(
            doc("  One.\n\n    Two.\n      Three.  \n\n"),
            Some("One.\n\nTwo.\n  Three.".into())
        );
        assert_eq!(doc(" \n "), None);
    }
}
