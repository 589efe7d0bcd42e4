//! The parameter styles of OpenAPI, after RFC 6570.

use std::borrow::Cow;

use crate::runtime::url::encode;
use crate::runtime::wire::{Json, Mismatch};

/// How the value of a parameter becomes text, by OpenAPI's names. The examples are for a parameter `color`.
///
/// With `explode` each item of an array and each member of an object is a value of its own. What OpenAPI leaves open is
/// written as servers commonly read it:
///
/// | value | sent |
/// | --- | --- |
/// | an array in an exploded object, `{ sort: [a, b] }` | `sort=a&sort=b` |
/// | an object or array in a deep object, `{ R: { x: 1 }, G: [2] }` | `color[R][x]=1&color[G][0]=2` |
/// | any other array or object in another, `[[1, 2]]` | the inner one as JSON |
/// | `null` | nothing |
///
/// An item with the delimiter of its style in it, such as `a|b` of `PipeDelimited`, is an error: the server would read
/// two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "`explode` means the same everywhere")]
pub enum Style {
    /// `blue,black` and `R,100,G,200`; exploded `R=100,G=200`.
    Simple { explode: bool },
    /// `.blue,black`; exploded `.blue.black` and `.R=100.G=200`.
    Label { explode: bool },
    /// `;color=blue,black`; exploded `;color=blue;color=black` and `;R=100;G=200`.
    Matrix { explode: bool },
    /// `color=blue,black`; exploded `color=blue&color=black` and `R=100&G=200`.
    Form { explode: bool },
    /// `color=blue%20black`, with no space in an item; exploded as `Form`.
    SpaceDelimited { explode: bool },
    /// `color=blue%7Cblack`, with no `|` in an item; exploded as `Form`.
    PipeDelimited { explode: bool },
    /// `color[R]=100&color[G]=200`, at any depth; items of arrays have their index: `color[0]=blue`.
    DeepObject,
    /// `color=blue; size=1`: a cookie that is not percent-encoded.
    Cookie { explode: bool },
    /// `color={"R":100}`: the value as JSON.
    Json,
}

impl Style {
    fn explodes(self) -> bool {
        match self {
            Style::Simple { explode }
            | Style::Label { explode }
            | Style::Matrix { explode }
            | Style::Form { explode }
            | Style::SpaceDelimited { explode }
            | Style::PipeDelimited { explode }
            | Style::Cookie { explode } => explode,
            Style::DeepObject => true,
            Style::Json => false,
        }
    }
}

/// The location of a parameter; it decides which characters can be sent as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// The characters of a value that are not percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// The unreserved characters of RFC 3986.
    Unreserved,
    /// The reserved ones, too, unless they would end the value: `allowReserved`.
    Reserved,
}

/// A parameter to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Encoded<'a> {
    pub(crate) name: &'a str,
    pub(crate) style: Style,
    pub(crate) place: Place,
    pub(crate) letters: Letters,
}

/// A value as styles see it: a string, an array of strings, or an object of strings, in which a name can come again.
enum Value<'a> {
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
    Object(Vec<(&'a str, Cow<'a, str>)>),
}

/// How an array in an object is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrays {
    /// Its name comes once for each item: `sort=a&sort=b`.
    Repeated,
    /// As JSON.
    Json,
}

impl<'a> Value<'a> {
    /// Converts JSON; `None` for `null`. OpenAPI has no style for nested arrays and objects; they are JSON, but for arrays
    /// that are repeated.
    ///
    /// # Errors
    /// JSON cannot represent the value.
    fn of(json: &'a Json<'_>, arrays: Arrays) -> Result<Option<Self>, Mismatch> {
        Ok(Some(match json {
            Json::Array(items) => Value::List(texts(items)?),
            Json::Object(members) => {
                let mut pairs = Vec::new();
                for (name, value) in members.iter() {
                    let values = match (value, arrays) {
                        (Json::Array(items), Arrays::Repeated) => texts(items)?,
                        _ => texts(std::slice::from_ref(value))?,
                    };
                    pairs.extend(values.into_iter().map(|text| (name, text)));
                }
                Value::Object(pairs)
            }
            other => match scalar(other)? {
                Some(text) => Value::Text(text),
                None => return Ok(None),
            },
        }))
    }
}

