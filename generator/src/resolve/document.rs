//! The resolved document: objects as openapiv3's types, references as keys into its tables.

use std::collections::BTreeSet;

use foldhash::HashMap;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use openapiv3::{Header, Info, Operation, Parameter, ReferenceOr, RequestBody, Response, Schema};

use crate::pointer::Pointer;

/// A description in which lookups do not fail.
///
/// Objects hold their children as references (`products.yaml#/components/schemas/Error`), including children that are
/// inline in the document; the tables below resolve them. Chains of references have been followed.
#[derive(Debug)]
pub struct Document {
    /// The `info` of the description.
    pub info: Info,
    /// The root's servers, in order.
    pub servers: Vec<openapiv3::Server>,
    /// The component schemas in the document's order.
    pub components: Vec<Component>,
    /// The security schemes by name.
    pub schemes: IndexMap<String, Entry<openapiv3::SecurityScheme>>,
    /// The security requirements of operations that have none of their own.
    pub security: Vec<openapiv3::SecurityRequirement>,
    /// The selected operations, in the document's order.
    pub operations: Vec<OperationEntry>,
    /// The ids and addresses of operations that are not selected.
    pub left_out: BTreeSet<String>,
    /// The operations of webhooks and callbacks, which the API calls. Their `path` is their name.
    pub inbound: Vec<OperationEntry>,
    pub(super) schemas: Schemas,
    pub(super) parameters: Table<Parameter, ParameterFacts>,
    pub(super) bodies: Table<RequestBody>,
    pub(super) responses: Table<Response>,
    pub(super) headers: Table<Header, HeaderFacts>,
    /// `itemSchema` of media types, as references, by the media type's place.
    pub(super) item_schemas: HashMap<Pointer, String>,
    /// Descriptions beside a `$ref`, by the location of the object that has both.
    pub(super) descriptions: HashMap<Pointer, String>,
}

/// A component schema.
#[derive(Debug)]
pub struct Component {
    /// Its name, a key of `components.schemas`.
    pub name: String,
    /// Its location.
    pub at: Pointer,
    /// The key of its entry, which is another schema's if it is only a `$ref`.
    pub target: String,
}

/// An operation with its location.
#[derive(Debug)]
pub struct OperationEntry {
    /// Its location.
    pub at: Pointer,
    /// The HTTP method in upper case.
    pub method: String,
    /// The key under `paths`.
    pub path: String,
    /// The operation; its parameters include those of its path.
    pub operation: Operation,
    /// The location of its servers: its own, or its path's.
    pub servers_at: Pointer,
    /// The location where each parameter is listed, in the order of `operation.parameters`.
    pub parameter_places: Vec<Pointer>,
}

impl OperationEntry {
    /// Returns its name in `codegen.yaml`, whatever its id: `GET /users/{id}`.
    pub fn address(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// An object with its location.
#[derive(Debug)]
pub struct Entry<T, Facts = ()> {
    /// Its location; for an object behind a `$ref`, where the reference ends.
    pub at: Pointer,
    /// The object.
    pub value: T,
    /// The facts that openapiv3's type cannot express.
    pub facts: Facts,
}

/// The facts about a schema that openapiv3 cannot express.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct SchemaFacts {
    /// Several types (3.1) without `null`; the schema itself has no type then.
    pub types: Vec<String>,
    /// Only `null` is valid.
    pub only_null: bool,
    /// Nothing is valid: the schema `false`.
    pub never: bool,
    /// The only value is that of a `const`, which is the only one in `enum`.
    pub is_constant: bool,
    /// What is said about each value of `enum`; empty if there is nothing to say.
    pub listed: Vec<ListedFacts>,
    /// Values are listed that are not of the schema's type.
    pub lists_misfits: bool,
    /// `prefixItems`, as references.
    pub prefix_items: Vec<String>,
    /// `patternProperties`, as references.
    pub pattern_properties: Vec<(String, String)>,
    /// `then`, `else` and `dependentSchemas` that name members, as references: what some values have to fit.
    pub consequences: Vec<String>,
    /// Whether one of these describes members, and does not only require some.
    pub has_conditional_members: bool,
    /// The members that `if` names.
    pub tested: Vec<String>,
    /// `contentSchema`, as a reference: the schema of a string's content, such as the data of an event.
    pub content_schema: Option<String>,
    /// The `contentMediaType` of a string that is not encoded, such as `image/png`: in a part of a body, a file.
    pub content_media_type: Option<String>,
    /// Numbers whose spelling is lost when they are read, by keyword: `multipleOf: 0.10`, `maximum: 1e300`.
    pub spellings: Vec<(&'static str, String)>,
    /// Keywords that bound values and are newer than OpenAPI 3.0, in the document's order.
    pub bounds: Vec<(&'static str, serde_json::Value)>,
}

/// The facts about a value that a schema lists.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct ListedFacts {
    /// Its index in the document, where `null` is listed, too.
    pub index: usize,
    /// Its name: `x-enum-varnames`, `x-enumNames`.
    pub name: Option<String>,
    /// Its description: `x-enum-descriptions`, `x-enumDescriptions`.
    pub description: Option<String>,
}

/// The facts about a parameter that openapiv3 cannot express.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ParameterFacts {
    /// It describes the whole query of the URL: `in: querystring`.
    pub whole_query: bool,
    /// It is a cookie that is not percent-encoded: `style: cookie`.
    pub plain_cookie: bool,
    /// `allowReserved`.
    pub reserved: bool,
}

/// The facts about a header that openapiv3 cannot express.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct HeaderFacts {
    /// `explode`.
    pub explode: bool,
}

