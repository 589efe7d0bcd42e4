//! The table of diagnostic codes. A code is stable: its meaning never changes, and a removed code is never reused.
//!
//! | range | topic |
//! | --- | --- |
//! | `OA01xx` | reading files |
//! | `OA02xx` | the document: references, members, types, version |
//! | `OA03xx` | constructs that are not supported, or that Rust cannot express |
//! | `OA04xx` | names |
//! | `OA05xx` | `codegen.yaml` |
//! | `OA06xx` | emission |
//! | `OA07xx` | recorded traffic |
//! | `OA08xx` | `accepted.yaml` |
//!
//! A stage can override the severity of a code for a single diagnostic; the explanation of the code then says when
//! and why.

use std::cmp::Ordering;
use std::fmt;

use super::Severity;

/// A row of the table: a kind of diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// The stable code, such as `OA0102`.
    pub id: &'static str,
    /// The severity, unless a stage overrides it.
    pub severity: Severity,
    /// A short title, such as `duplicate key`.
    pub title: &'static str,
    /// Why it is reported, in a sentence or two.
    pub explanation: &'static str,
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(other.id)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Defines a constant for each row, and the list of all rows.
macro_rules! codes {
    ($( $id:ident $severity:ident $name:ident $title:literal $explanation:literal )*) => {
        $(
            #[doc = concat!("`", stringify!($id), "`, ", $title, ". ", $explanation)]
            pub const $name: &Code = &Code {
                id: stringify!($id),
                severity: Severity::$severity,
                title: $title,
                explanation: $explanation,
            };
        )*

        /// All rows in the order of their codes, for `--explain` and the documentation.
        pub const ALL: &[&Code] = &[$($name),*];
    };
}

