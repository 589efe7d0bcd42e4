//! `cargo xtask codegen --report`: where the Rust types are weaker than the schemas, place by place and with the reason.
//!
//! ```text
//!       Report pets: 12 schemas
//!     Any JSON where the schema says more: 1 place
//!              the type is any JSON: the schema `false` fits nothing
//!                spec/pets.yaml:15:12
//!     Left out of the types: 1 place
//!              [OA0302] `not` is not supported: values that violate it are accepted
//!                spec/pets.yaml:10:12
//!   Documented and not enforced: 3 maxLength, 1 pattern
//! ```

use std::collections::BTreeMap;

use oasmith::Output;
use oasmith::census::{self, Census, Untyped};
use oasmith::diagnostic::locate::locate_all;
use oasmith::diagnostic::{Diagnostic, Diagnostics, code};
use oasmith::load::{self, Sources};
use oasmith::options::Selection;
use serde_json::{Map, Value, json};

use super::job::Job;
use super::tell;
use crate::exit::{Exit, Failure};
use crate::report::{Tone, line, visible};
use crate::terminal::Terminal;

/// Reports every output; nothing is written.
pub fn run(jobs: Vec<Job>, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut exit = Exit::Fresh;
    for job in jobs {
        match oasmith::generate(&job.sources, &job.options) {
            Err(diagnostics) => {
                tell(&diagnostics, &job.sources, terminal);
                exit = Exit::Failure;
            }
            Ok(output) => {
                let census = count(&job, &output)?;
                let losses = Losses::of(&census, &output.diagnostics, &job.sources);
                let package = &job.subject.package;
                if terminal.speaks_json() {
                    terminal.data(&format!("{}\n", losses.json(package, &census)));
                    continue;
                }
                let is_whole = job.options.operations == Selection::All;
                terminal.report(&losses.text(package, &census, is_whole));
            }
        }
    }
    Ok(exit)
}

fn count(job: &Job, output: &Output) -> Result<Census, Failure> {
    let mut found = Diagnostics::new();
    let (input, budgets) = (&job.options.input, &job.options.budgets);
    let loaded = load::load(&job.sources, input, budgets, &mut found)
        .ok_or_else(|| Failure::new(format!("{input} was read once and not a second time")))?;
    Ok(census::census(&loaded, &output.api, &output.diagnostics))
}

/// Places by the reason that they are listed for.
type Places = BTreeMap<String, Vec<String>>;

/// What the types of an output do not have.
#[derive(Debug, Default)]
struct Losses {
    /// Any JSON where the schema says more.
    weaker: Places,
    /// Any JSON where the schema says no more.
    open: Places,
    /// What diagnostics tell besides.
    told: Places,
}

impl Losses {
    fn of(census: &Census, diagnostics: &Diagnostics, sources: &dyn Sources) -> Self {
        let mut losses = Losses::default();
        let untyped = |one: &Untyped| Diagnostic::new(code::UNTYPED, one.at.clone(), &*one.reason);
        let (weaker, open): (Vec<&Untyped>, Vec<&Untyped>) =
            census.untyped.iter().partition(|one| one.weaker);
        for (kind, places) in [(weaker, &mut losses.weaker), (open, &mut losses.open)] {
            let kind: Vec<Diagnostic> = kind.into_iter().map(untyped).collect();
            enter(&kind.iter().collect::<Vec<_>>(), sources, places, false);
        }
        let told = diagnostics.iter().filter(|one| census::is_loss(one));
        let told: Vec<&Diagnostic> = told.filter(|one| one.code != code::UNTYPED).collect();
        enter(&told, sources, &mut losses.told, true);
        losses
    }

    fn text(&self, package: &str, census: &Census, is_whole: bool) -> String {
        let about = format!(
            "{package}: {} schemas say what a value is",
            census.telling_schemas
        );
        let mut text = line(Tone::Good, "Report", &visible(&about));
        text += &section(
            Tone::Warn,
            "Any JSON",
            "where the schema says more",
            &self.weaker,
        );
        text += &section(
            Tone::Info,
            "Any JSON",
            "as the schema says no more",
            &self.open,
        );
        text += &section(Tone::Warn, "Left out", "of the types", &self.told);
        let documented = census.keywords.iter();
        let documented = documented.filter(|(_, count)| count.documented > 0);
        let documented: Vec<String> = documented
            .map(|(name, count)| format!("{} {name}", count.documented))
            .collect();
        if !documented.is_empty() {
            let about = format!("and not enforced: {}", documented.join(", "));
            text += &line(Tone::Info, "Documented", &about);
        }
        // of a selection, most of the document is left out on purpose
        if is_whole && !census.lost.is_empty() {
            let lost = census.lost.iter().map(ToString::to_string).collect();
            let lost = Places::from([("this is a bug of the generator".to_owned(), lost)]);
            text += &section(Tone::Bad, "Lost", "without a word", &lost);
        }
        text
    }
}

