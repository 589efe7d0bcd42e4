//! Rules: replies.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "success-added-other-type",
        "beside one success there is another, of a type of its own",
        "A call gives an enum, since every caller has to look at the new success. Programs that are out read \
         its body as the type that they know and lose the rest.",
    ),
    added(
        "success-added-empty",
        "a second success has no body",
        "A call gives an enum. Programs that are out fail to read an empty body.",
    ),
    added(
        "success-third-added",
        "another success is declared where there are several",
        "The enum has one more variant, and is exhaustive on purpose: every caller has to look at it.",
    ),
    removed(
        "success-removed",
        "a declared success is removed, and others stay",
        "If it still comes, its body is read as another success and loses what that does not know.",
    ),
    added(
        "success-body-added",
        "a success without a body gets one",
        "A call gives its type. Replies of an older server have no body: release the server first.",
    ),
    removed(
        "success-body-removed",
        "a success loses its body",
        "A call gives `()`. Programs that are out fail to read an empty body.",
    ),
    rule(
        "success-type-changed",
        "a success has another type",
        "Callers get another type.",
    ),
    rule(
        "success-became-list",
        "a success becomes an array, or an array a value",
        "Neither side reads what the other one sends.",
    ),
    rule(
        "success-media-type-changed",
        "the media type of a success is replaced",
        "A call gives what is read from that media type.",
    ),
    rule(
        "success-name-changed",
        "a success has another variant",
        "Nothing differs on the wire.",
    ),
    rule(
        "accept-changed",
        "other media types are asked for",
        "The declared media types of the replies differ.",
    ),
    added(
        "stream-added",
        "a media type for streams is new at a success",
        "A method is new. A server of the older description does not send streams.",
    ),
    removed(
        "stream-removed",
        "a success can no longer be read as a stream",
        "The method is gone.",
    ),
    rule(
        "stream-type-changed",
        "the items of a stream have another type",
        "Code that reads the items has to be changed.",
    ),
    rule(
        "error-declared",
        "the first error of an operation is declared",
        "The type of the error's body is declared instead of bytes. A reply of an error is an `Err` in either \
         case.",
    ),
    removed(
        "error-removed",
        "an operation no longer declares an error",
        "The body of an error is bytes.",
    ),
    rule(
        "error-type-changed",
        "a declared error has another type",
        "Code that looks at the error's body has to be changed. A body that is not read as declared is still \
         an `Err`.",
    ),
    rule(
        "error-types-joined",
        "all declared errors have one type",
        "The enum of errors is gone.",
    ),
    added(
        "error-status-added-other",
        "an error of another type is declared",
        "The errors are an enum. In programs that are out the status is an `Err` with bytes.",
    ),
    added(
        "error-status-added-same",
        "an error of a known type is declared for one more status",
        "In programs that are out the status is an `Err` with bytes.",
    ),
    rule(
        "error-statuses-changed",
        "errors are declared for other statuses",
        "A status that is not declared is an `Err` with bytes.",
    ),
    rule(
        "error-range-split",
        "errors are declared for a range of statuses instead of single ones, or the reverse",
        "A status that is not declared is an `Err` with bytes.",
    ),
    added(
        "error-variant-added",
        "an enum of errors gets a status",
        "Enums of errors are open, so a `match` goes on compiling.",
    ),
    removed(
        "error-variant-removed",
        "an enum of errors loses a status",
        "The variant is gone. The status is an `Err` with bytes.",
    ),
    rule(
        "error-variant-renamed",
        "a status in an enum of errors has another variant",
        "Nothing differs on the wire.",
    ),
    rule(
        "accessor-lost",
        "a method that several successes share is gone",
        "Their members of this name have different types now.",
    ),
    rule(
        "accessor-changed",
        "a method that several successes share returns another type",
        "The members that it reads have another type.",
    ),
    added(
        "header-added",
        "a response header is new",
        "A constant is new.",
    ),
    removed(
        "header-removed",
        "no reply declares a header any more",
        "The constant is gone. The header can still be read by its name.",
    ),
    rule(
        "header-type-changed",
        "the schema of a response header is replaced",
        "The constant has another type. Neither side parses the text of the other one, unless one type \
         contains the other.",
    ),
    rule(
        "header-became-required",
        "`required` of a response header is switched",
        "The constant reads an `Option`, or no longer does.",
    ),
    rule(
        "header-form-changed",
        "a header is read in another form",
        "The style of the header differs.",
    ),
    rule(
        "header-name-changed",
        "a header has another constant",
        "Nothing differs on the wire.",
    ),
    rule(
        "header-deprecated",
        "a header becomes deprecated",
        "Code that uses the constant gets a warning.",
    ),
];
