//! What rustdoc's parser makes of our texts, and what they look like.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::*;

/// As rustdoc parses.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// What a reader sees, or what is wrong with it.
fn visible(markdown: &str) -> Result<String, String> {
    let mut seen = String::new();
    // In links and in code an address is no bare one.
    let mut apart = 0;
    // rustdoc asks for an item by the name of each link without a definition.
    let mut item = |_: BrokenLink<'_>| Some((CowStr::from("item"), CowStr::from("")));
    for event in Parser::new_with_broken_link_callback(markdown, options(), Some(&mut item)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {
                apart += 1
            }
            Event::Start(Tag::CodeBlock(kind)) => return Err(format!("code: {kind:?}")),
            Event::Html(html) | Event::InlineHtml(html) => return Err(format!("HTML: {html}")),
            Event::Start(Tag::HtmlBlock) => return Err("HTML block".into()),
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) => {
                let is_web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                if !is_web || dest_url.contains(letter::is_hidden) || !title.is_empty() {
                    return Err(format!("link: {dest_url:?} {title:?}"));
                }
                apart += 1;
                seen.push_str(&dest_url);
            }
            Event::Start(tag @ (Tag::Image { .. } | Tag::FootnoteDefinition(_))) => {
                return Err(format!("{tag:?}"));
            }
            Event::FootnoteReference(name) => return Err(format!("footnote: {name}")),
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => apart -= 1,
            Event::Text(text) if apart == 0 && has_address(&text) => {
                return Err(format!("bare address: {text}"));
            }
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            _ => {}
        }
    }
    match seen
        .chars()
        .find(|letter| letter::is_hidden(*letter) && *letter != '\n')
    {
        Some(hidden) => Err(format!("hidden: {hidden:?}")),
        None => Ok(seen),
    }
}

/// What the lint `rustdoc::bare_urls` looks for: a scheme, a name, a dot, two letters.
fn has_address(text: &str) -> bool {
    let is_host = |letter: char| letter.is_ascii_alphanumeric() || "-@:%._+~#=".contains(letter);
    text.split("http").skip(1).any(|rest| {
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let host = rest.strip_prefix("://").unwrap_or_default();
        let host = host
            .split(|letter| !is_host(letter))
            .next()
            .unwrap_or_default();
        host.match_indices('.').any(|(at, _)| {
            let after = host.get(at + 1..).unwrap_or_default();
            at >= 2 && after.chars().take_while(char::is_ascii_alphabetic).count() >= 2
        })
    })
}

/// Checks what must hold for every text, and that each word of it is shown.
fn check(text: &str) -> Result<(), String> {
    let lines = lines(text);
    if let Some(line) = lines
        .iter()
        .find(|line| line.contains(['\n', '\r', '\t']) || line.ends_with(' '))
    {
        return Err(format!("line: {line:?}"));
    }
    let markdown = lines.join("\n");
    let seen = visible(&markdown).map_err(|problem| format!("{problem}\n{markdown}"))?;
    // A table shows no more cells than its head has: what a reader misses there is missing everywhere.
    if split(text).into_iter().any(block::may_delimit_table) && text.contains('|') {
        return Ok(());
    }
    let seen: String = seen
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let words = words(&html::as_markdown(text));
    let missing = words
        .split(|letter: char| !letter.is_alphabetic())
        .find(|word| !seen.contains(word));
    missing.map_or(Ok(()), |word| {
        Err(format!("{word:?} is not in {seen:?}\n{markdown}"))
    })
}

