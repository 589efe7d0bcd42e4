//! `codegen --losses`: where the Rust types say less than the schemas, place by place and with the reason.
//!
//! ```text
//!       Losses pets: 12 schemas constrain their values
//!     Any JSON where the schema says more: 1 place
//!              the type is any JSON: the schema `false` fits nothing
//!                spec/pets.yaml:15:12  Never  #/components/schemas/Never
//!     Left out of the types: 1 place
//!              [OA0302] `not` is not supported: values that violate it are accepted
//!                spec/pets.yaml:10:12  Pet.odd  #/components/schemas/Pet/properties/odd/not
//!   Documented and not enforced: 3 maxLength, 1 pattern
//! ```

mod rust;

use std::collections::BTreeMap;

use oasmith::Output;
use oasmith::diagnostic::{Diagnostic, Diagnostics, code};
use oasmith::load::{self, Loaded, Sources};
use oasmith::options::{Options, Selection};
use oasmith::report::locate::{Located, locate_all};
use oasmith_coverage::{Coverage, Untyped, is_loss};
use serde_json::{Map, Value, json};

use rust::RustNames;

use super::job::Job;
use super::print_diagnostics;
use crate::exit::{Exit, Failure};
use crate::terminal::{Terminal, Tone, line, visible};

/// Reports every output and writes nothing.
pub fn run(jobs: Vec<Job>, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut exit = Exit::Fresh;
    for job in jobs.into_iter().flat_map(Job::documents) {
        match oasmith::generate(&job.sources, &job.options) {
            Err(diagnostics) => {
                print_diagnostics(&diagnostics, &job.sources, terminal);
                exit = Exit::Failure;
            }
            Ok(output) => report(&job, &output, terminal)?,
        }
    }
    Ok(exit)
}

fn report(job: &Job, output: &Output, terminal: &Terminal) -> Result<(), Failure> {
    let loaded = loaded(job)?;
    let coverage = Coverage::measure(&loaded, &output.api, &output.diagnostics);
    let names = RustNames::of(&output.api, &loaded);
    let losses = Losses::of(
        &coverage,
        &output.diagnostics,
        &job.sources,
        (&names, &loaded),
    );
    let package = if job.target.contains('/') {
        &job.target
    } else {
        &job.subject.package
    };
    if terminal.is_json() {
        terminal.data(&format!("{}\n", losses.json(package, &coverage)));
    } else {
        terminal.report(&losses.text(package, &coverage, &job.options.operations));
    }
    Ok(())
}

fn loaded(job: &Job) -> Result<Loaded, Failure> {
    let Options {
        input,
        overlays,
        budgets,
        ..
    } = &job.options;
    // `generate` has reported what is wrong with the document.
    load::load_overlaid(
        &job.sources,
        input,
        overlays,
        budgets,
        &mut Diagnostics::new(),
    )
    .ok_or_else(|| Failure::new(format!("`{input}` could not be read a second time")))
}

/// Places, grouped by the reason why they are listed.
type Places = BTreeMap<String, Vec<Site>>;

/// A place: in the file, in the document, and in Rust.
#[derive(Debug, Clone)]
struct Site {
    /// `spec/pets.yaml:15:12`
    place: String,
    /// `/components/schemas/Pet/properties/odd`; a served document is one line, in which the column says little.
    pointer: Option<String>,
    /// `Pet.odd`, if Rust has a name for it.
    rust: Option<String>,
}

