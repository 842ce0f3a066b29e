//! A responsibility matrix as a page that stands alone.
//!
//! In: a [`Matrix`]. Out: HTML in Chinese and English, as the page of a comparison: a row a duty, a cell
//! a column; on a narrow screen the cells of a row stand below each other, each under its column's name.
//! What differs is said in words behind `≠`. A cell opens to its duty, its provision and its document.
//! Not here: which duties correspond.
//!
//! 〔驻村帮扶〕 选派驻村工作队: 湖南省 第七条 中共湖南省委组织部 · 威远县 第九条 ≠ 层级.

use std::fmt::Write;

use super::{Word, begin, escape, languages, said};
use crate::compare::matrix::{Cell, Difference, Held, Matrix, Row, Side};
use crate::record::DutyRecord;

/// The page of a matrix.
pub fn matrix_page(matrix: &Matrix) -> String {
    let names = matrix.sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>();
    let mut page = begin(&names.join(" · "));
    let _ = write!(
        page,
        "<header>\n<div class=\"top\"><h1>{}</h1>{}</div>\n<p>{}</p>\n</header>\n<main>\n\
         <table class=\"matrix\">\n<thead><tr><th scope=\"col\">{}</th>",
        said(("责任矩阵", "Responsibility matrix")),
        languages(),
        said((
            "每行是各处对应的一项职责，每格是谁承担。“≠”之后说明与本行第一个有此职责的一列有何不同。",
            "A row is a duty that corresponds, a cell who holds it. Behind ≠ stands what differs from the row's first column that has it.",
        )),
        said(("职责", "duty")),
    );
    for name in names {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escape(name));
    }
    page += "</tr></thead>\n<tbody>\n";
    for one in &matrix.rows {
        row(&mut page, matrix, one);
    }
    page + "</tbody>\n</table>\n</main>\n</body>\n</html>\n"
}

fn row(page: &mut String, matrix: &Matrix, row: &Row) {
    let topic = row
        .topic
        .as_deref()
        .map_or(String::new(), |topic| format!("<span class=\"topic\">{}</span> ", escape(topic)));
    let _ = write!(page, "<tr><th scope=\"row\">{topic}{}</th>", escape(&row.action));
    for (side, held) in matrix.sides.iter().zip(&row.cells) {
        cell(page, side, held);
    }
    page.push_str("</tr>\n");
}

fn cell(page: &mut String, side: &Side, cell: &Cell) {
    let differs = if cell.differences.is_empty() { "" } else { " class=\"differs\"" };
    let _ = write!(page, "<td{differs}><span class=\"column\">{}</span>", escape(&side.name));
    for held in cell.duties.iter().map(|&at| &side.duties[at]) {
        duty(page, held);
    }
    // of a duty that names nobody its own line says so
    let told = |one: &&Difference| **one != Difference::Nobody || cell.duties.is_empty();
    if cell.differences.iter().any(|one| told(&one)) {
        let words = cell.differences.iter().filter(told).map(|one| {
            let mark = if *one == Difference::Nobody { "—" } else { "≠" };
            format!("<li>{mark} {}</li>", said(word(*one)))
        });
        let _ = write!(page, "<ul class=\"differences\">{}</ul>", words.collect::<String>());
    }
    page.push_str("</td>");
}

/// Who holds a duty, with what is particular; to be opened, where it stands.
fn duty(page: &mut String, held: &Held) {
    let one = &held.duty;
    let bearers = one.bearers.iter().map(|bearer| escape(&bearer.name)).collect::<Vec<_>>();
    let bearers = match &*bearers {
        [] => format!("— {}", said(word(Difference::Nobody))),
        _ => bearers.join("、"),
    };
    let mut facts = vec![escape(&one.unit)];
    facts.extend(force(one).into_iter().map(said));
    facts.extend(one.frequency.iter().chain(&one.deadline).map(|text| escape(text)));
    facts.extend(one.quantities.iter().map(|quantity| escape(&quantity.text)));
    let title = held.title.as_deref().unwrap_or("(no title)");
    let _ = write!(
        page,
        "<details><summary><b>{}</b><br><small>{}</small></summary><p>{}</p>\
         <p><small>{} · {} · <code>{}#{}</code></small></p></details>",
        bearers,
        facts.join(" · "),
        escape(&one.action),
        escape(title),
        escape(&one.unit),
        escape(&held.document),
        escape(&one.eid),
    );
}

/// Role and modality, where they are not the usual ones.
fn force(duty: &DutyRecord) -> Vec<Word> {
    let role = match &*duty.role {
        "lead" => Some(("牵头", "leads")),
        "cooperate" => Some(("配合", "cooperates")),
        "participate" => Some(("参与", "participates")),
        _ => None,
    };
    let modality = match &*duty.modality {
        "prohibition" => Some(("不得", "may not")),
        "permission" => Some(("可以", "may")),
        "encouragement" => Some(("鼓励", "is encouraged")),
        _ => None,
    };
    role.into_iter().chain(modality).collect()
}

fn word(difference: Difference) -> Word {
    match difference {
        Difference::Level => ("层级不同", "another level"),
        Difference::Party => ("党委、政府不同", "party or government otherwise"),
        Difference::Modality => ("力度不同", "another force"),
        Difference::Role => ("角色不同", "another role"),
        Difference::Deadline => ("期限不同", "another deadline"),
        Difference::Number => ("数字不同", "another number"),
        Difference::Nobody => ("无人承担", "nobody holds it"),
    }
}
