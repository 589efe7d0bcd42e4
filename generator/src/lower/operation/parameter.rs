//! Parameters: required ones become arguments of the method, the others setters of what it returns.

use openapiv3::{
    Parameter as Declared, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
};

use super::template::{self, Piece};
use super::{Operations, media};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Name, Parameter, ParameterPlace, PathPart, Scalar, Style, TypeRef};
use crate::lower::schema::{SchemaSite, key};
use crate::name;
use crate::pointer::Pointer;
use crate::resolve::{Entry, OperationEntry, ParameterFacts};
use crate::spec::FRAMING_HEADERS;

impl<'a> Operations<'_, 'a> {
    /// Returns the parameters of an operation, path parameters first and in the template's order, and the parts of the path.
    pub(super) fn parameters(
        &mut self,
        entry: &'a OperationEntry,
        stem: &str,
    ) -> (Vec<Parameter>, Vec<PathPart>) {
        let declared = self.declared_parameters(entry, stem);
        let (mut in_path, others): (Vec<_>, Vec<_>) = declared
            .into_iter()
            .partition(|one| one.place == ParameterPlace::Path);
        let (path, query) = template::pieces(&entry.path);
        let mut parts = Vec::new();
        let mut parameters = Vec::new();
        self.fill_in(entry, path, &mut in_path, &mut parameters, &mut parts);
        if let Some(query) = query
            .map(|query| without(query, &others))
            .filter(|query| !query.is_empty())
        {
            parts.push(PathPart::Literal("?".to_owned()));
            self.fill_in(entry, query, &mut in_path, &mut parameters, &mut parts);
        }
        for left in &in_path {
            let text = format!(
                "the path `{}` has no `{{{}}}`, so this parameter is not sent",
                entry.path, left.name.wire
            );
            let finding = Diagnostic::new(code::PATH_PARAMETERS, left.origin.clone(), text);
            self.report(finding.help("name it in the path, or remove it"));
        }
        let (mut required, mut optional): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|one| one.required);
        self.name_arguments([&mut parameters, &mut required], &mut optional);
        parameters.append(&mut required);
        self.order_arguments(entry, &mut parameters, &mut parts);
        parameters.append(&mut optional);
        (parameters, parts)
    }

    /// Assigns declared parameters to the variables of the template.
    fn fill_in(
        &mut self,
        entry: &OperationEntry,
        pieces: Vec<Piece>,
        declared: &mut Vec<Parameter>,
        parameters: &mut Vec<Parameter>,
        parts: &mut Vec<PathPart>,
    ) {
        for piece in pieces {
            let wire = match piece {
                Piece::Literal(text) => {
                    parts.push(PathPart::Literal(text));
                    continue;
                }
                Piece::Variable(wire) => wire,
            };
            // `{+path}` and `{proxy*}` are declared as `path` and `proxy`
            let plain = wire.trim_matches(['+', '*']);
            let known = |one: &Parameter| one.name.wire == wire || one.name.wire == plain;
            let index = match parameters.iter().position(known) {
                Some(index) => index,
                None => {
                    let found = declared.iter().position(known);
                    let parameter = match found {
                        Some(found) => declared.remove(found),
                        None => self.undeclared_parameter(entry, &wire),
                    };
                    parameters.push(parameter);
                    parameters.len() - 1
                }
            };
            parts.push(PathPart::Parameter(index));
        }
    }

    /// Makes the parameter of a variable that is not declared: a string, since the path cannot be called without it.
    fn undeclared_parameter(&mut self, entry: &OperationEntry, wire: &str) -> Parameter {
        let text = format!(
            "the path `{}` names `{{{wire}}}`, and no parameter declares it; it is assumed to be a string",
            entry.path
        );
        let finding = Diagnostic::new(code::PATH_PARAMETERS, entry.at.clone(), text);
        self.report(finding.help(format!(
            "declare it: `{{ name: {wire}, in: path, required: true, schema: {{ type: string }} }}`"
        )));
        Parameter {
            name: Name {
                wire: wire.to_owned(),
                rust: name::member_name(wire),
            },
            origin: entry.at.clone(),
            docs: Docs::default(),
            place: ParameterPlace::Path,
            style: Style::Simple,
            reserved: false,
            styles: Vec::new(),
            explode: false,
            required: true,
            ty: TypeRef::Scalar(Scalar::String),
        }
    }

    /// Returns the declared parameters that are sent, in the document's order.
    fn declared_parameters(&mut self, entry: &'a OperationEntry, stem: &str) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        let uses = entry
            .operation
            .parameters
            .iter()
            .zip(&entry.parameter_places);
        for (reference, at) in uses {
            let Some(declared) = self.document.parameter(reference) else {
                continue;
            };
            let sent = match &declared.value {
                Declared::Header { parameter_data, .. } => {
                    !self.is_ignored_header(&parameter_data.name, at, entry)
                        && self.is_sent_header(&parameter_data.name, at)
                }
                Declared::Cookie { .. } | Declared::Query { .. } | Declared::Path { .. } => true,
            };
            if sent {
                parameters.push(self.parameter(declared, at, entry, stem));
            }
        }
        parameters
    }

    fn is_sent_header(&mut self, wire: &str, at: &Pointer) -> bool {
        let lower = wire.to_ascii_lowercase();
        if FRAMING_HEADERS.contains(&lower.as_str()) {
            let text =
                format!("the header `{wire}` frames a message, so only the transport sends it");
            self.report(Diagnostic::new(code::NOT_GENERATED, at.clone(), text));
            return false;
        }
        true
    }

    fn parameter(
        &mut self,
        declared: &'a Entry<Declared, ParameterFacts>,
        at: &Pointer,
        entry: &OperationEntry,
        stem: &str,
    ) -> Parameter {
        let (place, style, data) = sent(declared);
        let stem = self.shared_stem(&declared.at).unwrap_or_else(|| {
            let owner = self.path_stem(&declared.at, entry);
            let owner = owner.as_deref().unwrap_or(stem);
            name::type_name(&format!("{owner}_{}", name::type_name(&data.name)))
        });
        let (ty, is_json) = self.parameter_type(&data.format, stem, &declared.at);
        let explode = matches!(style, Style::Form | Style::Cookie);
        let form = match (place, &data.format) {
            (ParameterPlace::QueryString, ParameterSchemaOrContent::Content(content)) => content
                .iter()
                .find(|(name, content)| self.is_form(name, content))
                .map(|(_, content)| content),
            _ => None,
        };
        let style = match (place, form) {
            _ if is_json => Style::Json,
            // one text, whatever it is
            (ParameterPlace::QueryString, None) => Style::Simple,
            _ => style,
        };
        // a path is made of text, whatever else a schema without a type allows
        let ty = match (ty, place) {
            (TypeRef::Any, ParameterPlace::Path) => TypeRef::Scalar(Scalar::String),
            (ty, _) => ty.sent(),
        };
        let parameter = Parameter {
            name: Name {
                wire: data.name.clone(),
                rust: name::member_name(&data.name),
            },
            origin: at.clone(),
            docs: self.parameter_docs(data, at),
            place,
            style,
            reserved: declared.facts.reserved && place != ParameterPlace::Header,
            styles: form.map(super::body::styles).unwrap_or_default(),
            explode: data.explode.unwrap_or(explode),
            required: data.required || place == ParameterPlace::Path,
            ty,
        };
        if let ParameterSchemaOrContent::Schema(schema) = &data.format
            && let Some(schema) = key(schema)
        {
            self.report_nesting(&parameter, schema, &declared.at.child("schema"));
        }
        parameter
    }

    /// Returns the type of a parameter's value, and whether it is written as JSON. `null` is not sent, so it is not in the
    /// type.
    pub(super) fn parameter_type(
        &mut self,
        format: &'a ParameterSchemaOrContent,
        stem: String,
        at: &Pointer,
    ) -> (TypeRef, bool) {
        match format {
            ParameterSchemaOrContent::Schema(schema) => {
                let place = SchemaSite::body(stem, &at.child("schema"));
                let ty = key(schema).map(|key| self.schemas.type_without_null(key, &place));
                (ty.unwrap_or(TypeRef::Any), false)
            }
            ParameterSchemaOrContent::Content(content) => {
                let Some((media_type, content)) = content.first() else {
                    return (TypeRef::Scalar(Scalar::String), false);
                };
                let at = at.child("content").child(media_type).child("schema");
                let place = SchemaSite::body(stem, &at);
                let is_json = media::json_rank(media_type).is_some();
                let schema = content.schema.as_ref().and_then(key);
                let Some(schema) = schema else {
                    let text = TypeRef::Scalar(Scalar::String);
                    return (if is_json { TypeRef::Any } else { text }, is_json);
                };
                if !is_json && !self.is_form(media_type, content) && self.is_structured(schema) {
                    let text =
                        format!("a value of `{media_type}` is text here; its schema is not used");
                    self.report(Diagnostic::new(code::NOT_MODELLED, at, text));
                    return (TypeRef::Scalar(Scalar::String), false);
                }
                (self.schemas.type_without_null(schema, &place), is_json)
            }
        }
    }

    fn parameter_docs(&self, data: &ParameterData, at: &Pointer) -> Docs {
        let own = self.document.description_at(at);
        let mut docs = Docs {
            description: own.map(str::to_owned).or_else(|| data.description.clone()),
            deprecated: data.deprecated.unwrap_or(false),
            ..Docs::default()
        };
        if let ParameterSchemaOrContent::Schema(schema) = &data.format
            && let Some(key) = key(schema)
            && self.schemas.type_of_key(key).is_none()
        {
            let schema = self.schemas.docs(self.document.schema_at(key));
            docs.notes = schema.notes;
            if docs.description.is_none() {
                docs.description = schema.description;
            }
        }
        docs
    }
}

