//! What `compare` says about pairs of descriptions below `changes/`, and laws that hold for any two of them.
//!
//! ```text
//! changes/<name>/old.yaml, new.yaml   two descriptions
//!                codegen.yaml         choices for both, if there are some
//!                expected.txt         the changes
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use oasmith::compare::{Change, Changes, Level, Wire, compare, rules, surface_changes};
use oasmith::diagnostic::Diagnostics;
use oasmith::load::MapSources;
use oasmith::options::{Choices, Options, RuntimeSource, read_choices};
use oasmith::{Output, generate};

use crate::mutation::Choices as _;
use crate::numbers::Numbers;
use crate::{fixtures, goldens};

/// Two descriptions.
struct Pair {
    name: String,
    folder: PathBuf,
    old: String,
    new: String,
    choices: Option<String>,
}

fn pairs() -> Vec<Pair> {
    let root = goldens::package().join("tests/changes");
    let entries = std::fs::read_dir(&root).expect("the folder exists");
    let mut pairs: Vec<Pair> = entries
        .map(|entry| {
            let folder = entry.expect("it can be listed").path();
            let read = |name: &str| {
                std::fs::read_to_string(folder.join(name)).expect("a pair has both descriptions")
            };
            let name = folder
                .file_name()
                .and_then(|name| name.to_str())
                .expect("the name is UTF-8");
            Pair {
                name: name.to_owned(),
                old: read("old.yaml"),
                new: read("new.yaml"),
                choices: std::fs::read_to_string(folder.join("codegen.yaml")).ok(),
                folder: folder.clone(),
            }
        })
        .collect();
    pairs.sort_by(|one, other| one.name.cmp(&other.name));
    pairs
}

/// Generates a description under a fixed name.
fn output(file: &str, text: &str) -> Output {
    output_with(file, text, None)
}

/// The same with choices.
fn output_with(file: &str, text: &str, choices: Option<&str>) -> Output {
    let sources = MapSources::new()
        .with(file, text)
        .with("codegen.yaml", choices.unwrap_or("version: 1"));
    let read = read_choices(&sources, "codegen.yaml", &mut Diagnostics::new());
    let Some(Choices::Alone(mut options)) = read else {
        panic!("{choices:?} are choices of a single crate");
    };
    options.input = file.to_owned();
    options.source_name = "document".to_owned();
    generate(&sources, &options).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"))
}

fn outputs(pair: &Pair) -> (Output, Output) {
    let of = |text| output_with("api.yaml", text, pair.choices.as_deref());
    (of(&pair.old), of(&pair.new))
}

fn shown(changes: &Changes) -> String {
    let mut text = String::new();
    for change in &changes.list {
        let mark = if change.unseen { "!" } else { "" };
        let level = format!("{:?}{mark}", change.source).to_lowercase();
        let _ = writeln!(
            text,
            "{level:7}{} [{} {}]",
            change.text, change.rule, change.fingerprint
        );
        let _ = writeln!(
            text,
            "       {:?}, {:?}: {}",
            change.old_client, change.old_server, change.effect
        );
        if let Some(old) = &change.old {
            let _ = writeln!(text, "       - {old}");
        }
        if let Some(new) = &change.new {
            let _ = writeln!(text, "       + {new}");
        }
        if !change.reached_by.is_empty() {
            let _ = writeln!(text, "       reached by {}", change.reached_by.join(", "));
        }
        for line in change.choice.iter().flat_map(|choice| choice.lines()) {
            let _ = writeln!(text, "       | {line}");
        }
    }
    let _ = writeln!(text, "{} texts; {:?}", changes.texts, changes.level());
    text
}

#[test]
fn changes_are_those_of_the_golden_files() {
    let mut differences = Vec::new();
    for pair in pairs() {
        let (old, new) = outputs(&pair);
        let made = goldens::Files::from([("expected.txt".to_owned(), shown(&compare(&old, &new)))]);
        let mut golden = goldens::read_below(&pair.folder);
        golden.retain(|name, _| name == "expected.txt");
        differences.extend(goldens::differences(&pair.folder, &golden, &made));
    }
    goldens::assert_none(&differences);
}

/// Returns the worst that happens to old programs, and to the new crate with an old server.
fn worst(changes: &Changes) -> (Wire, Wire) {
    let worst = |side: fn(&Change) -> Wire| {
        let all = changes.list.iter().map(side).max().unwrap_or(Wire::Works);
        all.max(Wire::Works)
    };
    (
        worst(|change| change.old_client),
        worst(|change| change.old_server),
    )
}

