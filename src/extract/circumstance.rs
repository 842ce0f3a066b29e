//! Clauses that only tell the circumstance of what follows, and a basis that is the demand itself.
//!
//! In: a clause's reading with those that follow. Out: whether it demands nothing itself, and whose
//! circumstance it is. Not here: who does what it tells where a thing seems to (`extract::doer`), duties.
//!
//! `矿山企业开发利用矿产资源，应当加强开采管理`: the first clause tells when.

use super::across::{is_breach, is_charged, is_told, is_told_of_case};
use super::clause::{self, Reading, Subject};
use super::modifier::{self, Modifier};
use super::organization::Mention;
use super::provision::{Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State};
use super::words::{self, Class};
use super::{Modality, OrganizationKind, Party, construction, doing, organization, subject};
use crate::structure::Genre;

impl Reader<'_> {
    /// Whether a clause without modal word tells the circumstance of the next.
    pub(super) fn is_circumstance(
        &self,
        text: &str,
        reading: &Reading,
        state: &State,
        line: &Line,
        piece: &Piece,
        following: &[Piece],
    ) -> bool {
        let first = following.first();
        // 总体规划，|在报批前，|应当先经审议: what only modifies may stand between
        let beyond = || {
            let mut on = following.iter().take_while(|next| !next.opens);
            on.find(|next| {
                // 以及受伤、被困时
                let clause = &text[next.range.clone()];
                let clause = &clause[words::begins(Class::Conjunction, clause)..];
                // 设计方案，|按照基本建设程序审批时，|应当…
                let timed = words::ends(Class::TimeEnd, clause) > 0
                    && !words::holds(Class::ModalInside, clause);
                !timed && modifier::leading(clause).is_none_or(|(length, _)| length < clause.len())
            })
        };
        let found = line.found && !(piece.opens && reading.subject == Subject::Thing);
        let own = matches!(reading.subject, Subject::Parties(_))
            || state.bearers.is_empty()
            || (reading.doer.is_some() && piece.opens)
            // 经营者在宣传过程中，|提供不真实的信息，|误导公众的，人民法院应当…
            || state.conditional && state.fresh && first.is_some_and(|next| text[next.range.clone()].ends_with('的'));
        if construction::event(&text[reading.action.clone()], first)
            || needs_before_demand(text, reading, piece, first)
        {
            return true;
        }
        if self.is_doing(text, reading, piece, first) {
            return true;
        }
        // 3.县林业局：|查处占用林地建坟的行为，严禁新建坟墓: who was just named acts
        let named = state.fresh
            && piece.opens
            && reading.subject == Subject::None
            && words::begins_predicate(&text[reading.action.clone()]);
        // 领导小组每季度召开一次会议，|由组长召集
        let often = reading.frequency.is_some() && matches!(reading.subject, Subject::Parties(_));
        if often
            || supervises(text, reading)
            || goes_on_with(text, reading, first)
            || helps_before_event(text, reading, first)
            || reading.charged
            || clause::is_bound(&text[reading.action.clone()])
            || named
        {
            return false;
        }
        let silent = reading.modality.is_none() && !reading.agent;
        let described = || construction::is_described_thing(&text[reading.action.clone()]);
        if silent
            && piece.opens
            && !found
            && reading.subject == Subject::Thing
            && first
                .is_some_and(|next| !next.opens && construction::asks(&text[next.range.clone()]))
            && is_told(&text[reading.action.clone()])
            && self.circumstantial(text, reading) != Subject::None
        {
            return true;
        }
        // 新建、改建排放污染物的项目，|应当…; 建设工程发包单位，|不得…
        if silent
            && piece.opens
            && !found
            && reading.subject == Subject::None
            && (construction::circumstance(text, beyond())
                || (described() && is_demanded_of(text, beyond())))
            && (described() || self.circumstantial(text, reading) != Subject::None)
        {
            return true;
        }
        if (silent && is_breach(text, &reading.action, line, following))
            || (silent
                && !line.found
                && is_told_of_case(
                    text,
                    &reading.action,
                    following,
                    reading.subject == Subject::Thing,
                ))
            || ((own || self.genre == Genre::Regulation)
                && piece.opens
                && !line.found
                && reading.modality.is_none()
                && construction::is_described_thing(&text[reading.action.clone()])
                && first.is_some_and(|next| {
                    !next.opens && words::holds(Class::ModalInside, &text[next.range.clone()])
                }))
        {
            return true;
        }
        own && reading.modality.or(line.modality).is_none()
            && !reading.agent
            && !found
            && !is_charged(&text[reading.action.clone()])
            && (construction::circumstance(text, first)
                || (!line.found && construction::circumstance(text, beyond()))
                || (reading.subject == Subject::Thing
                    && !is_told(&text[reading.action.clone()])
                    && construction::circumstance(text, beyond())))
    }

    /// `从事计量活动，|应当遵守职业道德`: what anybody does of whom the next clause demands something.
    pub(super) fn is_doing(
        &self,
        text: &str,
        reading: &Reading,
        piece: &Piece,
        next: Option<&Piece>,
    ) -> bool {
        let demands =
            |clause: &str| ["应当", "必须", "不得"].iter().any(|modal| clause.starts_with(modal));
        self.genre == Genre::Regulation
            && piece.opens
            && reading.modality.is_none()
            && !reading.agent
            && !matches!(reading.subject, Subject::Parties(_))
            && next.is_some_and(|next| !next.opens && demands(&text[next.range.clone()]))
            && doing::is_whole(&text[reading.action.clone()])
    }

    /// `使用无人驾驶航空器测绘的，|应当遵守规定`, and after `任何单位不得变更`: `确需变更的，|应当报批`: a case of somebody
    /// else than whoever was named before.
    pub(super) fn is_case_of_others(
        &self,
        scene: &Scene<'_>,
        reading: &Reading,
        state: &State,
        line: &Line,
        piece: &Piece,
        next: Option<&Piece>,
    ) -> bool {
        let text = scene.text();
        let Some(case) = reading.condition.clone().map(|case| &text[case]) else { return false };
        let next = next.filter(|next| !next.opens).map(|next| &text[next.range.clone()]);
        let demands =
            next.is_some_and(|next| ["应当", "必须"].iter().any(|modal| next.starts_with(modal)));
        if !demands
            || !case.ends_with('的')
            || !piece.opens
            || line.found
            || state.listed
            || reading.subject != Subject::None
            || self.genre != Genre::Regulation
        {
            return false;
        }
        let everybody = state.bearers.iter().any(|one| one.name.starts_with("任何"));
        everybody || doing::begins(case) && !self.does_so(case, scene.place.unit, state)
    }

    /// Whether whoever was named does what a clause tells that anybody may do: 编制 of a plan, if they are a body
    /// that makes plans, or were told to 编制 it.
    pub(super) fn does_so(&self, doing: &str, unit: &str, state: &State) -> bool {
        if words::begins(Class::DoingOfficial, doing) > 0 {
            let all = |one: &Party| one.name == "国家" || one.name.starts_with("任何");
            return !(state.persons || state.private || state.bearers.iter().any(all));
        }
        let verb = doing.get(..6).unwrap_or(doing);
        let before = self.found.iter().rev().take_while(|duty| duty.unit == unit);
        before.into_iter().any(|duty| duty.bearers == state.bearers && duty.action.contains(verb))
    }

    /// `公路、铁路等公共设施，|由管理单位负责`: a thing before the one who acts on it.
    pub(super) fn is_acted_on(
        &self,
        text: &str,
        reading: &Reading,
        line: &Line,
        piece: &Piece,
        following: &[Piece],
    ) -> bool {
        let next = following.first().filter(|next| !next.opens);
        reading.modality.is_none()
            && !reading.agent
            && piece.opens
            && !(line.found && reading.subject != Subject::Thing)
            && !matches!(reading.subject, Subject::Parties(_))
            && next.is_some_and(|next| {
                let clause = &text[next.range.clone()];
                let modal = words::modal(clause).map_or(0, |(length, _)| length);
                clause[modal..].starts_with('由') && !clause[modal..].starts_with("由于")
            })
            && (!is_told(&text[reading.action.clone()])
                || is_nominal(&text[reading.action.clone()])
                // 河道水域及沿岸规划范围，|由管理单位负责
                || next.is_some_and(|next| text[next.range.clone()].ends_with("负责")))
    }

    /// Whose circumstance it is: `从事生产活动的单位和个人，|应当…` is a subject as a whole,
    /// `个人经营进口货物，|应当…` begins with one.
    pub(super) fn circumstantial(&self, text: &str, reading: &Reading) -> Subject {
        let at = reading.action.start;
        let action = &text[reading.action.clone()];
        if reading.subject == Subject::Thing && !construction::names_a_doing(action) {
            // 电视台|发布广告，|应当遵守规定
            return match is_told(action) && !action.contains('由') && !action.contains("所需") {
                true => subject::conditional_subject(action, at, Modifier::Condition, self.naming),
                false => Subject::None,
            };
        }
        let whole = match action.contains('的') || action.chars().count() <= 24 {
            true => organization::subject(action, self.naming),
            false => Vec::new(),
        };
        match whole.is_empty() {
            true => subject::conditional_subject(action, at, Modifier::Condition, self.naming),
            false => Subject::Parties(subject::shifted(whole, at)),
        }
    }

    /// `应当按照规定的版面、时段|发布公益广告`: what is demanded, where a basis seemed to take the last clause of
    /// a segment whole.
    pub(super) fn keep_whole_basis(
        &self,
        text: &str,
        reading: &mut Reading,
        following: &[Piece],
        listed: bool,
        line: &Line,
    ) {
        let last = following.first().is_none_or(|next| next.opens);
        let goes_on = line.found && line.modality == Some(Modality::Obligation);
        if last && goes_on && is_last_approval(text, reading) {
            // 应当制定方案，|经委员会审查同意。
            reading.action = reading.condition.take().unwrap_or(reading.action.clone());
            reading.plain = true;
            return;
        }
        // 编制计划，|经主管部门批准后|执行: a verb that would only point to other rules keeps what comes first
        let bare = text[reading.action.clone()] == *"执行";
        let first = reading.condition.clone().filter(|first| first.end == reading.action.start);
        if let Some(first) = first.filter(|_| bare && line.found)
            && text[first.clone()].starts_with('经')
        {
            reading.action.start = first.start;
            return;
        }
        let Some(basis) = reading.basis.clone().filter(|basis| basis.end == reading.action.end)
        else {
            return;
        };
        // 按照品种和产量|进行生产，…
        let full = plain_act(&text[basis.clone()]);
        let act = modifier::act_behind(&text[basis.clone()]).or(full);
        // （四）按照医嘱|督促患者服药，配合社区工作
        let item = listed && act.is_some();
        // 公布名录，|参照文物保护单位进行管理
        if reading.action.is_empty() && last && clause::follows_model(&text[basis.clone()]) {
            reading.action = basis;
            reading.plain = true;
            return;
        }
        // 应当遵守规定，|按照规范安全驾驶。
        let asked = reading.modality.is_some() || goes_on;
        // 应当按照协议确定的线路、时间|组织营运，不得擅自停止
        let ended = reading.modality.is_some()
            && act.is_some()
            && words::ends(Class::BasisEnd, &text[basis.clone()]) == 0
            && ["营运", "运营", "运行", "行驶", "作业", "施工", "生产", "操作", "使用", "停放"]
                .iter()
                .any(|verb| text[basis.clone()].ends_with(verb));
        let full = full.or(act.filter(|_| ended));
        if reading.action.is_empty() && (item || full.is_some() || last && asked) {
            let at = full.or(act.filter(|_| !goes_on || item)).unwrap_or(0);
            reading.action = basis.start + at..basis.end;
            reading.plain = true;
        }
    }
}

