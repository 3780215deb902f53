//! What a column of a Parquet file holds.
//!
//! In: the column's type as the file declares it. Out: a [`Form`], or what stands there that no column takes.

use crate::model::{Scale, Type};
use crate::value::PeriodKind;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::schema::types::ColumnDescriptor;

/// What the values of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Whole numbers over a power of ten.
    Decimal {
        /// How many decimals; none for whole numbers.
        scale: u32,
    },
    /// Whole numbers that are never below zero.
    Unsigned,
    /// Binary floating point.
    Floating,
    /// Yes or no.
    YesNo,
    /// Days since 1 January 1970.
    Day,
    /// Moments since the first of 1 January 1970.
    Moment {
        /// How many make a day.
        a_day: i64,
    },
    /// UTF-8.
    Text,
}

/// The milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// The most decimals that are read.
const MOST_DECIMALS: u32 = 100;

impl Form {
    /// What a column holds; the error says what stands there instead.
    pub(super) fn of(column: &ColumnDescriptor) -> Result<Self, &'static str> {
        if column.max_rep_level() > 0 {
            return Err("lists");
        }
        if column.path().parts().len() > 1 {
            return Err("fields within a field");
        }
        let (logical, converted) = (column.logical_type_ref(), column.converted_type());
        let is = |old: ConvertedType| logical.is_none() && converted == old;
        if matches!(logical, Some(LogicalType::Decimal(_))) || is(ConvertedType::DECIMAL) {
            let scale = u32::try_from(column.type_scale()).ok().filter(|scale| *scale <= MOST_DECIMALS);
            return scale.map(|scale| Self::Decimal { scale }).ok_or("numbers of more decimals than a figure has");
        }
        if matches!(logical, Some(LogicalType::Time(_)))
            || is(ConvertedType::TIME_MILLIS)
            || is(ConvertedType::TIME_MICROS)
        {
            return Err("times of day");
        }
        match column.physical_type() {
            Physical::BOOLEAN => Ok(Self::YesNo),
            Physical::INT32 if matches!(logical, Some(LogicalType::Date)) || is(ConvertedType::DATE) => Ok(Self::Day),
            Physical::INT64 if is(ConvertedType::TIMESTAMP_MILLIS) => Ok(Self::Moment { a_day: DAY }),
            Physical::INT64 if is(ConvertedType::TIMESTAMP_MICROS) => Ok(Self::Moment { a_day: DAY * 1_000 }),
            Physical::INT32 | Physical::INT64 => Ok(match logical {
                Some(LogicalType::Timestamp(stamp)) => Self::Moment {
                    a_day: match stamp.unit {
                        TimeUnit::MILLIS => DAY,
                        TimeUnit::MICROS => DAY * 1_000,
                        TimeUnit::NANOS => DAY * 1_000_000,
                    },
                },
                Some(LogicalType::Integer(whole)) if !whole.is_signed => Self::Unsigned,
                None if is_unsigned(converted) => Self::Unsigned,
                _ => Self::Decimal { scale: 0 },
            }),
            Physical::INT96 => Err("moments in the form INT96, which Parquet has given up"),
            Physical::FLOAT | Physical::DOUBLE => Ok(Self::Floating),
            Physical::BYTE_ARRAY => match logical {
                None | Some(LogicalType::String | LogicalType::Enum | LogicalType::Json) => Ok(Self::Text),
                Some(_) => Err("bytes that are no text"),
            },
            Physical::FIXED_LEN_BYTE_ARRAY => match logical {
                Some(LogicalType::Float16) => Err("floating-point numbers of 16 bits, which hold three digits"),
                _ => Err("bytes that are no text"),
            },
        }
    }

    /// Whether cells of a type may be written so. The error says what stands there, and what to write instead.
    pub(super) fn suits(self, ty: &Type) -> Result<(), (&'static str, &'static str)> {
        let another = "write the column with another type, or as text";
        match (self, ty) {
            (Self::Decimal { .. } | Self::Unsigned | Self::Floating, Type::Quantity(quantity))
                if quantity.scale != Scale::Plain =>
            {
                Err(("numbers, of which nothing says whether they are percent", "write the column as text: `3.5%`"))
            }
            (Self::Decimal { .. } | Self::Unsigned | Self::Floating, Type::Date) => Err(("numbers", another)),
            (Self::YesNo, Type::Quantity(_) | Type::Date | Type::Period(_)) => Err(("yes or no", another)),
            (Self::Day | Self::Moment { .. }, Type::Period(PeriodKind::Month) | Type::Date | Type::Unknown) => Ok(()),
            (Self::Day | Self::Moment { .. }, _) => Err(("dates", another)),
            _ => Ok(()),
        }
    }
}

fn is_unsigned(converted: ConvertedType) -> bool {
    matches!(
        converted,
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
    )
}
