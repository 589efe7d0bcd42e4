//! Claims one after the other and all at once.

use super::*;

fn wish<'a>(name: &str, otherwise: &[&str], at: &'a Pointer) -> Wish<'a> {
    let wish = Wish::new(name, at);
    otherwise.iter().fold(wish, |wish, name| wish.or(*name))
}

/// Returns the names that claims get in order, with `!` after those with a diagnostic.
fn claims(mut scope: Scope, wishes: &[(&str, &[&str])]) -> Vec<String> {
    let at = Pointer::root("a.yaml");
    wishes
        .iter()
        .map(|(name, otherwise)| {
            let claim = scope.claim(wish(name, otherwise, &at));
            let mark = if claim.collision.is_some() { "!" } else { "" };
            format!("{}{mark}", claim.name)
        })
        .collect()
}

#[test]
fn later_claims_of_a_name_get_another_one() {
    let types = Scope::new(ScopeKind::Type);
    let wishes: [(&str, &[&str]); 4] = [("Pet", &[]), ("Pet2", &[]), ("Pet", &[]), ("Pet", &[])];
    assert_eq!(claims(types, &wishes), ["Pet", "Pet2", "Pet3!", "Pet4!"]);
    let parameters = Scope::new(ScopeKind::Parameter).reserve(["body"], "the request body");
    let wishes: [(&str, &[&str]); 4] = [
        ("body", &["body_query"]),
        ("type_", &[]),
        ("type_", &["type_query"]),
        ("type_", &["type_query"]),
    ];
    let names = claims(parameters, &wishes);
    assert_eq!(names, ["body_param!", "type_", "type_query!", "type_2!"]);
}

#[test]
fn a_collision_shows_both_locations_and_how_to_rename() {
    let (first, second) = (
        Pointer::root("a.yaml").child("Pet"),
        Pointer::root("a.yaml").child("pet"),
    );
    let mut scope = Scope::new(ScopeKind::Type);
    assert!(scope.claim(wish("Pet", &[], &first)).collision.is_none());
    let renamed = wish("Pet", &[], &second).renamed_by(RenameKind::Types, ["pet".to_owned()]);
    let claim = scope.claim(renamed);
    let text = format!("{:?}", claim.collision);
    for part in ["so this one is `Pet2`", "a.yaml", "rename", "pet: Pet2"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn an_invented_name_is_free() {
    let mut scope = Scope::new(ScopeKind::Type).reserve(["Nested", "Nested2"], "an item");
    assert_eq!(scope.invent("Nested"), "Nested3");
    assert_eq!(scope.invent("Nested"), "Nested4");
    assert_eq!(scope.invent("Other"), "Other");
}

#[test]
fn equally_good_names_cause_no_diagnostic() {
    let at = Pointer::root("a.yaml");
    let mut scope = Scope::new(ScopeKind::BranchVariant);
    for expected in ["Foo", "UFoo"] {
        let claim = scope.claim_one_of(wish("Foo", &["UFoo"], &at));
        assert_eq!(
            (claim.name.as_str(), claim.collision.is_none()),
            (expected, true)
        );
    }
    assert!(
        scope
            .claim_one_of(wish("Foo", &["UFoo"], &at))
            .collision
            .is_some()
    );
    scope.release("Foo");
    assert!(scope.is_free("Foo"));
}

/// Returns the names that items with these names on the wire get together, with `!` after those with a diagnostic.
fn together(scope: &Scope, wires: &[&str]) -> Vec<String> {
    let at = Pointer::root("a.yaml");
    let name = |wire: &&str| match scope.kind {
        ScopeKind::Field => crate::name::member_name(wire),
        _ => crate::name::type_name(wire),
    };
    let wishes = wires
        .iter()
        .map(|wire| Wish::new(name(wire), &at).spelled(wire));
    let claims = scope.clone().claim_all(&wishes.collect::<Vec<_>>());
    let names = claims.into_iter().map(|claim| {
        let mark = if claim.collision.is_some() { "!" } else { "" };
        format!("{}{mark}", claim.name)
    });
    names.collect()
}

#[test]
fn the_exact_spelling_has_a_name_or_else_nobody() {
    let fields = Scope::new(ScopeKind::Field).reserve(["rest"], "the rest");
    let values = Scope::new(ScopeKind::ValueVariant).reserve(["Unknown"], "what is not listed");
    let rows: [(&Scope, &[&str], &[&str]); 13] = [
        (&fields, &["a-b"], &["a_b"]),
        (&fields, &["a-b", "a_b"], &["a_b_dash!", "a_b"]),
        (&fields, &["a-b", "aB"], &["a_b_dash!", "a_b"]),
        (
            &fields,
            &["a-b", "A_b"],
            &["a_b_dash!", "a_b_underscore_capital!"],
        ),
        (&fields, &["aB", "a_b"], &["a_b_camel!", "a_b"]),
        (
            &fields,
            &["a-b", "aB", "a_b_dash"],
            &["a_b_he61ab31904644883!", "a_b", "a_b_dash"],
        ),
        (
            &fields,
            &["a-b", "A-B", "a_b"],
            &["a_b_dash!", "a_b_dash_upper!", "a_b"],
        ),
        (&fields, &["type", "Type"], &["type_", "type_capital!"]),
        (&fields, &["rest"], &["rest_member!"]),
        (
            &values,
            &["Foo", "foo", "FOO"],
            &["Foo", "FooLower!", "FooUpper!"],
        ),
        (&values, &["a-b", "a_b"], &["ABDash!", "ABUnderscore!"]),
        (&values, &["unknown"], &["UnknownValue!"]),
        (&values, &["self", "Self"], &["SelfLower!", "Self_"]),
    ];
    for (scope, wires, expected) in rows {
        assert_eq!(together(scope, wires), expected, "{wires:?}");
        let reversed: Vec<&str> = wires.iter().rev().copied().collect();
        let mut names = together(scope, &reversed);
        names.reverse();
        assert_eq!(names, expected, "{wires:?} the other way round");
    }
}