/// `按照核定的品种和产量|进行生产`: where a verb that opens no noun begins behind a basis, up to the clause's end.
fn plain_act(basis: &str) -> Option<usize> {
    const ACTS: [&str; 15] = [
        "进行", "制作", "制定", "提供", "报送", "提交", "缴纳", "办理", "发布", "公布", "建立",
        "配备", "安装", "履行", "支付",
    ];
    if words::ends(Class::BasisEnd, basis) + words::ends(Class::TimeEnd, basis) > 0 {
        return None;
    }
    let at = ACTS.iter().filter_map(|act| basis.rfind(act)).max()?;
    let (before, act) = basis.split_at(at);
    let object = act.chars().count() >= 4
        && !act.contains(['的', '》', '”', '、', '）'])
        && !["情况", "程度", "状况", "水平", "方式", "事项", "标准"]
            .iter()
            .any(|end| act.ends_with(end));
    let whole = before.chars().count() >= 4
        && !before
            .ends_with(['的', '、', '和', '与', '或', '及', '并', '所', '关', '可', '统', '自']);
    (object && whole).then_some(at)
}

/// `个人需要使用土地，|应当提出申请`: what somebody needs is when something is asked of them.
fn needs_before_demand(text: &str, reading: &Reading, piece: &Piece, next: Option<&Piece>) -> bool {
    let before = &text[piece.range.start..reading.action.start];
    let next = next.filter(|next| !next.opens).map(|next| &text[next.range.clone()]);
    matches!(reading.subject, Subject::Parties(_))
        && ["需要", "确需"].iter().any(|word| before.ends_with(word))
        && next.is_some_and(|next| {
            ["应当", "必须", "应", "须"].iter().any(|modal| next.starts_with(modal))
        })
}

