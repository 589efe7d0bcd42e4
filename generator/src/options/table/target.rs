//! The choices of a target, those of `batches` excepted.

use super::batches::BATCH;
use super::features::FEATURES;
use super::{Key, Rule, Shape, Table, optional, required};
use crate::load::Budgets;
use crate::options::check::{HEADER_NAME, MEMBER_KEY, MEMBER_PATH, RUST_NAME, STEPS};

/// The choices that are about the crate and not about a description.
pub(super) const CRATE: &[Key] = &[
    optional(
        "features",
        "Which parts of the crate are cargo features. `tags`: each tag is one, with the types that its operations \
         reach. Not together with `inputs`.",
        Shape::Either(&Shape::Words(&["tags"]), &Shape::Object(&FEATURES)),
    ),
    optional(
        "runtime",
        "Whether the crate depends on the package `oasmith-runtime`, which several clients share, or has a copy of its \
         files. By default a copy.",
        Shape::Words(&["carried", "crate"]),
    ),
];

/// The choices that a description cannot express.
pub(super) const CHOICES: &[Key] = &[
    optional(
        "rename",
        "Rust names; names on the wire do not change.",
        Shape::Object(&RENAME),
    ),
    optional(
        "order",
        "Orders of arguments, by names on the wire. By default that of the description.",
        Shape::Object(&ORDER),
    ),
    optional(
        "operations",
        "The operations to generate, by operationId or as `GET /users/{id}`: a list, or all `except` some. By default \
         all.",
        Shape::Either(&Shape::Some(&Shape::Text), &Shape::Object(&EXCEPT)),
    ),
    optional(
        "strict",
        "Whether an operation that cannot be generated is an error. By default it is left out with a warning.",
        Shape::Boolean,
    ),
    optional(
        "lenient",
        "Whether a hole of the description, such as a `$ref` to nothing, is a warning. By default it is an error.",
        Shape::Boolean,
    ),
    optional(
        "types",
        "The Rust types of some formats.",
        Shape::Object(&TYPES),
    ),
    optional(
        "errors",
        "Where an error response has its message and the id that support asks for. The first place with a value counts.",
        Shape::Object(&ERRORS),
    ),
    optional(
        "idempotent",
        "Which operations are idempotent, by operationId or as `POST /users`, in place of what the HTTP method implies. \
         Only an idempotent call is sent again after a failure in which the server may have acted.",
        Shape::Map(
            None,
            &Shape::Either(
                &Shape::Words(&["always", "never"]),
                &Shape::Object(&WHEN_PRESENT),
            ),
        ),
    ),
    optional(
        "retry",
        "Which failed calls are sent again; the first matching rule counts. By default 408, 429 and 5xx are.",
        Shape::List(&Shape::Object(&RETRY_RULE)),
    ),
    optional(
        "rate_limit",
        "The response headers with the rate limit.",
        Shape::Object(&RATE_LIMIT),
    ),
    optional(
        "batches",
        "Operations that take several inputs per call, by operationId or as `POST /users/batch`.",
        Shape::Map(None, &Shape::Object(&BATCH)),
    ),
    optional(
        "budgets",
        "Limits on what the description may use.",
        Shape::Object(&BUDGETS),
    ),
];

pub(in crate::options) const RENAME: Table = Table {
    about: "Rust names",
    parts: &[&[
        optional(
            "types",
            "Type names, by the schema's name or JSON Pointer.",
            NAMES,
        ),
        optional(
            "members",
            "Member names, as `Schema.member` or by the JSON Pointer of the property.",
            Shape::Map(Some(&MEMBER_KEY), &Shape::Checked(&RUST_NAME)),
        ),
        optional(
            "operations",
            "Method names, by operationId or as `GET /users/{id}`.",
            NAMES,
        ),
        optional(
            "values",
            "Variant names of an enum, by the schema as in `types` and the listed value.",
            Shape::Map(None, &NAMES),
        ),
    ]],
    rules: &[],
};

pub(in crate::options) const ORDER: Table = Table {
    about: "orders of arguments",
    parts: &[&[
        optional(
            "types",
            "The members that `new` of a type takes, by the schema's name or JSON Pointer.",
            ORDERS,
        ),
        optional(
            "operations",
            "The required parameters of a method, by operationId or as `GET /users/{id}`.",
            ORDERS,
        ),
    ]],
    rules: &[],
};

const ORDERS: Shape = Shape::Map(None, &Shape::List(&Shape::Text));

const NAMES: Shape = Shape::Map(None, &Shape::Checked(&RUST_NAME));

pub(in crate::options) const EXCEPT: Table = Table {
    about: "all operations except some",
    parts: &[&[required(
        "except",
        "[dropProducts]",
        "The operations that are left out.",
        Shape::Some(&Shape::Text),
    )]],
    rules: &[],
};

