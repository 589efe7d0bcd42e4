//! Manifests in all the spellings that cargo knows, against what an output needs.

use super::*;

fn dependency(name: &str, features: &[&str]) -> Dependency {
    Dependency {
        name: name.to_owned(),
        version: "1".to_owned(),
        features: features.iter().map(|name| (*name).to_owned()).collect(),
        default_features: false,
        optional: false,
    }
}

fn needs(dependencies: Vec<Dependency>) -> Requirements {
    Requirements {
        dependencies,
        features: Vec::new(),
    }
}

fn reasons(manifest: &str, workspace: Option<&str>, needs: &Requirements) -> Vec<Option<String>> {
    let found = missing(manifest, workspace, needs).expect("the manifest is readable");
    found.into_iter().map(|one| one.reason).collect()
}

#[test]
fn every_spelling_of_a_dependency_is_known() {
    let needs = needs(vec![dependency("serde", &["std"])]);
    for manifest in [
        "[dependencies]\nserde = { version = \"1\", features = [\"derive\", \"std\"] }\n",
        "[dependencies.serde]\nversion = \"1\"\nfeatures = [\"std\"]\n",
        "[dependencies]\nserde.version = \"1\"\nserde.features = [\"std\"]\n",
        "dependencies = { serde = { path = \"x\", features = [\"std\"] } }\n",
    ] {
        assert_eq!(reasons(manifest, None, &needs), [], "{manifest}");
    }
}

#[test]
fn an_inherited_dependency_has_the_features_of_both() {
    let needs = needs(vec![dependency("http", &["std", "extra"])]);
    let workspace = "[workspace.dependencies]\nhttp = { version = \"1\", features = [\"std\"] }\n";
    let with = "[dependencies]\nhttp = { workspace = true, features = [\"extra\"] }\n";
    let without = "[dependencies]\nhttp.workspace = true\n";
    assert_eq!(reasons(with, Some(workspace), &needs), []);
    let missing = Some("its feature `extra` is not enabled".to_owned());
    assert_eq!(reasons(without, Some(workspace), &needs), [missing]);
    // A root package is its own workspace.
    let root = format!("{with}{workspace}");
    assert_eq!(reasons(&root, None, &needs), []);
    // Inherited from nowhere: the dependency is as good as missing.
    assert_eq!(reasons(with, Some("[workspace]\n"), &needs), [None]);
}

#[test]
fn a_missing_dependency_comes_with_its_line() {
    let needs = needs(vec![dependency("uuid", &["std"])]);
    for manifest in ["", "[dependencies]\nbytes = \"1\"\n"] {
        let found = missing(manifest, None, &needs).expect("the manifest is readable");
        let expected = Missing {
            table: "dependencies",
            line: needs.dependencies[0].line(),
            reason: None,
        };
        assert_eq!(found, [expected]);
    }
}

#[test]
fn default_features_and_optional_are_looked_at() {
    let mut need = dependency("http", &[]);
    let off = "[dependencies]\nhttp = { version = \"1\", default-features = false }\n";
    let optional = "[dependencies]\nhttp = { version = \"1\", optional = true }\n";
    assert_eq!(reasons(off, None, &needs(vec![need.clone()])), []);
    let found = reasons(optional, None, &needs(vec![need.clone()]));
    assert_eq!(found, [Some("it must not be optional".to_owned())]);
    need.default_features = true;
    need.optional = true;
    assert_eq!(reasons(optional, None, &needs(vec![need.clone()])), []);
    let found = reasons(off, None, &needs(vec![need.clone()]));
    assert_eq!(
        found,
        [Some("its default features are disabled".to_owned())]
    );
    // With inheritance, the workspace decides on default features.
    let inherited = "[dependencies]\nhttp.workspace = true\n";
    let shared = "[workspace.dependencies]\nhttp = { version = \"1\", default-features = false }\n";
    let found = reasons(inherited, Some(shared), &needs(vec![need]));
    assert_eq!(
        found,
        [Some("its default features are disabled".to_owned())]
    );
}

