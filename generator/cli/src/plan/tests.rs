//! Every state and every cause, one world a row: what is wanted, what the lock says, what is on disk.

use super::*;

/// A small output folder, described file by file.
#[derive(Default)]
struct World {
    wanted: BTreeMap<String, String>,
    inputs: BTreeMap<String, Hash>,
    lock: Lock,
    disk: Snapshot,
}

impl World {
    /// The inputs and files of a folder where everything is fresh.
    fn fresh() -> Self {
        World::default()
            .input("spec/a.yaml", "one", "one")
            .file("src/lib.rs", Some("lib"), Some("lib"), Some("lib"))
            .file("src/types/a.rs", Some("a"), Some("a"), Some("a"))
    }

    /// An input with its text now, and the text that the lock knows (empty: none).
    fn input(mut self, name: &str, now: &str, locked: &str) -> Self {
        if !now.is_empty() {
            self.inputs
                .insert(name.to_owned(), Hash::of(now.as_bytes()));
        }
        if !locked.is_empty() {
            let hash = Hash::of(locked.as_bytes());
            self.lock.inputs.insert(name.to_owned(), hash);
        }
        self
    }

    /// A file: what is wanted, what the lock says, what is on disk.
    fn file(
        mut self,
        path: &str,
        wanted: Option<&str>,
        locked: Option<&str>,
        disk: Option<&str>,
    ) -> Self {
        let path = path.to_owned();
        self.wanted.remove(&path);
        self.lock.outputs.remove(&path);
        self.disk.files.remove(&path);
        if let Some(text) = wanted {
            self.wanted.insert(path.clone(), text.to_owned());
        }
        if let Some(text) = locked {
            let hash = Hash::of(text.as_bytes());
            self.lock.outputs.insert(path.clone(), hash);
        }
        if let Some(text) = disk {
            let entry = match wanted.or(locked) {
                Some(_) => Entry::File(text.into()),
                None => Entry::Foreign,
            };
            self.disk.files.insert(path, entry);
        }
        self
    }

    fn link(mut self, path: &str) -> Self {
        self.disk.files.insert(path.to_owned(), Entry::Link);
        self
    }

    fn try_plan(mut self) -> Result<Plan, Blocked> {
        self.disk.lock = Some(self.lock.to_string());
        self.plan_with_lock_as_is()
    }

    fn plan_with_lock_as_is(mut self) -> Result<Plan, Blocked> {
        self.disk.is_occupied = !self.disk.files.is_empty();
        plan(&self.wanted, &self.inputs, &self.disk)
    }

    fn plan(self) -> Plan {
        self.try_plan().expect("nothing is in the way")
    }
}

fn state_of(plan: &Plan, path: &str) -> State {
    let file = plan.files.iter().find(|file| file.path == path);
    file.expect("every known file is in the plan").state
}

