//! Markdown pages as self-contained HTML.

use askama::Template;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

#[derive(Template)]
#[template(path = "doc/page.html.jinja")]
struct Page<'a> {
    title: &'a str,
    /// Name and file of every page.
    pages: &'a [(String, String)],
    body: String,
}

/// A page; links to other Markdown pages lead to their HTML.
pub(super) fn page(title: &str, markdown: &str, pages: &[(String, String)]) -> String {
    let events = Parser::new_ext(markdown, Options::empty()).map(|event| match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: moved(dest_url),
            title,
            id,
        }),
        other => other,
    });
    let mut body = String::new();
    html::push_html(&mut body, events);
    let page = Page { title, pages, body };
    let text = page.render().expect("templates write to memory");
    format!("{}\n", text.trim())
}

fn moved(link: CowStr<'_>) -> CowStr<'_> {
    let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
    match file.strip_suffix(".md") {
        Some(stem) if !link.contains("://") && anchor.is_empty() => format!("{stem}.html").into(),
        Some(stem) if !link.contains("://") => format!("{stem}.html#{anchor}").into(),
        _ => link,
    }
}
