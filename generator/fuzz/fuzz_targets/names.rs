//! Wire names: any string gives an identifier of bounded length that is no keyword, and the same one each time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oasmith::step;

fuzz_target!(|wire: &str| {
    let names = step::names(wire);
    for name in &names {
        assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name:?}");
        assert!(name.len() <= 128, "{name:?}");
    }
    assert!(names[4].is_ascii(), "a module is a file: {:?}", names[4]);
    assert_eq!(names, step::names(wire));
    let (id, path) = wire.split_at(wire.find('\n').unwrap_or(wire.len()));
    let method = step::operation_name(Some(id).filter(|id| !id.is_empty()), "get", path);
    assert!(syn::parse_str::<syn::Ident>(&method).is_ok(), "{method:?}");
});
