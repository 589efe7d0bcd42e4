//! `codegen.yaml`: reading it, and the diagnostics for what is wrong with it.

use super::*;
use crate::diagnostic::Diagnostics;
use crate::load::MapSources;
use crate::report::locate::locate_all;

fn read(text: &str) -> (Option<Config>, Vec<String>) {
    let sources = MapSources::new().with("codegen.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let config = read_config(&sources, "codegen.yaml", &mut diagnostics);
    let places = locate_all(&diagnostics, &sources);
    let messages = diagnostics
        .iter()
        .zip(places)
        .map(|(one, place)| {
            let place = place.map_or("?".to_owned(), |at| format!("{}:{}", at.line, at.column));
            let help = one
                .help
                .as_deref()
                .map_or(String::new(), |help| format!(" ({help})"));
            format!("{} {place} {}{help}", one.code, one.message)
        })
        .collect();
    (config, messages)
}

const FULL: &str = "\
version: 1
targets:
  - name: products
    input: spec/v1/products.yaml
    output: generated/
    package: hubspot-products
    ref_root: spec
    rename:
      types: { BatchInput: UpsertBatch, '#/components/schemas/Batch/properties/status': BatchStatus }
      members: { Batch.numErrors: error_count }
      operations: { GET /products: list_products }
      values: { Status: { in-progress: Running, 1: First } }
    order:
      types: { Product: [id, name] }
      operations: { listProducts: [id, 2] }
    operations: [listProducts, GET /products]
    types: { date_time: fixed-offset, naive_date_time: utc, uuid: string }
    errors:
      message: [message, error.message]
      correlation_id: [correlationId, { header: X-Correlation-Id }]
    idempotent:
      createProduct: never
      GET /report: always
      POST /products/upsert: { when_present: 'inputs[].idProperty' }
    retry:
      - { status: 429, where: policyName, is: DAILY, then: never }
      - { status: 423, then: again, after_seconds: 2 }
      - { status: 477, where: { header: X-Moving }, is: 'yes', then: again }
    batches:
      POST /products/batch:
        items: inputs
        at_most: 100
        correlation: trace
        identity: [by, id]
        ignore_case: true
        results: { at: results, correlation: of.trace, new: created }
        errors:
          at: errors
          correlation: context.traces
          message: message
          passing: { at: category, values: [BUSY, 503] }
      saveTags: { items: tags, at_most: 2, correlation: ref, results: { at: tags, correlation: ref } }
    budgets: { nodes: 10000000, depth: 300 }
    strict: true
    runtime: crate
  - { name: other, input: other.json, output: other, package: other-client }
";

#[test]
fn every_key_is_read() {
    let (config, messages) = read(FULL);
    assert_eq!(messages, [""; 0]);
    let config = config.expect("it is valid");
    let [first, second] = &config.targets[..] else {
        panic!("two targets: {config:?}");
    };
    assert_eq!(
        (&*first.name, &*first.output, &*first.ref_root),
        ("products", "generated", "spec")
    );
    let options = &first.options;
    assert_eq!(options.input, "v1/products.yaml");
    assert_eq!(options.source_name, "spec/v1/products.yaml");
    assert_eq!(options.package, "hubspot-products");
    assert_eq!(options.rename.types.len(), 2);
    assert_eq!(options.rename.members["Batch.numErrors"], "error_count");
    assert_eq!(options.rename.operations["GET /products"], "list_products");
    let values = &options.rename.values["Status"];
    assert_eq!(
        (&*values["in-progress"], &*values["1"]),
        ("Running", "First")
    );
    assert_eq!(options.order.types["Product"], ["id", "name"]);
    assert_eq!(options.order.operations["listProducts"], ["id", "2"]);
    let Selection::Only(chosen) = &options.operations else {
        panic!("chosen: {options:?}");
    };
    assert!(chosen.contains("listProducts") && chosen.len() == 2);
    assert!(options.strict);
    assert_eq!(options.types.date_time, DateTimeType::FixedOffset);
    assert_eq!(options.types.naive_date_time, NaiveDateTime::Utc);
    assert_eq!(options.types.uuid, UuidType::String);
    let member =
        |path: &[&str]| Locator::Member(path.iter().map(|part| part.to_string()).collect());
    assert_eq!(
        options.errors.message,
        [member(&["message"]), member(&["error", "message"])]
    );
    let header = Locator::Header("x-correlation-id".to_owned());
    assert_eq!(
        options.errors.correlation_id,
        [member(&["correlationId"]), header]
    );
    assert_eq!(
        options.idempotent["createProduct"],
        Idempotency::Known(false)
    );
    assert_eq!(options.idempotent["GET /report"], Idempotency::Known(true));
    let name = |name: &str| Step::Member(name.to_owned());
    assert_eq!(
        options.idempotent["POST /products/upsert"],
        Idempotency::WhenPresent(vec![name("inputs"), Step::Each, name("idProperty")])
    );
    let rules: Vec<_> = options
        .retry
        .iter()
        .map(|rule| (rule.status, rule.again_after))
        .collect();
    assert_eq!(rules, [(429, None), (423, Some(2)), (477, Some(0))]);
    let places: Vec<_> = options.retry.iter().map(|rule| rule.only.clone()).collect();
    let moving = (Locator::Header("x-moving".to_owned()), "yes".to_owned());
    let daily = (member(&["policyName"]), "DAILY".to_owned());
    assert_eq!(places, [Some(daily), None, Some(moving)]);
    assert_eq!(
        (options.budgets.nodes, options.budgets.depth),
        (10_000_000, 300)
    );
    assert_eq!(options.runtime, RuntimeSource::Crate);

    every_key_of_a_batch_is_read(&options.batches);
    assert_eq!(
        (&*second.ref_root, &*second.options.input),
        ("", "other.json")
    );
    let mut defaults = Options::new("other.json", "other-client");
    defaults.written_at.clone_from(&second.options.written_at);
    assert_eq!(second.options, defaults);
    let at = second.options.written_at.as_ref().map(ToString::to_string);
    assert!(
        at.is_some_and(|at| at.ends_with("#/targets/1")),
        "{second:?}"
    );
}

fn every_key_of_a_batch_is_read(batches: &BTreeMap<String, Batch>) {
    let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
    let products = Batch {
        items: "inputs".to_owned(),
        at_most: 100,
        correlation: "trace".to_owned(),
        identity: vec!["by".to_owned(), "id".to_owned()],
        ignore_case: true,
        results: BatchResults {
            at: "results".to_owned(),
            correlation: path("of.trace"),
            new: Some("created".to_owned()),
        },
        errors: Some(BatchErrors {
            at: "errors".to_owned(),
            correlation: path("context.traces"),
            message: Some(path("message")),
            passing: Some(PassingErrors {
                at: path("category"),
                values: vec!["BUSY".to_owned(), "503".to_owned()],
            }),
        }),
    };
    assert_eq!(batches["POST /products/batch"], products);
    let tags = &batches["saveTags"];
    assert_eq!((tags.at_most, &*tags.correlation), (2, "ref"));
    assert!(tags.identity.is_empty() && !tags.ignore_case && tags.errors.is_none());
    assert_eq!((batches.len(), &tags.results.new), (2, &None));
}

#[test]
fn all_problems_of_a_batch_are_reported_in_one_run() {
    let text = "\
version: 1
targets:
  - name: a
    input: x.yaml
    output: out
    package: a
    batches:
      one: { at_most: 0, corelation: x, identity: id, results: { at: r, correlation: a..b }, errors: [] }
      two: { items: i, at_most: 1, correlation: c, ignore_case: maybe, results: {}, errors: { at: e, correlation: c, passing: { at: k } } }
";
    let (config, messages) = read(text);
    assert_eq!(config, None);
    assert_eq!(
        messages,
        [
            "OA0501 8:26 unknown key `corelation` (did you mean `correlation`?)",
            "OA0503 8:7 missing key `items` (add `items: inputs`)",
            "OA0502 8:23 expected a positive integer, found an integer (write `at_most: 1000`)",
            "OA0503 8:7 missing key `correlation` (add `correlation: traceId`)",
            "OA0502 8:51 expected an array, found a string (write `identity:` and below it a line `- value` for each element)",
            "OA0502 8:86 invalid member path `a..b` (write member names separated by dots: `context.traceIds`)",
            "OA0502 8:94 expected an object, found an array (use the keys `at`, `correlation`, `message`, `passing`)",
            "OA0502 9:65 invalid value `maybe` for `ignore_case` (use one of `true`, `false`)",
            "OA0503 9:72 missing key `at` (add `at: results`)",
            "OA0503 9:72 missing key `correlation` (add `correlation: traceId`)",
            "OA0503 9:118 missing key `values` (add `values: [RATE_LIMIT]`)",
        ]
    );
}

#[test]
fn operations_can_be_left_out() {
    let target = "version: 1\ntargets: [{ name: a, input: a.json, output: a, package: a, ";
    let (config, messages) = read(&format!(
        "{target}operations: {{ except: [b, GET /c] }} }}]"
    ));
    assert_eq!(messages, [""; 0]);
    let config = config.expect("it is valid");
    let expected = ["GET /c", "b"].map(str::to_owned).into();
    let options = &config.targets[0].options;
    assert_eq!(options.operations, Selection::Except(expected));
    assert!(!options.strict);

    let (config, messages) = read(&format!(
        "{target}strict: 1, operations: {{ exept: [], except: [] }} }}]"
    ));
    assert_eq!(config, None);
    assert_eq!(messages.len(), 3, "{messages:#?}");
}

#[test]
fn all_problems_are_reported_in_one_run() {
    let text = "\
version: 1
tragets: []
targets:
  - name: a b
    inptu: x.yaml
    output: ../out
    package: [x]
    rename:
      types: { A: type, B: 9x, C: Fine }
      members: { numErrors: errors }
      operation: {}
    operations: []
    types: { date_time: UTC, uuid: ~ }
    errors: { message: [a..b, { head: x }, { header: 'a b' }], correlation_id: id }
    budgets: { nodes: 0, depth: 5000, files: many }
    idempotent: { a: sometimes, b: { when: x }, c: { when_present: 'a[0].b' } }
    retry:
      - { status: 200, then: again }
      - { status: 429, where: policyName, then: never, after_seconds: 3 }
      - { then: twice, after_seconds: 100000 }
";
    let (config, messages) = read(text);
    assert_eq!(config, None);
    let expected = [
        "OA0501 2:1 unknown key `tragets` (did you mean `targets`?)",
        "OA0501 5:5 unknown key `inptu` (did you mean `input`?)",
        "OA0502 4:11 invalid value `a b` for `name` (use ASCII letters, digits, `-` and `_`, and start with a letter)",
        "OA0503 4:5 missing key `input` (add `input: spec/products.yaml`)",
        "OA0502 6:13 invalid value `../out` for `output` (write a path without `..` and `//`)",
        "OA0502 7:5 expected a string, found an array (write `package: some-value`)",
        "OA0501 11:7 unknown key `operation` (did you mean `operations`?)",
        "OA0505 9:19 invalid value `type` for `A` (choose a name that is not a keyword of Rust)",
        "OA0505 9:28 invalid value `9x` for `B` (use ASCII letters, digits and `_`, and do not start with a digit)",
        "OA0502 10:18 `numErrors` does not name a member (write `Schema.member`, or the JSON Pointer of the property)",
        "OA0502 12:5 no operation is selected (remove the key to generate all operations)",
        "OA0502 13:25 invalid value `UTC` for `date_time` (use one of `utc`, `fixed-offset`)",
        "OA0502 13:36 expected a string, found null (write `uuid: some-value`)",
        "OA0502 14:25 invalid member path `a..b` (write `message`, `error.message` or `header: x-correlation-id`)",
        "OA0501 14:33 unknown key `head` (use one of `header`)",
        "OA0503 14:31 missing key `header` (add `header: x-correlation-id`)",
        "OA0502 14:54 invalid value `a b` for `header` (write a name such as `x-correlation-id`)",
        "OA0502 14:80 expected an array, found a string (write `correlation_id:` and below it a line `- value` for each element)",
        "OA0502 16:22 invalid value `sometimes` for `a` (use one of `always`, `never`)",
        "OA0501 16:38 unknown key `when` (use one of `when_present`)",
        "OA0503 16:33 missing key `when_present` (add `when_present: 'inputs[].id'`)",
        "OA0502 16:68 invalid path `a[0].b` into a request body (write member names separated by dots, with `[]` after an array: `inputs[].id`)",
        "OA0502 18:19 `200` is not an error status (write a status from 300 to 999, such as `429`)",
        "OA0503 19:9 missing key `is` (add `is: DAILY`)",
        "OA0502 19:71 `after_seconds` has no effect with `then: never` (remove `after_seconds`, or write `then: again`)",
        "OA0503 20:9 missing key `status` (add `status: 429`)",
        "OA0502 20:17 invalid value `twice` for `then` (use one of `again`, `never`)",
        "OA0502 20:39 `100000` seconds are more than a day (write 86400 or less)",
        "OA0502 15:46 expected a positive integer, found a string (write `files: 1000`)",
        "OA0502 15:23 expected a positive integer, found an integer (write `nodes: 1000`)",
        "OA0502 15:33 `5000` exceeds the maximum of `depth` (write 512 or less)",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn another_version_is_reported_alone() {
    let (_, messages) = read("version: 2\ntargets: 1\n");
    assert_eq!(
        messages,
        ["OA0504 1:10 unsupported version of `codegen.yaml` (write `version: 1`)"]
    );
    let (_, messages) = read("targets: 1\n");
    assert_eq!(
        messages,
        ["OA0503 1:1 missing key `version` (add `version: 1`)"]
    );
    let (_, messages) = read("[]");
    assert_eq!(
        messages,
        ["OA0502 1:1 expected an object, found an array (use the keys `version`, `targets`)"]
    );
}

#[test]
fn targets_have_unique_names_and_folders() {
    let text = "\
version: 1
targets:
  - { name: a, input: a.yaml, output: x, package: a }
  - { name: a, input: b.yaml, output: y, package: b }
  - { name: c, input: c.yaml, output: x/, package: c }
";
    let (config, messages) = read(text);
    assert_eq!(config, None);
    let expected = [
        "OA0506 4:13 duplicate target name `a`",
        "OA0506 5:39 duplicate target output `x`",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn the_input_is_below_the_reference_root() {
    let target = |root: &str| {
        format!(
            "version: 1\ntargets:\n  - {{ name: a, input: spec/v1/a.yaml, output: x, package: a, ref_root: {root} }}\n"
        )
    };
    let (_, messages) = read(&target("spec/v"));
    assert_eq!(
        messages,
        [
            "OA0502 3:72 the input is outside the reference root `spec/v` (choose the folder of the input, or one above it)"
        ]
    );
    for (root, ref_root, input) in [(".", "", "spec/v1/a.yaml"), ("spec/", "spec", "v1/a.yaml")] {
        let (config, messages) = read(&target(root));
        assert_eq!(messages, [""; 0]);
        let target = &config.expect("it is valid").targets[0];
        assert_eq!(
            (&*target.ref_root, &*target.options.input),
            (ref_root, input)
        );
    }
}

#[test]
fn suggested_lines_are_valid_yaml() {
    let line = rename_line(RenameKind::Operations, &["GET /users"], "list_users");
    assert_eq!(line, "rename:\n  operations:\n    GET /users: list_users\n");
    let line = rename_line(RenameKind::Values, &["Status", "1"], "First");
    assert_eq!(line, "rename:\n  values:\n    Status:\n      '1': First\n");
    let line = order_line(OrderKind::Types, "Interval", &["start", "end"]);
    assert_eq!(
        line,
        "order:\n  types:\n    Interval:\n    - start\n    - end\n"
    );
    let line = rename_line(RenameKind::Types, &["#/components/schemas/A: b"], "Ab");
    assert_eq!(
        line,
        "rename:\n  types:\n    '#/components/schemas/A: b': Ab\n"
    );
}

#[test]
fn keywords_are_rejected_as_names() {
    for name in [
        "type", "gen", "Self", "_", "", "a-b", "é", "1a", "r#type", "async",
    ] {
        assert!(check::rust_name(name).is_some(), "{name}");
    }
    for name in ["Type", "_a", "union", "a1", "Error"] {
        assert_eq!(check::rust_name(name), None, "{name}");
    }
}