/// `经伦理委员会审查同意`: an approval that nothing follows is what is demanded.
fn is_last_approval(text: &str, reading: &Reading) -> bool {
    let first = reading.condition.clone().filter(|first| first.end == reading.action.end);
    reading.action.is_empty()
        && first.is_some_and(|first| {
            let clause = &text[first];
            clause.starts_with('经') && words::ends(Class::ApprovalEnd, clause) > 0
        })
}

/// `持有刀具的个人，|对刀具应当妥善保管`: an object before the modal word.
fn is_demanded_of(text: &str, next: Option<&Piece>) -> bool {
    let next = next.filter(|next| !next.opens).map(|next| &text[next.range.clone()]);
    next.is_some_and(|clause| {
        clause.starts_with('对')
            && subject::modal_inside(clause)
                .is_some_and(|at| at <= 30 || at <= 90 && !clause[at..].contains('的'))
    })
}

/// `火葬区的划定和调整`, `本县的应急处置工作`: a noun made of verbs, where nothing stands behind as an object.
fn is_nominal(clause: &str) -> bool {
    let Some(at) = clause.rfind('的').filter(|_| !words::begins_predicate(clause)) else {
        return false;
    };
    let tail = &clause[at + "的".len()..];
    let told = tail.contains(['经', '已', '被', '为', '是', '应', '将', '对', '向', '未', '由']);
    // 本市的地下文物|保护|区, 执勤人员的生活|补贴: a verb with no object behind makes a noun
    let noun = (2..=8).contains(&tail.chars().count())
        && tail.char_indices().all(|(at, _)| {
            let verb = words::predicate(&tail[at..]);
            verb < 6 || at >= 6 && tail[at + verb..].chars().count() <= 1
        });
    (!told && (noun || words::ends(Class::ActNoun, tail) > 0))
        || tail.split(['、', '和', '与', '及']).all(|verb| {
            let length = words::predicate(verb);
            length > 0 && length == verb.len()
        })
}

