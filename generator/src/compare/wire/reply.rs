//! What happens to the replies of an operation.

use super::shape::{Shape, shape};
use super::{Direction, Flow};
use crate::compare::change::Wire;
use crate::ir::{Returned, Status, Success};

impl Flow<'_> {
    /// Returns what happens to the successes that a server gives and a client knows.
    pub fn successes(&self, from: &Success, to: &Success) -> Wire {
        debug_assert_eq!(self.direction, Direction::Reply);
        let (sent, known) = (variants(from), variants(to));
        sent.iter()
            .map(|one| self.success(one, &known, sent.len()))
            .max()
            .unwrap_or(Wire::Works)
    }

    /// Returns what happens to one of them.
    fn success(
        &self,
        from: &(Option<Status>, &Returned),
        known: &[(Option<Status>, &Returned)],
        sent: usize,
    ) -> Wire {
        let (status, returned) = from;
        let declared = known
            .iter()
            .find(|(other, _)| status.is_some() && other == status);
        if let Some((_, to)) = declared {
            return self.returned(returned, to);
        }
        let readings = known.iter().map(|(_, to)| {
            let wire = self.returned(returned, to);
            // the one success of an operation has the same meaning, whatever its status
            let is_lost =
                wire <= Wire::Maybe && (sent > 1 || known.len() > 1) && self.loses(returned, to);
            if is_lost {
                wire.max(Wire::Silent)
            } else {
                wire
            }
        });
        readings.min().unwrap_or(Wire::Works)
    }

    /// Returns what happens to a body that is read as another.
    pub fn returned(&self, from: &Returned, to: &Returned) -> Wire {
        match (from, to) {
            (_, Returned::Bytes | Returned::Nothing) => Wire::Works,
            (Returned::Json(from), Returned::Json(to))
            | (Returned::Events(from), Returned::Events(to))
            | (Returned::JsonLines(from), Returned::JsonLines(to)) => self.ty(from, to),
            (Returned::Text, Returned::Text) => Wire::Works,
            _ => Wire::Unreadable,
        }
    }

    /// Returns whether an object has members that the other type does not know.
    fn loses(&self, from: &Returned, to: &Returned) -> bool {
        let (Some(from), Some(to)) = (from.ty(), to.ty()) else {
            return false;
        };
        let (Shape::Struct(from, _), Shape::Struct(to, _)) =
            (shape(self.from, from), shape(self.to, to))
        else {
            return false;
        };
        let is_known = |wire: &str| to.members.iter().any(|other| other.name.wire == wire);
        to.rest.is_none()
            && from
                .members
                .iter()
                .any(|member| !is_known(&member.name.wire))
    }
}

/// Returns the bodies of a success; without a status where there is one for all.
fn variants(success: &Success) -> Vec<(Option<Status>, &Returned)> {
    match success {
        Success::One(returned) => vec![(None, returned)],
        Success::Several { variants, .. } => variants
            .iter()
            .map(|one| (Some(one.status), &one.returned))
            .collect(),
    }
}