impl Losses {
    /// One object a target, for `--message-format json`.
    fn json(&self, package: &str, census: &Census) -> Value {
        let listed = |places: &Places| -> Value {
            let one = |(reason, places): (&String, &Vec<String>)| json!({ "reason": reason, "places": places });
            places.iter().map(one).collect()
        };
        let keywords = census.keywords.iter().map(|(name, count)| {
            let counts = json!({
                "occurrences": count.occurrences,
                "modelled": count.modelled,
                "documented": count.documented,
                "reported": count.reported,
            });
            ((*name).to_owned(), counts)
        });
        json!({
            "target": package,
            "schemas": census.telling_schemas,
            "any_json_weaker": listed(&self.weaker),
            "any_json_as_said": listed(&self.open),
            "left_out": listed(&self.told),
            "keywords": keywords.collect::<Map<String, Value>>(),
        })
    }
}

/// Adds findings to the places of their reasons.
fn enter(findings: &[&Diagnostic], sources: &dyn Sources, places: &mut Places, with_code: bool) {
    let located = locate_all(findings.iter().copied(), sources);
    for (one, located) in findings.iter().zip(located) {
        let reason = match with_code {
            true => format!("[{}] {}", one.code, one.message),
            false => one.message.clone(),
        };
        let place = match located {
            Some(at) => format!("{}:{}:{}", at.file, at.line, at.column),
            None => one.at.to_string(),
        };
        places.entry(reason).or_default().push(place);
    }
}

fn section(tone: Tone, word: &str, about: &str, places: &Places) -> String {
    let count: usize = places.values().map(Vec::len).sum();
    if count == 0 {
        return String::new();
    }
    let noun = if count == 1 { "place" } else { "places" };
    let mut text = line(tone, word, &format!("{about}: {count} {noun}"));
    for (reason, places) in places {
        text += &format!("{:13}{}\n", "", visible(reason));
        for place in places {
            text += &format!("{:15}{}\n", "", visible(place));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use oasmith::load::MapSources;
    use oasmith::options::Options;

    const DOCUMENT: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    Never: false
    Pet:
      type: object
      properties:
        name: { type: string, maxLength: 5, default: Rex }
        extra: {}
        odd: { type: string, not: { const: even } }
        rest: { type: object, patternProperties: { ^a: { type: string }, ^b: { type: integer } } }
";

    #[test]
    fn every_place_is_listed_with_its_reason() {
        let sources = MapSources::new().with("a.yaml", DOCUMENT);
        let options = Options::new("a.yaml", "pets");
        let output = oasmith::generate(&sources, &options).expect("the document is right");
        let mut found = Diagnostics::new();
        let loaded = load::load(&sources, "a.yaml", &options.budgets, &mut found);
        let loaded = loaded.expect("it was loaded before");
        let census = census::census(&loaded, &output.api, &output.diagnostics);
        let losses = Losses::of(&census, &output.diagnostics, &sources);
        let text = losses.text("pets", &census, true);
        let plain = anstream::adapter::strip_str(&text).to_string();
        let expected = "      Report pets: 6 schemas say what a value is
    Any JSON where the schema says more: 2 places
             the type is any JSON: the members that the schema does not name are of several types
               a.yaml:13:52
             the type is any JSON: the schema `false` fits nothing
               a.yaml:6:12
    Any JSON as the schema says no more: 1 place
             the schema does not say what the value is
               a.yaml:11:9
    Left out of the types: 1 place
             [OA0302] `not` is not supported: values that violate it are accepted
               a.yaml:12:30
  Documented and not enforced: 1 default, 1 maxLength
";
        assert_eq!(plain, expected);
        let json = losses.json("pets", &census);
        assert_eq!(json["any_json_weaker"][0]["places"][0], "a.yaml:13:52");
        assert_eq!(json["keywords"]["maxLength"]["documented"], 1);
    }
}
