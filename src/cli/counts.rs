//! What `zeren search --count-by FIELD` prints: how many hits have which value.

use serde::Serialize;

use super::output::{self, Format, Line};
use crate::extract::region;
use crate::index::{Facet, Found};

/// A value with how many hits have it.
#[derive(Serialize)]
struct Counted {
    field: &'static str,
    value: String,
    name: Option<String>,
    count: u64,
    #[serde(skip)]
    depth: usize,
}

impl Line for Counted {
    const COLUMNS: &'static [&'static str] = &["field", "value", "name", "count"];
    const HEADER: &'static [&'static str] = &["field", "value", "name", "count"];

    fn row(&self) -> Vec<String> {
        let mut cells = self.cells();
        cells[2].insert_str(0, &"  ".repeat(self.depth));
        cells
    }

    fn cells(&self) -> Vec<String> {
        let name = self.name.clone().unwrap_or_default();
        vec![self.field.to_owned(), self.value.clone(), name, self.count.to_string()]
    }
}

/// Prints all counts; a region stands below the one it lies in, which counts it too.
pub(super) fn print(found: &Found, format: Format) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (facet, values) in &found.counts {
        rows.extend(values.iter().map(|(value, count)| counted(*facet, value, *count)));
    }
    output::print(&rows, format)?;
    eprintln!("zeren: {} {}s hold all of it", found.complete, found.unit.as_str());
    Ok(())
}

fn counted(facet: Facet, value: &str, count: u64) -> Counted {
    let known = if facet == Facet::Region { region::by_code(value) } else { None };
    Counted {
        field: facet.as_str(),
        value: value.to_owned(),
        depth: known.as_ref().map_or(0, |region| region::ancestors(region).len()),
        name: known.map(|region| region.name.to_owned()),
        count,
    }
}
