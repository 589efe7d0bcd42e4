//! References: each resolves below the reference root, and a pointer consists of the tokens it was built from.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oasmith::load;
use oasmith::pointer::Pointer;

fuzz_target!(|text: &str| {
    let from = Pointer::root("folder/api.yaml").child("paths");
    if let Ok(target) = load::target(&from, text) {
        let file = target.file();
        assert!(
            !file.starts_with('/') && !file.contains(['\\', '\0']),
            "{file:?}"
        );
        assert!(
            !file.split('/').any(|part| part == ".." || part == "."),
            "{file:?}"
        );
        // or an anchor, `#name`
        let is_anchor = |path: &str| !path.contains(['/', '#', '~', '%']) && !path.contains(' ');
        assert!(is_anchor(target.path()) || target.path().starts_with('/'));
    }
    let parts: Vec<&str> = text.split('\n').collect();
    let made = parts
        .iter()
        .fold(Pointer::root("a.yaml"), |at, part| at.child(part));
    assert_eq!(made.tokens().collect::<Vec<_>>(), parts);
});
