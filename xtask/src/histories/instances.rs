//! Instances that programs of other revisions must read, for a check of "works" that shares nothing with `compare`.
//!
//! `../vectors` has JSON instances of one description's schemas. A reply of its server that `compare` calls readable for
//! programs of revision R has to be read by the types generated from R:
//!
//! ```text
//! R:    Pet { name, tag? }      the description: Pet { name, tag?, age? }      -> all lines of `Pet` are written
//! R:    Pet { name, age }       the description: Pet { name }                  -> none: `age` is missing in replies
//! ```
//!
//! What is written is a corpus: a document for each revision, and the lines that it has to read, with the tag `readable`.
//! `cargo xtask corpus DIR --vectors DIR` compiles and judges them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use oasmith::Output;
use oasmith::compare::{ItemKind, Wire, compare, surface_changes};
use oasmith::ir::{Api, TypeBody, TypeDef, TypeId, TypeRef};
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line};
use serde_json::Value;

use super::{Arguments, Seen, from_bytes, generated, short};

/// Where instances come from, and where the corpus goes.
#[derive(Debug, Args)]
pub struct Instances {
    /// Write a corpus of revisions below DIR, with the instances that each can read as `compare` says
    #[arg(long = "readable", value_name = "DIR", requires_all = ["document", "vectors"], conflicts_with = "oracle")]
    pub folder: Option<PathBuf>,

    /// The description that the instances belong to
    #[arg(long, value_name = "FILE", requires = "folder")]
    pub document: Option<PathBuf>,

    /// The instances: lines of JSON with `schema`, `tag` and `instance`
    #[arg(long, value_name = "FILE", requires = "folder")]
    pub vectors: Option<PathBuf>,
}

impl Instances {
    /// Returns the paths of the corpus, the description and the instances, if a corpus is asked for.
    pub(super) fn paths(&self) -> Option<[&Path; 3]> {
        match (&self.folder, &self.document, &self.vectors) {
            (Some(folder), Some(document), Some(vectors)) => Some([folder, document, vectors]),
            _ => None,
        }
    }
}

/// The tag of lines that are no values of their schema.
const WRONG: &str = "wrong";

/// An instance as it stands in its file.
struct Line {
    value: Value,
    schema: String,
}

/// Writes the corpus.
pub(super) fn run(
    arguments: &Arguments,
    history: &[String],
    [folder, document, vectors]: [&Path; 3],
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let read = |path: &Path| fs::read(path).map_err(|error| Failure::disk("read", path, &error));
    let mut seen = Seen::default();
    let name = document
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let new = from_bytes(read(document)?, &name, &name, &mut seen)
        .ok_or_else(|| Failure::new(format!("`{name}` does not generate")))?;
    let lines = lines(&read(vectors)?, vectors)?;
    let group = folder.join("revisions");
    fs::create_dir_all(&group).map_err(|error| Failure::disk("create", &group, &error))?;
    let count = arguments
        .sample
        .unwrap_or(history.len())
        .clamp(1, history.len());
    let (mut documents, mut written) = (0, 0);
    for number in 0..count {
        let id = &history[number * history.len() / count];
        let Some(old) = generated(id, arguments, &mut seen)? else {
            continue;
        };
        let readable = Readable::of(&old, &new);
        let kept: Vec<String> = lines
            .iter()
            .filter(|line| readable.has(&line.schema))
            .map(|line| line.value.to_string() + "\n")
            .collect();
        let extension = Path::new(&arguments.path).extension().unwrap_or_default();
        let file = format!("{}.{}", short(id), extension.to_string_lossy());
        let bytes =
            super::revisions::read(&arguments.repository, id, &arguments.path)?.unwrap_or_default();
        write(&group.join(&file), &bytes)?;
        write(
            &group.join(format!("{file}.jsonl")),
            kept.concat().as_bytes(),
        )?;
        documents += 1;
        written += kept.len();
    }
    let text = format!(
        "{documents} revisions and {written} instances of {} that they can read",
        lines.len() * documents
    );
    terminal.report(&line(Tone::Good, "Wrote", &text));
    Ok(Exit::Fresh)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::disk("write", path, &error))
}

/// Reads the lines that a server can send, with the tag that says what is expected of them.
fn lines(bytes: &[u8], path: &Path) -> Result<Vec<Line>, Failure> {
    let text = String::from_utf8_lossy(bytes);
    // only a line feed ends a line: a string may contain U+2028
    let lines = text.split('\n').filter(|line| !line.trim().is_empty());
    let mut found = Vec::new();
    for line in lines {
        let mut value: Value = serde_json::from_str(line)
            .map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
        let text = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (tag, schema) = (text("tag"), text("schema"));
        if tag != WRONG {
            value["tag"] = "readable".into();
            found.push(Line { value, schema });
        }
    }
    Ok(found)
}

/// What programs of an older description can read of a server that follows a newer one.
struct Readable<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// One of the two clients, with the names of its types that hold something unreadable.
struct Side<'a> {
    api: &'a Api,
    unreadable: BTreeSet<&'a str>,
}

