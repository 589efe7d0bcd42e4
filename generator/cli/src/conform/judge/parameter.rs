//! The parameters of requests: whether they are sent, and their values in their styles.

use oasmith::load::Node;
use oasmith::pointer::Pointer;
use serde_json::Value;

use super::{Judge, Message};
use crate::conform::description::{Parameter, Style};
use crate::conform::finding::{Kind, Observed, Part};
use crate::conform::names;
use crate::conform::schema::Direction;
use crate::conform::traffic::{Exchange, Pair, decode};
use crate::conform::wire::style::{self, Reading};

/// The headers that other parts of a description decide.
const IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

impl Judge<'_> {
    /// Judges the parameters of a request.
    pub(super) fn parameters(
        &mut self,
        message: Message<'_>,
        exchange: &Exchange,
        of_path: &[(String, String)],
        observed: &mut Vec<Observed>,
    ) {
        for parameter in &message.operation.parameters {
            let part = Part::Parameter {
                location: parameter.location.clone(),
                name: parameter.name.clone(),
            };
            let sent = Sent {
                exchange,
                of_path,
                others: &message.operation.parameters,
            };
            if parameter.is_required && !parameter.is_exploded && sent.has(parameter) == Some(false)
            {
                observed.push(message.observed_in(part, Kind::NotSent, parameter.at.clone()));
                continue;
            }
            let before = observed.len();
            self.parameter(message, parameter, &sent, observed);
            for one in observed.iter_mut().skip(before) {
                one.key.part = part.clone();
                if matches!(parameter.location.as_str(), "header" | "cookie") {
                    one.hide_words();
                }
            }
        }
    }

    fn parameter(
        &mut self,
        message: Message<'_>,
        parameter: &Parameter,
        sent: &Sent<'_>,
        observed: &mut Vec<Observed>,
    ) {
        let at = parameter.at.child("schema");
        if self.description.loaded.get(&at).is_none() {
            return self.content(message, parameter, sent, observed);
        }
        let Some(style) = parameter.style else {
            return;
        };
        let readings = self.readings(parameter, style, &at, sent);
        let Some((value, is_declared)) = self.choose(&readings, &at, Direction::Sent) else {
            return;
        };
        if is_declared {
            self.values(
                message,
                Part::Body,
                (&at, Direction::Sent),
                &[value],
                observed,
            );
        } else {
            let kind = Kind::Keyword("explode".to_owned());
            observed.push(message.observed(kind, parameter.at.clone()));
        }
    }

    fn readings(
        &self,
        parameter: &Parameter,
        style: Style,
        at: &Pointer,
        sent: &Sent<'_>,
    ) -> Vec<Reading> {
        let types = self.description.types(at);
        let name = &parameter.name;
        let text = |text: &str, decode: &dyn Fn(&str) -> String| {
            style::in_text(style, name, text, types, decode)
        };
        match parameter.location.as_str() {
            "query" if parameter.is_exploded => {
                let is_member = |pair: &&Pair| {
                    let is_other = sent.others.iter().any(|other| {
                        other.location == "query"
                            && other.name == pair.name
                            && other.at != parameter.at
                    });
                    !is_other && self.description.declared_property(at, &pair.name).is_some()
                };
                let own: Vec<&Pair> = sent.exchange.query.iter().filter(is_member).collect();
                let is_sent = !own.is_empty();
                is_sent
                    .then(|| Reading::of_members(&own))
                    .into_iter()
                    .collect()
            }
            "query" => style::in_pairs(style, name, &sent.exchange.query, types),
            _ => match sent.text(parameter) {
                Some(value) if parameter.location == "header" => text(&value, &str::to_owned),
                Some(value) if parameter.location == "cookie" => {
                    // nothing says whether a cookie is encoded
                    let mut readings = text(&value, &str::to_owned);
                    readings.extend(text(&value, &decode));
                    readings
                }
                Some(value) => text(&value, &decode),
                None => Vec::new(),
            },
        }
    }

    /// Judges a parameter with `content`: its text is of a media type.
    fn content(
        &mut self,
        message: Message<'_>,
        parameter: &Parameter,
        sent: &Sent<'_>,
        observed: &mut Vec<Observed>,
    ) {
        let content = parameter.at.child("content");
        let declared = self.description.loaded.get(&content);
        let media_types = declared.and_then(Node::as_object).into_iter().flatten();
        let json = media_types
            .map(|(name, _)| name)
            .find(|name| super::form(&names::essence(name)) == super::Form::Json);
        let (Some(json), Some(text)) = (json, sent.text(parameter)) else {
            return;
        };
        let place = content.child(json);
        let text = match parameter.location.as_str() {
            "header" => text,
            "query" => decode(&text.replace('+', " ")),
            _ => decode(&text),
        };
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => {
                let at = place.child("schema");
                self.values(
                    message,
                    Part::Body,
                    (&at, Direction::Sent),
                    &[value],
                    observed,
                );
            }
            Err(_) => observed.push(message.observed(Kind::NotJson, place)),
        }
    }
}

/// Where the parameters of a request are.
struct Sent<'s> {
    exchange: &'s Exchange,
    of_path: &'s [(String, String)],
    others: &'s [Parameter],
}

impl Sent<'_> {
    /// Returns whether a parameter is sent; `None` if that was not recorded.
    fn has(&self, parameter: &Parameter) -> Option<bool> {
        let Parameter { name, location, .. } = parameter;
        match location.as_str() {
            "query" => {
                let is_part = |pair: &Pair| {
                    pair.name
                        .strip_prefix(name.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
                };
                Some(self.exchange.query.iter().any(is_part))
            }
            "header" if !self.exchange.headers.is_empty() => {
                let is_ignored = IGNORED.iter().any(|one| name.eq_ignore_ascii_case(one));
                Some(is_ignored || self.text(parameter).is_some())
            }
            "cookie" => self
                .exchange
                .cookies
                .as_ref()
                .map(|_| self.text(parameter).is_some()),
            _ => None,
        }
    }

    /// Returns a parameter as it was sent.
    fn text(&self, parameter: &Parameter) -> Option<String> {
        let Parameter { name, location, .. } = parameter;
        let find = |pairs: &[Pair], is_it: &dyn Fn(&str) -> bool| {
            let mut own = pairs.iter().filter(|pair| is_it(&pair.name));
            own.next().map(|pair| pair.text.clone())
        };
        match location.as_str() {
            "query" => find(&self.exchange.query, &|own| own == name),
            "header" => {
                let is_it = |pair: &&Pair| pair.name.eq_ignore_ascii_case(name);
                let is_ignored = IGNORED.iter().any(|one| name.eq_ignore_ascii_case(one));
                let own = self.exchange.headers.iter().filter(is_it);
                let texts: Vec<&str> = own.map(|pair| pair.text.as_str()).collect();
                (!texts.is_empty() && !is_ignored).then(|| texts.join(","))
            }
            "cookie" => find(self.exchange.cookies.as_deref()?, &|own| own == name),
            "path" => self
                .of_path
                .iter()
                .find(|(own, _)| own == name)
                .map(|(_, text)| text.clone()),
            _ => None,
        }
    }
}

impl Observed {
    /// Leaves out every word of the traffic: headers and cookies are for secrets.
    fn hide_words(&mut self) {
        match &mut self.key.kind {
            Kind::Value(word) | Kind::Tag(word) | Kind::Undeclared(word) => *word = None,
            _ => {}
        }
    }
}