#[test]
fn hostile_descriptions_are_harmless() {
    let texts = [
        "    assert!(false);",
        "\tassert!(false);",
        "text\n\n    assert!(false);\n",
        "-     assert!(false);",
        "- a\n\n      assert!(false);",
        "-\n\n    assert!(false);",
        ">     assert!(false);",
        "> -     assert!(false);",
        "1. a\n\n        assert!(false);",
        "para\n2. a\n   3. b\n\n      assert!(false);",
        "```\nassert!(false);\n```",
        "~~~\nassert!(false);\n~~~",
        "> ```\n> assert!(false);\n> ```",
        "> ```\nassert!(false);",
        "- ```\n  assert!(false);\n  ```\nmore",
        "para\n2. ```\nassert!(false);\n```\n    more",
        "- > ~~~\n  > assert!(false);\n  > ~~~\n    more",
        "``````\n```\nassert!(false);\n```\n``````",
        "~~~\n```\nassert!(false);\n```",
        "~~~ a ~~~\n    x",
        "`unclosed\n```\nassert!(false);",
        "[x] [x][y] [x]() [x](y) [`x`] [x]: y",
        "[x]: https://example.com\n[^1]: note\n\n[x] [^1]",
        "[ok](https://example.com/a_(b)) [no](javascript:alert(1)) [no](file:///etc/passwd)",
        "![image](https://example.com/a.png) ![x][y]",
        "[a](https://example.com \"title\") [b](<https://example.com>)",
        "[a](https://x&#x202e;y) [`a]`](https://x.y)",
        "[a `b](https://x.y) c` [d]",
        "<script>alert(1)</script>",
        "<div>\n\n<b>x</b>\n</div>",
        "`a\n<div>`",
        "<!-- comment --> <?php ?> <![CDATA[x]]> </p>",
        "| a | b |\n| - | - |\n| `x | <b>` | [y] |\n| [a|b](https://x.y) | <https://x|y> |",
        "\\<b> \\\\<b> \\",
        "see https://example.com. (https://example.com/a) **https://example.com** https://",
        "https://example.com/{id}/x https://{host}/v1, xhttps://a.bc",
        "<https://example.com> <mailto:a@b.c> <a@b.c> <https://a b>",
        "&lt;script&gt; &#x202e; &rlm; &amp; &nosuch; &",
        "nul \0 bell \x07 rlo \u{202e} ls \u{2028} nel \u{85} bom \u{feff}",
        "a\rb\r\nc\u{b}d",
        "\\\u{202e}x \\https://example.com",
        "> > > > > > > > > > > > ```\nassert!(false);",
        "- - - - - - - - - - - x",
        "1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. x",
        "* * *\n- - -\n___\n***",
        "# head\n\nunder\n===\n\n- [ ] task\n- [x] done",
        "a\n\n\n\n\n\n    b",
        "\u{a0}    x\n\u{3000}   ```",
        "``` a `b` ```",
        "\\```\nassert!(false);\n```",
        "``\\`` ` `` ``` `",
    ];
    let wrong: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            check(text)
                .err()
                .map(|problem| format!("{text:?}: {problem}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn ordinary_descriptions_are_unchanged() {
    let texts = [
        "One line.",
        "Two\nlines, and `code` with <https://example.com>.",
        "- a\n- b\n  more of b\n  - nested\n\nAfter.",
        "1. a\n2. b\n   - c",
        "| a | b |\n| --- | :-: |\n| `x` | **y** |",
        "# Title\n\nText with *emphasis*, __strong__ and ~~gone~~.",
        "[The docs](https://example.com/a_(b)?c=d#e) and [`code`](http://example.com).",
        "> quoted\n> more",
        "```text\nlet x = [1];\n\n    indented\n```",
        "a < b is a \\< b\\.".trim_start_matches("a < b is "),
        "R&D &amp; &mdash; 100%",
        "snake_case_name and 2 * 3 * 4",
    ];
    for text in texts {
        assert_eq!(lines(text).join("\n"), text);
    }
}

#[test]
fn texts_are_changed_as_little_as_possible() {
    let texts = [
        ("", ""),
        (" \n\t\r\n", ""),
        ("\n\na  \n\n\n\nb\n\n", "a\n\nb"),
        ("    let x;", "let x;"),
        ("- a\n    - b\n        - c", "- a\n   - b\n   - c"),
        ("  - a\n  - b", "- a\n- b"),
        ("-     a", "- a"),
        ("```json\n{\t}\n```", "```text\n{    }\n```"),
        ("~~~\n```\n~~~", "````text\n```\n````"),
        ("- a\n  ```rust\n  x\n  ```", "- a\n  ```text\n  x\n  ```"),
        ("> ```\n> x", "> ```text\n> x\n> ```"),
        ("an [Item] or <T>", "an \\[Item\\] or \\<T>"),
        ("a ` b", "a \\` b"),
        (
            "see http://a.bc, or (https://a.bc/x).",
            "see <http://a.bc>, or (<https://a.bc/x>).",
        ),
        ("![a](https://a.bc)", "\\![a](https://a.bc)"),
        ("c:\\dir", "c:\\\\dir"),
        ("a\u{202e}b `a\u{202e}b`", "a\\\\u{202e}b `a\\u{202e}b`"),
        ("a\rb", "a\nb"),
    ];
    for (text, wanted) in texts {
        assert_eq!(lines(text).join("\n"), wanted, "{text:?}");
    }
}

#[test]
fn names_are_shown_as_code() {
    let names = [
        ("POST /path", "`POST /path`"),
        ("", "` `"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        (" a ", "`  a  `"),
        ("a\nb\u{202e}", "`a\\u{a}b\\u{202e}`"),
        ("[x] <b> ```", "```` [x] <b> ``` ````"),
    ];
    for (name, wanted) in names {
        assert_eq!(code(name), wanted);
        let seen = visible(&format!("Schema {}.", code(name)));
        assert!(seen.is_ok(), "{seen:?}");
    }
    assert_eq!(
        code(&"x".repeat(1_000_000)),
        format!("`{}…`", "x".repeat(200))
    );
}

/// Linear work on these texts takes milliseconds, quadratic work minutes; a loaded machine lies between.
const IN_LINEAR_TIME: Duration = Duration::from_secs(10);

#[test]
fn long_descriptions_are_truncated_quickly() {
    let texts = [
        "word ".repeat(400_000),
        "`".repeat(1_000_000),
        "[".repeat(1_000_000),
        "[a](https://".repeat(90_000),
        "https://a)".repeat(100_000),
        "\n".repeat(1_000_000),
        "`` ` ".repeat(200_000),
        (0..1_400).map(|length| "`".repeat(length) + " ").collect(),
        "> ".repeat(500_000),
        "<".repeat(1_000_000),
        "日本".repeat(300_000),
        "```\n".repeat(250_000),
    ];
    for text in texts {
        let start = Instant::now();
        let lines = lines(&text);
        assert!(
            start.elapsed() < IN_LINEAR_TIME,
            "{:?} for {:.20}",
            start.elapsed(),
            text
        );
        assert!(lines.iter().map(String::len).sum::<usize>() < 4 * TEXT);
        assert!(
            text.starts_with('\n') || lines.iter().rev().take(2).any(|line| line.ends_with('…')),
            "{:.20}",
            text
        );
    }
}

/// Pieces that mean something to a Markdown parser, in any order.
fn soup() -> impl Strategy<Value = String> {
    let inline = vec![
        "`",
        "``",
        "[",
        "]",
        "](",
        "(",
        ")",
        "](https://x.yz)",
        "[a](https://x.yz)",
        "[^a]",
        "[a]: b",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<div",
        "<https://x.yz>",
        "https://",
        "http://a.bc",
        "https://-a.bc/d.",
        "<a@b.cd>",
        "\\",
        "&",
        "&#x202e;",
        "&rlm;",
        "&lt;",
        "!",
        "*",
        "**",
        "_",
        "|",
        "\u{202e}",
        "\0",
        "\u{a0}",
        "\"",
        "'",
        "{",
        "}",
        ":",
        "^",
        "$",
        "é",
        "=",
        "~~",
    ];
    let block = vec![
        " ", "  ", "   ", "    ", "      ", "\t", "- ", "* ", "+ ", "-", "1. ", "2) ", "12. ",
        "> ", ">", "```", "````", "~~~", "---", "===", "# ", "|-|-|", "| - |", "|", "[a]: b",
        "<div>", "\n",
    ];
    let word = || "[a-z]{1,5}".boxed();
    let inline = prop_oneof![word(), prop::sample::select(inline).prop_map(str::to_owned)];
    let block = prop::sample::select(block).prop_map(str::to_owned);
    let line = (
        prop::collection::vec(block, 0..5),
        prop::collection::vec(inline, 0..9),
        prop::sample::select(vec!["\n", "\n", "\n\n", "\r", "\r\n"]),
    );
    let line = line.prop_map(|(block, inline, end)| block.concat() + &inline.concat() + end);
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_soup_is_harmless(text in soup()) {
        prop_assert_eq!(check(&text), Ok(()));
    }

    #[test]
    fn any_text_is_harmless(text in any::<String>()) {
        prop_assert_eq!(check(&text), Ok(()));
    }

    #[test]
    fn any_name_is_code(text in any::<String>(), more in "[`a \n]{0,12}") {
        let shown = code(&(text + &more));
        let events: Vec<Event<'_>> = Parser::new_ext(&shown, options()).collect();
        prop_assert_eq!(events.len(), 3, "{:?}", events);
        prop_assert!(matches!(events.get(1), Some(Event::Code(_))), "{:?}", events);
    }
}

/// The text without what no reader is shown: names of entities, and what follows the mark of a fence.
fn words(text: &str) -> String {
    let is_fence = |line: &str| Fence::open(&Block::read(line, &mut Indent::default())).is_some();
    let lines: Vec<&str> = split(text)
        .into_iter()
        .filter(|line| !is_fence(line))
        .collect();
    ["&lt;", "&gt;", "&amp;"]
        .iter()
        .fold(lines.join("\n"), |text, entity| text.replace(entity, " "))
}