/// What happens to old programs with a new server is what happens to a new crate with an old server where old and new are
/// exchanged.
fn assert_mirrored(name: &str, old: &Output, new: &Output) {
    let (there, back) = (compare(old, new), compare(new, old));
    let (old_client, old_server) = worst(&there);
    assert_eq!(
        (old_server, old_client),
        worst(&back),
        "{name}\n{}\n{}",
        shown(&there),
        shown(&back)
    );
}

/// Each difference of the public items belongs to a change that says what happened.
fn assert_explained(name: &str, changes: &Changes) {
    let generic: Vec<&Change> = changes
        .list
        .iter()
        .filter(|change| change.rule.starts_with("item-") || change.rule == "generator-changed")
        .collect();
    assert!(generic.is_empty(), "{name}: {generic:#?}");
}

#[test]
fn old_programs_and_old_servers_mirror_each_other() {
    for pair in pairs() {
        let (old, new) = outputs(&pair);
        assert_mirrored(&pair.name, &old, &new);
    }
}

#[test]
fn pairs_are_explained_in_both_directions() {
    for pair in pairs() {
        let (old, new) = outputs(&pair);
        assert_explained(&pair.name, &compare(&old, &new));
        assert_explained(&pair.name, &compare(&new, &old));
    }
}

/// A description has no changes to itself; two fixtures have some, and the laws hold for them, too.
#[test]
fn fixtures_are_equal_to_themselves_and_unlike_each_other() {
    let outputs: Vec<(String, Output)> = fixtures::all()
        .into_iter()
        .filter_map(|fixture| Some((fixture.name.clone(), fixture.generate().ok()?)))
        .collect();
    assert!(outputs.len() > 50, "{} fixtures", outputs.len());
    for (name, output) in &outputs {
        assert_eq!(
            compare(output, &output.clone()),
            Changes::default(),
            "{name}"
        );
    }
    for window in outputs.windows(2).step_by(3) {
        let [(one, old), (other, new)] = window else {
            continue;
        };
        let name = format!("{one} and {other}");
        assert_mirrored(&name, old, new);
        let changes = compare(old, new);
        assert!(!changes.list.is_empty(), "{name}");
        assert_explained(&name, &changes);
    }
}

/// Changes as far as people see them: the order of members decides the order of fields, which nobody can tell.
fn noticed(changes: &Changes) -> Vec<&Change> {
    changes
        .list
        .iter()
        .filter(|change| change.source > Level::None)
        .collect()
}

#[test]
fn order_and_syntax_change_nothing() {
    for pair in pairs() {
        let expected = compare(
            &output("api.json", &json(&pair.old)),
            &output("api.json", &json(&pair.new)),
        );
        for seed in 1..=3 {
            let shuffled = |text: &str| output("api.json", &shuffled(text, seed));
            let (old, new) = (shuffled(&pair.old), shuffled(&pair.new));
            for (text, output) in [(&pair.old, &old), (&pair.new, &new)] {
                let same = compare(&self::output("api.json", &json(text)), output);
                assert_eq!(
                    noticed(&same),
                    Vec::<&Change>::new(),
                    "{}, seed {seed}",
                    pair.name
                );
                assert_eq!(same.texts, 0, "{}, seed {seed}", pair.name);
            }
            assert_eq!(
                shown(&compare(&old, &new)),
                shown(&expected),
                "{}, seed {seed}",
                pair.name
            );
        }
    }
}

fn json(text: &str) -> String {
    let value: serde_yaml::Value = serde_yaml::from_str(text).expect("the description is YAML");
    serde_json::to_string_pretty(&value).expect("a value can be written")
}

/// Returns a description as JSON with its paths, schemas and sections in another order.
fn shuffled(text: &str, seed: u64) -> String {
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).expect("the description is YAML");
    let mut numbers = Numbers(seed);
    let places: [&[&str]; 4] = [&["components", "schemas"], &["paths"], &["components"], &[]];
    for place in places {
        let object = place
            .iter()
            .try_fold(&mut value, |value, key| value.get_mut(*key));
        if let Some(serde_yaml::Value::Mapping(object)) = object {
            let mut members: Vec<_> = std::mem::take(object).into_iter().collect();
            for end in (1..members.len()).rev() {
                members.swap(end, numbers.below(end + 1));
            }
            object.extend(members);
        }
    }
    serde_json::to_string_pretty(&value).expect("a value can be written")
}

