//! What a schema says about values by itself: the values that it lists, whether only `null` fits it, the Rust type of
//! its format.

use oasmith::ir::Scalar;
use oasmith::load::{Node, Object};

use super::keyword;
use super::site::Resolved;

/// Returns the values of `enum` and `const`.
pub(super) fn listed(schema: &Object) -> impl Iterator<Item = &Node> {
    let values = schema.get("enum").and_then(Node::as_array);
    values.into_iter().flatten().chain(schema.get("const"))
}

/// Returns the strings among the listed values.
pub(super) fn strings(schema: &Object) -> impl Iterator<Item = &str> {
    listed(schema).filter_map(Node::as_text)
}

/// Returns whether only `null` fits a schema.
pub(super) fn is_null(schema: &Object) -> bool {
    match schema.get("type") {
        Some(ty) => ty.is_null() || ty.as_str() == Some("null"),
        None => listed(schema).next().is_some() && listed(schema).all(Node::is_null),
    }
}

/// Returns a value as a number, if it is one.
pub(super) fn number(value: &Node) -> Option<f64> {
    value.as_scalar()?.as_number()?.as_f64()
}

/// Returns whether a JSON text has the value of a node; numbers are equal by value, as 1 and 1.0 are.
pub(super) fn is_same(json: &str, value: &Node) -> bool {
    use serde_json::Value;
    match (serde_json::from_str(json), value.to_json()) {
        (Ok(Value::Number(one)), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Ok(json), value) => json == value,
        (Err(_), _) => false,
    }
}

/// Returns whether a type has all values that a schema lists, except `null`.
pub(super) fn has_all(schema: &Object, ty: Resolved<'_>) -> bool {
    listed(schema)
        .filter(|value| !value.is_null())
        .all(|value| match ty {
            Resolved::StringEnum(body) => value
                .as_text()
                .is_some_and(|string| body.values.iter().any(|one| one.name.wire == string)),
            // the type is an integer, and its values can be listed as strings
            Resolved::IntegerEnum(body) => number(value)
                .or_else(|| value.as_text()?.parse().ok())
                .is_some_and(|number| body.values.iter().any(|one| one.value as f64 == number)),
            Resolved::ValueEnum(body) => {
                let mut values = body.values.iter();
                values.any(|one| is_same(&one.name.wire, value))
            }
            // `enum: [true, false]`
            Resolved::Scalar(Scalar::Bool) => {
                let has = |wanted| listed(schema).any(|one| one.as_bool() == Some(wanted));
                has(true) && has(false)
            }
            _ => false,
        })
}

/// Returns whether values of a type are of a JSON Schema type, such as `"array"`.
pub(super) fn is_of_type(ty: Resolved<'_>, name: &str) -> bool {
    match (ty, name) {
        (Resolved::Struct(_) | Resolved::Map(_), "object") => true,
        (Resolved::List(_) | Resolved::Tuple(_), "array") => true,
        (Resolved::ValueEnum(body), name) => {
            let mut values = body.values.iter();
            values.any(|one| is_json_of(&one.name.wire, name))
        }
        (Resolved::StringEnum(_) | Resolved::Opaque, "string") => true,
        (Resolved::IntegerEnum(_), "integer" | "number") => true,
        (Resolved::Scalar(Scalar::Bool), "boolean") => true,
        (Resolved::Scalar(Scalar::NumberOrString(_)), "string") => true,
        (Resolved::Scalar(Scalar::NumberOrString(number)), name) => {
            is_of_type(Resolved::Scalar(number.scalar()), name)
        }
        (Resolved::Scalar(Scalar::F32 | Scalar::F64), "integer") => false,
        (Resolved::Scalar(scalar), "number" | "integer") => scalar.is_number(),
        (Resolved::Scalar(scalar), "string") => {
            !scalar.is_number() && !matches!(scalar, Scalar::Bool | Scalar::Null)
        }
        _ => false,
    }
}

/// Returns whether a JSON text is a value of a JSON Schema type.
fn is_json_of(json: &str, name: &str) -> bool {
    use serde_json::Value;
    match serde_json::from_str(json) {
        Ok(Value::String(_)) => name == "string",
        Ok(Value::Bool(_)) => name == "boolean",
        Ok(Value::Number(_)) => matches!(name, "integer" | "number"),
        Ok(Value::Array(_)) => name == "array",
        Ok(Value::Object(_)) => name == "object",
        Ok(Value::Null) | Err(_) => false,
    }
}

/// Returns the Rust type of a `format`; other formats have none, and stay `String`, `i64` or `f64`.
pub(super) fn scalar_of_format(schema: &Object) -> Option<Scalar> {
    let format = schema.get("format").and_then(Node::as_text)?;
    let is_string = keyword::has_type(schema, "string");
    let is_integer = keyword::has_type(schema, "integer");
    let is_number = keyword::has_type(schema, "number");
    Some(match format {
        "date-time" if is_string => Scalar::DateTime,
        "date" if is_string => Scalar::Date,
        "uuid" if is_string => Scalar::Uuid,
        "byte" if is_string => Scalar::Base64,
        "int8" if is_integer => Scalar::I8,
        "int16" if is_integer => Scalar::I16,
        "int32" if is_integer => Scalar::I32,
        "int64" if is_integer => Scalar::I64,
        "uint8" if is_integer => Scalar::U8,
        "uint16" if is_integer => Scalar::U16,
        "uint32" if is_integer => Scalar::U32,
        "uint64" if is_integer => Scalar::U64,
        "float" if is_number => Scalar::F32,
        "double" if is_number => Scalar::F64,
        _ => return None,
    })
}

/// Returns whether a scalar is the expected one, or one that may take its place.
pub(super) fn is_alike(found: Scalar, expected: Scalar) -> bool {
    let found = match found {
        Scalar::NumberOrString(number) => number.scalar(),
        found => found,
    };
    found == expected
        || matches!(
            (found, expected),
            // by choice in `codegen.yaml`
            (Scalar::DateTimeOffset, Scalar::DateTime) | (Scalar::String, Scalar::Uuid)
                // a `minimum` of 0 and a `maximum` beyond 2^63 are more exact than `int64`
                | (Scalar::U64, Scalar::I64)
        )
}

/// Returns whether a scalar is of one of the schema's types.
pub(super) fn fits_scalar(schema: &Object, scalar: Scalar) -> bool {
    ["string", "integer", "number", "boolean"]
        .into_iter()
        .any(|name| keyword::has_type(schema, name) && is_of_type(Resolved::Scalar(scalar), name))
}
