//! Documents with unusual bytes and values.

use super::End::{Output, Rejected};
use super::{Bomb, HEAD, bomb};

pub fn all() -> Vec<Bomb> {
    let with = |more: &str| format!("{HEAD}{more}");
    let digits = "9".repeat(100_000);
    let number = |text: &str| {
        with(&format!(
            "components: {{ schemas: {{ A: {{ type: number, maximum: {text} }} }} }}\n"
        ))
    };
    let alike = "components: { schemas: { A: { type: string, enum: [on, off, yes, no, y, 1_000, 0o17x, 12:30:45, 2001-01-01, 0b1, 017x] } } }\n";
    let mut broken = HEAD.as_bytes().to_vec();
    broken.extend(b"x-a: \xff\xfe\n");
    vec![
        bomb("1e999", "a.yaml", number("1e999"), Rejected("OA0110")),
        bomb(
            "a number of 100,000 digits",
            "a.yaml",
            number(&digits),
            Rejected("OA0110"),
        ),
        bomb("2^64", "a.yaml", number("18446744073709551616"), Output),
        bomb("words of YAML 1.1", "a.yaml", with(alike), Output),
        bomb(
            "bytes that are no UTF-8",
            "a.yaml",
            broken,
            Rejected("OA0103"),
        ),
        bomb(
            "a byte order mark",
            "a.yaml",
            format!("\u{feff}{HEAD}"),
            Output,
        ),
        bomb(
            "a tag of a program",
            "a.yaml",
            with("x-a: !!python/object:os.system [ls]\n"),
            Rejected("OA0109"),
        ),
        bomb(
            "a merge key of text",
            "a.yaml",
            with("x-a: { <<: text }\n"),
            Rejected("OA0113"),
        ),
        bomb(
            "a key twice",
            "a.yaml",
            with("paths: {}\n"),
            Rejected("OA0102"),
        ),
        bomb(
            "two documents",
            "a.yaml",
            with("---\na: 1\n"),
            Rejected("OA0111"),
        ),
    ]
}
