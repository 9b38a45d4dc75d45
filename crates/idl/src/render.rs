//! Reports as text: the only file that names the rendering crate.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Report};
use crate::span::{FileId, Span};

/// Lines longer than this are not shown: nobody reads them and a terminal drowns in them.
const LONGEST_LINE: usize = 2000;

/// Renders every diagnostic, a blank line between them.
pub(crate) fn report(report: &Report, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let texts: Vec<_> = report
        .diagnostics
        .iter()
        .map(|diagnostic| renderer.render(&groups(report, diagnostic)))
        .collect();
    texts.join("\n\n")
}

fn groups<'a>(report: &'a Report, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let title = Level::ERROR
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.id);
    let snippets = files(diagnostic)
        .into_iter()
        .map(|file| snippet(report, diagnostic, file));
    let mut groups = vec![title.elements(snippets)];
    if let Some(help) = &diagnostic.help {
        groups.push(Group::with_title(
            Level::HELP.secondary_title(help.as_str()),
        ));
    }
    groups
}

/// The files a diagnostic points into, the primary one first.
fn files(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut files = vec![diagnostic.primary.span.file];
    for label in &diagnostic.secondary {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

fn snippet<'a>(
    report: &'a Report,
    diagnostic: &'a Diagnostic,
    file: FileId,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = report.sources.file(file);
    let window = window(&source.text, diagnostic, file);
    let first_line = report
        .sources
        .position(Span {
            file,
            start: window.start,
            end: window.start,
        })
        .0;
    let annotate = |kind: AnnotationKind, label: &'a Label| {
        let range = clamp(&source.text, label.span);
        let range =
            range.start.saturating_sub(window.start)..range.end.saturating_sub(window.start);
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
        (label.span.file == file).then(|| kind.span(range).label(text))
    };
    let primary = annotate(AnnotationKind::Primary, &diagnostic.primary);
    let secondary = diagnostic.secondary.iter();
    let secondary = secondary.filter_map(|label| annotate(AnnotationKind::Context, label));
    Snippet::source(&source.text[window.clone()])
        .line_start(first_line as usize)
        .path(source.name.as_str())
        .annotations(primary.into_iter().chain(secondary))
}

/// The whole lines that hold all labels: the renderer looks at every line it is given.
fn window(text: &str, diagnostic: &Diagnostic, file: FileId) -> std::ops::Range<usize> {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let places = labels
        .filter(|label| label.span.file == file)
        .map(|label| clamp(text, label.span));
    let (start, end) = places.fold((text.len(), 0), |(start, end), place| {
        (start.min(place.start), end.max(place.end))
    });
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    start..end.max(start)
}

/// A range the renderer can show: inside the text, on character boundaries, at most one line and not endless.
fn clamp(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = floor(text, span.start);
    let end = floor(text, span.end.min(start + LONGEST_LINE)).max(start);
    let first_line = text[start..end].find('\n').map_or(end, |at| start + at);
    start..text[start..first_line].trim_end().len() + start
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
