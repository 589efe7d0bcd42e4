//! One schema in, its type out: a row for each construct. The notation is that of `lower::tests::notation`; ` !OA0402`
//! behind a type is a diagnostic that goes with it.

mod choices;
mod composition;
mod enums;
mod objects;
mod references;
mod reports;
mod scalars;
mod tags;
mod unions;

use crate::lower::tests::{Lowered, lowered, notation, with_references};
use crate::tests::assert_rows;

/// The schema `S` in OpenAPI 3.1, in which `$ref: Pet` leads to a neighbour or to `S`, and its type with those of its
/// inline schemas.
type Row = (&'static str, &'static str);

/// The schemas beside `S`.
const NEIGHBOURS: &str = "
    Pet: { type: object, required: [name], properties: { name: { type: string } } }
    Cat: { type: object, required: [kind, lives], properties: { kind: { const: cat }, lives: { type: integer } } }
    Dog: { type: object, required: [kind, barks], properties: { kind: { const: dog }, barks: { type: boolean } } }
    Color: { type: string, enum: [red, green] }
    Id: { type: string, format: uuid }
    Word: { type: [string, 'null'] }
    Anything: {}
    Bird: { type: object, required: [wings], properties: { wings: { type: integer } } }
    Owl: { type: object, required: [wings, eyes], properties: { wings: { type: integer }, eyes: { type: integer } } }
    Plane: { type: object, properties: { wings: { type: string } } }
    Fish: { type: object, properties: { fins: { type: integer } } }
    NullPet: { type: [object, 'null'], required: [name], properties: { name: { type: string } } }
";

fn text(version: &str, schema: &str) -> String {
    let schema = with_references(schema);
    let head = format!("openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n");
    format!("{head}components:\n  schemas:\n    S: {schema}{NEIGHBOURS}")
}

fn document(version: &str, schema: &str) -> Lowered {
    lowered(&text(version, schema))
}

fn types(version: &str, schema: &str) -> String {
    let lowered = document(version, schema);
    format!("{}{}", notation::module(&lowered.api, "s"), lowered.codes())
}

#[track_caller]
fn assert_types(version: &str, rows: &[Row]) {
    assert_rows(
        rows.iter()
            .map(|(schema, expected)| (*schema, types(version, schema), *expected)),
    );
}
