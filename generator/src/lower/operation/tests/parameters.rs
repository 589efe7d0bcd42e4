//! Parameters: location, style, names, and the template of the path.

use super::{at, declared};
use crate::lower::tests::methods;
use crate::tests::assert_rows;

/// The path, its parameters (`path id; query q! schema: {…}`), and the path with all parameters as they are sent.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const STYLES: &[Row] = &[
    ("/p/{id}", "path id schema: { type: integer }", "/p/{id}; path id: i64! simple"),
    ("/p/{id}", "path id style: label, schema: { type: array, items: { type: string } }",
     "/p/{id}; path id: List<String>! label"),
    ("/p/{id}", "path id style: label, explode: true, schema: { type: array, items: { type: string } }",
     "/p/{id}; path id: List<String>! label*"),
    ("/p/{id}", "path id style: matrix, schema: { type: object, properties: { a: { type: string } } }",
     "/p/{id}; path id: OpId! matrix"),
    ("/p/{id}", "path id schema: {}", "/p/{id}; path id: String! simple"),
    ("/p/{id}", "path id schema: { $ref: Id }", "/p/{id}; path id: Id! simple"),
    ("/p", "query q", "/p; query q: String? form*"),
    ("/p", "query q!", "/p; query q: String! form*"),
    ("/p", "query q schema: { type: array, items: { type: string } }", "/p; query q: List<String>? form*"),
    ("/p", "query q explode: false, schema: { type: array, items: { type: string } }",
     "/p; query q: List<String>? form"),
    ("/p", "query q style: pipeDelimited, schema: { type: array, items: { type: string } }",
     "/p; query q: List<String>? pipe"),
    ("/p", "query q style: spaceDelimited, explode: false, schema: { type: array, items: { type: string } }",
     "/p; query q: List<String>? space"),
    ("/p", "query q style: deepObject, schema: { type: object, properties: { a: { type: string } } }",
     "/p; query q: OpQ? deep"),
    ("/p", "query q schema: { type: object, additionalProperties: { type: string } }",
     "/p; query q: Map<String>? form*"),
    ("/p", "query q allowReserved: true", "/p; query q: String? form* reserved"),
    ("/p", "query q schema: { type: [string, 'null'] }", "/p; query q: String? form*"),
    ("/p", "query q schema: { enum: [a, b] }", "/p; query q: OpQ? form*"),
    ("/p", "query q content: { application/json: { schema: { $ref: Pet } } }", "/p; query q: Pet? json*"),
    ("/p", "query q content: { text/plain: { schema: { type: string } } }", "/p; query q: String? form*"),
    ("/p", "query q content: { text/csv: { schema: { $ref: Pet } } }", "/p; query q: String? form* !OA0304"),
    ("/p", "query q content: { application/json: {} }", "/p; query q: Any? json*"),
    ("/p", "querystring q content: { application/x-www-form-urlencoded: { schema: { $ref: Pet } } }",
     "/p; querystring q: Pet? form*"),
    ("/p", "querystring q content: { application/json: { schema: { $ref: Pet } } }", "/p; querystring q: Pet? json*"),
    ("/p", "querystring q content: { text/plain: { schema: { type: string } } }", "/p; querystring q: String? simple*"),
    ("/p", "header X-Id schema: { type: string, format: uuid }", "/p; header X-Id/x_id: Uuid? simple"),
    ("/p", "header X-Ids explode: true, schema: { type: array, items: { type: string } }",
     "/p; header X-Ids/x_ids: List<String>? simple*"),
    ("/p", "header X-Pet content: { application/json: { schema: { $ref: Pet } } }",
     "/p; header X-Pet/x_pet: Pet? json"),
    ("/p", "header Accept; header content-type", "/p !OA0309 !OA0309"),
    ("/p", "header Content-Length schema: { type: integer }", "/p !OA0303"),
    ("/p", "cookie sid", "/p; cookie sid: String? form*"),
    ("/p", "cookie sid style: cookie", "/p; cookie sid: String? cookie*"),
    ("/p", "cookie sid explode: false, schema: { type: array, items: { type: string } }",
     "/p; cookie sid: List<String>? form"),
];

