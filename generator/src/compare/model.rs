//! How two clients differ: operations, types, and what is about the service as a whole.
//!
//! Each edit of a description is one change here, however many items of the output it touches.

mod body;
mod failure;
mod members;
mod notes;
mod operations;
mod parameters;
mod parts;
mod path;
mod replies;
mod service;
mod structs;
pub(in crate::compare) mod types;
mod unions;
mod usage;
mod values;

use super::change::Wire;
use super::draft::Draft;
use super::matching::Pair;
use super::reach::Reach;
use super::wire::{Direction, Flow};
use crate::ir::{Docs, TypeId, Usage};
use std::collections::BTreeSet;

/// Two clients, and what is found.
pub struct Model<'a> {
    /// The clients.
    pub pair: &'a Pair<'a>,
    /// The uses of types in the older and in the newer client.
    pub reach: (&'a Reach<'a>, &'a Reach<'a>),
    old_client: Both<'a>,
    old_server: Both<'a>,
    read_on_success: (BTreeSet<TypeId>, BTreeSet<TypeId>),
    /// The changes.
    pub drafts: Vec<Draft>,
    /// The number of texts that differ.
    pub texts: usize,
}

/// The ways between a client and a server.
pub(in crate::compare) struct Both<'a> {
    pub request: Flow<'a>,
    pub reply: Flow<'a>,
}

/// Which way values of a type go, in both descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Requests carry it.
    pub request: bool,
    /// Replies carry it.
    pub reply: bool,
    /// A reply that cannot be read is an error anyway.
    pub only_errors: bool,
}

impl Use {
    /// The bodies of replies alone.
    pub const REPLY: Use = Use {
        request: false,
        reply: true,
        only_errors: false,
    };

    /// The bodies of requests alone.
    pub const REQUEST: Use = Use {
        request: true,
        reply: false,
        only_errors: false,
    };
}

impl<'a> Model<'a> {
    /// Compares two clients.
    pub fn of(pair: &'a Pair<'a>, reach: (&'a Reach<'a>, &'a Reach<'a>)) -> Self {
        let (newer, older) = (&pair.newer, &pair.older);
        let (old, new) = (pair.old, pair.new);
        let mut model = Model {
            pair,
            reach,
            old_client: Both {
                request: Flow::new(Direction::Request, old, new, newer),
                reply: Flow::new(Direction::Reply, new, old, older),
            },
            old_server: Both {
                request: Flow::new(Direction::Request, new, old, older),
                reply: Flow::new(Direction::Reply, old, new, newer),
            },
            read_on_success: (reach.0.read_on_success(), reach.1.read_on_success()),
            drafts: Vec::new(),
            texts: 0,
        };
        operations::compare(&mut model);
        types::compare(&mut model);
        usage::compare(&mut model);
        replies::accessors(&mut model);
        service::compare(&mut model);
        model
    }

    /// Adds a change.
    pub fn push(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Counts the texts of an item that differ.
    pub fn count_texts(&mut self, old: &Docs, new: &Docs) {
        self.texts += usize::from(old.summary != new.summary);
        self.texts += usize::from(old.description != new.description);
    }

    /// Returns which way values of a type go that both have.
    pub fn use_of(&self, old: TypeId, new: TypeId) -> Use {
        let (before, after): (Usage, Usage) =
            (self.pair.old.ty(old).usage, self.pair.new.ty(new).usage);
        let is_read = |set: &BTreeSet<TypeId>, id: TypeId| set.contains(&id);
        let on_success =
            is_read(&self.read_on_success.0, old) && is_read(&self.read_on_success.1, new);
        Use {
            request: before.request && after.request,
            reply: before.response && after.response,
            only_errors: !on_success,
        }
    }

    /// Returns what happens both ways: `one` compares the client's side with the server's, and is asked twice, with the
    /// sides exchanged.
    pub fn both<T: Copy>(
        &self,
        old: T,
        new: T,
        one: impl Fn(&Both<'a>, T, T) -> Wire,
    ) -> (Wire, Wire) {
        (
            one(&self.old_client, old, new),
            one(&self.old_server, new, old),
        )
    }

    /// The same for what requests and replies carry: `flow` compares the writer's side with the reader's.
    pub fn used<T: Copy>(
        &self,
        of: Use,
        old: T,
        new: T,
        flow: impl Fn(&Flow<'a>, T, T) -> Wire,
    ) -> (Wire, Wire) {
        if !of.request && !of.reply {
            return (Wire::Unused, Wire::Unused);
        }
        self.both(old, new, |both, client, server| {
            let request = if of.request {
                flow(&both.request, client, server)
            } else {
                Wire::Works
            };
            let reply = if of.reply {
                flow(&both.reply, server, client)
            } else {
                Wire::Works
            };
            let reply = match reply {
                Wire::Unreadable if of.only_errors => Wire::Maybe,
                other => other,
            };
            request.max(reply)
        })
    }
}
