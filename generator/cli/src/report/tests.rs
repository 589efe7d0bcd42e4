//! Every text that a report can have, against `tests/golden/*.txt`. After a wanted change, run the tests once with
//! `UPDATE_GOLDENS=1` and read the difference.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use super::*;
use crate::lock::{Hash, Lock};
use crate::plan::{Entry, Snapshot, plan};

/// Colours are taken out, as they are when a report goes to a file.
fn assert_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let text = anstream::adapter::strip_str(text).to_string();
    if env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1") {
        fs::write(&path, &text).expect("the golden can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "tests/golden/{name}");
}

fn subject() -> Subject {
    Subject {
        package: "hubspot-products".to_owned(),
        output: "generated".to_owned(),
        command: "cargo xtask codegen".to_owned(),
    }
}

const TOOK: Duration = Duration::from_millis(52);
const PRODUCT: &str = "pub struct Product {\n    pub id: String,\n    pub archived: bool,\n}\n";

/// The folder of the goldens: fresh, unless a test changes the disk, what is wanted, or the input.
struct Folder {
    wanted: BTreeMap<String, String>,
    inputs: BTreeMap<String, Hash>,
    disk: Snapshot,
}

impl Folder {
    fn fresh() -> Self {
        let text = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let wanted = BTreeMap::from([
            text("src/lib.rs", "mod types;\n"),
            text("src/types/product.rs", PRODUCT),
            text("src/types/warning.rs", "pub struct Warning;\n"),
        ]);
        let input = "spec/products-batch-upsert.yaml".to_owned();
        let inputs = BTreeMap::from([(input, Hash::of(b"openapi: 3.0.3"))]);
        let mut folder = Folder {
            wanted,
            inputs,
            disk: Snapshot::default(),
        };
        folder.write_all();
        folder
    }

    /// What a run leaves behind.
    fn write_all(&mut self) {
        let hash = |(path, text): (&String, &String)| (path.clone(), Hash::of(text.as_bytes()));
        let lock = Lock {
            inputs: self.inputs.clone(),
            outputs: self.wanted.iter().map(hash).collect(),
        };
        self.disk.lock = Some(lock.to_string());
        self.disk.is_occupied = true;
        for (path, text) in &self.wanted {
            let entry = Entry::File(text.clone().into_bytes());
            self.disk.files.insert(path.clone(), entry);
        }
    }

    fn want(&mut self, path: &str, text: Option<&str>) {
        match text {
            Some(text) => self.wanted.insert(path.to_owned(), text.to_owned()),
            None => self.wanted.remove(path),
        };
    }

    fn put(&mut self, path: &str, text: Option<&str>) {
        match text {
            Some(text) => {
                let entry = Entry::File(text.as_bytes().to_vec());
                self.disk.files.insert(path.to_owned(), entry)
            }
            None => self.disk.files.remove(path),
        };
    }

    fn change_input(&mut self) {
        for hash in self.inputs.values_mut() {
            *hash = Hash::of(b"openapi: 3.0.4");
        }
    }

    fn plan(&self) -> Plan {
        plan(&self.wanted, &self.inputs, &self.disk).expect("nothing is in the way")
    }

    /// One file in each state, and three causes.
    fn everything() -> Self {
        let mut folder = Folder::fresh();
        folder.want("src/client.rs", Some("pub struct Client;\n"));
        folder.want("src/old.rs", Some("pub struct Old;\n"));
        folder.write_all();
        folder.want("src/old.rs", None);
        folder.want(
            "src/types/product.rs",
            Some(&PRODUCT.replace("    pub archived: bool,\n", "")),
        );
        folder.put("src/lib.rs", Some("mod types; // mine\n"));
        folder.put("src/client.rs", None);
        folder
            .disk
            .files
            .insert("src/my notes.md".to_owned(), Entry::Foreign);
        folder.change_input();
        folder
    }
}

fn missing_line() -> Missing {
    Missing {
        table: "dependencies",
        line: "uuid = { version = \"1\", default-features = false, features = [\"std\"] }"
            .to_owned(),
        reason: Some("its feature `std` is not enabled".to_owned()),
    }
}

#[test]
fn check_of_a_fresh_folder() {
    let text = checked(&subject(), &Folder::fresh().plan(), &[], TOOK);
    assert_golden("check-fresh.txt", &text);
}

