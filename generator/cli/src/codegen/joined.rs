//! `generate --joined`: which types of several descriptions are one, and which of one name are not, and why.
//!
//! ```text
//!       Joined crm: 2 types of 3 descriptions are in `common`, 1 name stands for several types
//!              Error: deals, products
//!              NextPage: contacts, deals, products; the texts of contacts, others in deals
//!        Apart Page: deals | products: member `results` differs
//! ```

use oasmith::ir::{Apart, Joined, JoinedType};

use super::job::Job;
use super::print_diagnostics;
use crate::exit::{Exit, Failure};
use crate::report::counted;
use crate::terminal::{Terminal, Tone, line, visible};

/// Reports every output of several descriptions and writes nothing.
pub fn run(jobs: Vec<Job>, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut exit = Exit::Fresh;
    for job in jobs {
        match oasmith::generate(&job.sources, &job.options) {
            Err(diagnostics) => {
                print_diagnostics(&diagnostics, &job.sources, terminal);
                exit = Exit::Failure;
            }
            Ok(output) => terminal.report(&match &output.api.joined {
                Some(joined) => report(&job.subject.package, joined),
                None => {
                    let about = format!("{}: there is one description", job.subject.package);
                    line(Tone::Info, "Joined", &visible(&about))
                }
            }),
        }
    }
    Ok(exit)
}

/// Returns the line that ends a run; `command` lists the types.
pub fn summary(package: &str, joined: &Joined, command: &str) -> String {
    let about = format!(
        "{} (`{command} --joined` lists them)",
        about(package, joined)
    );
    line(Tone::Info, "Joined", &visible(&about))
}

fn about(package: &str, joined: &Joined) -> String {
    let (types, documents) = (joined.types.len(), joined.parts.len());
    let verb = if types == 1 { "is" } else { "are" };
    let text = format!(
        "{package}: {} of {} {verb} in `common`",
        counted(types, "type"),
        counted(documents, "description")
    );
    match joined.apart.len() {
        0 => text,
        1 => format!("{text}, 1 name stands for several types"),
        names => format!("{text}, {names} names stand for several types"),
    }
}

/// Returns the whole report.
fn report(package: &str, joined: &Joined) -> String {
    let mut text = line(Tone::Info, "Joined", &visible(&about(package, joined)));
    let types = joined.types.iter().zip(&joined.common.types);
    for (one, def) in types {
        text += &line(Tone::Info, "", &visible(&shared(one, &def.name.rust)));
    }
    for one in &joined.apart {
        text += &line(Tone::Warn, "Apart", &visible(&apart(one)));
    }
    text
}

fn shared(one: &JoinedType, rust: &str) -> String {
    let name = match one.name == rust {
        true => rust.to_owned(),
        false => format!("{} as {rust}", one.name),
    };
    let mut text = format!("{name}: {}", one.modules.join(", "));
    if !one.other_texts.is_empty() {
        let others = one.other_texts.join(", ");
        text += &format!("; the texts of {}, others in {others}", one.described_by);
    }
    text
}

fn apart(one: &Apart) -> String {
    let groups: Vec<String> = one.groups.iter().map(|group| group.join(", ")).collect();
    format!("{}: {}: {}", one.name, groups.join(" | "), one.difference)
}
