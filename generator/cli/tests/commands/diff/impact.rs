//! The line that ends `codegen` and `codegen --check`.

use super::{change, commit, released};
use crate::workspace::{Ended, Workspace};

fn impact(ended: &Ended) -> Option<&str> {
    let last = ended.stdout.lines().last()?;
    last.trim_start().strip_prefix("Impact ")
}

#[test]
fn a_changed_description_ends_a_run_with_its_impact() {
    let workspace = released();
    let ended = workspace.run(&["codegen"]);
    assert_eq!(impact(&ended), None, "{ended:#?}");
    change(&workspace);
    let expected = "widgets: 1 break, 1 addition; major: 0.1.0 -> 0.2.0 \
                    (`oasmith diff --from HEAD` says more)";
    let ended = workspace.run(&["codegen", "--check"]);
    assert_eq!(impact(&ended), Some(expected), "{ended:#?}");
    let ended = workspace.run(&["codegen"]);
    assert_eq!(impact(&ended), Some(expected), "{ended:#?}");
    commit(&workspace, "second");
    let ended = workspace.run(&["codegen"]);
    assert_eq!(impact(&ended), None, "{ended:#?}");
}

#[test]
fn choices_have_an_impact_too() {
    let workspace = released();
    let config = workspace.read("spec/codegen.yaml");
    let rename = "    rename: { operations: { make_widget: create_widget } }\n";
    workspace.write("spec/codegen.yaml", &format!("{config}{rename}"));
    let ended = workspace.run(&["codegen"]);
    let said = impact(&ended).expect("the method has another name");
    assert!(said.starts_with("widgets: 1 break"), "{said}");
}

#[test]
fn nothing_is_said_without_a_commit_to_compare_with() {
    let workspace = Workspace::new();
    let ended = workspace.run(&["codegen"]);
    assert_eq!(impact(&ended), None, "{ended:#?}");
    super::git(&workspace, &["init", "--quiet"]);
    let ended = workspace.run(&["codegen"]);
    assert_eq!(impact(&ended), None, "{ended:#?}");

    // the commit's own description is invalid
    let workspace = released();
    let good = workspace.read("spec/widgets.yaml");
    workspace.replace("spec/widgets.yaml", "schemas/Widget\"", "schemas/Wodget\"");
    commit(&workspace, "broken");
    workspace.write("spec/widgets.yaml", &good);
    let ended = workspace.run(&["codegen"]);
    assert_eq!(impact(&ended), None, "{ended:#?}");
    assert_eq!(ended.stderr, "");
}
