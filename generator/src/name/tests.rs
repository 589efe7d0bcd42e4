//! Names of typical inputs, and properties of the names of any input.

use proptest::prelude::*;

use super::*;

/// The golden table, with the columns id, method, path and name.
const NAMES: &str = include_str!("../../tests/names.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            cells
                .try_into()
                .unwrap_or_else(|_| panic!("four cells: {line}"))
        })
}

#[test]
fn operations_are_named_as_in_the_golden_table() {
    assert!(rows().count() >= 60);
    let wrong: Vec<String> = rows()
        .filter_map(|[id, method, path, name]| {
            let found = operation_name(Some(id), method, path).name;
            (found != name).then(|| format!("{id} {method} {path}: {found}, not {name}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_empty_id_is_no_id() {
    for [_, method, path, _] in rows() {
        assert_eq!(
            operation_name(Some(" "), method, path),
            operation_name(None, method, path)
        );
    }
}

#[test]
fn fields_are_spelled_like_by_hand() {
    let names = [
        ("numErrors", "num_errors"),
        ("$ref", "ref_"),
        ("@type", "type_"),
        ("_links", "links"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("-created", "minus_created"),
        ("--flag", "flag"),
        (">=5", "greater_equal_5"),
        ("<name>", "name"),
        ("gen", "gen_"),
        ("Self", "self_"),
        ("2fa", "_2fa"),
        ("v1.0", "v1_0"),
        ("don't stop", "dont_stop"),
        ("userIDs", "user_ids"),
        ("userID", "user_id"),
        ("IPv4Address", "ipv4_address"),
        ("OAuthorize", "o_authorize"),
        ("studiOS", "studi_os"),
        ("HTTPServer", "http_server"),
        ("P2P", "p2p"),
        ("S3Bucket", "s3_bucket"),
        ("objectProperty.{propname}", "object_property_propname"),
        ("m²", "m_ub2"),
        ("İstanbul", "istanbul"),
        ("हिन्दी", "हिन्दी"),
        ("café", "café"),
        ("👍", "u1f44d"),
        ("", "empty"),
        ("_", "underscore"),
        ("  ", "space_space"),
        ("\u{202e}", "u202e"),
    ];
    for (wire, name) in names {
        assert_eq!(member_name(wire), name, "{wire:?}");
    }
}

#[test]
fn types_and_variants_are_spelled_like_by_hand() {
    let names = [
        ("SimplePublicObject", "SimplePublicObject"),
        ("af-na", "AfNa"),
        ("CANCELED", "Canceled"),
        ("2fa", "_2fa"),
        ("50", "_50"),
        ("50%", "_50Percent"),
        ("%", "Percent"),
        (">=", "GreaterEqual"),
        ("", "Empty"),
        ("+1", "Plus1"),
        ("-1", "Minus1"),
        ("A+", "APlus"),
        ("C#", "CSharp"),
        ("C++", "CPlusPlus"),
        ("1.0", "_1_0"),
        ("10", "_10"),
        ("2026-03", "_2026_03"),
        ("self", "Self_"),
        ("OAuthToken", "OAuthToken"),
        ("GraphQLQuery", "GraphQlQuery"),
        ("iOS", "Ios"),
        ("APIKey", "ApiKey"),
        ("List<User>", "ListUser"),
        ("Page«User»", "PageUser"),
        ("application/vnd.api+json", "ApplicationVndApiJson"),
    ];
    for (wire, name) in names {
        assert_eq!(type_name(wire), name, "{wire:?}");
        assert_eq!(variant_name(wire), name, "{wire:?}");
    }
    assert_eq!(type_of_operation("upsert_products"), "UpsertProducts");
}

#[test]
fn modules_have_portable_file_names() {
    let names = [
        ("BatchResponse", "batch_response"),
        ("mod", "mod_"),
        ("Con", "con_"),
        ("LPT1", "lpt1_"),
        ("com1", "com1_"),
        ("com10", "com10"),
        ("lib", "lib_"),
        ("main", "main_"),
        ("crate", "crate_"),
        ("名前", "u540d_u524d"),
        ("Überweisung", "udc_berweisung"),
        ("../etc/passwd", "etc_passwd"),
    ];
    for (wire, name) in names {
        assert_eq!(module_name(wire), name, "{wire:?}");
    }
}

/// If a method of the client is not reserved, an operation of the same name defines it twice.
#[test]
fn methods_of_the_client_are_reserved() {
    let mut methods = Vec::new();
    for file in oasmith_runtime::SOURCES {
        let items = syn::parse_file(file.text)
            .expect("the runtime is Rust")
            .items;
        for item in items {
            let syn::Item::Impl(block) = item else {
                continue;
            };
            let syn::Type::Path(ty) = &*block.self_ty else {
                continue;
            };
            if block.trait_.is_some() || !ty.path.is_ident("Client") {
                continue;
            }
            methods.extend(block.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            }));
        }
    }
    assert!(methods.contains(&"send".to_owned()), "{methods:?}");
    for method in methods {
        assert!(keyword::CLIENT.contains(&method.as_str()), "{method}");
    }
}

#[test]
fn long_names_are_truncated_and_differ() {
    let long = "customer".repeat(130_000);
    for name in [type_name, member_name, method_name, module_name] {
        let (one, other) = (
            name(&format!("{long}Request")),
            name(&format!("{long}Response")),
        );
        assert_ne!(one, other);
        assert!(one.len() <= NAME && is_identifier(&one), "{one}");
    }
    // The hash is part of a public name: it must never change.
    assert_eq!(
        module_name(&"a".repeat(96)),
        format!("{}_hd0e3d86864f0a245", "a".repeat(77))
    );
    assert!(module_name(&long).len() <= MODULE);
    assert_eq!(member_name(&"a".repeat(119)), "a".repeat(119));
}

#[test]
fn names_with_any_letter_of_unicode_are_identifiers() {
    let letters = ('\0'..=char::MAX)
        .filter(|letter| letter.is_alphanumeric() || letter::continues(*letter))
        // A sample of Han and Hangul is enough.
        .filter(|letter| {
            u32::from(*letter) < 0x3400 || u32::from(*letter) % 61 == 0 || letter.is_lowercase()
        });
    for letter in letters {
        for wire in [
            format!("{letter}"),
            format!("a{letter}"),
            format!("क{letter}"),
        ] {
            let member = member_name(&wire);
            assert!(is_identifier(&member), "{wire:?} {member:?}");
            assert!(
                !member.contains(char::is_uppercase),
                "non_snake_case: {member:?}"
            );
            let name = type_name(&wire);
            assert!(is_identifier(&name), "{wire:?} {name:?}");
            assert!(
                !name.starts_with(char::is_lowercase),
                "non_camel_case_types: {name:?}"
            );
        }
    }
}

/// Returns whether a name is an identifier of edition 2024: for syn, `gen` still is one.
fn is_identifier(name: &str) -> bool {
    name != "gen" && name != "_" && syn::parse_str::<syn::Ident>(name).is_ok()
}

fn wire() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9_./{}<>$@+'# -]{0,40}",
        "(type|Self|gen|_|v[0-9]|[A-Z]{1,4}s?|[a-z]{1,3}|कि|ß|Ǆ|İ){0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_is_an_identifier(wire in wire()) {
        for name in [type_name(&wire), member_name(&wire), method_name(&wire), module_name(&wire)] {
            prop_assert!(is_identifier(&name), "{name:?}");
        }
        prop_assert!(module_name(&wire).is_ascii());
        prop_assert!(is_identifier(&status_variant(&wire)));
    }

    #[test]
    fn a_valid_name_is_unchanged(wire in wire()) {
        let member = member_name(&wire);
        prop_assert_eq!(member_name(&member), member.clone());
        let method = method_name(&wire);
        prop_assert_eq!(method_name(&method), method.clone());
        // `list_2` loses its number
        if !method.ends_with(|last: char| last.is_ascii_digit()) {
            prop_assert_eq!(operation_name(Some(&method), "get", "/").name, method);
        }
        let module = module_name(&wire);
        prop_assert_eq!(module_name(&module), module);
    }

    #[test]
    fn an_upper_camel_case_type_name_is_unchanged(name in "([A-Z][a-z]{1,8}[0-9]{0,2}){1,6}") {
        prop_assert_eq!(type_name(&name), name);
    }

    #[test]
    fn a_name_from_a_path_is_short(method in "[A-Za-z]{1,8}", path in "(/[a-z_-]{1,30}|/\\{[a-zA-Z]{1,20}\\}){0,12}") {
        let name = operation_name(None, &method, &path).name;
        prop_assert!(name.len() < 60 && is_identifier(&name), "{name}");
        prop_assert_eq!(operation_name(Some(&format!("{method}-{path}/")), &method, &path).name, name);
    }

    #[test]
    fn any_operation_has_a_stable_name(id in wire(), method in wire(), path in wire()) {
        let name = operation_name(Some(&id), &method, &path);
        prop_assert!(is_identifier(&name.name), "{name:?}");
        prop_assert!(name.whole.iter().all(|whole| is_identifier(whole)), "{name:?}");
        prop_assert_eq!(operation_name(Some(&id), &method, &path), name);
    }
}

/// Found by the fuzzer: letters whose capitals have more bytes made names too long.
#[test]
fn the_longer_capitals_count() {
    let wire = "ΐ_".repeat(30);
    for name in [type_name(&wire), member_name(&wire), variant_name(&wire)] {
        assert!(name.len() <= NAME, "{} bytes: {name}", name.len());
    }
}

/// Clippy rejects arguments and locals of digits and underscores only.
#[test]
fn a_field_has_a_letter() {
    let names = ["0", "2024-01", "4b"].map(member_name);
    assert_eq!(names, ["n0", "n2024_01", "_4b"]);
}