/// Where the runtime comes from changes no public item, and is told with what the manifest needs.
#[test]
fn a_change_of_the_runtime_is_told() {
    let text = fs::read_to_string(goldens::package().join("tests/changes/service/old.yaml"))
        .expect("it is there");
    let sources = MapSources::new().with("api.yaml", text);
    let output = |runtime| {
        let mut options = Options::new("api.yaml", "client");
        options.runtime = runtime;
        generate(&sources, &options).expect("the description is valid")
    };
    let (carried, shared) = (output(RuntimeSource::Carried), output(RuntimeSource::Crate));
    let told = |old, new| {
        let changes = compare(old, new);
        let is_told = |change: &&Change| !change.rule.starts_with("requirement-");
        let list: Vec<_> = changes.list.iter().filter(is_told).collect();
        let list: Vec<_> = list.iter().map(|one| (one.rule, one.source)).collect();
        assert!(
            changes
                .list
                .iter()
                .any(|one| one.text.contains("`oasmith-runtime`"))
        );
        list
    };
    assert_eq!(told(&carried, &shared), [("runtime-shared", Level::Minor)]);
    assert_eq!(told(&shared, &carried), [("runtime-carried", Level::Major)]);
}

/// The id of each rule is in the code that finds it, and each id there has a rule.
#[test]
fn rules_are_those_of_the_code() {
    let files = goldens::read_below(&goldens::package().join("src/compare"));
    let code = files.iter().filter(|(path, _)| !path.starts_with("rules"));
    let code: String = code.map(|(_, text)| text.as_str()).collect();
    let listed: BTreeSet<&str> = rules().iter().map(|rule| rule.id).collect();
    assert_eq!(listed.len(), rules().len(), "an id is in the table twice");
    let named: BTreeSet<&str> = code
        .split('"')
        .filter(|word| {
            word.contains('-')
                && word
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || letter == '-')
        })
        .filter(|word| {
            word.starts_with(|letter: char| letter.is_ascii_lowercase()) && !word.ends_with('-')
        })
        .collect();
    let unknown: Vec<_> = named.difference(&listed).collect();
    assert_eq!(unknown, [&"branch-added"], "ids without a rule");
    let unused: Vec<_> = listed.difference(&named).collect();
    assert!(unused.is_empty(), "rules that nothing finds: {unused:?}");
    for rule in rules() {
        assert!(
            !rule.when.ends_with('.') && rule.explanation.ends_with('.'),
            "{}",
            rule.id
        );
    }
}

/// What a choice of features means to those who name some, and to those who name none.
#[test]
fn features_are_compared_with_those_of_before() {
    let pair = pairs().into_iter().find(|pair| pair.name == "features");
    let text = pair.expect("the pair exists").old;
    let [none, all, named] = [
        "version: 1",
        "version: 1\nfeatures: tags",
        "version: 1\nfeatures: { by: tags, default: none }",
    ]
    .map(|choices| output_with("api.yaml", &text, Some(choices)));
    let found = |old: &Output, new: &Output| -> Vec<(Level, &str)> {
        let changes = compare(old, new);
        assert_explained("features", &changes);
        let list = changes.list.iter();
        list.map(|change| (change.source, change.rule)).collect()
    };
    let added = [(Level::Minor, "feature-added"); 3];
    let needed = [(Level::Major, "feature-needed")];
    assert_eq!(found(&none, &all), [&needed[..], &added].concat());
    assert_eq!(found(&all, &none), [(Level::Major, "feature-removed"); 3]);
    let default = "feature-default-changed";
    assert_eq!(found(&all, &named), [(Level::Major, default)]);
    assert_eq!(found(&named, &all), [(Level::Minor, default)]);
}

/// Source that another version of the generator made is compared without its description.
#[test]
fn checked_in_source_is_compared_with_an_output() {
    let pair = pairs()
        .into_iter()
        .find(|pair| pair.name == "members-received")
        .expect("the pair exists");
    let new = output("api.yaml", &pair.new);
    assert!(surface_changes(&new.files, &new.files).is_empty());
    let mut old = new.files.clone();
    let file = old
        .get_mut("src/types/train.rs")
        .expect("the type has a file");
    *file = file.replace("pub operator: String,", "pub operator: &'static str,");
    let differences = surface_changes(&old, &new.files);
    let [difference] = differences.as_slice() else {
        panic!("{differences:#?}");
    };
    assert_eq!(difference.key.shown(), "Train::operator");
    assert_eq!(difference.was.as_deref(), Some("&'static str"));
    assert_eq!(difference.level, Level::Major);
}