/// Returns the location and style of a parameter, and its other data.
fn sent(declared: &Entry<Declared, ParameterFacts>) -> (ParameterPlace, Style, &ParameterData) {
    match &declared.value {
        Declared::Query {
            parameter_data,
            style,
            ..
        } => {
            let place = if declared.facts.whole_query {
                ParameterPlace::QueryString
            } else {
                ParameterPlace::Query
            };
            (place, query_style(style), parameter_data)
        }
        Declared::Header { parameter_data, .. } => {
            (ParameterPlace::Header, Style::Simple, parameter_data)
        }
        Declared::Path {
            parameter_data,
            style,
        } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (ParameterPlace::Path, style, parameter_data)
        }
        Declared::Cookie { parameter_data, .. } => {
            let style = if declared.facts.plain_cookie {
                Style::Cookie
            } else {
                Style::Form
            };
            (ParameterPlace::Cookie, style, parameter_data)
        }
    }
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// Returns a query without the pairs whose variable is a query parameter, which is sent as one.
fn without(query: Vec<Piece>, declared: &[Parameter]) -> Vec<Piece> {
    let is_query = |wire: &str| {
        let mut query = declared
            .iter()
            .filter(|one| one.place == ParameterPlace::Query);
        query.any(|one| one.name.wire == wire)
    };
    let mut kept: Vec<Piece> = Vec::new();
    for piece in query {
        match &piece {
            Piece::Variable(wire) if is_query(wire) => {
                if let Some(Piece::Literal(text)) = kept.last_mut() {
                    let pair = text.rfind('&').unwrap_or(0);
                    text.truncate(pair);
                }
            }
            _ => kept.push(piece),
        }
    }
    let is_empty = |piece: &Piece| matches!(piece, Piece::Literal(text) if text.is_empty());
    kept.retain(|piece| !is_empty(piece));
    // the pair in front of what is now the first may be gone
    if let Some(Piece::Literal(text)) = kept.first_mut() {
        *text = text.trim_start_matches('&').to_owned();
    }
    kept.retain(|piece| !is_empty(piece));
    kept
}