fn names(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn a_fresh_folder_has_neither_drift_nor_cause() {
    let plan = World::fresh().plan();
    assert!(plan.is_fresh());
    assert_eq!(plan.causes, []);
    assert_eq!(plan.files.len(), 3);
    assert_eq!(plan.files[2].path, lock::FILE);
    assert!(!plan.needs_force());
}

#[test]
fn the_state_of_a_file_follows_from_wanted_lock_and_disk() {
    let (a, b, c) = (Some("a"), Some("b"), Some("c"));
    let rows = [
        (a, a, a, State::Fresh),
        (a, b, a, State::Fresh),
        (a, None, a, State::Fresh),
        (b, a, a, State::Stale),
        (a, a, None, State::Missing),
        (a, b, None, State::Missing),
        (a, None, None, State::Missing),
        (a, a, b, State::Edited),
        (a, b, c, State::Edited),
        (a, None, b, State::Edited),
        (None, a, b, State::Edited),
        (None, a, a, State::Orphaned),
        (None, None, a, State::Stray),
    ];
    for (wanted, locked, disk, expected) in rows {
        let plan = World::fresh().file("src/x.rs", wanted, locked, disk).plan();
        let row = (wanted, locked, disk);
        assert_eq!(state_of(&plan, "src/x.rs"), expected, "{row:?}");
        assert_eq!(plan.needs_force(), expected == State::Edited, "{row:?}");
    }
}

#[test]
fn a_file_of_the_lock_that_is_neither_wanted_nor_there_is_no_drift_of_its_own() {
    let plan = World::fresh()
        .file("src/x.rs", None, Some("x"), None)
        .plan();
    assert_eq!(plan.count(State::Fresh), 2);
    assert_eq!(state_of(&plan, lock::FILE), State::Stale);
    assert_eq!(plan.causes, [Cause::LockOutOfStep]);
}

#[test]
fn an_edited_file_is_the_hand_of_a_person() {
    let plan = World::fresh()
        .file("src/lib.rs", Some("lib"), Some("lib"), Some("LIB"))
        .plan();
    assert_eq!(plan.causes, [Cause::Edited(names(&["src/lib.rs"]))]);
    assert_eq!(state_of(&plan, lock::FILE), State::Fresh);
}

#[test]
fn a_deleted_file_is_the_hand_of_a_person() {
    let plan = World::fresh()
        .file("src/lib.rs", Some("lib"), Some("lib"), None)
        .plan();
    assert_eq!(plan.causes, [Cause::Deleted(names(&["src/lib.rs"]))]);
}

#[test]
fn inputs_are_reported_by_name() {
    let plan = World::fresh()
        .input("spec/a.yaml", "two", "one")
        .input("spec/new.yaml", "new", "")
        .input("spec/old.yaml", "", "old")
        .file("src/lib.rs", Some("new lib"), Some("lib"), Some("lib"))
        .plan();
    let expected = [
        Cause::InputChanged("spec/a.yaml".to_owned()),
        Cause::InputAdded("spec/new.yaml".to_owned()),
        Cause::InputGone("spec/old.yaml".to_owned()),
    ];
    assert_eq!(plan.causes, expected);
    assert_eq!(state_of(&plan, "src/lib.rs"), State::Stale);
}

#[test]
fn an_input_that_changes_nothing_but_its_hash_is_drift_too() {
    let plan = World::fresh().input("spec/a.yaml", "two", "one").plan();
    assert!(!plan.is_fresh());
    assert_eq!(state_of(&plan, lock::FILE), State::Stale);
    assert_eq!(plan.causes, [Cause::InputChanged("spec/a.yaml".to_owned())]);
}

#[test]
fn with_the_same_inputs_the_generator_changed() {
    let changed = |world: World| assert_eq!(world.plan().causes, [Cause::GeneratorChanged]);
    changed(World::fresh().file("src/lib.rs", Some("new"), Some("lib"), Some("lib")));
    changed(World::fresh().file("src/new.rs", Some("new"), None, None));
    changed(World::fresh().file("src/old.rs", None, Some("old"), Some("old")));
}

#[test]
fn all_causes_that_apply_are_reported() {
    let plan = World::fresh()
        .file("src/lib.rs", Some("lib"), Some("lib"), Some("LIB"))
        .file("src/types/a.rs", Some("a"), Some("a"), None)
        .file("src/types/b.rs", Some("new b"), Some("b"), Some("b"))
        .plan();
    let expected = [
        Cause::Edited(names(&["src/lib.rs"])),
        Cause::Deleted(names(&["src/types/a.rs"])),
        Cause::GeneratorChanged,
    ];
    assert_eq!(plan.causes, expected);
}

#[test]
fn a_lock_that_contradicts_fresh_files_is_out_of_step() {
    let plan = World::fresh()
        .file("src/lib.rs", Some("lib"), Some("older"), Some("lib"))
        .plan();
    assert_eq!(plan.causes, [Cause::LockOutOfStep]);
    assert!(!plan.needs_force());

    let mut world = World::fresh();
    world.disk.lock = Some(world.lock.to_string().replace('\n', "\r\n"));
    let plan = world.plan_with_lock_as_is().expect("nothing is in the way");
    assert_eq!(plan.causes, [Cause::LockOutOfStep]);
    assert_eq!(state_of(&plan, lock::FILE), State::Stale);
}

#[test]
fn strays_are_drift_without_a_cause_and_are_left_alone() {
    let plan = World::fresh()
        .file("src/notes.md", None, None, Some("notes"))
        .link("src/elsewhere")
        .plan();
    assert!(!plan.is_fresh());
    assert!(!plan.needs_force());
    assert_eq!(plan.causes, []);
    assert_eq!(state_of(&plan, "src/notes.md"), State::Stray);
    assert_eq!(state_of(&plan, "src/elsewhere"), State::Stray);
}

#[test]
fn without_a_lock_files_are_nobodys_and_need_force() {
    let plan = World::fresh().plan_with_lock_as_is();
    let plan = plan.expect("nothing is in the way");
    assert_eq!(plan.causes, [Cause::NoLock]);
    assert!(plan.needs_force());
    assert_eq!(state_of(&plan, "src/lib.rs"), State::Fresh);
    assert_eq!(state_of(&plan, lock::FILE), State::Missing);
}

#[test]
fn an_unreadable_lock_is_no_lock() {
    let mut world = World::fresh();
    world.disk.lock = Some(format!("{}<<<<<<< HEAD\n", world.lock));
    let plan = world.plan_with_lock_as_is().expect("nothing is in the way");
    assert_eq!(plan.causes, [Cause::UnreadableLock(4)]);
    assert!(plan.needs_force());
    assert_eq!(state_of(&plan, lock::FILE), State::Stale);
}

#[test]
fn an_empty_folder_is_a_first_run() {
    let mut world = World::fresh();
    world.disk = Snapshot::default();
    let plan = world.plan_with_lock_as_is().expect("nothing is in the way");
    assert_eq!(plan.causes, [Cause::FirstRun]);
    assert_eq!(plan.count(State::Missing), 3);
    assert!(!plan.needs_force());
}

#[test]
fn a_link_or_a_file_in_the_way_stops_the_plan() {
    let blocked = |world: World| world.try_plan().expect_err("the plan is blocked");
    let link = |path: &str| Blocked::Link(path.to_owned());
    for path in [
        "src",
        "src/types",
        "src/types/a.rs",
        "src/lib.rs",
        lock::FILE,
    ] {
        assert_eq!(blocked(World::fresh().link(path)), link(path));
    }
    let file = World::fresh().file("src/types", None, None, Some("a file"));
    assert_eq!(blocked(file), Blocked::File("src/types".to_owned()));
}

/// A byte changed, left out or added.
fn edits(text: &str) -> Vec<Vec<u8>> {
    let mut edits: Vec<Vec<u8>> = Vec::new();
    for at in 0..=text.len() {
        let (before, after) = text.as_bytes().split_at(at);
        edits.push([before, b"~", after].concat());
        if let [byte, rest @ ..] = after {
            edits.push([before, rest].concat());
            edits.push([before, &[byte ^ 1], rest].concat());
            edits.push([before, &[byte ^ 0x80], rest].concat());
        }
    }
    edits
}

#[test]
fn any_byte_of_any_file_is_drift() {
    let text = "//! Generated.\n\npub struct A;\r\n";
    let world = || World::fresh().file("src/b.rs", Some(text), Some(text), Some(text));
    assert!(world().plan().is_fresh());
    for edit in edits(text) {
        let mut world = world();
        let entry = Entry::File(edit.clone());
        world.disk.files.insert("src/b.rs".to_owned(), entry);
        assert!(!world.plan().is_fresh(), "{edit:?}");
    }
    let lock = world().lock.to_string();
    for edit in edits(&lock) {
        let mut world = world();
        // a lock that is no text is read as such by the caller
        let Ok(edit) = String::from_utf8(edit) else {
            continue;
        };
        world.disk.lock = Some(edit.clone());
        let plan = world.plan_with_lock_as_is();
        assert!(plan.is_ok_and(|plan| !plan.is_fresh()), "{edit:?}");
    }
}

#[test]
fn any_byte_of_any_input_is_drift() {
    let text = "openapi: 3.0.3\ninfo: { title: T }\n";
    for edit in edits(text) {
        let mut world = World::fresh().input("spec/b.yaml", text, text);
        world
            .inputs
            .insert("spec/b.yaml".to_owned(), Hash::of(&edit));
        let plan = world.plan();
        assert!(!plan.is_fresh(), "{edit:?}");
        assert!(!plan.causes.is_empty(), "{edit:?}");
    }
}
