//! Hostile strings, and the locations of a document to put them in.

use serde_json::{Map, Value, json};

/// An identifier that no naming rule produces: as an identifier in an output it shows that a string became code.
pub const MARK: &str = "zzInjected";

/// A placeholder for half of a surrogate pair, which no Rust string can contain.
const SURROGATE: char = '\u{e000}';

/// Writes a document as JSON.
pub fn written(document: &Value) -> String {
    document.to_string().replace(SURROGATE, "\\ud800")
}

/// Returns strings that broke other generators or could break this one, each with the name of the attack.
pub fn payloads() -> Vec<(&'static str, String)> {
    let long = "x".repeat(70_000);
    let code = format!("fn {MARK}() {{}}");
    vec![
        ("end of a block comment", format!("*/ {code} /*")),
        ("comment that forms again", format!("**// {code} //**")),
        ("end of a string", format!("\"; {code} //")),
        ("end of a raw string", format!("\"#; {code} //")),
        ("end of a longer raw string", format!("\"##; {code} //")),
        ("end of an attribute", format!("\")] {code} #[doc(\"")),
        ("end of a block", format!("}} }} {code} {{ {{")),
        ("line break", format!("a\n{code}\n")),
        ("carriage return and line break", format!("a\r\n{code}\r\n")),
        ("bare carriage return", format!("a\r{code}\r")),
        (
            "line and paragraph separator",
            format!("a\u{2028}{code}\u{2029}"),
        ),
        ("inner attribute", format!("#![feature({MARK})]")),
        (
            "outer attribute",
            format!("#[path = \"/etc/hosts\"] mod {MARK};"),
        ),
        ("file as text", "include_str!(\"/etc/hosts\")".to_owned()),
        ("macro", format!("{MARK}!{{}}; println!(\"{{}}\", {MARK})")),
        (
            "format arguments",
            "{} {0} {zzInjected:?} %s ${x}".to_owned(),
        ),
        ("right-to-left override", format!("\u{202e}{code}\u{202c}")),
        ("isolates", format!("\u{2066}{code}\u{2069}\u{2067}")),
        (
            "other invisible letters",
            "a\u{200b}\u{feff}\u{e0041}\u{ad}b".to_owned(),
        ),
        ("lone surrogate", format!("a{SURROGATE}b")),
        ("NUL", format!("a\0{code}")),
        ("escape sequence", "\u{1b}[2J\u{1b}]0;title\u{7}".to_owned()),
        (
            "folder above",
            "../../../../../../tmp/zzInjected".to_owned(),
        ),
        ("absolute path", "/tmp/zzInjected".to_owned()),
        ("drive and device", "C:\\con\\nul:zzInjected".to_owned()),
        ("very long", long),
        ("keyword", "self".to_owned()),
        ("another keyword", "type".to_owned()),
        ("underscore", "_".to_owned()),
        ("nothing", String::new()),
        ("raw identifier", format!("r#{MARK}")),
        ("fence", format!("```\n{MARK}();\n```")),
        ("fence for Rust", format!("a\n\n~~~rust\n{MARK}();\n~~~")),
        (
            "fence in a list in a quote",
            format!("> - ```\n>   {MARK}();\n>   ```"),
        ),
        (
            "indented code",
            format!("a\n\n    {MARK}();\n\n\t{MARK}();"),
        ),
        (
            "link to an item",
            "[std::process::exit] and [`String`]".to_owned(),
        ),
        (
            "link to a script",
            "[a](javascript:alert(1)) <javascript:alert(1)>".to_owned(),
        ),
        (
            "script",
            "<script>alert(1)</script><img src=x onerror=alert(1)>".to_owned(),
        ),
        ("comment of HTML", "<!-- --><div>\n\n&lt;b&gt;".to_owned()),
        (
            "manifest",
            "\"\n[dependencies]\nzzInjected = \"1\"\n".to_owned(),
        ),
        (
            "workflow command",
            "\n::set-output name=zzInjected::1\n##[command]x".to_owned(),
        ),
        ("backslashes", "\\\" \\\\ \\u{0} \\x00 \\".to_owned()),
        ("template", "{{zzInjected}} <%= x %> #{x}".to_owned()),
    ]
}

/// Returns the document, with locations as `⟦location|default⟧`.
fn template() -> Value {
    json!({
        "openapi": "⟦version of OpenAPI|3.1.0⟧",
        "info": {
            "title": "⟦title|Hostile⟧", "version": "⟦version|1⟧", "description": "⟦description of the API|All.⟧",
            "termsOfService": "⟦terms|https://example.com/terms⟧",
            "contact": { "name": "⟦contact|Jo⟧", "url": "⟦contact URL|https://example.com⟧" },
            "license": { "name": "⟦license|MIT⟧" },
        },
        "servers": [{
            "url": "https://⟦host|example.com⟧/⟦server path|v1⟧/{⟦variable|region⟧}",
            "description": "⟦server description|Here.⟧",
            "variables": { "⟦variable|region⟧": { "default": "⟦variable default|eu⟧", "enum": ["⟦variable default|eu⟧", "us"], "description": "⟦variable description|Where.⟧" } },
        }],
        "tags": [{ "name": "⟦tag|things⟧", "description": "⟦tag description|Things.⟧" }],
        "paths": { "/f%/⟦path|things⟧/{⟦path parameter|id⟧}": path_item() },
        "webhooks": { "⟦webhook|changed⟧%": { "post": { "responses": { "200": { "description": "Fine." } } } } },
        "components": {
            "schemas": schemas(),
            "securitySchemes": { "⟦scheme|key⟧%": {
                "type": "apiKey", "in": "header", "name": "⟦key header|X-Key⟧", "description": "⟦scheme description|A key.⟧",
            } },
        },
    })
}

