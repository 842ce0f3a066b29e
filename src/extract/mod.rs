//! Documents to facts: floor 3.
//!
//! In: a [`Text`](crate::text::Text) and one of its [`Document`](crate::structure::Document)s. Out: [`Facts`]: who is named, who owes what,
//! what is cited, which sanctions are set, which terms defined, from when it holds. Grammar is
//! code here, words are data in `data/`. Not here: JSON, ids and source spans
//! ([`crate::record`]).
//!
//! `省委和省人民政府对全省脱贫攻坚工作负总责` in a text of Hunan gives one duty with the bearers
//! 中共湖南省委 and 湖南省人民政府, and the responsibility `overall`.

mod about;
mod across;
mod attribution;
mod charge;
mod charged;
mod circumstance;
mod citation;
mod clause;
mod construction;
mod detail;
mod dismiss;
mod doer;
mod doing;
mod duty;
mod encourage;
mod exclusion;
pub mod explain;
mod follow;
mod force;
mod gather;
mod heading;
mod kinds;
mod list;
mod meeting;
mod modifier;
mod news;
mod object;
mod office;
pub mod organization;
mod printed;
mod provision;
mod quantity;
mod recipient;
pub mod region;
mod sanction;
mod sentence;
mod state;
mod subject;
mod tabulate;
mod term;
mod timing;
mod when;
mod words;

pub use gather::facts;
pub use tabulate::{Pair, Part, Register, Report, Tables, Target};

use crate::span::Span;

/// The tier of an organization or region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// 中央, 国务院
    National,
    /// 省, 自治区, 直辖市
    Province,
    /// 市, 州, 地区
    City,
    /// 县, 区, 旗, 县级市
    County,
    /// 乡, 镇, 街道
    Township,
    /// 村, 社区
    Village,
}

impl Level {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::National => "national",
            Level::Province => "province",
            Level::City => "city",
            Level::County => "county",
            Level::Township => "township",
            Level::Village => "village",
        }
    }
}

/// A region of GB/T 2260; 000000 is the whole country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Six digits.
    pub code: &'static str,
    /// `湖南省`
    pub name: &'static str,
    /// Its tier.
    pub level: Level,
}

/// An organization, post or class of them, at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its canonical name: `中共湖南省委`
    pub name: String,
    /// As printed: `省委`
    pub text: String,
    /// Its tier, where that is known.
    pub level: Option<Level>,
    /// Where it is printed; of an inherited bearer, where it was printed before.
    pub span: Span,
}

/// What sort of organization it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrganizationKind {
    /// Party committees and their departments.
    Party,
    /// Governments.
    Government,
    /// Departments, offices, bureaus of governments.
    Department,
    /// People's congresses, political consultative conferences.
    Congress,
    /// Courts, procuratorates, supervision.
    Judicial,
    /// 领导小组, 指挥部, 联席会议 and their offices.
    Temporary,
    /// Unions, federations, associations, parties other than the ruling one.
    Group,
    /// Enterprises, banks.
    Enterprise,
    /// Army, armed police.
    Military,
    /// Village and residents' committees.
    Grassroots,
    /// 主要负责人, 第一书记, 县长.
    Post,
    /// A region as an actor: `长沙市`.
    Region,
    /// People and classes of them: `退休人员`, `经营者`.
    Persons,
    /// Any other body: `驻村帮扶单位`, `学校`.
    Other,
}

impl OrganizationKind {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            OrganizationKind::Party => "party",
            OrganizationKind::Government => "government",
            OrganizationKind::Department => "department",
            OrganizationKind::Congress => "congress",
            OrganizationKind::Judicial => "judicial",
            OrganizationKind::Temporary => "temporary",
            OrganizationKind::Group => "group",
            OrganizationKind::Enterprise => "enterprise",
            OrganizationKind::Military => "military",
            OrganizationKind::Grassroots => "grassroots",
            OrganizationKind::Post => "post",
            OrganizationKind::Region => "region",
            OrganizationKind::Persons => "persons",
            OrganizationKind::Other => "other",
        }
    }
}

/// An organization that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Canonical name, text, tier and place.
    pub party: Party,
    /// What sort it is.
    pub kind: OrganizationKind,
    /// The region it belongs to, where that is known: a code.
    pub region: Option<&'static str>,
    /// The node it stands in; empty in the preface.
    pub eid: String,
}

/// How a bearer takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// 牵头
    Lead,
    /// 配合, 协助, 协同
    Cooperate,
    /// 参与
    Participate,
    /// Any other.
    Responsible,
}

impl Role {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Cooperate => "cooperate",
            Role::Participate => "participate",
            Role::Responsible => "responsible",
        }
    }
}

/// What sort of responsibility a clause gives by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Responsibility {
    /// 负总责
    Overall,
    /// 主体责任
    Primary,
    /// 首要责任
    Foremost,
    /// 第一责任人
    First,
    /// 直接责任
    Direct,
    /// 领导责任
    Leadership,
}