impl<'a> Readable<'a> {
    fn of(old: &'a Output, new: &'a Output) -> Self {
        let changes = compare(old, new).list;
        let owner = |item: &str| item.split("::").next().unwrap_or(item).to_owned();
        let unreadable = changes
            .iter()
            .filter(|change| change.old_client > Wire::Works)
            .map(|change| owner(&change.rust));
        // what an `allOf` shares is told once, for the first of the types that contain it
        let untold = surface_changes(&old.files, &new.files)
            .into_iter()
            .filter(|one| one.key.kind == ItemKind::Field && one.was.is_some() && one.is.is_some())
            .map(|one| one.key.shown())
            .filter(|item| !changes.iter().any(|change| change.rust == *item))
            .map(|item| owner(&item));
        let names: BTreeSet<String> = unreadable.chain(untold).collect();
        Readable {
            old: Side::of(&old.api, &names),
            new: Side::of(&new.api, &names),
        }
    }

    /// Whether every reply with this schema (`#/components/schemas/Pet`) can be read.
    fn has(&self, schema: &str) -> bool {
        [&self.old, &self.new].into_iter().all(|side| {
            side.of_schema(schema).is_some_and(|def| {
                def.usage.response && !side.unreadable.contains(def.name.rust.as_str())
            })
        })
    }
}

impl<'a> Side<'a> {
    /// Finds the types of these names, and all that hold one of them.
    fn of(api: &'a Api, names: &BTreeSet<String>) -> Self {
        let name = |def: &'a TypeDef| def.name.rust.as_str();
        let all = || api.types.iter();
        let mut unreadable: BTreeSet<&str> =
            all().map(name).filter(|one| names.contains(*one)).collect();
        loop {
            let holds = |def: &&TypeDef| {
                !unreadable.contains(def.name.rust.as_str())
                    && parts(&def.body).any(|id| unreadable.contains(name(api.ty(id))))
            };
            let more: Vec<&str> = all().filter(holds).map(name).collect();
            if more.is_empty() {
                return Side { api, unreadable };
            }
            unreadable.extend(more);
        }
    }

    fn of_schema(&self, schema: &str) -> Option<&'a TypeDef> {
        let pointer = schema.strip_prefix('#')?;
        let is_own = |def: &&TypeDef| {
            let mut origins = def.origins.iter();
            origins.any(|origin| origin.path() == pointer)
        };
        self.api.types.iter().find(is_own)
    }
}

/// Returns the types that a type is made of, with the branches whose members are its own.
fn parts(body: &TypeBody) -> impl Iterator<Item = TypeId> {
    let branches = match body {
        TypeBody::Struct(body) => &body.branches[..],
        _ => &[],
    };
    let branches = branches.iter().map(|branch| &branch.ty);
    body.parts().chain(branches).filter_map(TypeRef::id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(pet: &str) -> Output {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: Pets, version: '1' }}\npaths:\n  /pets:\n    get:\n      operationId: list\n\
             \x20     responses:\n        '200':\n          description: d\n          content:\n            application/json:\n\
             \x20             schema: {{ $ref: '#/components/schemas/Page' }}\ncomponents:\n  schemas:\n    Page:\n\
             \x20     type: object\n      properties:\n        pets: {{ type: array, items: {{ $ref: '#/components/schemas/Pet' }} }}\n\
             \x20       tag: {{ $ref: '#/components/schemas/Tag' }}\n    Tag: {{ type: object, properties: {{ name: {{ type: string }} }} }}\n\
             \x20   Pet:\n      type: object\n      properties:\n{pet}\n"
        );
        from_bytes(
            text.into_bytes(),
            "pets.yaml",
            "pets.yaml",
            &mut Seen::default(),
        )
        .expect("the document is valid")
    }

    #[test]
    fn what_holds_an_unreadable_type_is_unreadable() {
        let (text, number) = (
            "        id: { type: string }",
            "        id: { type: integer }",
        );
        let more = "        id: { type: string }\n        age: { type: integer }";
        let readable = |old: &str, new: &str| {
            let (old, new) = (output(old), output(new));
            let readable = Readable::of(&old, &new);
            ["Page", "Pet", "Tag", "Gone"]
                .map(|name| readable.has(&format!("#/components/schemas/{name}")))
        };
        assert_eq!(readable(text, more), [true, true, true, false]);
        assert_eq!(readable(text, number), [false, false, true, false]);
    }

    #[test]
    fn lines_of_invalid_values_are_left_out() {
        let text = "{\"schema\": \"#/a\", \"tag\": \"wrong\", \"instance\": 1}\n\n\
            {\"schema\": \"#/a\", \"tag\": \"full\", \"instance\": \"\u{2028}\"}\n";
        let found = lines(text.as_bytes(), Path::new("a.jsonl")).expect("the lines are JSON");
        let tags: Vec<&Value> = found.iter().map(|line| &line.value["tag"]).collect();
        assert_eq!(tags, ["readable"]);
    }
}
