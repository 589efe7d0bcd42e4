//! Names of methods, of their streams, and of the types that are made for one operation.

use super::document;
use crate::tests::assert_rows;

/// Operations as `get /pets listPets`, `-` for one without an id, `~` behind one with a stream and `?` behind one with a
/// parameter; and their methods with the types that are made for them.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const NAMES: &[Row] = &[
    ("get /pets listPets", "list_pets ListPetsCall"),
    ("get /pets list-pets", "list_pets ListPetsCall"),
    ("get /pets -", "get_pets GetPetsCall"),
    ("post /pets/{id}/tags -", "post_pets_by_id_tags PostPetsByIdTagsCall !OA0209"),
    ("get /pets post-/crm/v3/objects_list", "objects_list ObjectsListCall"),
    ("get /pets GetPets, post /cats CreatePet", "create_pet CreatePetCall, get_pets GetPetsCall"),
    ("get /a a_b, get /b aB", "a_b AbCall, get_b GetBCall !OA0404"),
    ("get /a a-b, get /b aB", "a_b AbCall, get_a GetACall !OA0404"),
    ("get /a a-b, get /b a.b", "get_a GetACall, get_b GetBCall !OA0403 !OA0403"),
    ("get /a-b a-b, get /b aB", "a_b AbCall, get_a_b GetAbCall !OA0404"),
    ("get /a a_b, get /b ab_", "a_b AbCall, ab AbOperationCall"),
    ("get /a a, post /b a", "get_a GetACall, post_b PostBCall !OA0403 !OA0403 !OA0210"),
    ("get /a -, get /A -", "get_a_lower GetALowerCall, get_a_upper GetAUpperCall !OA0403 !OA0403"),
    ("get /a type", "type_ TypeCall"),
    ("get /a new", "new NewCall"),
    ("get /a send", "send_ SendCall"),
    ("get /a 1st", "_1st _1stCall"),
    ("get /a list.all, get /b list_all_2, get /c list-all", "get_a GetACall, get_c GetCCall, list_all_2 ListAll2Call !OA0403 !OA0403"),
    ("get /a a?", "a ACall"),
    ("get /a a~", "a + a_stream ACall AStreamCall"),
    ("get /a a~, get /b a_stream", "a + a_as_stream ACall AasStreamCall, a_stream AStreamCall !OA0404"),
];

#[test]
fn methods_are_named_after_ids_or_paths() {
    assert_rows(NAMES.iter().map(|(operations, expected)| {
        let paths: Vec<String> = operations.split(", ").map(path).collect();
        let lowered = document(&format!("paths:\n{}", paths.concat()));
        let names = lowered.api.operations.iter().map(|one| {
            let stream = one
                .stream
                .as_ref()
                .map(|stream| format!(" + {}", stream.rust));
            let types = one.own_types().into_iter().map(|name| format!(" {name}"));
            format!(
                "{}{}{}",
                one.name.rust,
                stream.unwrap_or_default(),
                types.collect::<String>()
            )
        });
        let names = names.collect::<Vec<_>>().join(", ");
        (*operations, names + &lowered.codes(), *expected)
    }));
}

/// Writes `get /pets listPets~` as a path of the document.
fn path(operation: &str) -> String {
    let [method, path, id] = operation.split(' ').collect::<Vec<_>>()[..] else {
        panic!("three words: {operation}");
    };
    let stream = ", text/event-stream: {}".repeat(id.matches('~').count());
    let parameter =
        "{ name: q, in: query, schema: { type: string } }".repeat(id.matches('?').count());
    let id = match id.trim_end_matches(['~', '?']) {
        "-" => String::new(),
        id => format!("operationId: {id}, "),
    };
    let content = format!("content: {{ application/json: {{}}{stream} }}");
    let responses = format!("responses: {{ '200': {{ description: a, {content} }} }}");
    format!("  {path}:\n    {method}: {{ {id}parameters: [{parameter}], {responses} }}\n")
}
