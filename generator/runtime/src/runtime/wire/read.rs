//! Reading the members of an object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::{self, Deserialize, Deserializer};

use super::json::{Member, Members};
use super::{FromJson, Json, Mismatch, Object, Tristate, name_of};

/// What reading a value gives.
pub type Read<T> = Result<T, Mismatch>;

/// The members of an object that is being read.
#[derive(Debug)]
pub struct Reader<'a> {
    members: Vec<Member<'a>>,
    /// Where the next member is looked for first, since objects mostly come in the document's order.
    next: usize,
    /// How many were taken.
    taken: usize,
}

impl<'a> Reader<'a> {
    #[inline]
    pub(super) fn new(members: Members<'a>) -> Self {
        Reader {
            members: members.into_vec(),
            next: 0,
            taken: 0,
        }
    }

    /// Reads a member that has to be there.
    ///
    /// # Errors
    /// The member is missing or does not fit.
    pub fn required<T: FromJson>(&mut self, name: &'static str) -> Read<T> {
        match self.take(name) {
            Some(json) => T::from_json(json).map_err(|error| error.within(name)),
            None => Err(Mismatch::missing(name)),
        }
    }

    /// Reads a member that can be absent or `null`.
    ///
    /// # Errors
    /// The member does not fit.
    pub fn optional<T: FromJson>(&mut self, name: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            Some(Json::Null) | None => Ok(None),
            Some(json) => T::from_json(json)
                .map(Some)
                .map_err(|error| error.within(name)),
        }
    }

    /// Reads a member that can be absent, and whose `null` is a value like any other: any JSON has one.
    ///
    /// # Errors
    /// The member does not fit.
    pub fn optional_raw<T: FromJson>(&mut self, name: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            None => Ok(None),
            Some(json) => T::from_json(json)
                .map(Some)
                .map_err(|error| error.within(name)),
        }
    }

    /// Reads a member that has to be there and can be `null`.
    ///
    /// # Errors
    /// The member is missing or does not fit.
    pub fn nullable<T: FromJson>(&mut self, name: &'static str) -> Read<Option<T>> {
        self.required(name)
    }

    /// Reads a member of which absent and `null` mean different things.
    ///
    /// # Errors
    /// The member does not fit.
    pub fn tristate<T: FromJson>(&mut self, name: &'static str) -> Read<Tristate<T>> {
        Ok(match self.take(name) {
            None => Tristate::Absent,
            Some(Json::Null) => Tristate::Null,
            Some(json) => Tristate::Value(T::from_json(json).map_err(|error| error.within(name))?),
        })
    }

    /// Reads every member that was not taken by name.
    ///
    /// # Errors
    /// One of them does not fit, or its name is there twice.
    pub fn rest<T: FromJson>(&mut self) -> Read<BTreeMap<String, T>> {
        self.finish()?;
        self.taken = 0;
        let rest = std::mem::take(&mut self.members);
        read_map(
            rest.into_iter()
                .filter_map(|member| Some((member.name, member.value?))),
        )
    }

    /// Finds a member and leaves a hole in its place.
    fn take(&mut self, name: &str) -> Option<Json<'a>> {
        let (before, after) = self.members.split_at_mut(self.next);
        let found = match after.iter_mut().position(|member| member.name == name) {
            Some(index) => self.next + index,
            None => before.iter_mut().position(|member| member.name == name)?,
        };
        self.next = found + 1;
        let json = self.members.get_mut(found)?.value.take()?;
        self.taken += 1;
        Some(json)
    }

    /// Makes sure that no member that was taken is there a second time.
    ///
    /// Only what nobody took can be such a second one, so the usual object, of which everything was taken, costs one
    /// comparison. Objects with `n` members of which `k` were taken cost at most `n * k`, and `k` is bounded by the
    /// type, not by the sender.
    fn finish(&self) -> Read<()> {
        if self.taken == self.members.len() {
            return Ok(());
        }
        let taken: Vec<&str> = self
            .members
            .iter()
            .filter(|member| member.value.is_none())
            .map(|member| member.name.as_ref())
            .collect();
        let mut left = self.members.iter().filter(|member| member.value.is_some());
        match left.find(|member| taken.contains(&member.name.as_ref())) {
            Some(member) => Err(Mismatch::duplicate(&member.name)),
            None => Ok(()),
        }
    }
}

/// Reads an object; the whole of what is generic about it.
///
/// # Errors
/// The value is no object, a member does not fit, or one that the type knows is there twice.
pub fn read_object<T: Object>(json: Json<'_>) -> Read<T> {
    let mut members = json.into_reader(name_of::<T>)?;
    let value = T::read(&mut members)?;
    members.finish()?;
    Ok(value)
}

/// Deserializes from any format that describes itself.
///
/// # Errors
/// What the format says, or the [`Mismatch`] as a text.
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    T::from_json(Json::deserialize(source)?).map_err(de::Error::custom)
}

/// Reads names and values of any number; a name that comes twice is an error.
pub(super) fn read_map<'a, T: FromJson>(
    members: impl Iterator<Item = (Cow<'a, str>, Json<'a>)>,
) -> Read<BTreeMap<String, T>> {
    use std::collections::btree_map::Entry;
    let mut map = BTreeMap::new();
    for (name, json) in members {
        match map.entry(name.into_owned()) {
            Entry::Occupied(entry) => return Err(Mismatch::duplicate(entry.key())),
            Entry::Vacant(entry) => {
                let value = T::from_json(json).map_err(|error| error.within(entry.key()))?;
                entry.insert(value);
            }
        }
    }
    Ok(map)
}
