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
    sentences.extend(old_programs(change.old_client).map(ToOwned::to_owned));
    sentences.extend(old_servers(change.old_server).map(ToOwned::to_owned));
    if sentences.is_empty() {
        sentences.push(harmless(change).to_owned());
    }
    sentences.join(" ")
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
        (_, Wire::Unused) => "No operation uses it.",
        (Level::Major, _) => {
            "Code that uses it no longer compiles. Nothing changed for programs in the field."
        }
        _ => "Programs in the field work as before.",
    }
}