/// Objects by their keys.
pub(super) type Table<T, Facts = ()> = IndexMap<String, Entry<T, Facts>>;

/// Schemas by their keys. There are tens of thousands of a kilobyte each, and in a box they stay where they are when the
/// table grows.
pub(super) type Schemas = IndexMap<String, Box<Entry<Schema, SchemaFacts>>, RandomState>;

/// Looks a reference up in its table.
///
/// Every reference that `resolve` writes has an entry: it reads the object, and removes the reference if that fails.
fn entry<'a, T, F, U>(
    table: &'a Table<T, F>,
    reference: &ReferenceOr<U>,
) -> Option<&'a Entry<T, F>> {
    match reference {
        ReferenceOr::Reference { reference } => table.get(reference),
        ReferenceOr::Item(_) => None,
    }
}

impl Document {
    /// Returns the schema of a reference; `T` is what openapiv3 allows in its place.
    pub fn schema<T>(&self, reference: &ReferenceOr<T>) -> &Entry<Schema, SchemaFacts> {
        match reference {
            ReferenceOr::Reference { reference } => self.schema_at(reference),
            ReferenceOr::Item(_) => self.any(),
        }
    }

    /// Returns the schema of a key.
    pub fn schema_at(&self, key: &str) -> &Entry<Schema, SchemaFacts> {
        self.schemas
            .get(key)
            .map_or_else(|| self.any(), Box::as_ref)
    }

    /// Returns all schemas.
    pub fn schemas(&self) -> impl Iterator<Item = &Entry<Schema, SchemaFacts>> {
        self.schemas.values().map(Box::as_ref)
    }

    /// Returns the location of a reference outside a `$ref`, such as `pets.yaml#/Cat` in the mapping of a
    /// discriminator.
    pub fn place(from: &Pointer, reference: &str) -> Option<Pointer> {
        crate::load::target(from, reference).ok()
    }

    /// A key as the table has it, which lives as long as the document; the empty schema's for one that is not there.
    pub fn key(&self, key: &str) -> &str {
        self.schemas.get_key_value(key).map_or("", |(key, _)| key)
    }

    /// The key of a schema: its place.
    pub fn key_of(&self, entry: &Entry<Schema, SchemaFacts>) -> Option<&str> {
        let (key, _) = self.schemas.get_key_value(&entry.at.to_string())?;
        Some(key)
    }

    /// Returns the empty schema, which replaces one that could not be read; the run has an error then.
    #[expect(
        clippy::indexing_slicing,
        reason = "the table is made with this entry in it"
    )]
    fn any(&self) -> &Entry<Schema, SchemaFacts> {
        &self.schemas[0]
    }

    /// Returns the parameter of a reference.
    pub fn parameter(
        &self,
        reference: &ReferenceOr<Parameter>,
    ) -> Option<&Entry<Parameter, ParameterFacts>> {
        entry(&self.parameters, reference)
    }

    /// Returns the request body of a reference.
    pub fn body(&self, reference: &ReferenceOr<RequestBody>) -> Option<&Entry<RequestBody>> {
        entry(&self.bodies, reference)
    }

    /// Returns the response of a reference.
    pub fn response(&self, reference: &ReferenceOr<Response>) -> Option<&Entry<Response>> {
        entry(&self.responses, reference)
    }

    /// Returns the header of a reference.
    pub fn header(&self, reference: &ReferenceOr<Header>) -> Option<&Entry<Header, HeaderFacts>> {
        entry(&self.headers, reference)
    }

    /// Returns the key of the `itemSchema` of the media type at a location.
    pub fn item_schema(&self, place: &Pointer) -> Option<&str> {
        self.item_schemas.get(place).map(String::as_str)
    }

    /// Returns the description beside the `$ref` at a location.
    pub fn description_at(&self, place: &Pointer) -> Option<&str> {
        self.descriptions.get(place).map(String::as_str)
    }
}
