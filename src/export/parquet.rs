//! Tables as Parquet.
//!
//! In: rows of a [`Table`], some at a time. Out: the bytes of a Parquet file, in groups of [`GROUP`] rows, so that a whole
//! library takes the memory of one group. Lists are lists, days are dates, and what the columns hold stands in the
//! file's own metadata. Not here: which rows.
//!
//! Of `["第四条", ["甲", "乙"], "2016-12-09"]` the second is a list of two texts, and the third a date.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use serde_json::Value;

use super::table::{Column, Kind, Table, calendar_day, plain};

/// How many rows a group has.
const GROUP: usize = 20_000;

/// A Parquet file that is being written.
pub struct Parquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: &'static [Column],
    /// Rows of no group yet.
    waiting: Vec<Vec<Value>>,
}

impl<W: Write + Send> Parquet<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written.
    pub fn new(table: &Table, out: W) -> std::io::Result<Parquet<W>> {
        let about =
            |one: &Column| KeyValue::new(format!("column.{}", one.name), one.about.to_owned());
        let mut known = vec![KeyValue::new("table".to_owned(), table.about.to_owned())];
        known.extend(table.columns.iter().map(about));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("zeren version ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(known));
        let schema = parse_message_type(&schema(table)).map_err(failed)?;
        let properties = Arc::new(properties.build());
        let writer =
            SerializedFileWriter::new(out, Arc::new(schema), properties).map_err(failed)?;
        Ok(Parquet { writer, columns: table.columns, waiting: Vec::new() })
    }

    /// Adds rows, each with a value a column.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn add(&mut self, rows: impl IntoIterator<Item = Vec<Value>>) -> std::io::Result<()> {
        for row in rows {
            self.waiting.push(row);
            if self.waiting.len() == GROUP {
                self.group().map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn finish(mut self) -> std::io::Result<()> {
        if !self.waiting.is_empty() {
            self.group().map_err(failed)?;
        }
        self.writer.close().map(drop).map_err(failed)
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (column, at) in self.columns.iter().zip(0..) {
            let Some(mut writer) = group.next_column()? else { break };
            write(&mut writer, column.kind, self.waiting.iter().map(|row: &Vec<Value>| &row[at]))?;
            writer.close()?;
        }
        group.close()?;
        self.waiting.clear();
        Ok(())
    }
}

fn failed(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast() {
            Ok(cause) => *cause,
            Err(cause) => std::io::Error::other(cause),
        },
        other => std::io::Error::other(other),
    }
}

/// The schema as Parquet writes it.
fn schema(table: &Table) -> String {
    let field = |one: &Column| {
        let name = one.name;
        match one.kind {
            Kind::Text => format!("optional binary {name} (STRING);"),
            Kind::Texts => format!(
                "optional group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}"
            ),
            Kind::Count => format!("optional int64 {name};"),
            Kind::Number => format!("optional double {name};"),
            Kind::Truth => format!("optional boolean {name};"),
            Kind::Day => format!("optional int32 {name} (DATE);"),
        }
    };
    let fields: Vec<String> = table.columns.iter().map(field).collect();
    format!("message {} {{ {} }}", table.name, fields.join(" "))
}

fn write<'v>(
    writer: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    values: impl Iterator<Item = &'v Value>,
) -> Result<(), ParquetError> {
    match kind {
        Kind::Text => {
            flat::<ByteArrayType>(writer, values.map(|one| (!one.is_null()).then(|| bytes(one))))
        }
        Kind::Texts => lists(writer, values),
        Kind::Count => flat::<Int64Type>(writer, values.map(Value::as_i64)),
        Kind::Number => flat::<DoubleType>(writer, values.map(Value::as_f64)),
        Kind::Truth => flat::<BoolType>(writer, values.map(Value::as_bool)),
        Kind::Day => flat::<Int32Type>(writer, values.map(day)),
    }
}

/// Days since 1970-01-01.
fn day(value: &Value) -> Option<i32> {
    value.as_str().and_then(calendar_day).map(|day| day.to_epoch_days())
}

fn bytes(value: &Value) -> ByteArray {
    plain(value).into_bytes().into()
}

/// A column of single values: a level of 1 says that there is one.
fn flat<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut there, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        there.extend(value);
    }
    writer.typed::<T>().write_batch(&there, Some(&levels), None).map(drop)
}

/// A column of lists. Each text has a level of 2, a list without any 1, no list 0; a text that goes on in the list of the
/// one before it is repeated (1).
fn lists<'v>(
    writer: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = &'v Value>,
) -> Result<(), ParquetError> {
    let (mut there, mut levels, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for value in values {
        let list = value.as_array().map(Vec::as_slice);
        if list.is_none_or(<[Value]>::is_empty) {
            levels.push(i16::from(list.is_some()));
            repeated.push(0);
        }
        for (text, at) in list.unwrap_or_default().iter().zip(0..) {
            there.push(bytes(text));
            levels.push(2);
            repeated.push(i16::from(at > 0));
        }
    }
    writer.typed::<ByteArrayType>().write_batch(&there, Some(&levels), Some(&repeated)).map(drop)
}
