//! Methods, header names and tokens of HTTP, as far as OpenAPI refers to them.

/// The methods that are fields of a path item.
pub(crate) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Header parameters that OpenAPI ignores, since other parts of a description define them. In lower case.
pub(crate) const PARAMETER_HEADERS_IGNORED: [&str; 3] = ["accept", "authorization", "content-type"];

/// Response headers that OpenAPI ignores for the same reason. In lower case.
pub(crate) const RESPONSE_HEADERS_IGNORED: [&str; 1] = ["content-type"];

/// Headers that frame a message; only a transport sends them. In lower case.
pub(crate) const FRAMING_HEADERS: [&str; 9] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The characters of a token besides ASCII letters and digits (RFC 9110, section 5.6.2).
pub(crate) const TOKEN_CHARACTERS: &str = "!#$%&'*+-.^_`|~";

/// Whether a string is a token: a method, or the name of a header or cookie, such as `X-Rate-Limit`.
pub(crate) fn is_token(name: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || TOKEN_CHARACTERS.as_bytes().contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}
