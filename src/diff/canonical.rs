//! What a part of a model says, as text that is the same where the meaning is the same.
//!
//! In: anything of the model that can be stored. Out: its content without places in files and without the types
//! that follow from what it reads, and with names in the place of numbers, so that two models can be compared.
//! It goes by how the model is stored: a new form of the language is compared without a line here.

use super::naming::Naming;
use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};
use std::fmt;

/// What a part of the model says.
pub(super) fn canonical<T: Serialize + ?Sized>(part: &T, naming: &Naming<'_>) -> String {
    let mut writer = Writer { naming, out: String::new() };
    // Nothing of the model refuses to be written; if it did, what was written so far would still be compared.
    let _ = part.serialize(&mut writer);
    writer.out
}

struct Writer<'a> {
    naming: &'a Naming<'a>,
    out: String,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) -> Result<(), fmt::Error> {
        self.out.push_str(text);
        Ok(())
    }

    fn quoted(&mut self, text: &str) -> Result<(), fmt::Error> {
        self.out.push_str(&format!("{text:?}"));
        Ok(())
    }

    fn open<'w>(&'w mut self, name: &'static str, sign: char) -> Compound<'w, Self> {
        self.out.push_str(name);
        self.out.push(sign);
        Compound { writer: self, name, entries: Vec::new(), kind: String::new() }
    }
}

/// A list, map or structure that is being written.
struct Compound<'w, W> {
    writer: &'w mut W,
    name: &'static str,
    /// Entries of a map, which are sorted by what they say: numbers differ between two models.
    entries: Vec<String>,
    /// What kind of expression it is.
    kind: String,
}

impl Compound<'_, Writer<'_>> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(&mut *self.writer)?;
        self.writer.put(",")
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), fmt::Error> {
        if key == "span" || key == "name_span" {
            return Ok(());
        }
        if self.name == "Expr" {
            // The type of an expression follows from its parts, but for a literal, which may be a share or points.
            if key == "ty" && !self.kind.starts_with("Literal") {
                return Ok(());
            }
            if key == "kind" {
                self.kind = canonical(value, self.writer.naming);
                self.writer.put(&self.kind)?;
                return self.writer.put(",");
            }
        }
        self.writer.put(key)?;
        self.writer.put(":")?;
        self.item(value)
    }

    fn close(self, sign: &str) -> Result<(), fmt::Error> {
        self.writer.put(sign)
    }
}

macro_rules! display {
    ($($name:ident $ty:ty),*) => {$(
        fn $name(self, value: $ty) -> Result<(), fmt::Error> {
            self.put(&value.to_string())
        }
    )*};
}

impl<'w, 'a> Serializer for &'w mut Writer<'a> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Compound<'w, Writer<'a>>;
    type SerializeTuple = Compound<'w, Writer<'a>>;
    type SerializeTupleStruct = Compound<'w, Writer<'a>>;
    type SerializeTupleVariant = Compound<'w, Writer<'a>>;
    type SerializeMap = Compound<'w, Writer<'a>>;
    type SerializeStruct = Compound<'w, Writer<'a>>;
    type SerializeStructVariant = Compound<'w, Writer<'a>>;

    display! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_char char
    }

    fn serialize_f32(self, _: f32) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_f64(self, _: f64) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_str(self, text: &str) -> Result<(), fmt::Error> {
        self.quoted(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), fmt::Error> {
        self.put(&format!("{bytes:?}"))
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.put("none")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        self.put("none")
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), fmt::Error> {
        self.put(name)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), fmt::Error> {
        self.put(variant)
    }

    /// A number that stands for something of the model is written as its name.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), fmt::Error> {
        let inside = canonical(value, self.naming);
        let named = inside.parse().ok().and_then(|index| self.naming.name(name, index));
        self.put(&named.unwrap_or(inside))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.put(variant)?;
        self.put("(")?;
        value.serialize(&mut *self)?;
        self.put(")")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, fmt::Error> {
        Ok(self.open("", '['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, fmt::Error> {
        Ok(self.open("", '['))
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, fmt::Error> {
        Ok(self.open(name, '['))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Ok(self.open(variant, '['))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, fmt::Error> {
        Ok(self.open("", '{'))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self::SerializeStruct, fmt::Error> {
        Ok(self.open(name, '{'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Ok(self.open(variant, '{'))
    }
}

macro_rules! list {
    ($($form:ident $add:ident),*) => {$(
        impl $form for Compound<'_, Writer<'_>> {
            type Ok = ();
            type Error = fmt::Error;

            fn $add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.close("]")
            }
        }
    )*};
}

list! {
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}

macro_rules! structure {
    ($($form:ident),*) => {$(
        impl $form for Compound<'_, Writer<'_>> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), fmt::Error> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.close("}")
            }
        }
    )*};
}

structure! { SerializeStruct, SerializeStructVariant }

impl SerializeMap for Compound<'_, Writer<'_>> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        self.entries.push(canonical(key, self.writer.naming));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        let value = canonical(value, self.writer.naming);
        if let Some(entry) = self.entries.last_mut() {
            entry.push(':');
            entry.push_str(&value);
        }
        Ok(())
    }

    fn end(mut self) -> Result<(), fmt::Error> {
        self.entries.sort();
        let entries = self.entries.join(",");
        self.writer.put(&entries)?;
        self.close("}")
    }
}
