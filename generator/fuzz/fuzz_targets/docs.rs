//! Documentation: as rustdoc parses it, nothing is a doctest and nothing is HTML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oasmith::step;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

fuzz_target!(|text: &str| {
    check(&step::doc_lines(text).join("\n"));
    let code = step::doc_code(text);
    assert!(!code.contains(['\n', '\r']), "{code:?}");
    check(&code);
});

fn check(markdown: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    assert!(!markdown.contains(['\r', '\0', '\u{202e}']), "{markdown:?}");
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {}
            Event::Start(Tag::CodeBlock(kind)) => panic!("{kind:?} in {markdown:?}"),
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} in {markdown:?}"),
            Event::Start(Tag::HtmlBlock) => panic!("HTML in {markdown:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(
                dest_url.starts_with("https://") || dest_url.starts_with("http://"),
                "{dest_url:?} in {markdown:?}"
            ),
            _ => {}
        }
    }
}
