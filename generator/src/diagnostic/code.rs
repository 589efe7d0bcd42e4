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
    /// What to do about it, as an imperative.
    pub remedy: &'static str,
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
    ($( $id:ident $severity:ident $name:ident $title:literal $explanation:literal $remedy:literal )*) => {
        $(
            #[doc = concat!("`", stringify!($id), "`, ", $title, ". ", $explanation)]
            pub const $name: &Code = &Code {
                id: stringify!($id),
                severity: Severity::$severity,
                title: $title,
                explanation: $explanation,
                remedy: $remedy,
            };
        )*

        /// All rows in the order of their codes, for `explain` and the documentation.
        pub const ALL: &[&Code] = &[$($name),*];
    };
}

codes! {
    OA0101 Error SYNTAX "syntax error"
        "The file is not well-formed YAML or JSON."
        "Correct the file at the place shown; an editor with a YAML or JSON mode finds the rest."
    OA0102 Error DUPLICATE_KEY "duplicate key"
        "An object has the same key twice. Parsers disagree on which one wins, so neither is used."
        "Remove one of the two, or merge their values."
    OA0103 Error NOT_UTF8 "invalid UTF-8"
        "The file contains bytes that are not UTF-8."
        "Save the file as UTF-8."
    OA0104 Error FILE_NOT_FOUND "file not found"
        "The document, or a file that a `$ref` names, does not exist. A warning for the latter with `--lenient`."
        "Correct the path, which is relative to the file that has the `$ref`, or add the file."
    OA0105 Error OUTSIDE_ROOT "outside the reference root"
        "A `$ref` leads to a file outside the reference root. Such files are not read. A warning with `--lenient`."
        "Set a higher `ref_root` in `codegen.yaml` (`--ref-root` on the command line) if the file belongs to the \
         description; otherwise move it below the root."
    OA0106 Error REMOTE_REFERENCE "remote reference"
        "A `$ref` is a URL. Nothing is read from the network: the file has to be checked in. A warning with \
         `--lenient`."
        "Check the file in beside the document, and reference it by its path."
    OA0107 Error UNREADABLE "unreadable file"
        "A file exists, and reading it failed."
        "Look at the permissions of the file, and at the reason in the message."
    OA0108 Error BUDGET_EXCEEDED "budget exceeded"
        "The document exceeds a budget. Budgets keep a hostile document from using all memory or time."
        "Raise the budget in `codegen.yaml` by the line in the help, if the document comes from somebody you trust."
    OA0109 Error UNKNOWN_TAG "unknown tag"
        "A YAML tag is not in the core schema (`!!str !!int !!float !!bool !!null !!map !!seq`), or does not match \
         its value."
        "Remove the tag, or write a value of its type."
    OA0110 Error NUMBER_OUT_OF_RANGE "number out of range"
        "A number such as `1e999` or `.inf` cannot be represented in JSON."
        "Quote the value if a string is meant; otherwise write a number that fits into 64 bits."
    OA0111 Error SEVERAL_DOCUMENTS "several YAML documents"
        "A file contains more than one YAML document. A description is a single document."
        "Split the file, or remove what is behind `---`."
    OA0112 Error KEY_NOT_STRING "key is not a string"
        "A key of a YAML mapping is a sequence or a mapping. In JSON, keys are strings."
        "Quote the key if a string is meant."
    OA0113 Error BAD_MERGE_KEY "invalid merge key"
        "The value of a merge key `<<` is neither a mapping nor a sequence of mappings."
        "Write `<<: *anchor` or `<<: [*one, *two]` with anchors of mappings."
    OA0114 Error EMPTY_FILE "empty file"
        "The file has no content."
        "Check that the right file is named, and that its download was complete."
    OA0115 Error INVALID_OVERLAY "invalid overlay"
        "An overlay is not as the Overlay Specification 1.0 or 1.1 describes it: a member is missing, unknown or of \
         another type, or excludes another one. A warning for a member that has no effect."
        "Correct the member by the help; the members of an overlay are `overlay`, `info`, `extends` and `actions`."
    OA0116 Error OVERLAY_VERSION "unsupported version of an overlay"
        "An overlay is not of version 1.0 or 1.1 of the Overlay Specification."
        "Write `overlay: 1.1.0`."
    OA0117 Error BAD_JSONPATH "invalid JSONPath"
        "The target of an action, or what it copies, is not an expression of RFC 9535."
        "Correct the expression by the help; names with a hyphen or a slash need brackets: `$.paths['/pets']`."
    OA0118 Error NO_MATCH "target matches nothing"
        "An action of an overlay selects nothing in the document, so that what it is for is not done. Nothing is \
         reported for one with `x-optional: true`."
        "Correct the target by the help. If the document no longer has the place, take the action out, or add \
         `x-optional: true`."
    OA0119 Error MISFIT "action does not fit its target"
        "An action of an overlay cannot be done: an object and a string cannot be merged, a target in version 1.0 is an \
         object or array, a copy is of one value, and the whole document cannot be removed."
        "Correct the action by the help: select the parent or another value, or use `copy` or `remove`."
    OA0120 Warning OBSOLETE "obsolete action"
        "An action of an overlay changes nothing, since the document says the same by itself."
        "Take the action out: the publisher has corrected the document."
    OA0121 Warning OVERLAP "overlapping actions"
        "An action of an overlay overwrites or removes what an action before it wrote."
        "Keep one of the two actions."
    OA0122 Warning OTHER_DOCUMENT "overlay of another document"
        "The `extends` of an overlay names another document than the one that it is applied to."
        "Correct `extends`, or take the overlay out of the target."

    OA0201 Error DANGLING_REFERENCE "dangling reference"
        "The target of a `$ref` does not exist. A warning with `--lenient`, and for an entry in the `mapping` of a \
         discriminator that leads to no branch: the other entries count."
        "Add the definition, or correct the reference by the suggestion. In a document of somebody else, add the \
         action in the help to an overlay."
    OA0202 Error REFERENCE_LOOP "circular reference"
        "References form a cycle that contains no definition. A warning with `--lenient`."
        "Replace one of the references by a definition."
    OA0203 Error MISSING_MEMBER "missing member"
        "An object lacks a member that OpenAPI requires. A warning for a member that no client needs, such as the \
         `description` of a response, and with `--lenient`."
        "Add the member; in a document of somebody else, by the action in the help."
    OA0204 Error WRONG_SHAPE "wrong type"
        "A value has another type or form than OpenAPI specifies. A warning where the intended meaning is clear, \
         such as null in place of an empty array, and with `--lenient`; the message says what is assumed."
        "Write the value as the help says; in a document of somebody else, by an action of an overlay."
    OA0205 Error UNSUPPORTED_VERSION "unsupported version"
        "The document is not OpenAPI 3.0, 3.1 or 3.2. A warning where the version is only spelled otherwise, such as \
         the number `3.1` in place of a string."
        "Convert the document to OpenAPI 3: Swagger 2.0 by `swagger2openapi` or a similar tool."
    OA0206 Error BAD_REFERENCE "invalid reference"
        "A `$ref` refers neither to a file nor to a location in one. A warning where it names a component without \
         its section, such as `Pet`, and with `--lenient`."
        "Write the reference as `#/components/schemas/Pet`, or as the path of a file with `#` and a location."
    OA0207 Error BAD_PATH "invalid path"
        "A key of `paths` is not a path that can be requested. A warning for one that only lacks its first `/`."
        "Write the path as it is requested: it starts with `/` and has no query."
    OA0208 Warning UNKNOWN_MEMBER "unknown member"
        "An object has a member that OpenAPI does not define. It is ignored; most are misspelt. A note in schemas \
         since OpenAPI 3.1, where it is legal: once for each name, with the number of places."
        "Correct the spelling by the suggestion, or prefix the member with `x-`."
    OA0209 Warning PATH_PARAMETERS "mismatched path parameters"
        "The parameters in a path template and the declared path parameters differ."
        "Declare the missing parameter, or remove the one that the path does not name."
    OA0210 Warning DUPLICATE_ID "duplicate operationId"
        "Two operations have the same `operationId`, which must be unique in a description. Their methods are named \
         after their paths."
        "Give each operation an `operationId` of its own."
    OA0211 Error BAD_NAME "invalid name"
        "A name contains characters that are not allowed where it is sent: the name of a header, for example, has no \
         spaces."
        "Write the name with the characters that the help lists."
    OA0212 Warning OTHER_VERSION "keyword of another version"
        "A keyword is not one of the OpenAPI version that the document declares, and is one of another. It is read as \
         that version defines it, since a wrong `openapi` is likelier than a keyword without meaning."
        "Correct the version in `openapi` if the keyword is meant; remove the keyword otherwise."

    OA0301 Warning NOT_SUPPORTED "unsupported operation"
        "An operation cannot be expressed as a method, so it is left out; all others are generated. An error with \
         `--strict`."
        "Leave the operation out in `codegen.yaml` by the lines in the help, which ends the warning, or describe its \
         body in a way that can be sent."
    OA0302 Warning NOT_ENFORCED "not enforced"
        "A keyword is documented in the output and not enforced by it."
        "Nothing, if the server checks the values. Otherwise check them before the call."
    OA0303 Warning NOT_GENERATED "not generated"
        "A part of the document does not concern a client, such as webhooks."
        "Nothing: the part is for servers."
    OA0304 Warning NOT_MODELLED "schema not used"
        "A body or value has a media type whose structure is not modelled, such as XML. It is a string or bytes, and \
         its schema is not used."
        "Nothing, if text or bytes are enough. Otherwise describe a JSON representation, if the server has one."
    OA0305 Warning NO_CREDENTIAL "credential not sent"
        "A security scheme requires something that a client cannot send by itself, such as a certificate."
        "Add the credential by a transport of your own, or declare a scheme that a client can send."
    OA0306 Warning UNTYPED "untyped schema"
        "A schema cannot be expressed as a Rust type, so values are `serde_json::Value`. No data is lost in decoding \
         or encoding."
        "Describe the schema by the help, if the server is more precise than the document; `--losses` lists every such \
         place."
    OA0307 Warning SERVER "unusable server"
        "The URL of a server cannot be used by a client, or a server variable is invalid."
        "Give the base URL to the builder of the client, or correct the URL in the document."

    OA0308 Warning UNSUPPORTED_MEDIA_TYPE "unsupported media type"
        "A request body cannot be sent as one of its media types, so that one is left out; the operation is generated \
         with the others. An error with `--strict`."
        "Nothing, if one of the other media types will do. Otherwise describe the body by the reason in the message."
    OA0309 Note IGNORED_PARAMETER "ignored header parameter"
        "OpenAPI ignores header parameters with the names `Accept`, `Authorization` and `Content-Type`, since other \
         parts of a description decide these headers. A warning for `Authorization` where no security scheme does."
        "Remove the parameter. Credentials are declared by `components.securitySchemes` and `security`."
    OA0310 Warning OPEN_ENCODING "encoding left open"
        "OpenAPI does not define how an array or object inside of another is written in a parameter of this style, and \
         servers differ. It is written as JSON."
        "Declare `style: deepObject` or a `content` of `application/json`, whichever the server reads."
    OA0311 Note IMPRECISE "imprecise number"
        "A number of `format: decimal` is an `f64`, which keeps 15 to 17 significant digits. Reported once, with the \
         number of places."
        "Describe the value as `type: string`, if the server can send strings and all digits count."

    OA0401 Error NAME_COLLISION "name collision"
        "Two items of the document have the same Rust name, and neither is renamed silently."
        "Rename one of the two in `codegen.yaml`."
    OA0403 Warning RENAMED "renamed"
        "Several items of the document would have the same Rust name, so each gets a longer one."
        "Choose a name for each in `codegen.yaml` by the lines in the help, so that a later change of the document \
         keeps them."
    OA0404 Warning NAME_TAKEN "name taken"
        "Two items of the document would have the same Rust name, so one of them gets another. Choose both in \
         `codegen.yaml`."
        "Choose both names in `codegen.yaml` by the lines in the help."

    OA0405 Note FEATURE_NAME "feature with another name"
        "A tag is a cargo feature, and several tags share one, or the manifest has its name for something else: the tag \
         `testing` is the feature `tag-testing`."
        "Use the feature by the name in the message, or rename the tag by an overlay."

    OA0501 Error CONFIG_UNKNOWN_KEY "unknown key"
        "`codegen.yaml` has a key that this version does not know."
        "Correct the key by the suggestion; `oasmith schema` has all keys, and an editor that reads it completes them."
    OA0502 Error CONFIG_WRONG_VALUE "invalid value"
        "A value in `codegen.yaml` has the wrong type, or is not one of those allowed."
        "Write one of the values in the help."
    OA0503 Error CONFIG_MISSING_KEY "missing key"
        "`codegen.yaml` lacks a required key."
        "Add the line in the help."
    OA0504 Error CONFIG_VERSION "unsupported version of codegen.yaml"
        "`codegen.yaml` has another version than this generator reads."
        "Write `version: 1`, or update oasmith."
    OA0505 Error CONFIG_BAD_NAME "invalid Rust name"
        "A name chosen in `codegen.yaml` is not a Rust identifier."
        "Choose an identifier that is not a keyword of Rust."
    OA0506 Error CONFIG_DUPLICATE_TARGET "duplicate target"
        "Two targets have the same name or the same output folder."
        "Give each target a name and an output folder of its own."
    OA0507 Error CONFIG_NO_EFFECT "entry without effect"
        "An entry in `codegen.yaml` names something that the document does not have. A warning where the output is \
         complete without it (a rename, an excluded operation, an `idempotent` entry), so that a document can drop \
         what it names."
        "Correct the name by the suggestion, or remove the entry."
    OA0508 Error CONFIG_BATCH_MISFIT "batch mismatch"
        "`codegen.yaml` describes an operation as a batch, and the document lacks what it names."
        "Correct the entry under `batches` by the help."

    OA0601 Error UNEXPECTED_OUTPUT "unexpected output"
        "The generated source contains an item that no emitter writes. This is a bug in the generator, and the \
         output is not written."
        "Report the bug with the document, or the smallest part of it that shows it."

    OA0701 Warning STATUS_UNDECLARED "status not declared"
        "Traffic has a reply whose status the operation does not declare. An error for a success, whose body a client \
         does not expect."
        "Declare the status. `conform --write FILE` writes the action of an overlay for this and for most other \
         findings."
    OA0702 Warning MEDIA_TYPE_UNDECLARED "media type not declared"
        "Traffic has a body whose media type the operation does not declare."
        "Declare the media type under `content`."
    OA0703 Error BODY_ABSENT "no body"
        "Traffic has no body, or one that is not JSON, where the operation declares one. A warning in requests."
        "Remove the `content` if the server sends none; make the request body optional if it accepts none."
    OA0704 Warning PARAMETER_ABSENT "parameter not sent"
        "Traffic has a request without a required parameter that the server accepted."
        "Remove `required: true` of the parameter."
    OA0705 Error NULL_UNDECLARED "null not declared"
        "Traffic has null where the schema does not allow it. A warning in requests."
        "Allow null: `nullable: true` in OpenAPI 3.0, a type `null` from 3.1 on."
    OA0706 Error TYPE_UNDECLARED "type not declared"
        "Traffic has a value of another type than the schema declares. A warning in requests."
        "Declare the type that the server sends."
    OA0707 Error MEMBER_ABSENT "required member absent"
        "Traffic has an object without a member that the schema requires. A warning in requests."
        "Take the member out of `required`."
    OA0708 Warning MEMBER_UNDECLARED "member not declared"
        "Traffic has a member that a closed object does not declare."
        "Declare the member, or remove `additionalProperties: false`."
    OA0709 Warning VALUE_UNDECLARED "value not listed"
        "Traffic has a value that `enum` or `const` does not list."
        "List the value. A client reads it in any case."
    OA0710 Error FORMAT_MISMATCH "format mismatch"
        "Traffic has a value that does not have the format of the schema, and a client reads this format. A warning in \
         requests."
        "Correct the `format`, or remove it."
    OA0711 Warning BOUND_EXCEEDED "out of bounds"
        "Traffic has a value that does not fit a keyword which a client does not enforce, such as `maxLength`."
        "Correct the bound, or remove it."
    OA0712 Error NO_BRANCH "no branch fits"
        "Traffic has a value that fits no branch of a union. A warning in requests."
        "Add a branch for the value, or an entry to the `mapping` of the discriminator."
    OA0713 Note SEVERAL_BRANCHES "several branches fit"
        "Traffic has a value that fits several branches of a `oneOf`, which promises one."
        "Make it an `anyOf`, or add what tells the branches apart, such as a discriminator."

    OA0801 Error ACCEPTED_UNKNOWN_KEY "unknown key in accepted.yaml"
        "`accepted.yaml` has a key that this version does not know."
        "Correct the key, or remove it."
    OA0802 Error ACCEPTED_WRONG_VALUE "invalid value in accepted.yaml"
        "A value in `accepted.yaml` has the wrong type or form, or the file has another version than is read."
        "Write a value as the message says."
    OA0803 Error ACCEPTED_MISSING_KEY "missing key in accepted.yaml"
        "An entry of `accepted.yaml` lacks a required key, such as the reason."
        "Add the key."
    OA0804 Error ACCEPTED_DUPLICATE "change accepted twice"
        "Two entries of `accepted.yaml` accept the same change."
        "Remove one of the two entries."
    OA0805 Error ACCEPTED_OBSOLETE "obsolete entry in accepted.yaml"
        "An entry of `accepted.yaml` accepts a change that does not exist, or that was released already. It would hide \
         the same break when it comes again."
        "Remove the entry."
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
            assert!(code.remedy.ends_with('.'), "{code}");
            assert!(!code.title.ends_with('.'), "{code}");
        }
    }
}
