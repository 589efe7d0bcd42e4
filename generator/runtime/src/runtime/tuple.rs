//! Arrays whose first items have a type each, such as `["Berlin", 52.5, 13.4]`.

use crate::runtime::wire::{self, FromJson, Json, Mismatch, Read, ToJson};

/// A value that is a JSON array of which each of the first items has a type of its own.
///
/// `tuple::tuple!(Name);` makes an implementor an ordinary serde type.
pub trait Tuple: Sized {
    /// Takes the items in their order.
    ///
    /// # Errors
    /// A [`Mismatch`] of the first item that does not fit.
    fn read(items: &mut Reader<'_>) -> Read<Self>;

    /// Adds the items in their order.
    fn write<'a>(&'a self, items: &mut Writer<'a>);
}

/// The items of an array that is being read.
#[derive(Debug)]
pub struct Reader<'a> {
    items: std::vec::IntoIter<Json<'a>>,
    next: usize,
}

impl<'a> Reader<'a> {
    /// Reads an item that has to be there.
    ///
    /// # Errors
    /// The array ends before it, or it does not fit.
    pub fn required<T: FromJson>(&mut self) -> Read<T> {
        let index = self.next;
        match self.optional()? {
            Some(value) => Ok(value),
            None => Err(Mismatch::new("is missing and required").at(index)),
        }
    }

    /// Reads an item before which the array can end.
    ///
    /// # Errors
    /// The item does not fit.
    pub fn optional<T: FromJson>(&mut self) -> Read<Option<T>> {
        let index = self.next;
        let Some(json) = self.items.next() else {
            return Ok(None);
        };
        self.next += 1;
        T::from_json(json)
            .map(Some)
            .map_err(|error| error.at(index))
    }

    /// Reads all items that follow.
    ///
    /// # Errors
    /// One of them does not fit.
    pub fn rest<T: FromJson>(&mut self) -> Read<Vec<T>> {
        let mut rest = Vec::with_capacity(self.items.len());
        while let Some(value) = self.optional()? {
            rest.push(value);
        }
        Ok(rest)
    }
}

/// The items of an array that is being written.
#[derive(Debug)]
pub struct Writer<'a> {
    items: Vec<Json<'a>>,
    ended: bool,
}

impl<'a> Writer<'a> {
    /// Writes an item.
    pub fn required<T: ToJson>(&mut self, value: &'a T) {
        self.items.push(match self.ended {
            true => Json::Unwritable("follows an item that is left out"),
            false => value.to_json(),
        });
    }

    /// Writes an item, or ends the array.
    pub fn optional<T: ToJson>(&mut self, value: &'a Option<T>) {
        match value {
            Some(value) => self.required(value),
            None => self.ended = true,
        }
    }

    /// Writes the items that follow.
    pub fn rest<T: ToJson>(&mut self, values: &'a [T]) {
        values.iter().for_each(|value| self.required(value));
    }
}

/// Reads an array.
///
/// # Errors
/// The value is no array, an item does not fit, or there are more than the type knows.
pub fn read_tuple<T: Tuple>(json: Json<'_>) -> Read<T> {
    let Json::Array(items) = json else {
        let expected = format!("an array ({})", wire::name_of::<T>());
        return Err(Mismatch::expected(expected, &json));
    };
    let mut reader = Reader {
        items: items.into_iter(),
        next: 0,
    };
    let value = T::read(&mut reader)?;
    match reader.items.next() {
        None => Ok(value),
        Some(_) => {
            let reason = format!("the array has more than its {} items", reader.next);
            Err(Mismatch::new(reason).at(reader.next))
        }
    }
}

/// Writes an array.
pub fn write_tuple<T: Tuple>(value: &T) -> Json<'_> {
    let mut writer = Writer {
        items: Vec::new(),
        ended: false,
    };
    value.write(&mut writer);
    Json::Array(writer.items)
}

/// For types that implement `Tuple`.
#[allow(unused_macros, reason = "a description needs only some of them")]
macro_rules! tuple {
    ($name:ident) => {
        impl wire::FromJson for $name {
            #[inline]
            fn from_json(json: wire::Json<'_>) -> wire::Read<Self> {
                tuple::read_tuple(json)
            }
        }

        impl wire::ToJson for $name {
            #[inline]
            fn to_json(&self) -> wire::Json<'_> {
                tuple::write_tuple(self)
            }
        }

        wire::serde!($name);
    };
}

#[allow(unused_imports, reason = "a description needs only some of them")]
pub(crate) use tuple;
