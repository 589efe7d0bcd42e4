//! The names of the variants of a response enum, by status.

/// The registered statuses, named like the constants of the `http` crate. Sorted.
const STATUSES: &[(&str, &str)] = &[
    ("100", "Continue"),
    ("101", "SwitchingProtocols"),
    ("102", "Processing"),
    ("103", "EarlyHints"),
    ("200", "Ok"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("203", "NonAuthoritativeInformation"),
    ("204", "NoContent"),
    ("205", "ResetContent"),
    ("206", "PartialContent"),
    ("207", "MultiStatus"),
    ("208", "AlreadyReported"),
    ("226", "ImUsed"),
    ("300", "MultipleChoices"),
    ("301", "MovedPermanently"),
    ("302", "Found"),
    ("303", "SeeOther"),
    ("304", "NotModified"),
    ("305", "UseProxy"),
    ("307", "TemporaryRedirect"),
    ("308", "PermanentRedirect"),
    ("400", "BadRequest"),
    ("401", "Unauthorized"),
    ("402", "PaymentRequired"),
    ("403", "Forbidden"),
    ("404", "NotFound"),
    ("405", "MethodNotAllowed"),
    ("406", "NotAcceptable"),
    ("407", "ProxyAuthenticationRequired"),
    ("408", "RequestTimeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("411", "LengthRequired"),
    ("412", "PreconditionFailed"),
    ("413", "PayloadTooLarge"),
    ("414", "UriTooLong"),
    ("415", "UnsupportedMediaType"),
    ("416", "RangeNotSatisfiable"),
    ("417", "ExpectationFailed"),
    ("418", "ImATeapot"),
    ("421", "MisdirectedRequest"),
    ("422", "UnprocessableEntity"),
    ("423", "Locked"),
    ("424", "FailedDependency"),
    ("425", "TooEarly"),
    ("426", "UpgradeRequired"),
    ("428", "PreconditionRequired"),
    ("429", "TooManyRequests"),
    ("431", "RequestHeaderFieldsTooLarge"),
    ("451", "UnavailableForLegalReasons"),
    ("500", "InternalServerError"),
    ("501", "NotImplemented"),
    ("502", "BadGateway"),
    ("503", "ServiceUnavailable"),
    ("504", "GatewayTimeout"),
    ("505", "HttpVersionNotSupported"),
    ("506", "VariantAlsoNegotiates"),
    ("507", "InsufficientStorage"),
    ("508", "LoopDetected"),
    ("510", "NotExtended"),
    ("511", "NetworkAuthenticationRequired"),
];

/// Returns the variant for a key of a `responses` object: `207` is `MultiStatus`, `299` is `Status299`, `4XX` is
/// `ClientError` in either case, `default` is `Default`.
pub(crate) fn status_variant(status: &str) -> String {
    if let Ok(at) = STATUSES.binary_search_by_key(&status, |(number, _)| number)
        && let Some((_, name)) = STATUSES.get(at)
    {
        return (*name).to_owned();
    }
    let range = match status.as_bytes() {
        [b'1', b'X' | b'x', b'X' | b'x'] => "Informational",
        [b'2', b'X' | b'x', b'X' | b'x'] => "Success",
        [b'3', b'X' | b'x', b'X' | b'x'] => "Redirection",
        [b'4', b'X' | b'x', b'X' | b'x'] => "ClientError",
        [b'5', b'X' | b'x', b'X' | b'x'] => "ServerError",
        _ if status == "default" => "Default",
        _ => return super::variant_name(&format!("status{status}")),
    };
    range.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_sorted() {
        assert!(STATUSES.is_sorted());
    }

    #[test]
    fn each_key_of_a_responses_object_has_a_variant() {
        let names = [
            ("200", "Ok"),
            ("207", "MultiStatus"),
            ("418", "ImATeapot"),
            ("299", "Status299"),
            ("4XX", "ClientError"),
            ("5xx", "ServerError"),
            ("2Xx", "Success"),
            ("default", "Default"),
            ("x-y", "StatusxY"),
            ("", "Status"),
        ];
        for (status, name) in names {
            assert_eq!(status_variant(status), name, "{status}");
        }
    }
}
