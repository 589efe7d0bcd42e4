//! Descriptions in HTML, as some APIs publish all of theirs.

use proptest::prelude::*;

use super::as_markdown;
use crate::emit::docs::lines;

#[test]
fn html_that_formats_text_is_markdown() {
    let texts = [
        (
            "<p>Retrieves a <code>Customer</code>.</p>",
            "Retrieves a `Customer`.",
        ),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.</p>\n\n<p>Two.</p>", "One.\n\nTwo."),
        (
            "one<br>two<br/>three<br />four",
            "one\n\ntwo\n\nthree\n\nfour",
        ),
        (
            "<strong>not</strong> <b>so</b> <em>fast</em>, <i>you</i>",
            "**not** **so** *fast*, *you*",
        ),
        ("<ul><li>a</li><li>b</li></ul> then", "- a\n- b\n\n then"),
        ("<ol>\n  <li>a\n  <li>b\n</ol>", "- a\n\n- b"),
        ("<h2>Limits</h2>Ten.", "**Limits**\n\nTen."),
        (
            "see <a href=\"https://example.com/a?b=1\">the docs</a>.",
            "see [the docs](https://example.com/a?b=1).",
        ),
        (
            "the <a href=\"/docs/tax\" target='_blank'>tax</a> page",
            "the tax (/docs/tax) page",
        ),
        ("<a href='#top'>up</a> <a>down</a>", "up down"),
        ("<P>Shouted.</P>", "Shouted."),
        ("<code>a &lt; b &amp;&amp; c</code>", "`a < b && c`"),
        ("<code>a<b>c</b></code>", "a**c**"),
        ("< p> a <5 and b> 6", "\\< p> a \\<5 and b> 6"),
        // what is not closed, not known, or code stays
        ("wrap it in <p> or <b>", "wrap it in \\<p> or \\<b>"),
        ("</p> <b>x</i>", "\\</p> \\<b>x\\</i>"),
        (
            "<script>a</script> <pets>",
            "\\<script>a\\</script> \\<pets>",
        ),
        ("`<b>x</b>` and <b>y</b>", "`<b>x</b>` and **y**"),
        ("```\n<b>x</b>\n```", "```text\n<b>x</b>\n```"),
        ("<b> x </b>", "x"),
        (
            "| a<br>b | c |\n| - | - |\n| <p>d</p> | e |",
            "| a b | c |\n| - | - |\n|  d  | e |",
        ),
        ("<b>a <i>b</b> c</i>", "**a \\<i>b** c\\</i>"),
    ];
    for (text, wanted) in texts {
        assert_eq!(
            lines(text).join("\n").trim_start_matches('\n'),
            wanted,
            "{text:?}"
        );
    }
}

/// Returns the letters and digits outside of tags.
fn letters(text: &str) -> String {
    let mut letters = String::new();
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag && letter.is_alphanumeric() => letters.push(letter),
            _ => {}
        }
    }
    letters
}

proptest! {
    /// Tags go, and no text that they enclose.
    #[test]
    fn no_text_is_lost(
        parts in proptest::collection::vec(
            prop_oneof![
                "[a-z ]{0,4}",
                Just("`".to_owned()),
                Just("```".to_owned()),
                Just("\n".to_owned()),
                Just("|".to_owned()),
                Just("<br>".to_owned()),
                Just("<a href=\"https://x.y\">".to_owned()),
                Just("</a>".to_owned()),
                "</?(p|ul|li|code|b|em|h1|div)>",
            ],
            0..30,
        ),
    ) {
        let text = parts.concat();
        let markdown = as_markdown(&text).replace("(https://x.y)", "");
        prop_assert_eq!(letters(&markdown), letters(&text), "{:?}", text);
    }
}
