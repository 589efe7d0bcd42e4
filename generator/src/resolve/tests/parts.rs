//! Many objects, which are read in parts, give what they give one after the other.

use super::resolved;

/// A description with so many schemas that all come to the queue at once. Each has a member that nobody knows, refers
/// to the same `$ref` to nothing, and has an object of its own.
fn description(count: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    \
        Lost: { $ref: '#/components/schemas/Missing' }\n"
        .to_owned();
    for index in 0..count {
        text += &format!(
            "    S{index:04}:\n      type: object\n      colour: red\n      properties:\n        \
             lost: {{ $ref: '#/components/schemas/Lost' }}\n        \
             own: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/S0000' }} }} }}\n"
        );
    }
    text
}

#[test]
fn parts_find_what_one_finds() {
    for count in [3, 1_000] {
        let (document, found) = resolved(&description(count));
        assert_eq!(
            found,
            "error OA0201 /components/schemas/Lost/$ref\nwarning OA0208 /components/schemas/S0000/colour",
            "{count} schemas"
        );
        let document = document.expect("the root is an object");
        // each schema with its two members, `Lost` itself, and the one that fits anything
        assert_eq!(document.schemas().count(), 3 * count + 2, "{count} schemas");
    }
}
