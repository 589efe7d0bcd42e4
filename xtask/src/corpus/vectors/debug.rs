//! Parses what `{:?}` prints for a generated type: `Pet { id: 1, tags: ["a"], owner: Some(Person { … }) }`.

/// A part of what `{:?}` prints.
#[derive(Debug, Clone, PartialEq)]
pub enum Printed<'a> {
    /// Anything without parts: `None`, `1.5`, `2024-01-01T00:00:00Z`.
    Leaf(&'a str),
    /// A string, with its escapes decoded.
    Text(String),
    /// `Pet { id: 1 }`; `name` is `Pet`.
    Struct {
        name: &'a str,
        fields: Vec<(&'a str, Printed<'a>)>,
    },
    /// `Some(1)`; the name of a plain tuple is empty.
    Tuple {
        name: &'a str,
        items: Vec<Printed<'a>>,
    },
    /// `[1, 2]`, and `Array [Null]` of any JSON.
    List(Vec<Printed<'a>>),
    /// `{"a": 1}`, and `Object {"a": Null}` of any JSON.
    Map(Vec<(Printed<'a>, Printed<'a>)>),
}

/// Parses a whole text. An `Err` is the rest that could not be parsed.
pub fn parse(text: &str) -> Result<Printed<'_>, &str> {
    let mut rest = Rest(text);
    match rest.value() {
        Some(printed) if rest.0.is_empty() => Ok(printed),
        _ => Err(rest.0),
    }
}

/// The text that is not parsed yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    fn value(&mut self) -> Option<Printed<'a>> {
        if self.0.starts_with('"') {
            return self.text().map(Printed::Text);
        }
        let end = self.0.find([',', ')', ']', '}', '(', '[', '{', '"']);
        let (word, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        let name = word.trim_end();
        if self.skip("(").is_some() {
            let items = self.list(")", Self::value)?;
            return Some(Printed::Tuple { name, items });
        }
        // any JSON has a name: `Array [Null]`, `Object {"a": Null}`
        if self.skip("[").is_some() {
            return self.list("]", Self::value).map(Printed::List);
        }
        match self.0.strip_prefix('{') {
            Some(rest) if name.is_empty() || rest.starts_with(['"', '}']) => {
                self.0 = rest;
                self.list("}", Self::entry).map(Printed::Map)
            }
            Some(rest) => {
                self.0 = rest;
                let fields = self.list("}", Self::field)?;
                Some(Printed::Struct { name, fields })
            }
            None => (!name.is_empty()).then_some(Printed::Leaf(name)),
        }
    }

    /// Parses what stands before `close`, separated by commas.
    fn list<T>(&mut self, close: &str, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        loop {
            self.0 = self.0.trim_start_matches([' ', ',']);
            if self.skip(close).is_some() {
                return Some(all);
            }
            all.push(one(self)?);
        }
    }

    fn field(&mut self) -> Option<(&'a str, Printed<'a>)> {
        // a struct that is not exhaustive ends with `..`
        let (name, rest) = self.0.split_once(": ")?;
        self.0 = rest;
        Some((name, self.value()?))
    }

    fn entry(&mut self) -> Option<(Printed<'a>, Printed<'a>)> {
        let key = self.value()?;
        self.skip(": ")?;
        Some((key, self.value()?))
    }

    fn text(&mut self) -> Option<String> {
        self.skip("\"")?;
        let mut text = String::new();
        let mut letters = self.0.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.0 = self.0.get(at + 1..)?;
                    return Some(text);
                }
                '\\' => text.push(match letters.next()?.1 {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    'u' => {
                        let digits = letters.by_ref().map(|(_, digit)| digit);
                        let digits = digits.skip(1).take_while(|digit| *digit != '}');
                        let number = u32::from_str_radix(&digits.collect::<String>(), 16);
                        char::from_u32(number.ok()?)?
                    }
                    other => other,
                }),
                other => text.push(other),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug)]
    #[expect(dead_code, reason = "only printed")]
    struct Pet {
        id: f64,
        r#type: Option<&'static str>,
        map: BTreeMap<&'static str, Vec<(u8, u8)>>,
        empty: Empty,
    }

    #[derive(Debug)]
    struct Empty;

    #[test]
    fn what_rust_prints_is_parsed() {
        let text = "a \"b\" \\ \n\t\0 \u{2028} { é";
        let pet = Pet {
            id: -1.5,
            r#type: Some(text),
            map: BTreeMap::from([("k: }", vec![(1, 2)]), ("none", Vec::new())]),
            empty: Empty,
        };
        let printed = format!("{pet:?}");
        let number = Printed::Leaf;
        let plain = |items| Printed::Tuple { name: "", items };
        let key = |name: &str| Printed::Text(name.to_owned());
        let some = Printed::Tuple {
            name: "Some",
            items: vec![key(text)],
        };
        let map = Printed::Map(vec![
            (
                key("k: }"),
                Printed::List(vec![plain(vec![number("1"), number("2")])]),
            ),
            (key("none"), Printed::List(Vec::new())),
        ]);
        let fields = vec![
            ("id", number("-1.5")),
            ("type", some),
            ("map", map),
            ("empty", Printed::Leaf("Empty")),
        ];
        let expected = Printed::Struct {
            name: "Pet",
            fields,
        };
        assert_eq!(parse(&printed), Ok(expected), "{printed}");
    }

    #[test]
    fn a_time_is_a_leaf() {
        let time = "Some(2024-01-01T10:00:00.5Z)";
        let items = vec![Printed::Leaf("2024-01-01T10:00:00.5Z")];
        assert_eq!(
            parse(time),
            Ok(Printed::Tuple {
                name: "Some",
                items
            })
        );
    }

    #[test]
    fn any_json_is_parsed() {
        let value = serde_json::json!({"a": [{}, null, 1.5, true], "b": "c"});
        let item = |name, value| Printed::Tuple {
            name,
            items: vec![value],
        };
        let items = vec![
            Printed::Map(Vec::new()),
            Printed::Leaf("Null"),
            item("Number", Printed::Leaf("1.5")),
            item("Bool", Printed::Leaf("true")),
        ];
        let text = |text: &str| Printed::Text(text.to_owned());
        let members = vec![
            (text("a"), Printed::List(items)),
            (text("b"), item("String", text("c"))),
        ];
        let printed = format!("{value:?}");
        assert_eq!(parse(&printed), Ok(Printed::Map(members)), "{printed}");
    }

    #[test]
    fn other_text_is_an_error() {
        assert_eq!(parse("Some(1"), Err(""));
        assert_eq!(parse("[1] 2"), Err(" 2"));
        assert_eq!(parse("\"a"), Err("a"));
    }
}
