//! Arrays whose first items have a type each (`prefixItems`), such as `["Berlin", 52.5, 13.4]`.

use crate::runtime::wire::{self, FromJson, Json, Mismatch, Read, ToJson};

/// A type that is a JSON array whose first items have a type each.
///
/// `tuple::tuple!(Name);` implements the serde traits for it.
pub trait Tuple: Sized {
    /// Decodes the items in order.
    ///
    /// # Errors
    /// The first item that does not match its type.
    fn read(items: &mut Reader<'_>) -> Read<Self>;

    /// Encodes the items in order.
    fn write<'a>(&'a self, items: &mut Writer<'a>);
}

/// The items of an array that is being decoded.
#[derive(Debug)]
pub struct Reader<'a> {
    items: std::vec::IntoIter<Json<'a>>,
    next: usize,
}

impl<'a> Reader<'a> {
    /// Decodes a required item.
    ///
    /// # Errors
    /// The item is missing or does not match its type.
    pub fn required<T: FromJson>(&mut self) -> Read<T> {
        let index = self.next;
        match self.optional()? {
            Some(value) => Ok(value),
            None => Err(Mismatch::new("is missing and required").at(index)),
        }
    }

    /// Decodes an optional item.
    ///
    /// # Errors
    /// The item does not match its type.
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

    /// Changes the items at some indexes before they are decoded.
    pub fn change(&mut self, indexes: &[usize], change: fn(Json<'a>) -> Json<'a>) {
        self.change_if(|index| indexes.contains(&index), change);
    }

    /// Changes the items from an index on before they are decoded.
    pub fn change_from(&mut self, first: usize, change: fn(Json<'a>) -> Json<'a>) {
        self.change_if(|index| index >= first, change);
    }

    fn change_if(&mut self, is_changed: impl Fn(usize) -> bool, change: fn(Json<'a>) -> Json<'a>) {
        let items = self.items.as_mut_slice().iter_mut().enumerate();
        for (_, item) in items.filter(|(index, _)| is_changed(*index)) {
            *item = change(std::mem::replace(item, Json::Null));
        }
    }

    /// Decodes the remaining items.
    ///
    /// # Errors
    /// One of them does not match its type.
    pub fn rest<T: FromJson>(&mut self) -> Read<Vec<T>> {
        let mut rest = Vec::with_capacity(self.items.len());
        while let Some(value) = self.optional()? {
            rest.push(value);
        }
        Ok(rest)
    }
}

/// The items of an array that is being encoded.
#[derive(Debug)]
pub struct Writer<'a> {
    items: Vec<Json<'a>>,
    ended: bool,
}

impl<'a> Writer<'a> {
    /// Adds a required item.
    pub fn required<T: ToJson>(&mut self, value: &'a T) {
        self.items.push(if self.ended {
            Json::Unwritable("follows an absent item")
        } else {
            value.to_json()
        });
    }

    /// Adds an optional item, or ends the array.
    pub fn optional<T: ToJson>(&mut self, value: &'a Option<T>) {
        match value {
            Some(value) => self.required(value),
            None => self.ended = true,
        }
    }

    /// Adds the remaining items.
    pub fn rest<T: ToJson>(&mut self, values: &'a [T]) {
        values.iter().for_each(|value| self.required(value));
    }
}

/// Decodes an array.
///
/// # Errors
/// The value is not an array, an item does not match its type, or there are more items than the type has.
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
            let reason = format!("the array has more than {} items", reader.next);
            Err(Mismatch::new(reason).at(reader.next))
        }
    }
}

/// Encodes an array.
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
#[doc(hidden)]
#[macro_export]
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
#[doc(hidden)]
pub use tuple;
