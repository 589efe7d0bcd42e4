//! Decoding of the members of an object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::{self, Deserialize, Deserializer};

use super::json::{Member, Members};
use super::{Constant, FromJson, Json, Mismatch, Object, Tristate, name_of};

/// The result of decoding.
pub type Read<T> = Result<T, Mismatch>;

/// The members of an object that is being decoded.
#[derive(Debug)]
pub struct Reader<'a> {
    members: Vec<Member<'a>>,
    /// The index where the next member is searched first, since members mostly come in the order of the description.
    next: usize,
    /// The number of members that were taken.
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

    /// Decodes a required member.
    ///
    /// # Errors
    /// The member is missing or does not match its type.
    pub fn required<T: FromJson>(&mut self, name: &'static str) -> Read<T> {
        match self.take(name) {
            Some(json) => T::from_json(json).map_err(|error| error.within(name)),
            None => Err(Mismatch::missing(name)),
        }
    }

    /// Checks a required member that can only have one value.
    ///
    /// # Errors
    /// The member is missing or has another value.
    pub fn constant(&mut self, name: &'static str, value: impl Into<Constant>) -> Read<()> {
        match self.take(name) {
            Some(json) => value.into().check(json).map_err(|error| error.within(name)),
            None => Err(Mismatch::missing(name)),
        }
    }

    /// Decodes an optional member; `null` is read as absent.
    ///
    /// # Errors
    /// The member does not match its type.
    pub fn optional<T: FromJson>(&mut self, name: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            Some(Json::Null) | None => Ok(None),
            Some(json) => T::from_json(json)
                .map(Some)
                .map_err(|error| error.within(name)),
        }
    }

    /// Decodes an optional member for which `null` is a valid `T`, so only absence is `None`.
    ///
    /// # Errors
    /// The member does not match its type.
    pub fn optional_raw<T: FromJson>(&mut self, name: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            None => Ok(None),
            Some(json) => T::from_json(json)
                .map(Some)
                .map_err(|error| error.within(name)),
        }
    }

    /// Decodes a required, nullable member.
    ///
    /// # Errors
    /// The member is missing or does not match its type.
    pub fn nullable<T: FromJson>(&mut self, name: &'static str) -> Read<Option<T>> {
        self.required(name)
    }

    /// Decodes an optional, nullable member for which absent and `null` differ.
    ///
    /// # Errors
    /// The member does not match its type.
    pub fn tristate<T: FromJson>(&mut self, name: &'static str) -> Read<Tristate<T>> {
        Ok(match self.take(name) {
            None => Tristate::Absent,
            Some(Json::Null) => Tristate::Null,
            Some(json) => Tristate::Value(T::from_json(json).map_err(|error| error.within(name))?),
        })
    }

    /// Decodes all members that were not taken by name.
    ///
    /// # Errors
    /// One of them does not match its type, or is duplicate.
    pub fn rest<T: FromJson>(&mut self) -> Read<BTreeMap<String, T>> {
        self.finish()?;
        self.taken = 0;
        let rest = std::mem::take(&mut self.members);
        read_map(
            rest.into_iter()
                .filter_map(|member| Some((member.name, member.value?))),
        )
    }

    /// Changes the values of members before they are decoded.
    pub fn change(&mut self, names: &[&str], change: fn(Json<'a>) -> Json<'a>) {
        self.change_if(|name| names.contains(&name), change);
    }

    /// Changes the values of all members but some before they are decoded.
    pub fn change_others(&mut self, names: &[&str], change: fn(Json<'a>) -> Json<'a>) {
        self.change_if(|name| !names.contains(&name), change);
    }

    fn change_if(&mut self, is_changed: impl Fn(&str) -> bool, change: fn(Json<'a>) -> Json<'a>) {
        let members = self.members.iter_mut();
        for member in members.filter(|member| is_changed(&member.name)) {
            member.value = member.value.take().map(change);
        }
    }

    /// Takes the value of a member, and leaves its name.
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

    /// Checks that no member that was taken is duplicate.
    ///
    /// Only members that were not taken can be duplicates, so an object whose members were all taken costs one
    /// comparison. With `n` members of which `k` were taken it costs at most `n * k`, where `k` is bounded by the type.
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

/// Decodes an object.
///
/// # Errors
/// The value is not an object, or a member does not match its type or is duplicate.
pub fn read_object<T: Object>(json: Json<'_>) -> Read<T> {
    let mut members = json.into_reader(name_of::<T>)?;
    let value = T::read(&mut members)?;
    members.finish()?;
    Ok(value)
}

/// Deserializes a value from any self-describing format.
///
/// # Errors
/// The error of the format, or the [`Mismatch`] as its message.
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    T::from_json(Json::deserialize(source)?).map_err(de::Error::custom)
}

/// Decodes a map; duplicate names are errors.
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