#[test]
fn features_are_compared_by_what_they_enable() {
    let needs = Requirements {
        dependencies: Vec::new(),
        features: vec![Feature {
            name: "reqwest".to_owned(),
            enables: vec!["dep:reqwest".to_owned()],
            default: true,
            kind: FeatureKind::Client,
        }],
    };
    let full = "[features]\nreqwest = [\"dep:reqwest\", \"more\"]\n";
    assert_eq!(reasons(full, None, &needs), []);
    assert_eq!(reasons("", None, &needs), [None]);
    let empty = "[features]\nreqwest = []\n";
    let reason = Some("it does not enable `dep:reqwest`".to_owned());
    assert_eq!(reasons(empty, None, &needs), [reason]);
}

#[test]
fn parts_that_are_default_features_are_enabled_by_default() {
    let part = |name: &str| Feature {
        name: name.to_owned(),
        enables: Vec::new(),
        default: true,
        kind: FeatureKind::Part,
    };
    let needs = Requirements {
        dependencies: Vec::new(),
        features: vec![part("books"), part("loans")],
    };
    let parts = "books = []\nloans = []\n";
    for enough in [
        "default = [\"reqwest\", \"loans\", \"books\"]",
        "default = [\"all\"]\nall = [\"books\", \"loans\", \"default\"]",
    ] {
        let manifest = format!("[features]\n{enough}\n{parts}");
        assert_eq!(reasons(&manifest, None, &needs), [], "{manifest}");
    }
    for (default, line, reason) in [
        (
            "default = [\"reqwest\", \"loans\"]",
            "default = [\"reqwest\", \"loans\", \"books\"]",
            Some("it does not enable `books`"),
        ),
        (
            "default = []",
            "default = [\"books\", \"loans\"]",
            Some("it does not enable `books` and 1 more"),
        ),
        ("", "default = [\"books\", \"loans\"]", None),
    ] {
        let manifest = format!("[features]\n{default}\n{parts}");
        let expected = Missing {
            table: "features",
            line: line.to_owned(),
            reason: reason.map(str::to_owned),
        };
        let found = missing(&manifest, None, &needs).expect("the manifest is readable");
        assert_eq!(found, [expected]);
    }
}

#[test]
fn a_broken_manifest_is_an_error_with_its_line() {
    let error = missing("[dependencies\n", None, &needs(Vec::new())).expect_err("it is broken");
    assert!(error.contains("line 1"), "{error}");
}

/// Generated code calls what is in the generator's own version of the runtime.
#[test]
fn the_runtime_has_a_version_that_fits() {
    let runtime = |version: &str| {
        let mut runtime = dependency("oasmith-runtime", &[]);
        runtime.version = version.to_owned();
        needs(vec![runtime])
    };
    for (declared, needed, is_enough) in [
        ("0.1", "0.1.0", true),
        ("0.1.0", "0.1.0", true),
        ("^0.1.7", "0.1.3", true),
        ("=0.1.3", "0.1.3", true),
        ("0.1", "0.1.3", false),
        ("0.2.0", "0.1.3", false),
        ("0.1.3", "0.2.0", false),
        (">=0.1", "0.1.0", false),
        ("*", "0.1.0", false),
        ("1", "1.0.0", true),
        ("1.4", "1.2.7", true),
        ("1.2", "1.2.7", false),
        ("2", "1.2.7", false),
    ] {
        let reason = format!("`{declared}` is not {needed} or a later version that is compatible");
        let expected: &[Option<String>] = if is_enough { &[] } else { &[Some(reason)] };
        for manifest in [
            format!("[dependencies]\noasmith-runtime = \"{declared}\"\n"),
            format!("[dependencies.oasmith-runtime]\npath = \"x\"\nversion = \"{declared}\"\n"),
        ] {
            assert_eq!(
                reasons(&manifest, None, &runtime(needed)),
                expected,
                "{manifest}"
            );
        }
        let inherited = "[dependencies]\noasmith-runtime.workspace = true\n";
        let workspace = format!("[workspace.dependencies]\noasmith-runtime = \"{declared}\"\n");
        assert_eq!(
            reasons(inherited, Some(&workspace), &runtime(needed)),
            expected
        );
    }
    // one in the same workspace, without a version: the compiler compares it with the generated code
    let path = "[dependencies]\noasmith-runtime.path = \"x\"\n";
    assert_eq!(reasons(path, None, &runtime("0.1.0")), []);
}