impl Site {
    fn text(&self) -> String {
        let pointer = self.pointer.as_ref().map(|pointer| format!("#{pointer}"));
        let parts = [Some(self.place.clone()), self.rust.clone(), pointer];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}

/// What the types of an output do not express.
#[derive(Debug, Default)]
struct Losses {
    /// Any JSON where the schema says more.
    weaker: Places,
    /// Any JSON because the schema says no more.
    unconstrained: Places,
    /// Keywords without a type that diagnostics report.
    reported: Places,
    /// Keywords that nothing reports, which is a bug.
    lost: Vec<Site>,
}

impl Losses {
    fn of(
        coverage: &Coverage,
        diagnostics: &Diagnostics,
        sources: &dyn Sources,
        (names, loaded): (&RustNames, &Loaded),
    ) -> Self {
        // a value that an overlay wrote is shown where it was written, as diagnostics show it
        let untyped = |is_weaker: bool| -> Diagnostics {
            let mut untyped: Diagnostics = coverage
                .untyped
                .iter()
                .filter(|one| one.weaker == is_weaker)
                .map(|one: &Untyped| Diagnostic::new(code::UNTYPED, one.at.clone(), &*one.reason))
                .collect();
            loaded.translate(&mut untyped);
            untyped
        };
        let lost = coverage.lost.iter().map(|at| Site {
            place: loaded.written_at(at).to_string(),
            pointer: None,
            rust: None,
        });
        let reason = |one: &Diagnostic| one.message.clone();
        let reason_with_code = |one: &Diagnostic| format!("[{}] {}", one.code, one.message);
        // Places without a type are listed above, with those that no diagnostic reports.
        let reported = diagnostics
            .iter()
            .filter(|one| is_loss(one) && one.code != code::UNTYPED);
        Losses {
            weaker: places(untyped(true).iter(), (sources, names), reason),
            unconstrained: places(untyped(false).iter(), (sources, names), reason),
            reported: places(reported, (sources, names), reason_with_code),
            lost: lost.collect(),
        }
    }

    /// Returns the report for people.
    fn text(&self, package: &str, coverage: &Coverage, selection: &Selection) -> String {
        let about = format!(
            "{package}: {} schemas constrain their values",
            coverage.typed_schemas
        );
        let mut text = line(Tone::Good, "Losses", &visible(&about));
        for (tone, word, about, places) in [
            (
                Tone::Warn,
                "Any JSON",
                "where the schema says more",
                &self.weaker,
            ),
            (
                Tone::Info,
                "Any JSON",
                "because the schema says no more",
                &self.unconstrained,
            ),
            (Tone::Warn, "Left out", "of the types", &self.reported),
        ] {
            text += &section(tone, word, about, places);
        }
        let documented: Vec<String> = coverage
            .keywords
            .iter()
            .filter(|(_, count)| count.documented > 0)
            .map(|(name, count)| format!("{} {name}", count.documented))
            .collect();
        if !documented.is_empty() {
            let about = format!("and not enforced: {}", documented.join(", "));
            text += &line(Tone::Info, "Documented", &about);
        }
        // A selection of operations leaves most of the document out on purpose.
        if *selection == Selection::All && !self.lost.is_empty() {
            let reason = "this is a bug in the generator".to_owned();
            let places = Places::from([(reason, self.lost.clone())]);
            text += &section(Tone::Bad, "Lost", "without a diagnostic", &places);
        }
        text
    }