fn path_item() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "parameters": [{
            "name": "⟦path parameter|id⟧", "in": "path", "required": true, "schema": text,
            "description": "⟦parameter description|An id.⟧",
        }],
        "post": {
            "operationId": "⟦operationId|send⟧%", "tags": ["⟦tag|things⟧"],
            "summary": "⟦summary|Sends.⟧", "description": "⟦operation description|It sends.⟧",
            "parameters": [
                { "name": "⟦query|q⟧", "in": "query", "schema": text, "example": "⟦example|a⟧" },
                { "name": "⟦header|X-A⟧", "in": "header", "schema": text },
                { "name": "⟦cookie|c⟧", "in": "cookie", "schema": text },
            ],
            "requestBody": {
                "description": "⟦body description|A thing.⟧",
                "content": { "⟦media type|application/json⟧": { "schema": { "$ref": "#/components/schemas/A%" } } },
            },
            "responses": {
                "⟦status|200⟧": {
                    "description": "⟦response description|Done.⟧",
                    "headers": { "⟦response header|X-B⟧": { "schema": text, "description": "⟦header description|More.⟧" } },
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Union%" } } },
                },
                "default": { "description": "Not.", "content": { "⟦other media type|text/plain⟧": { "schema": text } } },
            },
            "security": [{ "⟦scheme|key⟧%": [] }],
            "externalDocs": { "url": "⟦docs URL|https://example.com/docs⟧", "description": "⟦docs|More.⟧" },
            "callbacks": { "⟦callback|done⟧": { "{$request.body#/⟦callback URL|url⟧}": { "post": { "responses": { "200": { "description": "Fine." } } } } } },
            "x-⟦extension|a⟧": "⟦extension value|b⟧",
            "⟦unknown member|x-c⟧": 1,
        },
    })
}

fn schemas() -> Value {
    json!({
        "⟦schema|Thing⟧%": {
            "type": "object", "title": "⟦schema title|Thing⟧", "description": "⟦schema description|A thing.⟧",
            "required": ["known", "⟦required|known⟧"],
            "properties": {
                "known": { "type": "string", "format": "⟦format|word⟧" },
                "⟦property|size⟧": { "type": "string", "description": "⟦property description|Its size.⟧", "default": "⟦default|s⟧" },
                "level": { "type": "string", "enum": ["⟦enum value|high⟧", "low"], "example": "⟦schema example|low⟧" },
                "fixed": { "const": "⟦constant|always⟧" },
                "like": { "type": "string", "pattern": "⟦pattern|^a$⟧" },
                "old": { "type": "string", "deprecated": true, "description": "⟦deprecation|Use size.⟧" },
            },
            "xml": { "name": "⟦XML name|thing⟧" },
        },
        "A%": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, "a": { "type": "string" } } },
        "B%": { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" }, "b": { "type": "string" } } },
        "Union%": {
            "oneOf": [{ "$ref": "#/components/schemas/A%" }, { "$ref": "#/components/schemas/B%" }],
            "discriminator": { "propertyName": "kind", "mapping": {
                "⟦mapped value|a⟧": "#/components/schemas/A%", "b": "⟦mapping|#/components/schemas/B%⟧",
            } },
        },
        "Told%": {
            "oneOf": [{ "$ref": "#/components/schemas/A%" }, { "$ref": "#/components/schemas/B%" }],
            "discriminator": { "propertyName": "⟦discriminator|kind⟧" },
        },
        "Ref%": { "$ref": "⟦reference|#/components/schemas/A%⟧" },
    })
}

/// Returns the locations in document order.
pub fn places() -> Vec<String> {
    let text = template().to_string();
    let mut places: Vec<String> = Vec::new();
    for piece in text.split('⟦').skip(1) {
        let name = piece.split('|').next().unwrap_or_default().to_owned();
        if !places.contains(&name) {
            places.push(name);
        }
    }
    places
}

/// Returns the document with some locations filled; `number` makes the names of several documents in one unique.
pub fn document(number: usize, fill: &dyn Fn(&str) -> Option<String>) -> Value {
    filled(&template(), number, fill)
}

fn filled(node: &Value, number: usize, fill: &dyn Fn(&str) -> Option<String>) -> Value {
    match node {
        Value::String(text) => Value::String(filled_text(text, number, fill)),
        Value::Array(list) => list.iter().map(|one| filled(one, number, fill)).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, node)| (filled_text(name, number, fill), filled(node, number, fill)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn filled_text(text: &str, number: usize, fill: &dyn Fn(&str) -> Option<String>) -> String {
    let numbered = |text: &str| text.replace('%', &number.to_string());
    let mut pieces = text.split('⟦');
    let mut made = numbered(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (token, rest) = piece.split_once('⟧').expect("tokens end");
        let (place, otherwise) = token.split_once('|').expect("tokens have two parts");
        made += &fill(place).unwrap_or_else(|| numbered(otherwise));
        made += &numbered(rest);
    }
    made
}