#[test]
fn check_names_every_state_and_cause() {
    let text = checked(
        &subject(),
        &Folder::everything().plan(),
        &[missing_line()],
        TOOK,
    );
    assert_golden("check-everything.txt", &text);
}

#[test]
fn check_when_the_generator_changed() {
    let mut folder = Folder::fresh();
    folder.want("src/lib.rs", Some("pub mod types;\n"));
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-generator.txt", &text);
}

#[test]
fn check_when_only_the_lock_is_wrong() {
    let mut folder = Folder::fresh();
    folder.disk.lock = folder.disk.lock.map(|text| text.replace('\n', "\r\n"));
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-lock.txt", &text);
}

#[test]
fn check_of_an_edit_by_hand_that_no_longer_is_generated() {
    let mut folder = Folder::fresh();
    folder.want("src/types/warning.rs", None);
    folder.put("src/types/warning.rs", Some("pub struct Warning(u8);\n"));
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-edited-orphan.txt", &text);
}

#[test]
fn check_says_when_only_line_endings_differ() {
    let mut folder = Folder::fresh();
    let crlf = PRODUCT.replace('\n', "\r\n");
    folder.put("src/types/product.rs", Some(&crlf));
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-crlf.txt", &text);
}

#[test]
fn check_shows_neither_control_characters_nor_a_missing_newline_as_nothing() {
    let mut folder = Folder::fresh();
    let edited = format!("{PRODUCT}// \u{1b}[2J \u{202e}");
    folder.put("src/types/product.rs", Some(&edited));
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-control.txt", &text);
}

#[test]
fn check_of_a_folder_that_never_was_generated() {
    let mut folder = Folder::fresh();
    folder.disk = Snapshot::default();
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-first-run.txt", &text);
}

#[test]
fn check_names_three_deleted_files_and_counts_the_others() {
    let mut folder = Folder::fresh();
    folder.want("src/types/mod.rs", Some("mod product;\n"));
    folder.write_all();
    folder.disk.files.clear();
    let text = checked(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("check-deleted.txt", &text);
}

#[test]
fn run_tells_what_it_wrote() {
    let text = ran(
        &subject(),
        &Folder::everything().plan(),
        &[missing_line()],
        TOOK,
    );
    assert_golden("run-everything.txt", &text);
}

#[test]
fn run_with_nothing_to_do() {
    let text = ran(&subject(), &Folder::fresh().plan(), &[], TOOK);
    assert_golden("run-fresh.txt", &text);
}

#[test]
fn run_names_a_dozen_files_and_counts_the_others() {
    let mut folder = Folder::fresh();
    for number in 10..30 {
        folder.want(&format!("src/types/t{number}.rs"), Some("\n"));
    }
    let text = ran(&subject(), &folder.plan(), &[], TOOK);
    assert_golden("run-many.txt", &text);
}

#[test]
fn a_run_does_not_overwrite_a_hand_edit() {
    let text = aborted(&subject(), &Folder::everything().plan());
    assert_golden("aborted-edited.txt", &text);
}

#[test]
fn a_run_writes_nothing_without_a_readable_lock() {
    let mut folder = Folder::fresh();
    folder.disk.lock = None;
    assert_golden("aborted-no-lock.txt", &aborted(&subject(), &folder.plan()));
    folder.disk.lock = Some("<<<<<<< HEAD\n".to_owned());
    let text = aborted(&subject(), &folder.plan());
    assert_golden("aborted-unreadable-lock.txt", &text);
}

#[test]
fn annotations_name_files_states_and_causes() {
    let text = annotations(&subject(), &Folder::everything().plan(), &[missing_line()]);
    assert_golden("annotations.txt", &text);
    assert_eq!(annotations(&subject(), &Folder::fresh().plan(), &[]), "");
}

#[test]
fn a_diff_is_coloured_by_line() {
    let text = checked(&subject(), &Folder::everything().plan(), &[], TOOK);
    assert!(
        text.contains("\u{1b}[31m-    pub archived: bool,\u{1b}[0m\n"),
        "{text}"
    );
    assert!(text.contains("\u{1b}[36m@@ -1,4 +1,3 @@"), "{text}");
}
