//! Provisions read in order: what the clauses of a document set.
//!
//! In: a document, its text, and how its names are read. Out: its duties in the order of the
//! text. Not here: what a clause states (`extract::duty`), and who bears what comes next
//! (`extract::state`).
//!
//! A provision (an article, a numbered item) is read passage by passage, sentence by sentence,
//! clause by clause; under `应当履行下列职责：（一）…（二）…` the items take bearer and force from the stem.

use super::attribution;
use super::clause::{self, Subject};
use super::gather::{self, Told};
use super::heading;
use super::list::{self, Items};
use super::meeting;
use super::office;
use super::organization::{self, Group, Mention, Naming};
use super::sentence::{self, Piece, Sentence};
use super::state::{Line, State};
use super::words::{self, Class};
use super::{Duty, OrganizationKind, Party, construction, exclusion, news, object, subject};
use crate::span::Span;
use crate::structure::{Document, Genre, Kind, Node, unit_path};
use crate::text::{Passage, Text};

/// Reads the clauses of a document.
pub(super) fn read(
    text: &Text<'_>,
    document: &Document,
    naming: &Naming,
    passages: &[Told<'_>],
) -> Vec<Duty> {
    // so many that they need not be moved when there are more
    let found = Vec::with_capacity(passages.len() * 2);
    let first_leads = passages.iter().any(|told| {
        told.passage.holds("牵头") && attribution::says_first_leads(&told.passage.text)
    });
    let genre = document.genre;
    let binding = matches!(document.kind.as_deref(), Some("会议纪要" | "纪要" | "讲话"));
    // 我省发布脱贫攻坚责任制实施细则: news that is nothing but the rule
    let title = document.title.as_deref().unwrap_or_default();
    let retold = news::retells(title);
    let mut reader = Reader {
        text,
        naming,
        passages,
        genre,
        binding,
        first_leads,
        quotes: genre == Genre::News && retold,
        retold: genre == Genre::News && retold,
        told: false,
        found,
    };
    for node in &document.outline {
        reader.node(node, "");
    }
    reader.found
}

/// What is at hand while a document is read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) naming: &'a Naming,
    pub(super) passages: &'a [Told<'a>],
    pub(super) genre: Genre,
    /// It is of those reports that ask something themselves: 会议纪要, 讲话.
    binding: bool,
    /// The document says that the first of those whom a note names leads.
    pub(super) first_leads: bool,
    /// A text of news gives a rule from here on.
    quotes: bool,
    /// A text of news is named after the rule that it retells.
    retold: bool,
    /// A text of news has told what a rule says.
    told: bool,
    pub(super) found: Vec<Duty>,
}

/// The provision that is being read.
pub(super) struct Place<'a> {
    pub(super) eid: &'a str,
    pub(super) unit: &'a str,
    /// The task it is headed by: `产业扶贫`.
    pub(super) heading: Option<&'a str>,
}

/// The passage that is being read.
pub(super) struct Scene<'a> {
    pub(super) place: &'a Place<'a>,
    pub(super) passage: &'a Passage<'a>,
    /// All of its organizations.
    pub(super) groups: &'a [Group],
}

impl Scene<'_> {
    pub(super) fn text(&self) -> &str {
        &self.passage.text
    }

    pub(super) fn parties(&self, mentions: &[Mention]) -> Vec<Party> {
        parties(self.passage, mentions)
    }

    /// `日常监测。`, at the head of a numbered item: nothing but what the item is about.
    fn heads_itself(&self, sentence: &Sentence) -> bool {
        let said = &self.text()[sentence.range()];
        let item = self.place.unit.contains(['/', '（']);
        let act = words::adverbs(said) == 0
            && construction::ends_in_predicate(said)
            && !words::holds(Class::ModalInside, said);
        item && sentence.pieces.len() == 1
            && said.chars().count() <= 6
            && act
            && !object::has_object(said)
    }
}