pub(in crate::options) const TYPES: Table = Table {
    about: "the Rust types of some formats",
    parts: &[&[
        optional(
            "date_time",
            "`date-time`: the instant in UTC, or with its offset.",
            Shape::Words(&["utc", "fixed-offset"]),
        ),
        optional(
            "naive_date_time",
            "`date-time` without an offset: an error, or in UTC.",
            Shape::Words(&["error", "utc"]),
        ),
        optional(
            "uuid",
            "`uuid`: `uuid::Uuid`, or a string that preserves upper and lower case.",
            Shape::Words(&["uuid", "string"]),
        ),
    ]],
    rules: &[],
};

pub(in crate::options) const ERRORS: Table = Table {
    about: "where an error response has what people need",
    parts: &[&[
        optional("message", "Places of the message.", LOCATORS),
        optional(
            "correlation_id",
            "Places of the id by which the service's support finds the call.",
            LOCATORS,
        ),
    ]],
    rules: &[],
};

const LOCATORS: Shape = Shape::List(&LOCATOR);

const LOCATOR: Shape = Shape::Either(&Shape::Checked(&MEMBER_PATH), &Shape::Object(&HEADER));

pub(in crate::options) const HEADER: Table = Table {
    about: "a header",
    parts: &[&[required(
        "header",
        "x-correlation-id",
        "The name of the header.",
        Shape::Checked(&HEADER_NAME),
    )]],
    rules: &[],
};

pub(in crate::options) const WHEN_PRESENT: Table = Table {
    about: "a condition",
    parts: &[&[required(
        "when_present",
        "'inputs[].id'",
        "Idempotent if the request body has a value here; `[]` stands for each element of an array.",
        Shape::Checked(&STEPS),
    )]],
    rules: &[],
};

pub(in crate::options) const RETRY_RULE: Table = Table {
    about: "a rule for retries",
    parts: &[&[
        required(
            "status",
            "429",
            "The status of the response.",
            Shape::Count(300, Some(999)),
        ),
        optional(
            "where",
            "A place in the response; the rule counts if it has the value of `is`.",
            LOCATOR,
        ),
        optional("is", "The value at the place.", Shape::Text),
        required(
            "then",
            "never",
            "Whether the call is sent again.",
            Shape::Words(&["again", "never"]),
        ),
        optional(
            "after_seconds",
            "The shortest delay before it is sent again.",
            Shape::Count(1, Some(86_400)),
        ),
    ]],
    rules: &[
        Rule::Together([("where", "policyName"), ("is", "DAILY")]),
        Rule::OnlyWith("after_seconds", "then", "again"),
    ],
};

pub(in crate::options) const RATE_LIMIT: Table = Table {
    about: "the response headers with the rate limit",
    parts: &[&[
        optional(
            "limit",
            "The number of requests per period.",
            Shape::Checked(&HEADER_NAME),
        ),
        optional(
            "remaining",
            "The number of requests left.",
            Shape::Checked(&HEADER_NAME),
        ),
        optional(
            "period_milliseconds",
            "The period in milliseconds.",
            Shape::Checked(&HEADER_NAME),
        ),
        optional(
            "period_seconds",
            "The period in seconds.",
            Shape::Checked(&HEADER_NAME),
        ),
    ]],
    rules: &[
        Rule::OneOf("limit", "remaining"),
        Rule::Excludes("period_milliseconds", "period_seconds"),
    ],
};

pub(in crate::options) const BUDGETS: Table = Table {
    about: "limits on what a description may use",
    parts: &[&[
        budget("file_bytes", "Bytes of a file."),
        budget("bytes", "Bytes of all files."),
        budget("files", "Files."),
        budget("nodes", "Values in all files."),
        budget("width", "Members of an object, and elements of an array."),
        budget(
            "visits",
            "Values that the JSONPaths of overlays may look at.",
        ),
        bounded("depth", Budgets::MAX_DEPTH, "Levels of objects and arrays."),
        budget("alias_bytes", "Bytes that aliases of YAML add."),
        bounded(
            "hops",
            Budgets::MAX_HOPS,
            "References that lead to one another.",
        ),
        budget("parameters", "Parameters of an operation."),
        bounded(
            "type_depth",
            Budgets::MAX_TYPE_DEPTH,
            "Types that contain one another.",
        ),
    ]],
    rules: &[],
};

const fn budget(name: &'static str, about: &'static str) -> Key {
    optional(name, about, Shape::Count(1, None))
}

const fn bounded(name: &'static str, maximum: usize, about: &'static str) -> Key {
    optional(name, about, Shape::Count(1, Some(maximum as u64)))
}
