//! The document after `resolve`: every object read on its own into openapiv3's types, every reference leading somewhere.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;
use openapiv3::{Header, Info, Operation, Parameter, ReferenceOr, RequestBody, Response, Schema};

use crate::pointer::Pointer;

/// A description that can be walked without a look-up failing.
///
/// Objects hold their children as references (`products.yaml#/components/schemas/Error`), also those that the document
/// writes inline; the tables below give what such a reference means. Chains of references are followed already.
#[derive(Debug)]
pub struct Document {
    /// The document about itself.
    pub info: Info,
    /// The root's servers, in order.
    pub servers: Vec<openapiv3::Server>,
    /// The component schemas in the document's order.
    pub components: Vec<Component>,
    /// The security schemes by name.
    pub schemes: IndexMap<String, Entry<openapiv3::SecurityScheme>>,
    /// What operations ask for unless they say otherwise.
    pub security: Vec<openapiv3::SecurityRequirement>,
    /// The chosen operations, in the document's order.
    pub operations: Vec<OperationEntry>,
    /// The ids and addresses of operations that are not chosen.
    pub left_out: BTreeSet<String>,
    /// The webhooks and callbacks: requests that the API makes. Their `path` is their name.
    pub received: Vec<OperationEntry>,
    pub(super) schemas: Table<Schema, SchemaFacts>,
    pub(super) parameters: Table<Parameter, ParameterFacts>,
    pub(super) bodies: Table<RequestBody>,
    pub(super) responses: Table<Response>,
    pub(super) headers: Table<Header, HeaderFacts>,
    /// `itemSchema` of media types, as references, by the media type's place.
    pub(super) item_schemas: HashMap<Pointer, String>,
    /// Descriptions that stand beside a `$ref`, by the place of the object that has both.
    pub(super) descriptions: HashMap<Pointer, String>,
}

/// A component schema.
#[derive(Debug)]
pub struct Component {
    /// Its name, a key of `components.schemas`.
    pub name: String,
    /// Where it stands.
    pub at: Pointer,
    /// What it means: the key of its own entry, or of another's when it is only a `$ref`.
    pub target: String,
}

/// An operation with its place.
#[derive(Debug)]
pub struct OperationEntry {
    /// Where it stands.
    pub at: Pointer,
    /// The HTTP method in upper case.
    pub method: String,
    /// The key under `paths`.
    pub path: String,
    /// The operation; its parameters hold the path's, too.
    pub operation: Operation,
    /// The place of its servers: its own, or its path's.
    pub servers_at: Pointer,
    /// The place of each parameter's use, in the order of `operation.parameters`.
    pub parameter_places: Vec<Pointer>,
}

impl OperationEntry {
    /// How `codegen.yaml` names it, whatever its id: `GET /users/{id}`.
    pub fn address(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// An object with its place.
#[derive(Debug)]
pub struct Entry<T, Facts = ()> {
    /// Where it stands; for an object behind a `$ref`, where the reference ends.
    pub at: Pointer,
    /// The object.
    pub value: T,
    /// What openapiv3's type cannot hold.
    pub facts: Facts,
}

/// What openapiv3's schema cannot hold.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct SchemaFacts {
    /// More than one type (3.1), `null` left out; the schema itself has none then.
    pub types: Vec<String>,
    /// Only `null` fits.
    pub only_null: bool,
    /// Nothing fits: the schema `false`.
    pub never: bool,
    /// `prefixItems`, as references.
    pub prefix_items: Vec<String>,
    /// `patternProperties`, as references.
    pub pattern_properties: Vec<(String, String)>,
    /// `contentSchema`, as a reference: what a text holds, such as the data of an event.
    pub content_schema: Option<String>,
    /// Numbers whose spelling is lost when they are read, by keyword: `multipleOf: 0.10`, `maximum: 1e300`.
    pub spellings: Vec<(&'static str, String)>,
}

/// What openapiv3's parameter cannot hold.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ParameterFacts {
    /// It is the whole query of the URL: `in: querystring`.
    pub whole_query: bool,
    /// A cookie that is not percent-encoded: `style: cookie`.
    pub plain_cookie: bool,
    /// `allowReserved`.
    pub reserved: bool,
}

/// What openapiv3's header cannot hold.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct HeaderFacts {
    /// `explode`.
    pub explode: bool,
}

/// Objects by the reference that leads to them.
pub(super) type Table<T, Facts = ()> = IndexMap<String, Entry<T, Facts>>;

/// What a reference means in its table.
///
/// `resolve` reads an object for every reference that it writes, and takes a reference out where that failed, so the entry is there.
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
    /// The schema that a reference means; `T` is what openapiv3 allows in its place.
    pub fn schema<T>(&self, reference: &ReferenceOr<T>) -> &Entry<Schema, SchemaFacts> {
        entry(&self.schemas, reference).unwrap_or_else(|| self.any())
    }

    /// The schema behind a key of the table.
    pub fn schema_at(&self, key: &str) -> &Entry<Schema, SchemaFacts> {
        self.schemas.get(key).unwrap_or_else(|| self.any())
    }

    /// The place that a reference outside a `$ref` means, such as a discriminator's `mapping: { cat: pets.yaml#/Cat }`.
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

    /// The empty schema that stands for one that could not be read; the run has an error then.
    #[expect(
        clippy::indexing_slicing,
        reason = "the table is made with this entry in it"
    )]
    fn any(&self) -> &Entry<Schema, SchemaFacts> {
        &self.schemas[0]
    }

    /// The parameter that a reference means.
    pub fn parameter(
        &self,
        reference: &ReferenceOr<Parameter>,
    ) -> Option<&Entry<Parameter, ParameterFacts>> {
        entry(&self.parameters, reference)
    }

    /// The request body that a reference means.
    pub fn body(&self, reference: &ReferenceOr<RequestBody>) -> Option<&Entry<RequestBody>> {
        entry(&self.bodies, reference)
    }

    /// The response that a reference means.
    pub fn response(&self, reference: &ReferenceOr<Response>) -> Option<&Entry<Response>> {
        entry(&self.responses, reference)
    }

    /// The header that a reference means.
    pub fn header(&self, reference: &ReferenceOr<Header>) -> Option<&Entry<Header, HeaderFacts>> {
        entry(&self.headers, reference)
    }

    /// The key of the `itemSchema` of the media type at a place.
    pub fn item_schema(&self, place: &Pointer) -> Option<&str> {
        self.item_schemas.get(place).map(String::as_str)
    }

    /// The description beside the `$ref` at a place.
    pub fn description_at(&self, place: &Pointer) -> Option<&str> {
        self.descriptions.get(place).map(String::as_str)
    }
}
