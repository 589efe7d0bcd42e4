//! Rules: members of objects.

use super::{added, removed, rule};
use crate::compare::change::Rule;

/// The rules, in the order of the table.
pub const RULES: &[Rule] = &[
    added(
        "member-added-optional-sent",
        "an optional property is new in an object of requests",
        "A field and a setter are new. A server that does not know the member ignores it, or refuses the \
         call.",
    ),
    added(
        "member-added-optional-received",
        "an optional property is new in an object of replies alone",
        "A field is new. Programs that are out ignore the member.",
    ),
    added(
        "member-added-required-sent",
        "a required property is new in an object of requests",
        "`new` takes it, so every construction has to be changed. Programs that are out do not send it and \
         are refused. An optional member would break nobody.",
    ),
    added(
        "member-added-required-received",
        "a required property is new in an object of replies alone",
        "A field is new. Replies of an older server lack the member, and the new crate does not read them: \
         release the server first, or make the member optional.",
    ),
    added(
        "member-added-required-readonly",
        "an object that requests and replies carry gets a member that only the server sets",
        "A field is new, as an `Option`, since requests leave it out.",
    ),
    removed(
        "member-removed-optional-received",
        "an optional property is removed from an object of replies alone",
        "Code that reads the field no longer compiles. Programs that are out see `None`.",
    ),
    removed(
        "member-removed-required-received",
        "a required property is removed from an object of replies alone",
        "Code that reads the field no longer compiles, and programs that are out fail to read a reply without \
         the member. Make it optional first, release, and remove it later.",
    ),
    removed(
        "member-removed-optional-sent",
        "an optional property is removed from an object of requests",
        "Code that sets it no longer compiles. Programs that are out go on sending it.",
    ),
    removed(
        "member-removed-required-sent",
        "a required property is removed from an object of requests",
        "`new` no longer takes it. Programs that are out go on sending it, and a server of the older \
         description refuses requests without it.",
    ),
    rule(
        "member-became-required-received",
        "`required` lists a property of replies that was optional",
        "The field is no longer an `Option`. Replies of an older server may lack it: release the server \
         first.",
    ),
    rule(
        "member-became-optional-received",
        "a required member of replies is optional",
        "The field is an `Option`. Programs that are out fail to read a reply without the member.",
    ),
    rule(
        "member-became-required-sent",
        "`required` lists a property of requests that was optional",
        "It moves from a setter to `new`. Programs that are out may leave it out and are refused then.",
    ),
    rule(
        "member-became-optional-sent",
        "a required member of requests is optional",
        "It moves from `new` to a setter. A server of the older description refuses requests without it.",
    ),
    rule(
        "member-became-nullable-required",
        "null is allowed for a required property",
        "The field is an `Option`. Programs that are out fail to read a null.",
    ),
    rule(
        "member-became-nullable-optional",
        "null is allowed for an optional property",
        "The field has three states. Programs that are out read a null as an absent member.",
    ),
    rule(
        "member-became-not-null-required",
        "a required member cannot be null any more",
        "The field is no longer an `Option`. A null of an older server is not read by the new crate.",
    ),
    rule(
        "member-became-not-null-optional",
        "an optional member cannot be null any more",
        "The field has two states instead of three. A null is read as an absent member.",
    ),
    rule(
        "member-became-not-null-sent",
        "null is no longer allowed for a property of requests",
        "A null that programs that are out send is refused.",
    ),
    rule(
        "member-presence-changed",
        "a member is absent or null in other cases",
        "The field has another type, or is read in another way.",
    ),
    rule(
        "member-type-changed",
        "a member has a type of another kind",
        "Neither side reads what the other one sends. Add a member of another name instead, if you own the \
         description.",
    ),
    rule(
        "member-integer-to-number",
        "`integer` is replaced by `number`",
        "The field is a float. Programs that are out fail to read a fraction.",
    ),
    rule(
        "member-number-to-integer",
        "`number` is replaced by `integer`",
        "The field is an integer. The new crate does not read fractions of an older server.",
    ),
    rule(
        "member-widened",
        "a number takes another range of values",
        "The field has another numeric type. Values that do not fit into the old one are not read.",
    ),
    rule(
        "member-bound-changed",
        "bounds, lengths or the pattern of a value differ",
        "They are in the documentation and not enforced. In requests the server may refuse values that it \
         took.",
    ),
    added(
        "member-format-added",
        "a string gets a format with a type of its own",
        "The field has the type of the format. Strings of another form are not read any more.",
    ),
    removed(
        "member-format-removed",
        "a string loses its format, or has another one",
        "The field has another type. Programs that are out fail to read strings of another form.",
    ),
    rule(
        "member-respelled-optional",
        "an optional member has another name on the wire and the same one in Rust",
        "Code compiles as before, and the member is always absent with a server of the other description. \
         Nothing in the code shows it.",
    ),
    rule(
        "member-respelled-required",
        "a required member has another name on the wire and the same one in Rust",
        "Code compiles as before, and neither side reads what the other one sends.",
    ),
    rule(
        "member-renamed",
        "in place of a property stands another one that is typed and required alike",
        "Shown as one change, which is a guess. The value is not seen under its other name. The entry for \
         `rename: members:` keeps the name in Rust, not that on the wire.",
    ),
    rule(
        "member-became-list",
        "a value becomes an array, or an array a value",
        "Neither side reads what the other one sends.",
    ),
    added(
        "member-readonly-added",
        "`readOnly` is new at a property of an object of requests",
        "It leaves `new` and is an `Option`. A server of the older description misses it.",
    ),
    removed(
        "member-readonly-removed",
        "`readOnly` is removed at a property of an object of requests",
        "`new` takes it if it is required. Programs that are out do not send it.",
    ),
    rule(
        "member-writeonly-changed",
        "writeOnly of a member came or went",
        "It is in the documentation. A required member is an `Option` where replies leave it out.",
    ),
    rule(
        "member-deprecated",
        "the document marks a property as deprecated",
        "Code that uses the field gets a warning.",
    ),
    rule(
        "member-name-stolen",
        "a new member has the Rust name that another one had",
        "Code may compile and read the other member. Give both a name in `codegen.yaml`.",
    ),
    rule(
        "member-name-taken",
        "a member has another Rust name, because a new one would have the same",
        "Give both a name in `codegen.yaml`, so that the next one does not move them again.",
    ),
    rule(
        "default-changed",
        "the default of a value differs",
        "The server fills it in, so requests that leave the value out mean something else.",
    ),
    rule(
        "secret-changed",
        "the format `password` of a value came or went",
        "`Debug` shows the value, or does not any more.",
    ),
    rule(
        "members-reordered",
        "members have changed places, and no argument has",
        "Nobody notices it, so it is listed with `--all` only.",
    ),
    rule(
        "required-members-reordered-sent",
        "the arguments of `new` are listed in another order",
        "Arguments of `new` follow the order of the description. Nothing differs on the wire.",
    ),
    rule(
        "required-members-swapped-sent",
        "required members of one type have changed places",
        "Calls of `new` compile and send each value under the other's name. Restore the order of the \
         description.",
    ),
    rule(
        "tag-fixed",
        "a union began or ceased to fix the value of a member",
        "`new` does not take a member whose value the union decides.",
    ),
    added(
        "rest-added",
        "an object declares the type of members that it does not name",
        "A map for them is new. Programs that are out ignore them.",
    ),
    removed(
        "rest-removed",
        "an object no longer declares the type of members that it does not name",
        "The map is gone, and such members are ignored without an error.",
    ),
    rule(
        "rest-type-changed",
        "the members that an object does not name have another type",
        "The map has another type of values.",
    ),
    rule(
        "any-got-type",
        "a value that could be any JSON gets a type",
        "The field has that type. Values of an older server may not fit it.",
    ),
    rule(
        "type-became-any",
        "a value can be any JSON",
        "The field is a `serde_json::Value`. Programs that are out fail to read values of other types.",
    ),
    rule(
        "box-moved",
        "a value is put into a box, or taken out",
        "The type begins or ceases to contain itself, or the union has other kinds of branches. Nothing \
         differs on the wire.",
    ),
    rule(
        "merged-branches-changed",
        "an `anyOf` that is merged into a struct has other branches",
        "Conversions from and into the branches came or went.",
    ),
];
