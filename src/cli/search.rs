//! `zeren search QUERY`: documents, provisions or duties.

use std::collections::HashMap;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::highlight::Highlights;
use super::output::{self, Format, Line};
use super::{Done, Narrowing, counts};
use crate::index::{self, Facet, Hit, Page, Sort, Unit};
use crate::library::{Entry, Lapse, Library};
use crate::record::{NodeRecord, Record, SourceRecord};
use crate::span::SourceSpan;

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zeren search 驻村工作队 --unit duty --region 湖南\n  \
                        zeren search '\"贫困退出\" 考核 OR 评估 -企业 after:2016'\n  \
                        zeren search 养犬 --count-by region --count-by year\n\n\
                        Words are ranked; a \"phrase\" in quotes is found exactly, whatever white space \
                        or line breaks the source has in it; -word excludes; a OR b takes either; \
                        field:value narrows, with the fields unit, region, level, genre, kind, status, \
                        year, after, before, issuer, bearer, role, modality, document.")]
pub(super) struct Typed {
    /// What to look for
    query: String,
    /// What is searched for
    #[arg(long, value_enum, default_value_t = Searched::Provision)]
    unit: Searched,
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
    /// In which order: the best, the latest, or by region
    #[arg(long, value_enum, default_value_t = Order::Score)]
    sort: Order,
    /// Count all hits by a field, instead of printing them
    #[arg(long, value_name = "FIELD", value_parser = COUNTED)]
    count_by: Vec<String>,
    /// How many at the most; 0 for all
    #[arg(long, default_value_t = 20)]
    limit: u32,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// By what hits can be counted.
const COUNTED: [&str; 11] = [
    "region", "level", "genre", "kind", "status", "year", "issuer", "bearer", "role", "modality",
    "document",
];

#[derive(Clone, Copy, ValueEnum)]
enum Searched {
    Document,
    Provision,
    Duty,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    Score,
    Date,
    Region,
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
    /// Why the document is no longer in force.
    pub(super) lapsed: Option<Lapse>,
    pub(super) path: String,
    pub(super) span: SourceSpan,
    /// Where in the source it says what was looked for.
    pub(super) matches: Vec<SourceSpan>,
    /// Where in the text that begins.
    #[serde(skip)]
    first: usize,
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
        "lapsed",
    ];

    fn row(&self) -> Vec<String> {
        let lapsed = self.lapsed.as_ref().map(|lapse| lapse.why);
        let document =
            [self.title.as_deref(), self.region.as_deref(), self.issued.as_deref(), lapsed];
        let eid = self.eid.as_deref().map(|eid| format!("#{eid}")).unwrap_or_default();
        vec![
            self.bearers.join("、"),
            excerpt(&self.text, self.first),
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
            self.lapsed.as_ref().map(Lapse::in_words).unwrap_or_default(),
        ]
    }
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let unit = match typed.unit {
        Searched::Document => Unit::Document,
        Searched::Provision => Unit::Provision,
        Searched::Duty => Unit::Duty,
    };
    let filter = typed.narrowing.filter(library, unit)?;
    let filter = filter
        .with(Facet::Level, typed.level.clone())
        .with(Facet::Genre, typed.genre.clone())
        .with(Facet::Kind, typed.kind.clone())
        .with(Facet::Bearer, typed.bearer.clone());
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let found = index::search(library.index(), &read, &typed.query, &filter, &page(typed))?;
    if !typed.count_by.is_empty() && found.complete > 0 {
        counts::print(&found, typed.format)?;
        return Ok(Done::Found);
    }
    if found.hits.is_empty() {
        eprintln!("zeren: nothing found for `{}`", typed.query);
        return Ok(Done::Nothing);
    }
    let mut shower = Shower::new(library);
    let phrases = index::phrases(&typed.query, filter.synonyms)?;
    let mut highlights = Highlights::of(phrases.clone());
    let mut shown = Vec::new();
    for hit in &found.hits {
        let mut one = shower.show(hit)?;
        if typed.format == Format::Jsonl {
            one.matches = highlights.within(library, &one.doc, one.span)?;
        }
        let first =
            |phrase: &String| index::occurrences(&one.text, phrase).first().map(|at| at.start);
        one.first = phrases.iter().filter_map(first).min().unwrap_or_default();
        shown.push(one);
    }
    output::print(&shown, typed.format)?;
    match found.complete {
        0 => eprintln!("zeren: none holds all of it; {} that hold some of it", shown.len()),
        all => eprintln!("zeren: {all} hold all of it, {} shown", shown.len()),
    }
    Ok(Done::Found)
}