/// `村民委员会|协助开展防治工作，发现违法行为的，及时劝阻`: what a public body does, and what it does when something
/// happens.
fn helps_before_event(text: &str, reading: &Reading, next: Option<&Piece>) -> bool {
    let public = |one: &Mention| {
        matches!(
            one.kind,
            OrganizationKind::Grassroots
                | OrganizationKind::Department
                | OrganizationKind::Government
        )
    };
    let next = next.filter(|next| !next.opens).map(|next| &text[next.range.clone()]);
    matches!(&reading.subject, Subject::Parties(mentions) if mentions.iter().all(public))
        && reading.plain
        && words::begins(Class::Event, &text[reading.action.clone()]) == 0
        && next.is_some_and(|next| {
            words::begins(Class::Event, next) > 0 && next.ends_with(['的', '时'])
        })
}

/// `县司法局对草案进行审查，|未经审查的，不得提交`: what a body does, and what follows where it has not been done.
fn goes_on_with(text: &str, reading: &Reading, first: Option<&Piece>) -> bool {
    let Some(next) = first.filter(|next| !next.opens).map(|next| &text[next.range.clone()]) else {
        return false;
    };
    let action = &text[reading.action.clone()];
    let last = action.char_indices().nth_back(1).map_or(0, |(at, _)| at);
    let verb = &action[last..];
    let done = next.trim_start_matches(['未', '经', '不']);
    matches!(reading.subject, Subject::Parties(_))
        && next.ends_with('的')
        && words::predicate(verb) == verb.len()
        && done.starts_with(verb)
}

/// `公安机关|对消防工作实施监督管理，由派出所具体实施`: what an authority does by its office is no circumstance.
fn supervises(text: &str, reading: &Reading) -> bool {
    let action = &text[reading.action.clone()];
    let authority = |one: &Mention| {
        matches!(
            one.kind,
            OrganizationKind::Department | OrganizationKind::Government | OrganizationKind::Party
        )
    };
    let guides = ["指导", "领导", "主管"].iter().any(|verb| action.starts_with(verb));
    matches!(&reading.subject, Subject::Parties(mentions) if mentions.iter().all(authority))
        && (guides
            || action.starts_with('对')
                && [
                    "监督管理",
                    "监管",
                    "责任",
                    "监督检查",
                    "予以表彰",
                    "给予表彰",
                    "表彰奖励",
                    "给予奖励",
                    "予以通报",
                    "通报批评",
                    "督导检查",
                ]
                .iter()
                .any(|end| action.ends_with(end)))
}
