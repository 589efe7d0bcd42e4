//! The values of parameters and of the members of forms, by their styles.
//!
//! A text does not say what it is: `a,b` is a string, and a list in the style `simple`. So there are several readings,
//! the best first, and the schema decides which one is meant.

use super::Raw;
use crate::conform::description::{Style, StyleName};
use crate::conform::lookup::Types;
use crate::conform::traffic::{Pair, decode};

/// A way to read a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::conform) struct Reading {
    pub(in crate::conform) raw: Raw,
    /// Whether it follows the declared `explode`. If only one that does not fits the schema, `explode` is wrong.
    pub(in crate::conform) is_declared: bool,
}

impl Reading {
    fn declared(raw: Raw) -> Self {
        Reading {
            raw,
            is_declared: true,
        }
    }

    /// Creates the reading of an object whose members are pairs of their own.
    pub(in crate::conform) fn of_members(pairs: &[&Pair]) -> Self {
        let members = pairs.iter().map(|pair| {
            let text = decode(&pair.text.replace('+', " "));
            (pair.name.clone(), Raw::Text(text))
        });
        Reading::declared(Raw::Members(members.collect()))
    }

    fn other(raw: Raw) -> Self {
        Reading {
            raw,
            is_declared: false,
        }
    }
}

/// Reads the value of a name in a query or form; none if it is not there.
pub(in crate::conform) fn in_pairs(
    style: Style,
    name: &str,
    pairs: &[Pair],
    types: Types,
) -> Vec<Reading> {
    let is_own = |pair: &&Pair| {
        pair.name.strip_suffix("[]").unwrap_or(&pair.name) == name || pair.name == name
    };
    let own: Vec<&str> = pairs
        .iter()
        .filter(is_own)
        .map(|pair| pair.text.as_str())
        .collect();
    let decoded = |text: &str| decode(&text.replace('+', " "));
    let mut readings = Vec::new();
    match own.as_slice() {
        [] => return bracketed(name, pairs, types).into_iter().collect(),
        [text] => {
            if types.is_scalar {
                readings.push(Reading::declared(Raw::Text(decoded(text))));
            }
            if types.is_array {
                let list = Reading::declared(Raw::List(vec![decoded(text)]));
                let split = split(style.name, text, &decoded);
                if style.is_exploded {
                    readings.push(list);
                    let split = split.into_iter().filter(|list| list.len() > 1);
                    readings.extend(split.map(Raw::List).map(Reading::other));
                } else {
                    readings.extend(split.into_iter().map(Raw::List).map(Reading::declared));
                }
                if text.is_empty() {
                    readings.insert(0, Reading::declared(Raw::List(Vec::new())));
                }
            }
            if types.is_object {
                let split = split(style.name, text, &decoded);
                readings.extend(
                    split
                        .iter()
                        .filter_map(|list| members(list))
                        .map(Reading::declared),
                );
                readings.push(Reading::declared(Raw::Text(decoded(text))));
            }
        }
        several => {
            let list = Raw::List(several.iter().map(|text| decoded(text)).collect());
            let reading = Reading {
                raw: list,
                is_declared: style.is_exploded || !types.is_array,
            };
            readings.push(reading);
        }
    }
    readings
}

/// Reads the value of a parameter that is one text: in a path, a header or a cookie.
pub(in crate::conform) fn in_text(
    style: Style,
    name: &str,
    text: &str,
    types: Types,
    decode: &dyn Fn(&str) -> String,
) -> Vec<Reading> {
    let (body, separator) = match (style.name, style.is_exploded) {
        (StyleName::Label, true) => (text.strip_prefix('.'), '.'),
        (StyleName::Label, false) => (text.strip_prefix('.'), ','),
        (StyleName::Matrix, true) => (text.strip_prefix(';'), ';'),
        (StyleName::Matrix, false) => {
            let value = text
                .strip_prefix(';')
                .and_then(|rest| rest.strip_prefix(name)?.strip_prefix('='));
            (value, ',')
        }
        _ => (Some(text), ','),
    };
    let body = body.unwrap_or(text);
    let own = |text: &str| -> String {
        let is_named = style.name == StyleName::Matrix && style.is_exploded;
        let value = text
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('='));
        decode(value.filter(|_| is_named).unwrap_or(text).trim())
    };
    let mut readings = Vec::new();
    if types.is_scalar {
        readings.push(Raw::Text(own(body)));
    }
    if types.is_array {
        let list = |separator: char| Raw::List(body.split(separator).map(own).collect());
        if body.is_empty() {
            readings.push(Raw::List(Vec::new()));
        }
        readings.push(list(separator));
        // before OpenAPI 3.0.4, the items of a label had points between them in any case
        if style.name == StyleName::Label {
            readings.push(list('.'));
        }
    }
    if types.is_object {
        let texts: Vec<&str> = body.split(separator).map(str::trim).collect();
        if style.is_exploded {
            let members = texts.iter().map(|text| {
                let (name, value) = text.split_once('=')?;
                Some((decode(name), Raw::Text(decode(value))))
            });
            readings.extend(members.collect::<Option<Vec<_>>>().map(Raw::Members));
        } else {
            let texts: Vec<String> = texts.into_iter().map(decode).collect();
            readings.extend(members(&texts));
        }
        readings.push(Raw::Text(decode(body)));
    }
    readings.into_iter().map(Reading::declared).collect()
}

