//! HTML in descriptions, as Markdown: `<p>Use <code>id</code>.</p>` is a paragraph with a code span.
//!
//! Only tags that format text are replaced, and only those that are closed; what they enclose stays. Everything else is
//! for the rest of the module, which shows it as text, so nothing here has to be safe.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::inline;

#[cfg(test)]
mod tests;

/// The longest tag, in bytes: an address and a class or two.
const TAG: usize = 1000;

/// Returns a text with HTML that formats it as Markdown.
pub(super) fn as_markdown(text: &str) -> Cow<'_, str> {
    let tags = tags(text);
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let partners = partners(&tags);
    let mut page = Page {
        text,
        out: String::with_capacity(text.len()),
        ends: BTreeMap::new(),
    };
    let mut at = 0;
    for (index, tag) in tags.iter().enumerate() {
        if tag.start < at {
            continue;
        }
        let Some(partner) = partners.get(index).copied().flatten() else {
            continue;
        };
        page.push(at..tag.start);
        at = tag.end;
        match tags.get(partner).filter(|_| !tag.closes) {
            Some(close) => at = page.open(tag, close),
            None if tag.closes => page.close(tag),
            None => page.gap(),
        }
    }
    page.push(at..text.len());
    Cow::Owned(page.out)
}

/// A tag in a text.
#[derive(Debug)]
struct Tag<'a> {
    start: usize,
    end: usize,
    kind: Kind,
    closes: bool,
    /// What is behind the name.
    attributes: &'a str,
}

/// What a tag does to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Paragraph,
    List,
    Item,
    Heading,
    Break,
    Code,
    Strong,
    Emphasis,
    Link,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "p" => Kind::Paragraph,
            "ul" | "ol" => Kind::List,
            "li" => Kind::Item,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
            "br" => Kind::Break,
            "code" => Kind::Code,
            "strong" | "b" => Kind::Strong,
            "em" | "i" => Kind::Emphasis,
            "a" => Kind::Link,
            _ => return None,
        })
    }
}

/// Returns the tags of known kinds outside of code spans and code blocks.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    if !text.contains('<') {
        return tags;
    }
    let spans = inline::spans(text);
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['<', '`'])) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        if let Some(tag) = read(rest, at) {
            at = tag.end;
            tags.push(tag);
            continue;
        }
        let run = rest.bytes().take_while(|byte| *byte == b'`').count();
        at = match spans.get(&at) {
            Some(end) => end + run,
            None => at + run.max(1),
        };
    }
    tags
}

/// Reads `<a href="…">`, `</a>` or `<br/>` at the start of a text.
fn read(rest: &str, start: usize) -> Option<Tag<'_>> {
    let inner = rest.strip_prefix('<')?;
    let length = inner.bytes().take(TAG).position(|byte| byte == b'>')?;
    let inner = inner.get(..length)?;
    let named = inner.strip_prefix('/');
    let named_or_open = named.unwrap_or(inner);
    let end = named_or_open.find(|letter: char| !letter.is_ascii_alphanumeric());
    let (name, attributes) = named_or_open.split_at(end.unwrap_or(named_or_open.len()));
    let is_tag = attributes.is_empty() || attributes.starts_with([' ', '\n', '/']);
    let kind = Kind::of(name).filter(|_| is_tag && !attributes.contains('<'))?;
    Some(Tag {
        start,
        end: start + length + 2,
        kind,
        closes: named.is_some(),
        attributes,
    })
}