#[rustfmt::skip]
const NAMES: &[Row] = &[
    ("/p", "query limit schema: { type: integer }; header limit schema: { type: integer }",
     "/p; query limit/limit_query: i64? form*; header limit/limit_header: i64? simple !OA0403 !OA0403"),
    ("/p", "query a-b schema: { type: integer }; query a_b schema: { type: integer }",
     "/p; query a-b/a_b_dash: i64? form*; query a_b: i64? form* !OA0404"),
    ("/p", "query type; header type",
     "/p; query type/type_query: String? form*; header type/type_header: String? simple !OA0403 !OA0403"),
    ("/p", "query type_; query type", "/p; query type_: String? form*; query type/type_lower: String? form* !OA0404"),
    ("/p", "query self; query Self",
     "/p; query self/self_: String? form*; query Self/self_capital: String? form* !OA0404"),
    ("/p", "query 'filter[name]'; query filter_name",
     "/p; query filter[name]/filter_name_left_bracket_right_bracket: String? form*; query filter_name: String? form* \
      !OA0404"),
    ("/p/{body}/{request}", "path body; path request",
     "/p/{body_param}/{request}; path body/body_param: String! simple; path request: String! simple !OA0404"),
    ("/p", "query query; query deadline; header retry; query body",
     "/p; query query: String? form*; query deadline/deadline_param: String? form*; header retry/retry_param: String? \
      simple; query body/body_param: String? form* !OA0404 !OA0404 !OA0404"),
    ("/p", "query request; query request_param",
     "/p; query request/request_query: String? form*; query request_param: String? form* !OA0404"),
    ("/p", "query deadline!", "/p; query deadline: String! form*"),
    ("/p/{id}", "query id!; path id",
     "/p/{id}; path id: String! simple; query id/id_query: String! form* !OA0404"),
    ("/p/{id}", "query limit; header X!; path id; query kind!",
     "/p/{id}; path id: String! simple; header X/x: String! simple; query kind: String! form*; query limit: String? form*"),
    ("/p", "query type; query type_; header type",
     "/p; query type/type_lower: String? form*; query type_: String? form*; header type/type_header: String? simple \
      !OA0404 !OA0404"),
    ("/p/{id}", "query id; path id", "/p/{id}; path id: String! simple; query id: String? form*"),
    ("/p/{petId}/{pet_id}", "path petId; path pet_id",
     "/p/{pet_id_camel}/{pet_id}; path petId/pet_id_camel: String! simple; path pet_id: String! simple \
      !OA0404"),
];

#[rustfmt::skip]
const TEMPLATES: &[Row] = &[
    ("/a/{b}/{a}", "path a; path b schema: { type: integer }",
     "/a/{b}/{a}; path b: i64! simple; path a: String! simple"),
    ("/a/{id}:cancel", "path id", "/a/{id}:cancel; path id: String! simple"),
    ("/a/{id}/b/{id}", "path id", "/a/{id}/b/{id}; path id: String! simple"),
    ("/a/{gone}", "", "/a/{gone}; path gone: String! simple !OA0209"),
    ("/a", "path id", "/a !OA0209"),
    ("/a/{+path}", "path path", "/a/{path}; path path: String! simple"),
    ("/a/{path*}", "path path", "/a/{path}; path path: String! simple"),
    ("/a?kind=x", "", "/a?kind=x"),
    ("/a?kind={kind}", "path kind", "/a?kind={kind}; path kind: String! simple"),
    ("/a?kind={kind}&b=c", "query kind", "/a?b=c; query kind: String? form*"),
    ("/a{?page}", "query page schema: { type: integer }", "/a; query page: i64? form*"),
    ("/a#start", "", "/a"),
    ("/a b/ä", "", "/a%20b/%C3%A4"),
];

fn assert_parameters(rows: &[Row]) {
    assert_rows(rows.iter().map(|(path, parameters, expected)| {
        let lowered = at(
            "get",
            path,
            &format!("parameters: [{}]", declared(parameters)),
        );
        let [operation] = lowered.api.operations.as_slice() else {
            panic!("one operation at {path}");
        };
        let lines = operation.parameters.iter();
        let lines = lines.map(|one| methods::parameter(&lowered.api, one));
        let all: Vec<String> = std::iter::once(methods::path(operation))
            .chain(lines)
            .collect();
        (
            format!("{path} | {parameters}"),
            all.join("; ") + &lowered.codes(),
            *expected,
        )
    }));
}

#[test]
fn a_parameter_is_sent_in_its_location_and_style() {
    assert_parameters(STYLES);
}

#[test]
fn parameters_of_one_name_in_rust_say_where_they_are_sent() {
    assert_parameters(NAMES);
}

#[test]
fn the_template_of_a_path_is_text_and_parameters() {
    assert_parameters(TEMPLATES);
}