fn texts<'a>(items: &'a [Json<'_>]) -> Result<Vec<Cow<'a, str>>, Mismatch> {
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        texts.extend(scalar(item)?);
    }
    Ok(texts)
}

/// Converts a value to one string: `blue`, `100`, `true`; an array or object as JSON; `None` for `null`.
pub(crate) fn scalar<'a>(json: &'a Json<'_>) -> Result<Option<Cow<'a, str>>, Mismatch> {
    Ok(Some(match json {
        Json::Null => return Ok(None),
        Json::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Json::Number(number) => number.text().into(),
        Json::String(text) => Cow::Borrowed(text.as_ref()),
        Json::Array(_) | Json::Object(_) | Json::Unwritable(_) => json_text(json)?.into(),
    }))
}

fn json_text(json: &Json<'_>) -> Result<String, Mismatch> {
    serde_json::to_string(json).map_err(|error| {
        let place = json.unwritable();
        place.unwrap_or_else(|| Mismatch::new(error.to_string()))
    })
}

impl Encoded<'_> {
    /// Returns the text that is sent, if any.
    ///
    /// # Errors
    /// JSON cannot represent the value, or an item has the delimiter of the style.
    pub(crate) fn text(&self, json: &Json<'_>) -> Result<Option<String>, Mismatch> {
        match (self.style, json) {
            (_, Json::Null) => Ok(None),
            (Style::Json, _) => Ok(Some(self.named(&json_text(json)?))),
            // without encoding it would start another cookie
            (Style::Cookie { .. }, _) if holds(json, ';') => {
                Err(Mismatch::new("a cookie cannot have `;`"))
            }
            (Style::DeepObject, Json::Array(_) | Json::Object(_)) => {
                let mut pairs = Vec::new();
                self.deep(&self.part(self.name), json, &mut pairs)?;
                Ok(self.joined(&pairs))
            }
            _ => Ok(match Value::of(json, self.arrays())? {
                None => None,
                Some(Value::Text(text)) => Some(self.one(&text)),
                Some(Value::List(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        self.undelimited(item).map_err(|place| place.at(index))?;
                    }
                    self.list(&items)
                }
                Some(Value::Object(members)) => {
                    for (name, text) in &members {
                        let checked = self.undelimited(name).and_then(|()| self.undelimited(text));
                        checked.map_err(|place| place.within(*name))?;
                    }
                    self.object(&members)
                }
            }),
        }
    }

    /// Whether an object with a name twice can be written: `sort=a&sort=b`, and not `sort,a,sort,b`.
    fn arrays(&self) -> Arrays {
        let has_pairs = matches!(self.place, Place::Query | Place::Cookie)
            || matches!(self.style, Style::Matrix { .. });
        if has_pairs && self.style.explodes() {
            Arrays::Repeated
        } else {
            Arrays::Json
        }
    }

    /// Rejects a text with the delimiter of the style: encoded or not, a server would split it there.
    fn undelimited(&self, text: &str) -> Result<(), Mismatch> {
        let (delimiter, style) = match self.style {
            Style::SpaceDelimited { explode: false } => (' ', "spaceDelimited"),
            Style::PipeDelimited { explode: false } => ('|', "pipeDelimited"),
            _ => return Ok(()),
        };
        if text.contains(delimiter) {
            return Err(Mismatch::new(format!(
                "it has the delimiter `{delimiter}` of the style `{style}`"
            )));
        }
        Ok(())
    }

    fn one(&self, text: &str) -> String {
        match self.style {
            Style::Label { .. } => format!(".{}", self.part(text)),
            Style::Matrix { .. } if text.is_empty() => format!(";{}", self.part(self.name)),
            Style::Matrix { .. } => format!(";{}", self.pair(self.name, text)),
            _ => self.named(text),
        }
    }

    /// Adds the name, except in a path or header.
    fn named(&self, text: &str) -> String {
        match self.place {
            Place::Path | Place::Header => self.part(text),
            Place::Query | Place::Cookie => self.pair(self.name, text),
        }
    }

    fn list(&self, items: &[Cow<'_, str>]) -> Option<String> {
        let named = matches!(self.place, Place::Query | Place::Cookie)
            || matches!(self.style, Style::Matrix { .. });
        let parts: Vec<String> = items
            .iter()
            .map(|item| {
                if named && self.style.explodes() {
                    self.pair(self.name, item)
                } else {
                    self.part(item)
                }
            })
            .collect();
        self.several(&parts)
    }

    fn object(&self, members: &[(&str, Cow<'_, str>)]) -> Option<String> {
        let parts: Vec<String> = members
            .iter()
            .flat_map(|(name, value)| {
                if self.style.explodes() {
                    vec![self.pair(name, value)]
                } else {
                    vec![self.part(name), self.part(value)]
                }
            })
            .collect();
        self.several(&parts)
    }

    /// Joins the parts of an array or object. Without parts nothing is sent (RFC 6570).
    fn several(&self, parts: &[String]) -> Option<String> {
        if parts.is_empty() {
            return None;
        }
        let name = self.part(self.name);
        Some(match self.style {
            Style::Label { explode: false } => format!(".{}", parts.join(",")),
            Style::Label { explode: true } => format!(".{}", parts.join(".")),
            Style::Matrix { explode: false } => format!(";{name}={}", parts.join(",")),
            Style::Matrix { explode: true } => format!(";{}", parts.join(";")),
            _ if matches!(self.place, Place::Path | Place::Header) => parts.join(","),
            style if style.explodes() => parts.join(self.separator()),
            Style::SpaceDelimited { .. } => format!("{name}={}", parts.join("%20")),
            Style::PipeDelimited { .. } => format!("{name}={}", parts.join("%7C")),
            _ => format!("{name}={}", parts.join(",")),
        })
    }

    /// `color[R]=100`, `color[tags][0]=a`
    fn deep(&self, prefix: &str, json: &Json<'_>, pairs: &mut Vec<String>) -> Result<(), Mismatch> {
        match json {
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.deep(&format!("{prefix}%5B{index}%5D"), item, pairs)?;
                }
            }
            Json::Object(members) => {
                for (name, value) in members.iter() {
                    self.deep(&format!("{prefix}%5B{}%5D", self.part(name)), value, pairs)?;
                }
            }
            other => {
                let text = scalar(other)?.map(|text| self.part(&text));
                pairs.extend(text.map(|text| format!("{prefix}={text}")));
            }
        }
        Ok(())
    }

    fn joined(&self, pairs: &[String]) -> Option<String> {
        (!pairs.is_empty()).then(|| pairs.join(self.separator()))
    }

    fn separator(&self) -> &'static str {
        match self.place {
            Place::Cookie => "; ",
            Place::Path | Place::Query | Place::Header => "&",
        }
    }

    fn pair(&self, name: &str, value: &str) -> String {
        format!("{}={}", self.part(name), self.part(value))
    }

    /// Percent-encodes a name or value, except in headers and in cookies of the style `cookie`.
    fn part(&self, text: &str) -> String {
        if self.place == Place::Header || matches!(self.style, Style::Cookie { .. }) {
            return text.to_owned();
        }
        let mut encoded = String::with_capacity(text.len());
        match (self.letters, self.place) {
            (Letters::Unreserved, _) | (_, Place::Header) => encode(text, &mut encoded),
            (Letters::Reserved, Place::Path) => {
                encode_except(text, ":@!$&'()*+,;=", &mut encoded);
            }
            (Letters::Reserved, Place::Query) => {
                encode_except(text, ":/?@!$&'()*+,;=", &mut encoded);
            }
            (Letters::Reserved, Place::Cookie) => {
                encode_except(text, ":/?#[]@!$&'()*+=", &mut encoded);
            }
        }
        encoded
    }
}

/// Percent-encodes all but unreserved characters, `reserved` ones and what is encoded already (RFC 6570, section
/// 3.2.3).
fn encode_except(text: &str, reserved: &str, out: &mut String) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let is_escape = || {
            let digits = rest.as_bytes().get(1..3);
            letter == '%' && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let (one, behind) = rest.split_at(letter.len_utf8());
        if reserved.contains(letter) || is_escape() {
            out.push_str(one);
        } else {
            encode(one, out);
        }
        rest = behind;
    }
}

/// Whether a string or a name in a value has a character.
fn holds(json: &Json<'_>, letter: char) -> bool {
    match json {
        Json::String(text) => text.contains(letter),
        Json::Array(items) => items.iter().any(|item| holds(item, letter)),
        Json::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains(letter) || holds(value, letter)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Unwritable(_) => false,
    }
}
