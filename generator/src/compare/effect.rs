//! What a change does to programs, as sentences.

use super::change::{Change, Level, Wire};

/// Returns the sentences: what is special about the change, what goes with it, old programs, old servers.
pub fn of(change: &Change, note: Option<&str>, consequences: &[String]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(note.map(ToOwned::to_owned));
    if !consequences.is_empty() {
        sentences.push(format!("With it: {}.", consequences.join(", ")));
    }
    if change.unseen {
        sentences.push("DANGER: code compiles as before and means something else.".to_owned());
    }
    let programs = concrete_programs(change.rule, change.old_client);
    let servers = concrete_servers(change.rule, change.old_server);
    let programs = programs.or_else(|| old_programs(change.old_client));
    let servers = servers.or_else(|| old_servers(change.old_server));
    sentences.extend(programs.into_iter().chain(servers).map(ToOwned::to_owned));
    if sentences.is_empty() {
        sentences.push(harmless(change).to_owned());
    }
    sentences.join(" ")
}

/// Says what becomes of programs that are out, for the rules that apply most often.
fn concrete_programs(rule: &str, wire: Wire) -> Option<&'static str> {
    let sentence = match (rule, wire) {
        ("branch-added-received", Wire::Maybe) => {
            "Programs in the field keep it as `Unknown`, unless a branch that they have reads it, too."
        }
        (
            "member-removed-optional-sent" | "member-removed-required-sent" | "parameter-removed",
            Wire::Maybe,
        ) => "Programs in the field go on sending it, and the new server ignores or refuses it.",
        ("member-added-required-sent" | "parameter-added-required", Wire::Refused) => {
            "PROGRAMS IN THE FIELD ARE REFUSED: they do not send it."
        }
        _ => return None,
    };
    Some(sentence)
}

/// Says what an old server does with the new crate, for the rules that apply most often.
fn concrete_servers(rule: &str, wire: Wire) -> Option<&'static str> {
    let sentence = match (rule, wire) {
        (
            "member-added-optional-sent"
            | "member-added-required-sent"
            | "parameter-added-optional"
            | "parameter-added-required"
            | "first-parameter-added-optional"
            | "first-parameter-added-required"
            | "part-added-optional"
            | "part-added-required",
            Wire::Maybe,
        ) => "An old server does not know it, and ignores or refuses it.",
        ("operation-added", Wire::Refused) => {
            "A server that does not know it yet answers as to any unknown path."
        }
        _ => return None,
    };
    Some(sentence)
}

fn old_programs(wire: Wire) -> Option<&'static str> {
    match wire {
        Wire::Unused | Wire::Works => None,
        Wire::Maybe => {
            Some("Whether programs in the field go on working depends on values, or on the server.")
        }
        Wire::Silent => Some(
            "PROGRAMS IN THE FIELD DO NOT NOTICE: there is no error, and a value is lost or means something else.",
        ),
        Wire::Unreadable => {
            Some("PROGRAMS IN THE FIELD FAIL: they cannot read replies of the new server.")
        }
        Wire::Refused => Some("PROGRAMS IN THE FIELD ARE REFUSED by the new server."),
    }
}

fn old_servers(wire: Wire) -> Option<&'static str> {
    match wire {
        Wire::Unused | Wire::Works => None,
        Wire::Maybe => Some(
            "With an old server it depends on values, or on what that does with what it does not know.",
        ),
        Wire::Silent => {
            Some("With an old server a value is lost or means something else, without an error.")
        }
        Wire::Unreadable => {
            Some("DEPLOY AFTER THE SERVER: the new crate cannot read replies of an old one.")
        }
        Wire::Refused => {
            Some("DEPLOY AFTER THE SERVER: an old one refuses what the new crate sends.")
        }
    }
}

fn harmless(change: &Change) -> &'static str {
    match (change.source, change.old_client) {
        _ if change.rule == "member-added-optional-received"
            && change.old_client == Wire::Works =>
        {
            "Programs in the field ignore it. With a server that does not know it, it is `None`."
        }
        _ if change.rule == "value-added-received" && change.old_client == Wire::Works => {
            "Programs in the field read it as `Unknown`. Code that looks for that no longer finds it after the update."
        }
        (_, Wire::Unused) => "No operation uses it.",
        (Level::Major, _) => {
            "Code that uses it no longer compiles. Nothing changed for programs in the field."
        }
        _ => "Programs in the field work as before.",
    }
}
