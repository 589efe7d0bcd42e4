//! Documents that exhaust the memory or time of a generator.

use super::End::{Output, Rejected};
use super::{Bomb, bomb, joined, schemas};

/// Returns documents with very many members, values, schemas, references or parameters.
pub fn widths(part: usize) -> Vec<Bomb> {
    let large = 1_000_000 / part;
    let properties = joined(large, |index| format!(r#""p{index}":{{"type":"string"}}"#));
    let values = joined(large, |index| format!(r#""v{index}""#));
    let many = joined(large, |index| format!(r#""S{index}":{{"type":"string"}}"#));
    let unknown = joined(large, |index| format!(r#""u{index}":1"#));
    let dangling = joined(20_000, |index| {
        format!(r##""S{index}":{{"$ref":"#/components/schemas/T{index}"}}"##)
    });
    let parameters = joined(20_000, |index| {
        format!(r#"{{"name":"p{index}","in":"query","schema":{{"type":"string"}}}}"#)
    });
    let parameters = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{"/a":{{"get":{{"parameters":[{parameters}],"responses":{{"200":{{"description":"D"}}}}}}}}}}}}"#
    );
    vec![
        bomb(
            "a million properties",
            "a.json",
            schemas(&format!(
                r#""A":{{"type":"object","properties":{{{properties}}}}}"#
            )),
            Rejected("OA0108"),
        ),
        bomb(
            "a million values of an enum",
            "a.json",
            schemas(&format!(r#""A":{{"type":"string","enum":[{values}]}}"#)),
            Rejected("OA0108"),
        ),
        bomb(
            "a million schemas",
            "a.json",
            schemas(&many),
            Rejected("OA0108"),
        ),
        bomb(
            "a million unknown members",
            "a.json",
            schemas(&format!(r#""A":{{{unknown}}}"#)),
            Rejected("OA0108"),
        ),
        bomb(
            "20,000 dangling references",
            "a.json",
            schemas(&dangling),
            Rejected("OA0201"),
        ),
        bomb(
            "20,000 parameters",
            "a.json",
            parameters,
            Rejected("OA0108"),
        ),
    ]
}

/// Returns documents whose output grows by multiplication.
pub fn products() -> Vec<Bomb> {
    let pairs = |keyword: &str, count: usize| {
        let list = joined(count, |index| {
            let branch = |which| {
                format!(
                    r#"{{"type":"object","required":["{which}{index}"],"properties":{{"{which}{index}":{{"type":"string"}}}}}}"#
                )
            };
            format!(r#"{{"{keyword}":[{},{}]}}"#, branch("a"), branch("b"))
        });
        schemas(&format!(r#""A":{{"allOf":[{list}]}}"#))
    };
    // each union has the one below twice
    let doubled = joined(40, |index| {
        let below = format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, index + 1);
        format!(
            r#""S{index}":{{"oneOf":[{below},{{"type":"array","items":{below}}}],"allOf":[{below},{below}]}}"#
        )
    });
    let doubled = doubled + r#","S40":{"type":"object","properties":{"a":{"type":"string"}}}"#;
    let text = "word *word* `code` [a](b) <x>\\n".repeat(2_000_000 / 31);
    let described = schemas(&format!(
        r#""A":{{"type":"object","description":"{text}"}}"#
    ));
    vec![
        bomb(
            "allOf of 16 oneOf of 2",
            "a.json",
            pairs("oneOf", 16),
            Output,
        ),
        bomb(
            "allOf of 16 anyOf of 2",
            "a.json",
            pairs("anyOf", 16),
            Output,
        ),
        bomb(
            "40 unions, each twice in the next",
            "a.json",
            schemas(&doubled),
            Output,
        ),
        bomb("a description of 2 MB", "a.json", described, Output),
    ]
}