impl Responsibility {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Responsibility::Overall => "overall",
            Responsibility::Primary => "primary",
            Responsibility::Foremost => "foremost",
            Responsibility::First => "first",
            Responsibility::Direct => "direct",
            Responsibility::Leadership => "leadership",
        }
    }
}

/// The force of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modality {
    /// 应当, 必须, or a bare assertion.
    Obligation,
    /// 不得, 禁止
    Prohibition,
    /// 可以
    Permission,
    /// 鼓励, 支持
    Encouragement,
}

impl Modality {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Obligation => "obligation",
            Modality::Prohibition => "prohibition",
            Modality::Permission => "permission",
            Modality::Encouragement => "encouragement",
        }
    }
}

/// A number that a duty sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// As printed: `不少于2年`
    pub text: String,
    /// Its value in decimal digits: `2`, `0.5`.
    pub value: String,
    /// Its unit as printed: `年`, `%`, `万元`.
    pub unit: String,
    /// `at_least`, `at_most`, `more_than`, `less_than`, `exactly`.
    pub comparison: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// Who owes what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The node it stands in.
    pub eid: String,
    /// The printed path of the provision: `第四条`, `第四条（二）`, `一/（一）/8`.
    pub unit: String,
    /// Who bears it, in the order of the text; none where the text names none.
    pub bearers: Vec<Party>,
    /// Whether the bearers were taken over from an earlier clause or a list's stem.
    pub inherited: bool,
    /// How they take part.
    pub role: Role,
    /// Which responsibility is given by name.
    pub responsibility: Option<Responsibility>,
    /// Its force.
    pub modality: Modality,
    /// The predicate clause without subject, modal word, conjunction and leading modifiers.
    pub action: String,
    /// Who receives a report, a signature, a filing.
    pub recipients: Vec<Party>,
    /// `每年`, `每季度`, `定期`
    pub frequency: Option<String>,
    /// `到2019年底`, `3月底前`
    pub deadline: Option<String>,
    /// The day the deadline ends with, ISO 8601, where its year is printed.
    pub deadline_date: Option<String>,
    /// Numbers it sets.
    pub quantities: Vec<Quantity>,
    /// The condition it stands under: `对督促无效的问题`.
    pub condition: Option<String>,
    /// Whether a text of news or a report tells it of a rule: `《细则》明确，…`.
    pub reported: bool,
    /// The rule that found it.
    pub rule: &'static str,
    /// Where the clause stands, from its subject or modifiers to its end.
    pub span: Span,
}

/// How a text speaks of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// 根据《…》制定
    Basis,
    /// 按照《…》执行, and any other mention.
    Refers,
    /// 修改
    Amends,
    /// 废止
    Repeals,
}

impl Relation {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Basis => "basis",
            Relation::Refers => "refers",
            Relation::Amends => "amends",
            Relation::Repeals => "repeals",
        }
    }
}

/// Another text that this one speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its title, without the outer 《》.
    pub title: String,
    /// Its 发文字号, where printed.
    pub number: Option<String>,
    /// The provision, where printed: `第十二条第二款`.
    pub article: Option<String>,
    /// How it is spoken of.
    pub relation: Relation,
    /// Where.
    pub span: Span,
}

/// What follows a breach: situation and consequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// The node it stands in.
    pub eid: String,
    /// Whom it meets.
    pub subjects: Vec<Party>,
    /// The situations.
    pub conditions: Vec<String>,
    /// What follows.
    pub consequence: String,
    /// Who acts.
    pub by: Vec<Party>,
    /// Where.
    pub span: Span,
}

/// A word that the text defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub term: String,
    /// What it stands for.
    pub meaning: String,
    /// Where.
    pub span: Span,
}

/// What the text covers, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The sentence.
    pub text: String,
    /// The node it stands in.
    pub eid: String,
    /// Where.
    pub span: Span,
}

/// All that was found in a document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The region whose rule it is.
    pub region: Option<Region>,
    /// Who issued it.
    pub issuers: Vec<Party>,
    /// To whom it is addressed.
    pub addressees: Vec<Party>,
    /// From when it holds, ISO 8601.
    pub effective: Option<String>,
    /// Until when it holds, ISO 8601.
    pub expires: Option<String>,
    /// The organizations it names.
    pub organizations: Vec<Organization>,
    /// Who owes what.
    pub duties: Vec<Duty>,
    /// The texts it speaks of.
    pub citations: Vec<Citation>,
    /// What follows a breach.
    pub sanctions: Vec<Sanction>,
    /// The words it defines.
    pub terms: Vec<Term>,
    /// What it covers.
    pub scope: Vec<Scope>,
    /// Who explains it.
    pub interpreters: Vec<Party>,
    /// What it tabulates itself.
    pub tables: Tables,
}