/// A list's stem, for its items.
#[derive(Clone)]
pub(super) struct Stem {
    state: State,
    items: Items,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, unit: &str) {
        match node.kind {
            Kind::Preamble => {}
            Kind::Article | Kind::Level | Kind::Paragraph | Kind::Subparagraph | Kind::Point => {
                self.provision(node, unit, None);
            }
            _ => {
                for child in &node.children {
                    self.node(child, unit);
                }
            }
        }
    }

    /// Reads an article or item: its text, what hangs below, its tail.
    fn provision(&mut self, node: &Node, above: &str, stem: Option<&Stem>) {
        let unit = unit_path(self.text, node, above);
        let heading = Passage::new(self.text, &node.heading).text.into_owned();
        let mut state = stem.map(|stem| stem.state.clone()).unwrap_or_default();
        // 一、县公安局。（1）…: a name that stands alone heads what is listed below it
        let alone = heading.is_empty() && !node.children.is_empty();
        let alone = gather::told(self.passages, &node.text).filter(|_| alone);
        let alone = alone.map(|told| (told, self.named_alone(&told.passage.text)));
        if let Some((told, mentions)) = alone.filter(|(_, mentions)| !mentions.is_empty()) {
            state.headed = parties(&told.passage, &mentions);
            state.bearers.clone_from(&state.headed);
        }
        if let Some(bearers) = self.headed_by(node, &heading) {
            state.headed.clone_from(&bearers);
            state.bearers = bearers;
            // 1、市委办公室：|组织协调…: the name is the subject of its line
            state.fresh = !node.text.is_empty() && !self.named_alone(&heading).is_empty();
        }
        if self.is_statement(&heading) {
            let place = Place { eid: &node.eid, unit: &unit, heading: None };
            self.passage(&place, &node.heading, &mut state, false);
        }
        self.noted_first(node, &unit, &heading, &mut state);
        let heading = match self.noted(node, &unit, &heading, &mut state) {
            Some(task) => heading[..task].to_owned(),
            None => heading,
        };
        let told = self.found.len();
        self.content(node, &unit, Some(heading.as_str()).filter(|h| !h.is_empty()), &mut state);
        if node.kind == Kind::Level && words::ends(Class::Background, &heading) > 0 {
            // 一、普查目的, 二、普查范围和对象: what stands there asks nothing of anybody it doesn't name
            let rest = self.found.split_off(told);
            self.found.extend(rest.into_iter().filter(|duty| !duty.bearers.is_empty()));
        }
    }

    fn content(&mut self, node: &Node, unit: &str, heading: Option<&str>, state: &mut State) {
        let place = Place { eid: &node.eid, unit, heading };
        let mut told = self.found.len();
        let mut charge = self.charged_below(node, 0, &place, state);
        let mut stem = match self.is_heading(node) {
            true => None,
            false => self.passage(&place, &node.text, state, !node.children.is_empty()),
        };
        let headed = node.text.is_empty() || !state.headed.is_empty();
        if stem.is_none() && headed && !state.bearers.is_empty() {
            // 一、街道办事处消防安全工作职责 （一）…: its heading is the stem
            stem = Some(Stem { state: state.clone(), items: Items::Duties });
        }
        for (index, child) in node.children.iter().enumerate() {
            match child.kind {
                Kind::Paragraph => {
                    let noted =
                        index > 0 && self.whole_note(&place, &node.children[index - 1]).is_some();
                    if noted && self.whole_note(&place, child).is_none() {
                        // a task of its own, with its own notes below it
                        charge.take().iter().for_each(|charge| self.share(told, charge));
                        told = self.found.len();
                        charge = self.charged_below(node, index, &place, state);
                    }
                    state.opens = true;
                    self.content(child, unit, heading, state);
                    stem = None;
                }
                _ => match &stem {
                    // what is listed is no duty, but when one holds or is breached
                    Some(stem) if stem.items == Items::Conditions => {}
                    Some(stem) if stem.items == Items::Things => {
                        // 总体规划按照下列程序编制：（一）…由市人民政府组织编制: who is named acts
                        let told = self.found.len();
                        self.provision(
                            child,
                            unit,
                            Some(&Stem { state: State::default(), items: Items::Things }),
                        );
                        let rest = self.found.split_off(told);
                        self.found.extend(rest.into_iter().filter(|duty| !duty.bearers.is_empty()));
                    }
                    _ => self.provision(child, unit, stem.as_ref()),
                },
            }
        }
        self.passage(&place, &node.tail, state, false);
        charge.iter().for_each(|charge| self.share(told, charge));
    }

    /// `（一）弘扬体育文化，形成良好风尚。` above items: one sentence that names nobody heads them.
    fn is_heading(&self, node: &Node) -> bool {
        let headed = node.kind == Kind::Level
            && node.heading.is_empty()
            && node.children.first().is_some_and(|child| child.kind != Kind::Paragraph);
        let Some(told) = gather::told(self.passages, &node.text).filter(|_| headed) else {
            return false;
        };
        let text = &told.passage.text;
        let [only] = told.sentences() else { return false };
        text.ends_with('。')
            && !text.contains('：')
            && only.pieces.iter().all(|piece| {
                let reading = clause::of(piece, text, &told.groups, self.naming);
                reading.subject == Subject::None && reading.modality.is_none()
            })
    }

    /// `1、县委承担主体责任，做到统揽全局。`: a first sentence that stands where a heading would, but names
    /// who is to act.
    pub(super) fn is_statement(&self, heading: &str) -> bool {
        let groups = organization::groups(heading, self.naming);
        let Some(first) = sentence::sentences(heading).into_iter().next() else { return false };
        let Some(piece) = first.pieces.first() else { return false };
        let reading = clause::read(heading, piece.range.clone(), &groups, self.naming);
        // 设立市森林草原火灾应急指挥部，指挥扑救工作。
        let sets_up = office::sets_up(&heading[reading.action.clone()]).is_some();
        if sets_up && first.pieces.len() > 1 {
            return true;
        }
        matches!(reading.subject, Subject::Parties(_))
            && !reading.action.is_empty()
            && (reading.plain || words::holds(Class::Charging, &heading[reading.action.clone()]))
    }

    /// `（一）镇扶贫工作站工作职责`: a heading that says whose duties follow.
    fn headed_by(&self, node: &Node, heading: &str) -> Option<Vec<Party>> {
        let mut mentions = heading::holders(heading, self.naming);
        if mentions.is_empty() {
            mentions = self.named_alone(heading);
        }
        if mentions.is_empty() && node.kind == Kind::Level {
            mentions = self.titled(heading);
        }
        if mentions.is_empty() && node.kind == Kind::Level {
            mentions = heading::office_holder(heading, self.naming);
        }
        let passage = Passage::new(self.text, &node.heading);
        (!mentions.is_empty()).then(|| parties(&passage, &mentions))
    }

    /// `二、乡镇人民政府`, `县教育局：`: who is named with nothing beside it.
    fn named_alone(&self, phrase: &str) -> Vec<Mention> {
        let bare = phrase.trim_end_matches(['。', '：']);
        if !organization::may_end_subject(bare) || bare.len() > 240 {
            return Vec::new();
        }
        let groups = organization::groups(bare, self.naming);
        let person = |one: &Mention| {
            matches!(one.kind, OrganizationKind::Persons | OrganizationKind::Region)
        };
        match groups.as_slice() {
            [only] if only.range == (0..bare.len()) && !only.mentions.iter().any(person) => {
                only.mentions.clone()
            }
            _ => Vec::new(),
        }
    }

    /// `一、董事长`, `四、安全管理部`: a post or an office of an institution, as the heading of what it does.
    fn titled(&self, heading: &str) -> Vec<Mention> {
        let bare = heading.trim_end_matches('：');
        let post = ["长", "书记", "经理", "主任", "主席", "总监", "总工程师"]
            .iter()
            .any(|end| bare.ends_with(end));
        if bare.contains(['，', '。', '的']) || bare.chars().count() > 24 {
            return Vec::new();
        }
        // 国网威远县供电公司, 严陵镇
        let seated = ["公司", "银行", "集团", "镇", "乡", "街道", "大队", "支队"];
        let named = seated.iter().any(|end| bare.ends_with(end)) && words::predicate(bare) == 0;
        match post || named {
            true => organization::subject(bare, self.naming),
            false => subject::named_offices(bare, 0, self.naming),
        }
    }

    /// Reads one passage; gives the stem where it ends with one.
    fn passage(
        &mut self,
        place: &Place<'_>,
        pieces: &[Span],
        state: &mut State,
        listed: bool,
    ) -> Option<Stem> {
        if pieces.is_empty() {
            return None;
        }
        if let Some(told) = gather::told(self.passages, pieces) {
            let scene = Scene { place, passage: &told.passage, groups: &told.groups };
            return match self.attributed(&scene, state) {
                true => None,
                false => self.sentences(&scene, told.sentences(), state, listed),
            };
        }
        let passage = Passage::new(self.text, pieces);
        let groups = organization::groups(&passage.text, self.naming);
        let scene = Scene { place, passage: &passage, groups: &groups };
        match self.attributed(&scene, state) {
            true => None,
            false => self.sentences(&scene, &sentence::sentences(&passage.text), state, listed),
        }
    }

    /// Reads the sentences of a passage; gives the stem where it ends with one.
    pub(super) fn sentences(
        &mut self,
        scene: &Scene<'_>,
        sentences: &[Sentence],
        state: &mut State,
        listed: bool,
    ) -> Option<Stem> {
        let passage = scene.passage;
        let mut stem = None;
        // minutes and speeches demand themselves what other reports only tell of
        let reported = self.genre == Genre::News || self.genre == Genre::Report && !self.binding;
        let mut reporting = false;
        if passage.text.contains('\t') {
            self.row(scene, sentences);
            return None;
        }
        for (index, sentence) in sentences.iter().enumerate() {
            reporting |= self.quotes || news::reports(&passage.text, sentence);
            // 《方案》主要内容如下：
            let said = &passage.text[sentence.range()];
            self.quotes |= said.contains('》')
                && ["内容如下", "全文如下"]
                    .iter()
                    .any(|end| said.trim_end_matches('：').ends_with(end));
            let colour = self.retold && news::is_colour(said);
            if colour || self.binding && news::looks_back(said) {
                continue;
            }
            if reported && !reporting && !(self.told && self.demands(scene, sentence)) {
                continue;
            }
            self.told |= reporting;
            let next = sentences.get(index + 1).map(|next| &passage.text[next.range()]);
            if sentence.pieces.len() == 1
                && construction::is_numbered(&passage.text[sentence.range()])
                && next.is_some_and(|next| !construction::is_numbered(next))
            {
                // 一是建立工作机制。|公安部门要…: a heading
                continue;
            }
            if index == 0 && sentences.len() > 1 && scene.heads_itself(sentence) {
                // 1.日常监测。由生态环境局…: a heading of its own
                continue;
            }
            if heading::only_informs(&passage.text, sentence) {
                // 组长：党委书记、院长
                continue;
            }
            let last = listed && index + 1 == sentences.len();
            // a text that ends is no stem: 由工作组进行登记。（一）清查摸底
            let stems = last && !ends(&passage.text, sentence);
            let told = self.found.len();
            stem = self.sentence(scene, sentence, state, stems);
            if self.retold && !news::reports(&passage.text, sentence) {
                // what news say in their own words asks only of whom they name
                let rest = self.found.split_off(told);
                self.found.extend(rest.into_iter().filter(|duty| !duty.bearers.is_empty()));
            }
            self.found[told..].iter_mut().for_each(|duty| duty.reported = reported);
        }
        stem
    }

    /// `各民主党派应当发挥优势`: what news goes on to tell of a rule that it has named.
    fn demands(&self, scene: &Scene<'_>, sentence: &Sentence) -> bool {
        let text = scene.text();
        let readings =
            sentence.pieces.iter().map(|piece| clause::of(piece, text, scene.groups, self.naming));
        let said = readings.into_iter().find(|reading| !reading.action.is_empty());
        said.is_some_and(|reading| {
            let action = &text[reading.action.clone()];
            let owes = action.contains('负') && action.ends_with("责任");
            let whole = &text[sentence.range()];
            let asked = reading.modality.is_some()
                && ["应当", "必须", "不得"].iter().any(|modal| whole.contains(modal));
            matches!(reading.subject, Subject::Parties(_)) && (owes || asked)
        })
    }

    /// Reads the cells of a table's row: they ask nothing of whom the text before them names, so that
    /// only those count which begin with who is to act.
    fn row(&mut self, scene: &Scene<'_>, cells: &[Sentence]) {
        for cell in cells {
            let first = cell.pieces.first().map_or(0..0, |piece| piece.range.clone());
            let reading = clause::read(scene.text(), first, scene.groups, self.naming);
            if matches!(reading.subject, Subject::Parties(_)) {
                self.sentence(scene, cell, &mut State::default(), false);
            }
        }
    }

    /// `市长在保障粮食安全方面承担的责任是：|严守耕地红线`: whose duties a sentence goes on to list.
    fn holds(&self, scene: &Scene<'_>, piece: &Piece, state: &mut State) -> bool {
        let clause = &scene.text()[piece.range.clone()];
        let mut holders = heading::holders(clause, self.naming);
        let listed = !holders.is_empty();
        if !listed && heading::is_of_duties(clause) && !state.headed.is_empty() {
            // （一）领导小组 组长：县长 职责：|统筹部署: those whom the heading names
            state.bearers.clone_from(&state.headed);
            state.fresh = false;
            return true;
        }
        if !listed {
            // 县教育局：|负责校园安全
            holders = self.named_alone(clause);
        }
        let found = !holders.is_empty();
        if found {
            state.bearers = scene.parties(&subject::shifted(holders, piece.range.start));
            state.fresh = !listed;
        }
        found
    }

    fn sentence(
        &mut self,
        scene: &Scene<'_>,
        sentence: &Sentence,
        state: &mut State,
        stems: bool,
    ) -> Option<Stem> {
        let whole = &scene.text()[sentence.range()];
        let kinds = sentence.kinds();
        let catches = || words::may_hold(kinds, Class::Catching) && exclusion::catch_all(whole);
        if exclusion::about_the_text(whole, kinds) || catches() {
            // 本规定所称外国作品，包括：what it defines, it lists
            let listed = stems && whole.contains("所称");
            return listed.then(|| Stem { state: State::default(), items: Items::Things });
        }
        let mut line = Line { modality: state.modality, listed: state.listed, ..Line::default() };
        if let Some(bearers) = state.outside.take() {
            state.bearers = bearers;
        }
        line.agentless =
            state.private && !state.listed && construction::speaks_of(whole, &state.bearers);
        let finds = self.binding
            && sentence
                .pieces
                .first()
                .is_some_and(|first| meeting::finds(&scene.text()[first.range.clone()]));
        let told = self.found.len();
        for (index, piece) in sentence.pieces.iter().enumerate() {
            if news::reports_in(scene.text(), piece) {
                continue;
            }
            let voiced = self.voiced(scene, piece);
            let Some(piece) = voiced.as_ref() else { continue };
            if piece.opens && index > 0 {
                line.modality = state.modality;
                line.condition = None;
                line.breach = false;
                line.sanctioned = false;
                // 支持企业设立机构；规范发展民间融资: what is encouraged ends with its segment
                line.agentless |= line.moved.take().is_some();
            }
            let following = &sentence.pieces[index + 1..];
            if piece.colon && !following.is_empty() && self.holds(scene, piece, state) {
                line.printed = true;
                continue;
            }
            if heading::tells_whom_to_ask(scene.text(), piece)
                || list::tells_parts(&scene.text()[piece.range.clone()])
            {
                // 检查报告的内容包括：|财务分析；存在问题的处理建议
                break;
            }
            // 应当符合下列条件, 应当包括下列内容 are said of somebody or something; 履行下列职责 only leads on
            let announced = stems
                && following.is_empty()
                && (list::announces(&scene.text()[piece.range.clone()])
                    || !heading::holders(whole, self.naming).is_empty())
                && list::items(whole) == Items::Duties;
            self.clause(scene, piece, following, state, &mut line, announced);
        }
        if finds {
            // 会议指出，当前形势严峻: what it found asks nothing of anybody it doesn't name
            let rest = self.found.split_off(told);
            self.found.extend(rest.into_iter().filter(|duty| !duty.bearers.is_empty()));
        }
        stems.then(|| {
            let mut state = State { fresh: false, ..state.clone() };
            let holders = heading::holders(whole, self.naming);
            if !holders.is_empty() && !line.printed {
                let at = sentence.range().start;
                state.bearers = scene.parties(&subject::shifted(holders, at));
            }
            state.modality = line.modality.or(state.modality);
            state.listed = true;
            if let Some((moved, modality)) = line.moved {
                state.bearers = moved;
                state.modality = Some(modality);
            }
            // 下列收入为不征税收入: a stem that asks nothing of anybody lists things
            let asks = !state.bearers.is_empty() || state.modality.is_some();
            let items = match list::items(whole) {
                Items::Duties if !asks && list::announces(whole) => Items::Things,
                items => items,
            };
            Stem { state, items }
        })
    }
}

