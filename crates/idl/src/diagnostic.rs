//! What is reported, and a run's reports together.

use crate::codes::Code;
use crate::render;
use crate::span::{Sources, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
}

impl Severity {
    /// The word shown to the user.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
        }
    }
}

/// A place with a remark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark; may be empty.
    pub text: String,
}

/// One mistake in the declarations.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable code, explained by `cargo pyrus explain`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        let primary = Label {
            span,
            text: String::new(),
        };
        let message = printable(&message.into());
        Self {
            code,
            severity: Severity::Error,
            message,
            primary,
            secondary: Vec::new(),
            help: None,
        }
    }

    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = printable(&text.into());
        self
    }

    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: printable(&text.into()),
        });
        self
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(printable(&text.into()));
        self
    }

    pub(crate) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.map(|text| printable(&text)).or(self.help);
        self
    }
}

/// User text inside a message: control and bidi characters escaped, very long text cut.
fn printable(text: &str) -> String {
    const LONGEST: usize = 400;
    let mut out = String::new();
    for c in text.chars().take(LONGEST) {
        if crate::words::is_unprintable(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// All diagnostics of a failed run, sorted by file, line and column.
#[derive(Clone, Debug)]
pub struct Report {
    /// The diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file read so far, root first, relative to the root file's folder.
    pub files: Vec<String>,
    /// The texts that the spans point into.
    pub sources: Sources,
}

impl Report {
    pub(crate) fn new(mut diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        diagnostics.sort_by(|a, b| {
            (a.primary.span, a.code, &a.message).cmp(&(b.primary.span, b.code, &b.message))
        });
        diagnostics.dedup();
        Self {
            diagnostics,
            files: sources.names(),
            sources,
        }
    }

    /// The full report, as a compiler prints it.
    pub fn render(&self, color: bool) -> String {
        render::report(self, color)
    }

    /// One line per diagnostic: `bindings.yaml:5:33: error[B0104]: unknown type …`.
    pub fn short_lines(&self) -> Vec<String> {
        self.diagnostics
            .iter()
            .map(|d| self.short_line(d))
            .collect()
    }

    fn short_line(&self, diagnostic: &Diagnostic) -> String {
        let place = self.place(diagnostic.primary.span);
        let Diagnostic {
            code,
            severity,
            message,
            ..
        } = diagnostic;
        format!(
            "{place}: {}[{code}]: {}",
            severity.word(),
            message.replace('\n', " ")
        )
    }

    fn place(&self, span: Span) -> String {
        let (line, column) = self.sources.position(span);
        format!("{}:{line}:{column}", self.sources.file(span.file).name)
    }

    /// The same facts for tools.
    pub fn to_json(&self) -> serde_json::Value {
        self.diagnostics
            .iter()
            .map(|d| self.diagnostic_json(d))
            .collect()
    }

    fn diagnostic_json(&self, diagnostic: &Diagnostic) -> serde_json::Value {
        let secondary: Vec<_> = diagnostic
            .secondary
            .iter()
            .map(|l| self.label_json(l))
            .collect();
        serde_json::json!({
            "code": diagnostic.code.id,
            "severity": diagnostic.severity.word(),
            "message": diagnostic.message,
            "primary": self.label_json(&diagnostic.primary),
            "secondary": secondary,
            "help": diagnostic.help,
        })
    }

    fn label_json(&self, label: &Label) -> serde_json::Value {
        let span = label.span;
        let (line, column) = self.sources.position(span);
        let (end_line, end_column) = self.sources.position(Span {
            start: span.end,
            ..span
        });
        serde_json::json!({
            "file": self.sources.file(span.file).name,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "text": label.text,
        })
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Report {}
