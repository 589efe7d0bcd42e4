//! Small crates with a collision each, which [`super::collisions`] has to find, and crates without one.

use oasmith::Tree;

use super::collisions::collisions;

/// The files of a crate, and a part of the expected complaint.
type Planted = (&'static [(&'static str, &'static str)], &'static str);

const PLANTED: &[Planted] = &[
    (
        &[(
            "src/lib.rs",
            "struct A<T, U>(T, U); enum B {} impl<T, U> A<T, U> { fn f() {} } impl<T> A<T, B> { fn f() {} }",
        )],
        "`crate::A` has another `f`",
    ),
    (&[("src/lib.rs", "struct A; fn A() {}")], "`A` is 3 items"),
    (
        &[
            (
                "src/lib.rs",
                "mod a; fn a() {} struct A { x: u8 } const A: u8 = 1; type a = u8;",
            ),
            ("src/a.rs", ""),
        ],
        "`a` is 3 items",
    ),
    (
        &[
            (
                "src/lib.rs",
                "mod one; mod two; pub use one::A; pub use two::A;",
            ),
            ("src/one.rs", "pub enum A {}"),
            ("src/two.rs", "pub enum A {}"),
        ],
        "`A` is 2 items: crate::one::A, crate::two::A",
    ),
    (
        &[
            (
                "src/lib.rs",
                "mod one; mod two; pub use one::*; pub use two::*;",
            ),
            ("src/one.rs", "pub enum A {}"),
            ("src/two.rs", "pub enum A {}"),
        ],
        "`A` is 2 items: crate::one::A, crate::two::A",
    ),
    (
        &[
            ("src/lib.rs", "mod one; pub use one::*; pub enum A {}"),
            ("src/one.rs", "pub enum A {}"),
        ],
        "`A` is 2 items: crate::A, crate::one::A",
    ),
    (
        &[("src/lib.rs", "use std::fmt; use core::fmt;")],
        "`fmt` is 2 items",
    ),
    (
        &[("src/lib.rs", "use crate::gone::A;")],
        "`use crate::gone::A` does not resolve",
    ),
    (
        &[("src/lib.rs", "enum A { B, C, B }")],
        "`B` appears twice among the variants of `A`",
    ),
    (
        &[("src/lib.rs", "struct A { b: u8, c: u8, b: u8 }")],
        "`b` appears twice among the fields of `A`",
    ),
    (
        &[("src/lib.rs", "struct A { type__b: u8 }")],
        "`type__b` is not in snake case",
    ),
    (
        &[("src/lib.rs", "fn f(a: u8, b: u8, a: u8) {}")],
        "`a` appears twice among the parameters of `f`",
    ),
    (
        &[("src/lib.rs", "fn f<'a, T, T>() {}")],
        "`T` appears twice among the generic parameters",
    ),
    (
        &[
            ("src/lib.rs", "mod a; mod b; pub enum A {}"),
            ("src/a.rs", "use crate::A; impl A { fn f() {} }"),
            ("src/b.rs", "impl super::A { const f: u8 = 1; }"),
        ],
        "`crate::A` has another `f`",
    ),
    (
        &[
            ("src/lib.rs", "mod runtime; mod b;"),
            ("src/runtime/mod.rs", "pub mod client;"),
            (
                "src/runtime/client.rs",
                "pub struct Client; impl Client { fn send() {} }",
            ),
            (
                "src/b.rs",
                "use crate::runtime::client; impl client::Client { fn send() {} }",
            ),
        ],
        "`crate::runtime::client::Client` has another `send`",
    ),
    (
        &[(
            "src/lib.rs",
            "enum A { Err } impl std::str::FromStr for A { type Err = (); fn from_str(_: &str) -> Result<Self, Self::Err> { todo!() } }",
        )],
        "`Self::Err` of `crate::A` is a variant and another item",
    ),
    (
        &[
            (
                "src/lib.rs",
                "mod runtime; use runtime::wire; enum A { Err } wire::text!(A);",
            ),
            ("src/runtime/mod.rs", "pub(crate) mod wire;"),
            (
                "src/runtime/wire.rs",
                "macro_rules! text { ($name:ident) => { impl T for $name { type Err = (); fn f() -> Self::Err {} } }; } pub(crate) use text;",
            ),
        ],
        "`Self::Err` of `crate::A` is a variant and another item",
    ),
    (
        &[("src/lib.rs", "enum A { Μg }")],
        "names can be taken for Latin: {'Μ'}",
    ),
    (
        &[("src/lib.rs", "enum A { Μg, Mg }")],
        "`Mg` and `Μg` look alike",
    ),
];

/// Crates with equal names in different scopes.
const FINE: &[&[(&str, &str)]] = &[
    &[
        (
            "src/lib.rs",
            "mod a; use a::A; fn a() {} enum A_ {} struct B { c: u8 } const B: u8 = 1;",
        ),
        ("src/a.rs", "pub enum A {}"),
    ],
    &[
        ("src/lib.rs", "mod a; pub enum A {}"),
        (
            "src/a.rs",
            "use super::A; impl A { fn f() {} } impl Clone for A { fn clone() {} }",
        ),
    ],
    &[
        ("src/lib.rs", "mod a; mod b; pub use a::*; pub use b::*;"),
        ("src/a.rs", "use std::fmt; pub enum A {}"),
        ("src/b.rs", "use core::fmt;"),
    ],
    &[(
        "src/lib.rs",
        "enum A { Err } impl T for A { type Err = (); fn f() -> u8 {} }",
    )],
    &[("src/lib.rs", "enum A { Ωμέγα, Μg }")],
    &[(
        "src/lib.rs",
        "struct A<T, U>(T, U); enum B {} enum C {} impl<T> A<T, B> { fn f() {} } impl<T> A<T, C> { fn f() {} }",
    )],
];

fn tree(files: &[(&str, &str)]) -> Tree {
    let files = files.iter();
    files
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn planted_collisions_are_found() {
    for (files, expected) in PLANTED {
        let found = collisions(&tree(files));
        let is_found = found.iter().any(|text| text.contains(expected));
        assert!(
            is_found,
            "{expected}\nis not among\n{}\nof {files:#?}",
            found.join("\n")
        );
    }
}

#[test]
fn equal_names_in_different_scopes_are_no_collision() {
    for files in FINE {
        assert_eq!(collisions(&tree(files)), Vec::<String>::new(), "{files:#?}");
    }
}
