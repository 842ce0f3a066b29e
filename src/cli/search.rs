//! `zeren search QUERY`: documents, provisions or duties.

use std::collections::HashMap;

use clap::ValueEnum;
use serde::Serialize;

use super::output::{self, Format, Line};
use super::{Done, Narrowing};
use crate::index::{self, Hit, Unit};
use crate::library::Library;
use crate::record::{NodeRecord, Record, printed_path};
use crate::span::SourceSpan;
use crate::text;

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zeren search 驻村工作队 --unit duty --region 湖南\n  \
                        zeren search '\"贫困退出\" 考核 -企业'\n\nWords are ranked; a \"phrase\" in quotes \
                        is found exactly; -word excludes.")]
pub(super) struct Typed {
    /// What to look for
    query: String,
    /// What is searched for
    #[arg(long, value_enum, default_value_t = Sort::Provision)]
    unit: Sort,
    #[command(flatten)]
    narrowing: Narrowing,
    /// The tier of the document's region
    #[arg(long, value_parser = ["national", "province", "city", "county", "township", "village"])]
    level: Option<String>,
    /// What sort of text
    #[arg(long, value_parser = ["regulation", "opinion", "notice", "report", "news", "other"])]
    genre: Option<String>,
    /// 文种: 条例, 意见 …
    #[arg(long)]
    kind: Option<String>,
    /// A bearer's canonical name, or a part of it
    #[arg(long)]
    bearer: Option<String>,
    /// How many at the most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    Document,
    Provision,
    Duty,
}

/// A hit with what it points to.
#[derive(Serialize)]
pub(super) struct Shown {
    pub(super) unit: &'static str,
    pub(super) score: f32,
    pub(super) doc: String,
    pub(super) eid: Option<String>,
    pub(super) provision: String,
    pub(super) bearers: Vec<String>,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) region: Option<String>,
    pub(super) issued: Option<String>,
    pub(super) path: String,
    pub(super) span: SourceSpan,
}

impl Line for Shown {
    const COLUMNS: &'static [&'static str] = &["bearers", "text", "where"];
    const HEADER: &'static [&'static str] = &[
        "unit",
        "doc",
        "eid",
        "provision",
        "bearers",
        "text",
        "title",
        "region",
        "issued",
        "path",
        "start",
        "end",
    ];

    fn row(&self) -> Vec<String> {
        let document = [self.title.as_deref(), self.region.as_deref(), self.issued.as_deref()];
        let eid = self.eid.as_deref().map(|eid| format!("#{eid}")).unwrap_or_default();
        vec![
            self.bearers.join("、"),
            output::short(&self.text.replace('\n', " "), 120),
            output::whereabouts(
                &self.provision,
                &document,
                &format!("{}{eid}", self.doc),
                &output::place(&self.path, self.span),
            ),
        ]
    }

    fn cells(&self) -> Vec<String> {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.unit.to_owned(),
            self.doc.clone(),
            or_empty(&self.eid),
            self.provision.clone(),
            self.bearers.join("、"),
            self.text.clone(),
            or_empty(&self.title),
            or_empty(&self.region),
            or_empty(&self.issued),
            self.path.clone(),
            self.span.start.to_string(),
            self.span.end.to_string(),
        ]
    }
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let unit = match typed.unit {
        Sort::Document => Unit::Document,
        Sort::Provision => Unit::Provision,
        Sort::Duty => Unit::Duty,
    };
    let Some(mut filter) = typed.narrowing.filter(library, unit)? else {
        return Ok(Done::Nothing);
    };
    filter.level.clone_from(&typed.level);
    filter.genre.clone_from(&typed.genre);
    filter.kind = typed.kind.as_deref().map(text::fold_query);
    filter.bearer.clone_from(&typed.bearer);
    let found = index::search(library.index(), &typed.query, &filter, typed.limit.into())?;
    if found.hits.is_empty() {
        eprintln!("zeren: nothing found for `{}`", typed.query);
        return Ok(Done::Nothing);
    }
    let mut records = Records::new(library);
    let shown =
        found.hits.iter().map(|hit| records.show(hit)).collect::<anyhow::Result<Vec<_>>>()?;
    output::print(&shown, typed.format)?;
    match found.complete {
        0 => eprintln!("zeren: none holds all of it; {} that hold some of it", shown.len()),
        all => eprintln!("zeren: {all} hold all of it, {} shown", shown.len()),
    }
    Ok(Done::Found)
}

/// Records that hits point to, each read once.
pub(super) struct Records<'l> {
    library: &'l Library,
    read: HashMap<String, Record>,
}

impl<'l> Records<'l> {
    pub(super) fn new(library: &'l Library) -> Records<'l> {
        Records { library, read: HashMap::new() }
    }

    pub(super) fn get(&mut self, id: &str) -> anyhow::Result<&Record> {
        if !self.read.contains_key(id) {
            self.read.insert(id.to_owned(), self.library.record(id)?);
        }
        Ok(&self.read[id])
    }

    /// What a hit points to.
    pub(super) fn show(&mut self, hit: &Hit) -> anyhow::Result<Shown> {
        let record = self.get(&hit.document)?;
        let mut shown = Shown {
            unit: hit.unit.as_str(),
            score: hit.score,
            doc: record.id.clone(),
            eid: None,
            provision: String::new(),
            bearers: Vec::new(),
            text: String::new(),
            title: record.title.clone(),
            region: record.region.as_ref().map(|region| region.name.clone()),
            issued: record.dates.issued.clone(),
            path: record.source.path.clone(),
            span: record.source.span,
        };
        match hit.unit {
            Unit::Document => {}
            Unit::Provision => {
                if let Some(node) = node(record, &hit.key) {
                    shown.eid = Some(node.eid.clone());
                    shown.provision = printed_path(record, &node.eid);
                    shown.text = index::provision_text(node);
                    shown.span = node.span;
                }
            }
            Unit::Duty => {
                let place = hit.key.parse::<usize>().ok();
                if let Some(duty) = place.and_then(|place| record.duties.get(place)) {
                    shown.eid = Some(duty.eid.clone());
                    shown.provision.clone_from(&duty.unit);
                    shown.bearers = duty.bearers.iter().map(|b| b.name.clone()).collect();
                    shown.text.clone_from(&duty.action);
                    shown.span = duty.span;
                }
            }
        }
        Ok(shown)
    }
}

/// The node of an eid.
pub(super) fn node<'r>(record: &'r Record, eid: &str) -> Option<&'r NodeRecord> {
    record.outline.iter().flat_map(NodeRecord::walk).find(|node| node.eid == eid)
}
