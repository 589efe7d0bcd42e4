//! The sections of `components`, and which of them a `$ref` leads to by the place where it is.

/// A section of `components`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Callbacks,
    Examples,
    Headers,
    Links,
    Parameters,
    PathItems,
    RequestBodies,
    Responses,
    Schemas,
    SecuritySchemes,
}

impl Section {
    /// Returns the section of what is found at a place: that of `…/parameters/0` is `parameters`.
    ///
    /// `parent` and `name` are the last two tokens of the place. Everything that is at no other place is a schema.
    pub(crate) fn at(parent: &str, name: &str) -> Self {
        match (parent, name) {
            ("callbacks", _) => Section::Callbacks,
            ("examples", _) => Section::Examples,
            ("headers", _) => Section::Headers,
            ("links", _) => Section::Links,
            ("parameters", _) => Section::Parameters,
            ("paths" | "webhooks" | "pathItems", _) => Section::PathItems,
            ("requestBodies", _) => Section::RequestBodies,
            ("responses", _) => Section::Responses,
            ("securitySchemes", _) => Section::SecuritySchemes,
            ("properties" | "schemas" | "$defs" | "patternProperties", _) => Section::Schemas,
            (_, "requestBody") => Section::RequestBodies,
            _ => Section::Schemas,
        }
    }

    /// Returns its key in `components`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Section::Callbacks => "callbacks",
            Section::Examples => "examples",
            Section::Headers => "headers",
            Section::Links => "links",
            Section::Parameters => "parameters",
            Section::PathItems => "pathItems",
            Section::RequestBodies => "requestBodies",
            Section::Responses => "responses",
            Section::Schemas => "schemas",
            Section::SecuritySchemes => "securitySchemes",
        }
    }

    /// Returns what a lenient run puts in place of an object of the section that cannot be found or read.
    pub(crate) fn bridge(self) -> &'static str {
        match self {
            Section::Callbacks | Section::Examples | Section::Links => "it is left out",
            Section::Headers => "the header is left out",
            Section::Parameters => "the parameter is left out",
            Section::PathItems => "the path is left out",
            Section::RequestBodies => "any JSON is sent in its place",
            Section::Responses => "the response is read as one without content",
            Section::Schemas => "any JSON is accepted in its place",
            Section::SecuritySchemes => "the security scheme is left out",
        }
    }
}