fn page(typed: &Typed) -> Page {
    let limit = match typed.limit {
        0 => usize::from(u16::MAX) * 16,
        limit => usize::try_from(limit).unwrap_or(usize::MAX),
    };
    let sort = match typed.sort {
        Order::Score => Sort::Score,
        Order::Date => Sort::Date,
        Order::Region => Sort::Region,
    };
    Page {
        limit,
        sort,
        count_by: typed.count_by.iter().filter_map(|name| Facet::of(name)).collect(),
    }
}

/// Shows hits; each document's entry is read once.
pub(super) struct Shower<'l> {
    library: &'l Library,
    entries: HashMap<String, (Entry, Option<Lapse>)>,
}

impl<'l> Shower<'l> {
    pub(super) fn new(library: &'l Library) -> Shower<'l> {
        Shower { library, entries: HashMap::new() }
    }

    /// A document's entry, and why it is no longer in force where it isn't.
    pub(super) fn entry(&mut self, id: &str) -> anyhow::Result<&(Entry, Option<Lapse>)> {
        if !self.entries.contains_key(id) {
            let entry = self.library.entry(id)?.ok_or_else(|| out_of_step(id))?;
            let lapse = self.library.lapses(Some(id))?.remove(id);
            self.entries.insert(id.to_owned(), (entry, lapse));
        }
        Ok(&self.entries[id])
    }

    /// What a hit points to.
    pub(super) fn show(&mut self, hit: &Hit) -> anyhow::Result<Shown> {
        let library = self.library;
        let (entry, lapse) = self.entry(&hit.document)?;
        let mut shown = Shown {
            unit: hit.unit.as_str(),
            score: hit.score,
            doc: entry.id.clone(),
            eid: None,
            provision: String::new(),
            bearers: Vec::new(),
            text: String::new(),
            title: entry.title.clone(),
            region: entry.place.clone(),
            issued: entry.issued.clone(),
            lapsed: lapse.clone(),
            path: entry.path.clone(),
            span: SourceSpan::default(),
            matches: Vec::new(),
            first: 0,
        };
        if hit.unit == Unit::Document {
            let whole: Whole = library.record(&hit.document)?;
            shown.span = whole.source.span;
            return Ok(shown);
        }
        let chunk = library.chunk(&hit.document, hit.place.chunk)?;
        let passage = chunk.get(hit.place.passage as usize);
        let passage = passage.ok_or_else(|| out_of_step(&hit.document))?;
        if hit.unit == Unit::Provision {
            shown.eid = Some(passage.eid.clone());
            shown.provision.clone_from(&passage.path);
            shown.text.clone_from(&passage.text);
            shown.span = passage.span;
            return Ok(shown);
        }
        let duty = passage.duties.get(hit.place.duty as usize);
        let duty = duty.ok_or_else(|| out_of_step(&hit.document))?;
        shown.eid = Some(duty.eid.clone());
        shown.provision.clone_from(&duty.unit);
        shown.bearers = duty.bearers.iter().map(|b| b.name.clone()).collect();
        shown.text.clone_from(&duty.action);
        shown.span = duty.span;
        Ok(shown)
    }
}

/// A text in one line, from a little before what was looked for.
fn excerpt(text: &str, first: usize) -> String {
    let before = text[..first].chars().count();
    let skipped = if before > EXCERPT / 2 { before - LEAD } else { 0 };
    let rest = text.chars().skip(skipped).map(|c| if c == '\n' { ' ' } else { c });
    let shown = output::short(&rest.collect::<String>(), EXCERPT);
    if skipped > 0 { format!("…{shown}") } else { shown }
}

/// How many characters of a text are shown, and how many of them before what was looked for.
const EXCERPT: usize = 120;
const LEAD: usize = 20;

/// What of a record says where a document stands.
#[derive(Deserialize)]
struct Whole {
    source: SourceRecord,
}

/// What is said where index and library don't agree.
pub(super) fn out_of_step(id: &str) -> anyhow::Error {
    let message =
        format!("the index is not of this library: `{id}` has no such unit; run `zeren reindex`");
    super::NotThere(message).into()
}

/// The node of an eid.
pub(super) fn node<'r>(record: &'r Record, eid: &str) -> Option<&'r NodeRecord> {
    record.outline.iter().flat_map(NodeRecord::walk).find(|node| node.eid == eid)
}