codes! {
    OA0101 Error SYNTAX "syntax error"
        "The file is not well-formed YAML or JSON."
    OA0102 Error DUPLICATE_KEY "duplicate key"
        "An object has the same key twice. Parsers disagree on which one wins, so neither is used."
    OA0103 Error NOT_UTF8 "invalid UTF-8"
        "The file contains bytes that are not UTF-8."
    OA0104 Error FILE_NOT_FOUND "file not found"
        "The document, or a file that a `$ref` names, does not exist. A warning for the latter with `--lenient`."
    OA0105 Error OUTSIDE_ROOT "outside the reference root"
        "A `$ref` leads to a file outside the reference root. Such files are not read. A warning with `--lenient`."
    OA0106 Error REMOTE_REFERENCE "remote reference"
        "A `$ref` is a URL. Nothing is read from the network: the file has to be checked in. A warning with \
         `--lenient`."
    OA0107 Error UNREADABLE "unreadable file"
        "A file exists, and reading it failed."
    OA0108 Error BUDGET_EXCEEDED "budget exceeded"
        "The document exceeds a budget. Budgets keep a hostile document from using all memory or time."
    OA0109 Error UNKNOWN_TAG "unknown tag"
        "A YAML tag is not in the core schema (`!!str !!int !!float !!bool !!null !!map !!seq`), or does not match \
         its value."
    OA0110 Error NUMBER_OUT_OF_RANGE "number out of range"
        "A number such as `1e999` or `.inf` cannot be represented in JSON."
    OA0111 Error SEVERAL_DOCUMENTS "several YAML documents"
        "A file contains more than one YAML document. A description is a single document."
    OA0112 Error KEY_NOT_STRING "key is not a string"
        "A key of a YAML mapping is a sequence or a mapping. In JSON, keys are strings."
    OA0113 Error BAD_MERGE_KEY "invalid merge key"
        "The value of a merge key `<<` is neither a mapping nor a sequence of mappings."
    OA0114 Error EMPTY_FILE "empty file"
        "The file has no content."
    OA0115 Error INVALID_OVERLAY "invalid overlay"
        "An overlay is not as the Overlay Specification 1.0 or 1.1 describes it: a member is missing, unknown or of \
         another type, or excludes another one. A warning for a member that has no effect."
    OA0116 Error OVERLAY_VERSION "unsupported version of an overlay"
        "An overlay is not of version 1.0 or 1.1 of the Overlay Specification."
    OA0117 Error BAD_JSONPATH "invalid JSONPath"
        "The target of an action, or what it copies, is not an expression of RFC 9535."
    OA0118 Error NO_MATCH "target matches nothing"
        "An action of an overlay selects nothing in the document, so that what it is for is not done. Nothing is \
         reported for one with `x-optional: true`."
    OA0119 Error MISFIT "action does not fit its target"
        "An action of an overlay cannot be done: an object and a string cannot be merged, a target in version 1.0 is an \
         object or array, a copy is of one value, and the whole document cannot be removed."
    OA0120 Warning OBSOLETE "obsolete action"
        "An action of an overlay changes nothing, since the document says the same by itself."
    OA0121 Warning OVERLAP "overlapping actions"
        "An action of an overlay overwrites or removes what an action before it wrote."
    OA0122 Warning OTHER_DOCUMENT "overlay of another document"
        "The `extends` of an overlay names another document than the one that it is applied to."

    OA0201 Error DANGLING_REFERENCE "dangling reference"
        "The target of a `$ref` does not exist. A warning with `--lenient`, and for an entry in the `mapping` of a \
         discriminator that leads to no branch: the other entries count."
    OA0202 Error REFERENCE_LOOP "circular reference"
        "References form a cycle that contains no definition. A warning with `--lenient`."
    OA0203 Error MISSING_MEMBER "missing member"
        "An object lacks a member that OpenAPI requires. A warning for a member that no client needs, such as the \
         `description` of a response, and with `--lenient`."
    OA0204 Error WRONG_SHAPE "wrong type"
        "A value has another type or form than OpenAPI specifies. A warning where the intended meaning is clear, \
         such as null in place of an empty array, and with `--lenient`; the message says what is assumed."
    OA0205 Error UNSUPPORTED_VERSION "unsupported version"
        "The document is not OpenAPI 3.0, 3.1 or 3.2. A warning where the version is only spelled otherwise, such as \
         the number `3.1` in place of a string."
    OA0206 Error BAD_REFERENCE "invalid reference"
        "A `$ref` refers neither to a file nor to a location in one. A warning where it names a component without \
         its section, such as `Pet`, and with `--lenient`."
    OA0207 Error BAD_PATH "invalid path"
        "A key of `paths` is not a path that can be requested. A warning for one that only lacks its first `/`."
    OA0208 Warning UNKNOWN_MEMBER "unknown member"
        "An object has a member that OpenAPI does not define. It is ignored; most are misspelt. A note in schemas \
         since OpenAPI 3.1, where it is legal: once for each name, with the number of places."
    OA0209 Warning PATH_PARAMETERS "mismatched path parameters"
        "The parameters in a path template and the declared path parameters differ."
    OA0210 Warning DUPLICATE_ID "duplicate operationId"
        "Two operations have the same `operationId`, which must be unique in a description. Their methods are named \
         after their paths."
    OA0211 Error BAD_NAME "invalid name"
        "A name contains characters that are not allowed where it is sent: the name of a header, for example, has no \
         spaces."
    OA0212 Warning OTHER_VERSION "keyword of another version"
        "A keyword is not one of the OpenAPI version that the document declares, and is one of another. It is read as \
         that version defines it, since a wrong `openapi` is likelier than a keyword without meaning."

    OA0301 Warning NOT_SUPPORTED "unsupported operation"
        "An operation cannot be expressed as a method, so it is left out; all others are generated. An error with \
         `--strict`."
    OA0302 Warning NOT_ENFORCED "not enforced"
        "A keyword is documented in the output and not enforced by it."
    OA0303 Warning NOT_GENERATED "not generated"
        "A part of the document does not concern a client, such as webhooks."
    OA0304 Warning NOT_MODELLED "schema not used"
        "A body or value has a media type whose structure is not modelled, such as XML. It is a string or bytes, and \
         its schema is not used."
    OA0305 Warning NO_CREDENTIAL "credential not sent"
        "A security scheme requires something that a client cannot send by itself, such as a certificate."
    OA0306 Warning UNTYPED "untyped schema"
        "A schema cannot be expressed as a Rust type, so values are `serde_json::Value`. No data is lost in decoding \
         or encoding."
    OA0307 Warning SERVER "unusable server"
        "The URL of a server cannot be used by a client, or a server variable is invalid."

    OA0308 Warning UNSUPPORTED_MEDIA_TYPE "unsupported media type"
        "A request body cannot be sent as one of its media types, so that one is left out; the operation is generated \
         with the others. An error with `--strict`."
    OA0309 Note IGNORED_PARAMETER "ignored header parameter"
        "OpenAPI ignores header parameters with the names `Accept`, `Authorization` and `Content-Type`, since other \
         parts of a description decide these headers. A warning for `Authorization` where no security scheme does."
    OA0310 Warning OPEN_ENCODING "encoding left open"
        "OpenAPI does not define how an array or object inside of another is written in a parameter of this style, and \
         servers differ. It is written as JSON."
    OA0311 Note IMPRECISE "imprecise number"
        "A number of `format: decimal` is an `f64`, which keeps 15 to 17 significant digits. Reported once, with the \
         number of places."

    OA0401 Error NAME_COLLISION "name collision"
        "Two items of the document have the same Rust name, and neither is renamed silently."
    OA0403 Warning RENAMED "renamed"
        "Several items of the document would have the same Rust name, so each gets a longer one."
    OA0404 Warning NAME_TAKEN "name taken"
        "Two items of the document would have the same Rust name, so one of them gets another. Choose both in \
         `codegen.yaml`."

    OA0501 Error CONFIG_UNKNOWN_KEY "unknown key"
        "`codegen.yaml` has a key that this version does not know."
    OA0502 Error CONFIG_WRONG_VALUE "invalid value"
        "A value in `codegen.yaml` has the wrong type, or is not one of those allowed."
    OA0503 Error CONFIG_MISSING_KEY "missing key"
        "`codegen.yaml` lacks a required key."
    OA0504 Error CONFIG_VERSION "unsupported version of codegen.yaml"
        "`codegen.yaml` has another version than this generator reads."
    OA0505 Error CONFIG_BAD_NAME "invalid Rust name"
        "A name chosen in `codegen.yaml` is not a Rust identifier."
    OA0506 Error CONFIG_DUPLICATE_TARGET "duplicate target"
        "Two targets have the same name or the same output folder."
    OA0507 Error CONFIG_NO_EFFECT "entry without effect"
        "An entry in `codegen.yaml` names something that the document does not have. A warning where the output is \
         complete without it (a rename, an excluded operation, an `idempotent` entry), so that a document can drop \
         what it names."
    OA0508 Error CONFIG_BATCH_MISFIT "batch mismatch"
        "`codegen.yaml` describes an operation as a batch, and the document lacks what it names."

    OA0601 Error UNEXPECTED_OUTPUT "unexpected output"
        "The generated source contains an item that no emitter writes. This is a bug in the generator, and the \
         output is not written."

    OA0701 Warning STATUS_UNDECLARED "status not declared"
        "Traffic has a reply whose status the operation does not declare. An error for a success, whose body a client \
         does not expect."
    OA0702 Warning MEDIA_TYPE_UNDECLARED "media type not declared"
        "Traffic has a body whose media type the operation does not declare."
    OA0703 Error BODY_ABSENT "no body"
        "Traffic has no body, or one that is not JSON, where the operation declares one. A warning in requests."
    OA0704 Warning PARAMETER_ABSENT "parameter not sent"
        "Traffic has a request without a required parameter that the server accepted."
    OA0705 Error NULL_UNDECLARED "null not declared"
        "Traffic has null where the schema does not allow it. A warning in requests."
    OA0706 Error TYPE_UNDECLARED "type not declared"
        "Traffic has a value of another type than the schema declares. A warning in requests."
    OA0707 Error MEMBER_ABSENT "required member absent"
        "Traffic has an object without a member that the schema requires. A warning in requests."
    OA0708 Warning MEMBER_UNDECLARED "member not declared"
        "Traffic has a member that a closed object does not declare."
    OA0709 Warning VALUE_UNDECLARED "value not listed"
        "Traffic has a value that `enum` or `const` does not list."
    OA0710 Error FORMAT_MISMATCH "format mismatch"
        "Traffic has a value that does not have the format of the schema, and a client reads this format. A warning in \
         requests."
    OA0711 Warning BOUND_EXCEEDED "out of bounds"
        "Traffic has a value that does not fit a keyword which a client does not enforce, such as `maxLength`."
    OA0712 Error NO_BRANCH "no branch fits"
        "Traffic has a value that fits no branch of a union. A warning in requests."
    OA0713 Note SEVERAL_BRANCHES "several branches fit"
        "Traffic has a value that fits several branches of a `oneOf`, which promises one."

    OA0801 Error ACCEPTED_UNKNOWN_KEY "unknown key in accepted.yaml"
        "`accepted.yaml` has a key that this version does not know."
    OA0802 Error ACCEPTED_WRONG_VALUE "invalid value in accepted.yaml"
        "A value in `accepted.yaml` has the wrong type or form, or the file has another version than is read."
    OA0803 Error ACCEPTED_MISSING_KEY "missing key in accepted.yaml"
        "An entry of `accepted.yaml` lacks a required key, such as the reason."
    OA0804 Error ACCEPTED_DUPLICATE "change accepted twice"
        "Two entries of `accepted.yaml` accept the same change."
    OA0805 Error ACCEPTED_OBSOLETE "obsolete entry in accepted.yaml"
        "An entry of `accepted.yaml` accepts a change that does not exist, or that was released already. It would hide \
         the same break when it comes again."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        for pair in ALL.windows(2) {
            assert!(pair[0] < pair[1], "{} precedes {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn rows_are_complete() {
        for code in ALL {
            assert_eq!(code.id.len(), 6, "{code}");
            assert!(code.id.starts_with("OA0"), "{code}");
            assert!(code.explanation.ends_with('.'), "{code}");
            assert!(!code.title.ends_with('.'), "{code}");
        }
    }
}