impl Reader<'_> {
    /// `会议责成|县审计局跟踪审计`: a clause of minutes without what the meeting did; `None` where nothing else is said.
    fn voiced<'p>(
        &self,
        scene: &Scene<'_>,
        piece: &'p Piece,
    ) -> Option<std::borrow::Cow<'p, Piece>> {
        use std::borrow::Cow;
        let clause = &scene.text()[piece.range.clone()];
        let Some(length) = self.binding.then(|| meeting::voice(clause)).flatten() else {
            return Some(Cow::Borrowed(piece));
        };
        // 会议同意|县财政局安排资金: whom it names acts
        let length = if length == clause.len() && clause.starts_with("会议同意") {
            "会议同意".len()
        } else {
            length
        };
        let rest = piece.range.start + length..piece.range.end;
        let acts = !rest.is_empty() && {
            let reading = clause::read(scene.text(), rest.clone(), scene.groups, self.naming);
            let told = construction::is_described_thing(&scene.text()[reading.action.clone()]);
            (matches!(reading.subject, Subject::Parties(_)) && !told) || reading.modality.is_some()
        };
        acts.then(|| {
            Cow::Owned(Piece { range: rest, reading: Default::default(), ..piece.clone() })
        })
    }
}

/// Whether a passage ends with a sentence that announces nothing.
fn ends(passage: &str, last: &Sentence) -> bool {
    passage.ends_with('。') && !list::announces(&passage[last.range()])
}

pub(super) fn parties(passage: &Passage<'_>, mentions: &[Mention]) -> Vec<Party> {
    let bracketed = mentions.iter().any(|one| one.name.contains(['（', '）']));
    let whole = match bracketed {
        true => organization::whole(&passage.text, mentions),
        false => mentions.to_vec(),
    };
    whole
        .into_iter()
        .map(|mention| Party {
            text: passage.text[mention.range.clone()].to_owned(),
            level: mention.level,
            span: passage.span(mention.range),
            name: mention.name,
        })
        .collect()
}
