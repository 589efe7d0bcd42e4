//! Every kind of finding, in one table. A code is stable: it is never given another meaning, and never used again once removed.
//!
//! | range | what |
//! | --- | --- |
//! | `OA01xx` | reading files |
//! | `OA02xx` | the document: references, members, shapes, version |
//! | `OA03xx` | constructs that are not supported, or that Rust cannot express |
//! | `OA04xx` | names |
//! | `OA05xx` | `codegen.yaml` |
//! | `OA06xx` | emission |

use std::cmp::Ordering;
use std::fmt;

use super::Severity;

/// A row of the table: one kind of finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// The stable code, such as `OA0102`.
    pub id: &'static str,
    /// How much it matters, unless a stage chooses otherwise.
    pub severity: Severity,
    /// A short title, such as `duplicate key`.
    pub title: &'static str,
    /// Why it is reported, in a sentence.
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

/// Makes a constant of each row, and the list of all rows.
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
        "An object has a member twice. Readers disagree on which one counts, so neither is taken."
    OA0103 Error NOT_UTF8 "not UTF-8"
        "The file has bytes that are not UTF-8 text."
    OA0104 Error FILE_NOT_FOUND "file not found"
        "A file that is read, or that a `$ref` names, does not exist."
    OA0105 Error OUTSIDE_ROOT "outside the reference root"
        "A `$ref` leads to a file above the reference root. Such files are not read."
    OA0106 Error REMOTE_REFERENCE "remote reference"
        "A `$ref` is a URL. Nothing is read from the network: the file has to be checked in."
    OA0107 Error UNREADABLE "file cannot be read"
        "A file exists, and reading it failed."
    OA0108 Error BUDGET_EXCEEDED "over a budget"
        "The document needs more than a budget allows. Budgets keep a hostile document from taking all memory or time."
    OA0109 Error UNKNOWN_TAG "unknown tag"
        "A YAML tag is not one of the core schema (`!!str !!int !!float !!bool !!null !!map !!seq`), or its value does not fit it."
    OA0110 Error NUMBER_OUT_OF_RANGE "number out of range"
        "A number such as `1e999` or `.inf` has no JSON value."
    OA0111 Error SEVERAL_DOCUMENTS "several YAML documents"
        "A file has more than one YAML document. A description is one document."
    OA0112 Error KEY_NOT_TEXT "key is not text"
        "A key of a YAML mapping is a list or a mapping. JSON has only text there."
    OA0113 Error BAD_MERGE_KEY "wrong merge key"
        "The value of a merge key `<<` is neither a mapping nor a list of mappings."
    OA0114 Error EMPTY_FILE "empty file"
        "The file has no content."

    OA0201 Error DANGLING_REFERENCE "dangling reference"
        "A `$ref` leads to nothing."
    OA0202 Error REFERENCE_LOOP "reference loop"
        "References lead in a circle, so that there is no definition to be found."
    OA0203 Error MISSING_MEMBER "missing member"
        "An object lacks a member that the OpenAPI specification requires."
    OA0204 Error WRONG_SHAPE "wrong shape"
        "A value is of another kind than the OpenAPI specification says."
    OA0205 Error UNSUPPORTED_VERSION "unsupported version"
        "The document is not OpenAPI 3.0, 3.1 or 3.2."
    OA0206 Error BAD_REFERENCE "unusable reference"
        "A `$ref` is not a reference to a file or to a place in one."
    OA0207 Error BAD_PATH "unusable path"
        "A key under `paths` is not a path that can be called."
    OA0208 Warning UNKNOWN_MEMBER "unknown member"
        "An object has a member that OpenAPI does not define. It is ignored; mostly it is misspelt."
    OA0209 Warning PATH_PARAMETERS "path parameters differ"
        "The parameters that a path names and those that are declared for it are not the same."
    OA0210 Error DUPLICATE_ID "duplicate operationId"
        "Two operations have the same `operationId`, which has to be unique in a description."
    OA0211 Error BAD_NAME "unusable name"
        "A name cannot stand where it is sent: a header's, for example, has no spaces."

    OA0301 Warning NOT_SUPPORTED "not supported"
        "An operation cannot be expressed, so it has no method; all others have theirs. With `--strict` it is an error."
    OA0302 Warning NOT_ENFORCED "not enforced"
        "A keyword is documented in the output and not checked by it."
    OA0303 Warning NOT_GENERATED "not generated"
        "A part of the document is not for a client, such as webhooks."
    OA0304 Warning NOT_MODELLED "body as text"
        "A body is of a media type whose structure has no types here, such as XML. It is text, and its schema is not used."
    OA0305 Warning NO_CREDENTIAL "credential not sent"
        "A security scheme asks for something that a client cannot send by itself, such as a certificate."
    OA0306 Warning UNTYPED "any JSON"
        "A schema says more than its Rust type, `serde_json::Value`. Nothing is lost in reading and writing."
    OA0307 Warning SERVER "server not called"
        "A server's URL is not one that a client can call, or a variable of it is not as it should be."

    OA0401 Error NAME_COLLISION "name collision"
        "Two things of the document get the same Rust name. Neither is renamed silently."
    OA0403 Warning RENAMED "names told apart"
        "Two things of the document would get the same Rust name, so both get a longer one."
    OA0404 Warning NAME_TAKEN "name taken"
        "Two things of the document would get the same Rust name, so one of them got another. `codegen.yaml` can choose both."

    OA0501 Error CONFIG_UNKNOWN_KEY "unknown key"
        "`codegen.yaml` has a key that this version does not know."
    OA0502 Error CONFIG_WRONG_VALUE "wrong value"
        "A value in `codegen.yaml` is of the wrong kind, or not one of those allowed."
    OA0503 Error CONFIG_MISSING_KEY "missing key"
        "`codegen.yaml` lacks a key that is required."
    OA0504 Error CONFIG_VERSION "unknown version of codegen.yaml"
        "`codegen.yaml` is of another version than this generator reads."
    OA0505 Error CONFIG_BAD_NAME "not a Rust name"
        "A name chosen in `codegen.yaml` cannot stand in Rust source."
    OA0506 Error CONFIG_DUPLICATE_TARGET "duplicate target"
        "Two targets have the same name, or write into the same folder."
    OA0507 Error CONFIG_NO_EFFECT "choice without effect"
        "A rename or selection in `codegen.yaml` names something that the document does not have."
    OA0508 Error CONFIG_BATCH_MISFIT "batch does not fit"
        "`codegen.yaml` describes an operation as a batch, and the document has not what it names there."

    OA0601 Error UNEXPECTED_OUTPUT "unexpected output"
        "The generated source holds something that no emitter writes. This is a bug of the generator, and the output is not written."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        for pair in ALL.windows(2) {
            assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
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