/// Splits a text at the separators of a style: those that are there as they are, and those that a client has escaped.
fn split(style: StyleName, text: &str, decoded: &dyn Fn(&str) -> String) -> Vec<Vec<String>> {
    let (plain, separator) = match style {
        StyleName::SpaceDelimited => (text.replace("%20", "+"), ('+', ' ')),
        StyleName::PipeDelimited => (text.replace("%7C", "|").replace("%7c", "|"), ('|', '|')),
        _ => (text.to_owned(), (',', ',')),
    };
    let mut found = vec![plain.split(separator.0).map(decoded).collect::<Vec<_>>()];
    let whole = decoded(text);
    let escaped: Vec<String> = whole.split(separator.1).map(str::to_owned).collect();
    if !found.contains(&escaped) {
        found.push(escaped);
    }
    found
}

/// `[role, admin, age, 3]` → `{ role: admin, age: 3 }`
fn members(list: &[String]) -> Option<Raw> {
    let members = list.chunks(2).map(|pair| match pair {
        [name, value] => Some((name.clone(), Raw::Text(value.clone()))),
        _ => None,
    });
    members.collect::<Option<Vec<_>>>().map(Raw::Members)
}

/// `filter[a]=1&filter[b][c]=2` → `{ a: 1, b: { c: 2 } }`, and `ids[0]=1` → a list
fn bracketed(name: &str, pairs: &[Pair], types: Types) -> Option<Reading> {
    let mut own: Vec<Bracketed<'_>> = Vec::new();
    for pair in pairs {
        let rest = pair
            .name
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('['));
        if let Some(inner) = rest.and_then(|rest| rest.strip_suffix(']')) {
            let text = decode(&pair.text.replace('+', " "));
            own.push((inner.split("][").collect(), text));
        }
    }
    if own.is_empty() {
        return None;
    }
    let is_index = |path: &[&str]| matches!(path, [index] if index.parse::<usize>().is_ok());
    if types.is_array && own.iter().all(|(path, _)| is_index(path)) {
        let list = own.into_iter().map(|(_, text)| text).collect();
        return Some(Reading::declared(Raw::List(list)));
    }
    Some(Reading::declared(nested(own)))
}

/// The names in brackets, and the text: `[a, b]` of `p[a][b]=1`.
type Bracketed<'p> = (Vec<&'p str>, String);

fn nested(pairs: Vec<Bracketed<'_>>) -> Raw {
    let mut members: Vec<(String, Raw)> = Vec::new();
    let mut groups: Vec<(&str, Vec<Bracketed<'_>>)> = Vec::new();
    for (path, text) in pairs {
        let Some((first, rest)) = path.split_first() else {
            continue;
        };
        let rest = rest.to_vec();
        match groups.iter_mut().find(|(name, _)| name == first) {
            Some((_, group)) => group.push((rest, text)),
            None => groups.push((first, vec![(rest, text)])),
        }
    }
    for (name, group) in groups {
        let is_end = |(path, _): &Bracketed<'_>| path.is_empty() || path.as_slice() == [""];
        let value = match group.as_slice() {
            [one] if one.0.is_empty() => Raw::Text(one.1.clone()),
            several if several.iter().all(is_end) => {
                Raw::List(several.iter().map(|(_, text)| text.clone()).collect())
            }
            _ => nested(group),
        };
        members.push((name.to_owned(), value));
    }
    Raw::Members(members)
}
