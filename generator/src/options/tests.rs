//! `codegen.yaml`: what is read, and how what is wrong is told.

use super::*;
use crate::diagnostic::Diagnostics;
use crate::load::MapSources;
use crate::report::locate::locate_all;

fn read(text: &str) -> (Option<Config>, Vec<String>) {
    let sources = MapSources::new().with("codegen.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let config = read_config(&sources, "codegen.yaml", &mut diagnostics);
    let places = locate_all(&diagnostics, &sources);
    let told = diagnostics.iter().zip(places).map(|(one, place)| {
        let place = place.map_or("?".to_owned(), |at| format!("{}:{}", at.line, at.column));
        let help = one
            .help
            .as_deref()
            .map_or(String::new(), |help| format!(" ({help})"));
        format!("{} {place} {}{help}", one.code, one.message)
    });
    (config, told.collect())
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
    operations: [listProducts, GET /products]
    types: { date_time: fixed-offset, uuid: string }
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
  - { name: other, input: other.json, output: other, package: other-client }
";

#[test]
fn every_key_is_read() {
    let (config, told) = read(FULL);
    assert_eq!(told, [""; 0]);
    let config = config.expect("it is right");
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
    let Selection::Only(chosen) = &options.operations else {
        panic!("chosen: {options:?}");
    };
    assert!(chosen.contains("listProducts") && chosen.len() == 2);
    assert!(options.strict);
    assert_eq!(options.types.date_time, DateTimeType::FixedOffset);
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
fn what_is_wrong_with_a_batch_comes_in_one_run() {
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
    let (config, told) = read(text);
    assert_eq!(config, None);
    assert_eq!(
        told,
        [
            "OA0501 8:26 there is no key `corelation` here (did you mean `correlation`?)",
            "OA0503 8:7 the key `items` is missing (write `items: inputs`)",
            "OA0502 8:23 expected a whole number from 1, found an integer (write `at_most: 1000`)",
            "OA0503 8:7 the key `correlation` is missing (write `correlation: traceId`)",
            "OA0502 8:51 expected a list, found a string (write `identity:` and each element below it, behind `- `)",
            "OA0502 8:86 `a..b` is not the path of a member (write the names on the way to it with dots between them: `context.traceIds`)",
            "OA0502 8:94 expected an object, found a list (its keys are `at`, `correlation`, `message`, `passing`)",
            "OA0502 9:65 `maybe` is not a choice for `ignore_case` (write one of `true`, `false`)",
            "OA0503 9:72 the key `at` is missing (write `at: results`)",
            "OA0503 9:72 the key `correlation` is missing (write `correlation: traceId`)",
            "OA0503 9:118 the key `values` is missing (write `values: [RATE_LIMIT]`)",
        ]
    );
}

#[test]
fn operations_can_be_left_out() {
    let target = "version: 1\ntargets: [{ name: a, input: a.json, output: a, package: a, ";
    let (config, told) = read(&format!(
        "{target}operations: {{ except: [b, GET /c] }} }}]"
    ));
    assert_eq!(told, [""; 0]);
    let config = config.expect("it is right");
    let expected = ["GET /c", "b"].map(str::to_owned).into();
    let options = &config.targets[0].options;
    assert_eq!(options.operations, Selection::Except(expected));
    assert!(!options.strict);

    let (config, told) = read(&format!(
        "{target}strict: 1, operations: {{ exept: [], except: [] }} }}]"
    ));
    assert_eq!(config, None);
    assert_eq!(told.len(), 3, "{told:#?}");
}

#[test]
fn all_findings_come_in_one_run() {
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
    let (config, told) = read(text);
    assert_eq!(config, None);
    let expected = [
        "OA0501 2:1 there is no key `tragets` here (did you mean `targets`?)",
        "OA0501 5:5 there is no key `inptu` here (did you mean `input`?)",
        "OA0502 4:11 `a b` cannot be used for `name` (a package name has ASCII letters, digits, `-` and `_`, and begins with a letter)",
        "OA0503 4:5 the key `input` is missing (write `input: spec/products.yaml`)",
        "OA0502 6:13 `../out` cannot be used for `output` (a path has no `..` and no `//`)",
        "OA0502 7:5 expected a string, found a list (write `package: some text`)",
        "OA0501 11:7 there is no key `operation` here (did you mean `operations`?)",
        "OA0505 9:19 `type` cannot be used for `A` (it is a keyword of Rust)",
        "OA0505 9:28 `9x` cannot be used for `B` (a Rust name has ASCII letters, digits and `_`, and does not begin with a digit)",
        "OA0502 10:18 `numErrors` names no member (write `Schema.member`, or the pointer of the property)",
        "OA0502 12:5 no operation is chosen (leave the key out to generate all operations)",
        "OA0502 13:25 `UTC` is not a choice for `date_time` (write one of `utc`, `fixed-offset`)",
        "OA0502 13:36 expected a string, found null (write `uuid: some text`)",
        "OA0502 14:25 this is not the path of a member (write `message`, `error.message` or `header: x-correlation-id`)",
        "OA0501 14:33 there is no key `head` here (known keys: `header`)",
        "OA0503 14:31 the key `header` is missing (write `header: x-correlation-id`)",
        "OA0502 14:54 `a b` cannot be used for `header` (a header name is a word such as `x-correlation-id`)",
        "OA0502 14:80 expected a list, found a string (write `correlation_id:` and each element below it, behind `- `)",
        "OA0502 16:22 `sometimes` is not a choice for `a` (write one of `always`, `never`)",
        "OA0501 16:38 there is no key `when` here (known keys: `when_present`)",
        "OA0503 16:33 the key `when_present` is missing (write `when_present: 'inputs[].id'`)",
        "OA0502 16:68 this is not a path into a body (write the members on the way, with `[]` behind one that is an array: `inputs[].id`)",
        "OA0502 18:19 `200` is not the status of a failure (write a status from 300 on, such as `429`)",
        "OA0503 19:9 the key `is` is missing (write `is: DAILY`)",
        "OA0502 19:71 there is nothing to wait for (`after_seconds` belongs to `then: again`)",
        "OA0503 20:9 the key `status` is missing (write `status: 429`)",
        "OA0502 20:17 `twice` is not a choice for `then` (write one of `again`, `never`)",
        "OA0502 20:39 the longest wait that can be asked for is 86400 seconds",
        "OA0502 15:46 expected a whole number from 1, found a string (write `files: 1000`)",
        "OA0502 15:23 expected a whole number from 1, found an integer (write `nodes: 1000`)",
        "OA0502 15:33 the highest value that can be allowed is 512",
    ];
    assert_eq!(told, expected);
}

#[test]
fn another_version_is_told_alone() {
    let (_, told) = read("version: 2\ntargets: 1\n");
    assert_eq!(
        told,
        ["OA0504 1:10 this generator reads version 1 of this file"]
    );
    let (_, told) = read("targets: 1\n");
    assert_eq!(
        told,
        ["OA0503 1:1 the key `version` is missing (write `version: 1`)"]
    );
    let (_, told) = read("[]");
    assert_eq!(
        told,
        ["OA0502 1:1 expected an object, found a list (its keys are `version`, `targets`)"]
    );
}

#[test]
fn targets_do_not_share_a_name_or_a_folder() {
    let text = "\
version: 1
targets:
  - { name: a, input: a.yaml, output: x, package: a }
  - { name: a, input: b.yaml, output: y, package: b }
  - { name: c, input: c.yaml, output: x/, package: c }
";
    let (config, told) = read(text);
    assert_eq!(config, None);
    let expected = [
        "OA0506 4:13 two targets have the name `a`",
        "OA0506 5:39 two targets have the output `x`",
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_input_lies_below_the_reference_root() {
    let target = |root: &str| {
        format!(
            "version: 1\ntargets:\n  - {{ name: a, input: spec/v1/a.yaml, output: x, package: a, ref_root: {root} }}\n"
        )
    };
    let (_, told) = read(&target("spec/v"));
    assert_eq!(
        told,
        [
            "OA0502 3:72 the input is not below `spec/v` (the reference root is the input's folder, or one above it)"
        ]
    );
    for (root, ref_root, input) in [(".", "", "spec/v1/a.yaml"), ("spec/", "spec", "v1/a.yaml")] {
        let (config, told) = read(&target(root));
        assert_eq!(told, [""; 0]);
        let target = &config.expect("it is right").targets[0];
        assert_eq!(
            (&*target.ref_root, &*target.options.input),
            (ref_root, input)
        );
    }
}

#[test]
fn what_we_write_is_what_we_read() {
    let text = starter(
        "products",
        "spec/products.yaml",
        "generated",
        "products-client",
    );
    let (config, told) = read(&text);
    assert_eq!(told, [""; 0]);
    let target = &config.expect("it is right").targets[0];
    assert_eq!(target.input, "spec/products.yaml");
    assert_eq!(target.options.package, "products-client");
    let odd = starter("x", "no: y #.yaml", "1", "true-x");
    let (_, told) = read(&odd);
    assert_eq!(told.len(), 1, "a path has no colon: {told:?}");
}

#[test]
fn offered_lines_are_yaml_whatever_they_name() {
    let line = rename_line(RenameKind::Operations, "GET /users", "list_users");
    assert_eq!(line, "rename:\n  operations:\n    GET /users: list_users\n");
    let line = rename_line(RenameKind::Types, "#/components/schemas/A: b", "Ab");
    assert_eq!(
        line,
        "rename:\n  types:\n    '#/components/schemas/A: b': Ab\n"
    );
}

#[test]
fn keywords_are_no_names() {
    for name in [
        "type", "gen", "Self", "_", "", "a-b", "é", "1a", "r#type", "async",
    ] {
        assert!(check::rust_name(name).is_some(), "{name}");
    }
    for name in ["Type", "_a", "union", "a1", "Error"] {
        assert_eq!(check::rust_name(name), None, "{name}");
    }
}