/// Returns for each tag the one that it belongs to: the closing tag, the opening one, or itself if it stands alone.
fn partners(tags: &[Tag<'_>]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tags.len()];
    let mut open: Vec<(usize, Kind)> = Vec::new();
    let mut depth: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut set = |index: usize, partner: usize| {
        if let Some(place) = partners.get_mut(index) {
            *place = Some(partner);
        }
    };
    for (index, tag) in tags.iter().enumerate() {
        let depth_of =
            |kind: Kind, depth: &BTreeMap<Kind, usize>| depth.get(&kind).copied() > Some(0);
        if tag.kind == Kind::Break {
            set(index, index);
        } else if !tag.closes {
            // the items of a list are often not closed
            if tag.kind == Kind::Item && depth_of(Kind::List, &depth) {
                set(index, index);
            }
            open.push((index, tag.kind));
            *depth.entry(tag.kind).or_default() += 1;
        } else if depth_of(tag.kind, &depth) {
            while let Some((opened, kind)) = open.pop() {
                if let Some(count) = depth.get_mut(&kind) {
                    *count -= 1;
                }
                if kind == tag.kind {
                    set(opened, index);
                    set(index, opened);
                    break;
                }
            }
        }
    }
    partners
}

/// A text on its way from HTML to Markdown.
struct Page<'a> {
    text: &'a str,
    out: String,
    /// What is written in place of a closing tag, by its place.
    ends: BTreeMap<usize, String>,
}

impl<'a> Page<'a> {
    fn inner(&self, from: &Tag<'_>, to: &Tag<'_>) -> &'a str {
        self.text.get(from.end..to.start).unwrap_or_default()
    }

    fn push(&mut self, range: std::ops::Range<usize>) {
        self.out.push_str(self.text.get(range).unwrap_or_default());
    }

    /// Ends a paragraph; within the row of a table a blank is all there can be.
    fn gap(&mut self) {
        let row = self.out.rsplit('\n').next().unwrap_or_default();
        let is_row = row.trim_start().starts_with('|');
        self.out.push_str(if is_row { " " } else { "\n\n" });
    }

    /// Writes what is in place of an opening tag, and returns where the text goes on.
    fn open(&mut self, tag: &Tag<'_>, close: &Tag<'_>) -> usize {
        let inner = self.inner(tag, close);
        let is_tight = !inner.is_empty() && inner.trim() == inner;
        match tag.kind {
            Kind::Paragraph | Kind::List | Kind::Break => self.gap(),
            Kind::Item => self.out.push_str("\n- "),
            Kind::Heading => {
                self.gap();
                self.mark("**", close, is_tight);
            }
            Kind::Strong => self.mark("**", close, is_tight),
            Kind::Emphasis => self.mark("*", close, is_tight),
            Kind::Code => {
                if is_tight && !inner.contains(['<', '`', '\n', '|']) {
                    self.out.push_str(&format!("`{}`", plain(inner)));
                    return close.end;
                }
            }
            Kind::Link => self.link(tag, close, inner),
        }
        tag.end
    }

    fn mark(&mut self, mark: &str, close: &Tag<'_>, is_tight: bool) {
        if is_tight {
            self.out.push_str(mark);
            self.ends.insert(close.start, mark.to_owned());
        }
    }

    /// `[text](https://…)`, or `text (/docs/tax)` for an address on the site of the document.
    fn link(&mut self, tag: &Tag<'_>, close: &Tag<'_>, inner: &str) {
        let address = address(tag.attributes).unwrap_or_default();
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let is_word = address.contains(char::is_whitespace) || address.starts_with('#');
        if is_web && !is_word && !inner.contains(['[', ']']) && !inner.trim().is_empty() {
            self.out.push('[');
            self.ends.insert(close.start, format!("]({address})"));
        } else if !address.is_empty() && !is_word {
            self.ends.insert(close.start, format!(" ({address})"));
        }
    }

    fn close(&mut self, tag: &Tag<'_>) {
        if let Some(end) = self.ends.remove(&tag.start) {
            self.out.push_str(&end);
        }
        if matches!(tag.kind, Kind::Paragraph | Kind::List | Kind::Heading) {
            self.gap();
        }
    }
}

/// Returns the address of a link: `href="https://example.com"`.
fn address(attributes: &str) -> Option<&str> {
    let value = attributes.split_once("href=")?.1;
    let quote = value
        .chars()
        .next()
        .filter(|quote| ['"', '\''].contains(quote))?;
    let value = value.get(1..)?;
    value.split_once(quote).map(|(address, _)| address)
}

/// Returns the text of a code span, in which Markdown knows no entities.
fn plain(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let mut plain = text.to_owned();
    for (entity, letter) in entities {
        plain = plain.replace(entity, letter);
    }
    plain
}
