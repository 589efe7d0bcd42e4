//! What happens to a member of an object.

use super::{Direction, Flow};
use crate::compare::change::Wire;
use crate::ir::{Constant, Fixed, Member, Presence};

impl Flow<'_> {
    /// Returns what happens to a member that the writer, the reader, or both of them know.
    pub fn member(&self, from: Option<&Member>, to: Option<&Member>) -> Wire {
        match (from, to, self.direction) {
            (Some(from), Some(to), Direction::Reply) => self.received(from, to),
            (Some(from), Some(to), Direction::Request) => self.sent(from, to),
            (None, Some(to), Direction::Reply) if must_come(to) => Wire::Unreadable,
            (None, Some(to), Direction::Request) if is_demanded(to) => Wire::Refused,
            (Some(from), None, Direction::Request) if !from.read_only => Wire::Maybe,
            _ => Wire::Works,
        }
    }

    fn received(&self, from: &Member, to: &Member) -> Wire {
        let can_be_absent = from.write_only
            || matches!(
                from.presence,
                Presence::Optional | Presence::Tristate | Presence::OptionalRaw
            );
        let absent = match (can_be_absent, must_come(to)) {
            // required or not, requests leave it out, and the type does not tell
            (true, true) if from.read_only => Wire::Maybe,
            (true, true) => Wire::Unreadable,
            _ => Wire::Works,
        };
        let can_be_null = matches!(from.presence, Presence::Nullable | Presence::Tristate);
        let null = match to.presence {
            Presence::Required if can_be_null && !self.takes_null(&to.ty) => Wire::Unreadable,
            Presence::OptionalRaw if can_be_null && !self.takes_null(&to.ty) => Wire::Unreadable,
            _ => Wire::Works,
        };
        absent.max(null).max(self.fixed(from, to))
    }

    fn sent(&self, from: &Member, to: &Member) -> Wire {
        if from.read_only {
            let is_missed = is_demanded(to);
            return if is_missed {
                Wire::Refused
            } else {
                Wire::Works
            };
        }
        if to.read_only {
            return Wire::Maybe;
        }
        let can_be_absent = !from.needed_in_requests
            && matches!(
                from.presence,
                Presence::Optional | Presence::Tristate | Presence::OptionalRaw
            );
        let can_be_null = matches!(from.presence, Presence::Nullable | Presence::Tristate);
        let is_null_taken = matches!(to.presence, Presence::Nullable | Presence::Tristate)
            || self.takes_null(&to.ty);
        if can_be_absent && is_demanded(to) || can_be_null && !is_null_taken {
            return Wire::Refused;
        }
        self.fixed(from, to)
    }

    /// Compares values that the schemas fix, and the types where they do not.
    fn fixed(&self, from: &Member, to: &Member) -> Wire {
        match (constant(from), constant(to)) {
            (Some(from), Some(to)) if from == to => Wire::Works,
            (Some(_), Some(_)) => self.failure(),
            (None, Some(_)) => Wire::Maybe,
            (Some(_), None) | (None, None) => self.ty(&from.ty, &to.ty),
        }
    }
}

fn constant(member: &Member) -> Option<&Constant> {
    match &member.fixed {
        Some(Fixed::Constant(value)) => Some(value),
        _ => None,
    }
}

/// Returns whether a client does not read an object without the member.
fn must_come(member: &Member) -> bool {
    matches!(member.presence, Presence::Required | Presence::Nullable)
}

/// Returns whether a server refuses a request without the member.
fn is_demanded(member: &Member) -> bool {
    !member.read_only
        && (member.needed_in_requests
            || matches!(member.presence, Presence::Required | Presence::Nullable))
}