    /// Returns the report for programs, one object per target.
    fn json(&self, package: &str, coverage: &Coverage) -> Value {
        let list = |places: &Places| -> Value {
            places
                .iter()
                .map(|(reason, sites)| {
                    let site = |one: &Site| {
                        json!({ "place": one.place, "pointer": one.pointer, "rust": one.rust })
                    };
                    let sites: Vec<Value> = sites.iter().map(site).collect();
                    json!({ "reason": reason, "places": sites })
                })
                .collect()
        };
        let keywords = coverage.keywords.iter().map(|(name, count)| {
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
            "schemas": coverage.typed_schemas,
            "any_json_weaker": list(&self.weaker),
            "any_json_as_said": list(&self.unconstrained),
            "left_out": list(&self.reported),
            "keywords": keywords.collect::<Map<String, Value>>(),
        })
    }
}

/// Looks up the places of diagnostics and groups them by reason.
fn places<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    (sources, names): (&dyn Sources, &RustNames),
    reason: impl Fn(&Diagnostic) -> String,
) -> Places {
    let all: Vec<&Diagnostic> = diagnostics.into_iter().collect();
    let located = locate_all(all.iter().copied(), sources);
    let mut places = Places::new();
    for (one, located) in all.into_iter().zip(located) {
        let place = match located {
            Some(Located {
                file, line, column, ..
            }) => format!("{file}:{line}:{column}"),
            None => one.place.to_string(),
        };
        let pointer = one.place.pointer();
        let site = Site {
            place,
            pointer: pointer.map(|at| at.path().to_owned()),
            rust: pointer.and_then(|at| names.at(at)),
        };
        places.entry(reason(one)).or_default().push(site);
    }
    places
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
            text += &format!("{:15}{}\n", "", visible(&place.text()));
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

    /// Returns the losses of a document with an overlay, if one is given.
    fn losses(overlay: Option<&str>) -> (Losses, Coverage) {
        let mut sources = MapSources::new().with("a.yaml", DOCUMENT);
        let mut options = Options::new("a.yaml", "pets");
        if let Some(overlay) = overlay {
            sources = sources.with("o.yaml", overlay);
            options.overlays.push("o.yaml".to_owned());
        }
        let output = oasmith::generate(&sources, &options).expect("the document is right");
        let loaded = load::load_overlaid(
            &sources,
            "a.yaml",
            &options.overlays,
            &options.budgets,
            &mut Diagnostics::new(),
        )
        .expect("it was loaded before");
        let coverage = Coverage::measure(&loaded, &output.api, &output.diagnostics);
        let names = RustNames::of(&output.api, &loaded);
        let losses = Losses::of(&coverage, &output.diagnostics, &sources, (&names, &loaded));
        (losses, coverage)
    }

    fn plain(losses: &Losses, coverage: &Coverage) -> String {
        let text = losses.text("pets", coverage, &Selection::All);
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn every_place_is_listed_with_its_reason() {
        let (losses, coverage) = losses(None);
        let expected = "      Losses pets: 6 schemas constrain their values
    Any JSON where the schema says more: 2 places
             the type is any JSON: the members that the schema does not name are of several types
               a.yaml:13:52  Pet.rest  #/components/schemas/Pet/properties/rest/patternProperties/^a
             the type is any JSON: the schema `false` fits nothing
               a.yaml:6:12  Never  #/components/schemas/Never
    Any JSON because the schema says no more: 1 place
             the schema does not say what the value is
               a.yaml:11:9  Pet.extra  #/components/schemas/Pet/properties/extra
    Left out of the types: 1 place
             [OA0302] `not` is not supported: values that violate it are accepted
               a.yaml:12:30  Pet.odd  #/components/schemas/Pet/properties/odd/not
  Documented and not enforced: 1 default, 1 maxLength
";
        assert_eq!(plain(&losses, &coverage), expected);
        let json = losses.json("pets", &coverage);
        let place = &json["any_json_weaker"][0]["places"][0];
        assert_eq!(place["place"], "a.yaml:13:52");
        assert_eq!(place["rust"], "Pet.rest");
        assert_eq!(json["keywords"]["maxLength"]["documented"], 1);
    }
    #[test]
    fn what_an_overlay_wrote_is_shown_in_the_overlay() {
        let overlay = "overlay: 1.1.0
info: { title: O, version: '1' }
actions:
  - target: $.components.schemas.Pet.properties
    update:
      more: {}
      even: { type: string, not: { const: odd } }
";
        let (losses, coverage) = losses(Some(overlay));
        let text = plain(&losses, &coverage);
        for line in [
            "o.yaml:6:7  Pet.more  #/actions/0/update/more",
            "o.yaml:7:29  Pet.even  #/actions/0/update/even/not",
            "a.yaml:11:9  Pet.extra  #/components/schemas/Pet/properties/extra",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}
