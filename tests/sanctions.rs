//! What follows a breach, a construction a row: a text, and its sanctions.
//!
//! A sanction is shown as `eid [whom it meets] situations → consequence ← [who decides]`.

use std::path::Path;

use zeren::parse::parse;
use zeren::record::Record;

fn shown(records: &[Record]) -> Vec<String> {
    let mut lines = Vec::new();
    for sanction in records.iter().flat_map(|record| &record.sanctions) {
        let subjects: Vec<&str> = sanction.subjects.iter().map(|one| one.name.as_str()).collect();
        let by: Vec<&str> = sanction.by.iter().map(|one| one.name.as_str()).collect();
        lines.push(format!(
            "{} [{}] {} → {} ← [{}]",
            sanction.eid,
            subjects.join(" "),
            sanction.conditions.join(" / "),
            sanction.consequence,
            by.join(" "),
        ));
    }
    lines
}

/// Reads the articles as of a regulation of Hunan and compares the sanctions.
fn check(articles: &str, expected: &[&str]) {
    let text = format!("湖南省安全生产条例\n{articles}\n第九十条 本条例自2017年3月21日起施行。\n");
    let records = parse(Path::new("case.txt"), text.as_bytes()).expect("it is text");
    assert_eq!(shown(&records), expected, "{articles}");
}

#[test]
fn what_comes_next_keeps_whom_it_meets_and_who_decides() {
    check(
        "第一条 生产经营单位未将有关情况备案的，由应急管理部门责令限期改正；逾期未改正的，处五千元以下罚款；\
         构成犯罪的，依法追究刑事责任。",
        &[
            "art_1 [生产经营单位] 生产经营单位未将有关情况备案 → 由应急管理部门责令限期改正 ← [应急管理部门]",
            "art_1 [生产经营单位] 逾期未改正 → 处五千元以下罚款 ← [应急管理部门]",
            "art_1 [生产经营单位] 构成犯罪 → 依法追究刑事责任 ← []",
        ],
    );
}

#[test]
fn a_situation_may_run_over_clauses() {
    check(
        "第一条 违反本条例规定，产生危险废物的单位未如实记载台账，未按规定保存台账的，由环境保护主管部门责令改正，\
         处一万元以上五万元以下的罚款。",
        &[
            "art_1 [产生危险废物的单位] 违反本条例规定，产生危险废物的单位未如实记载台账，未按规定保存台账 → \
          由环境保护主管部门责令改正，处一万元以上五万元以下的罚款 ← [环境保护主管部门]",
        ],
    );
}

#[test]
fn listed_situations_are_those_of_their_stem() {
    check(
        "第一条 生产经营单位有下列行为之一的，由应急管理部门给予警告；构成犯罪的，依法追究刑事责任：\n\
         （一）未建立台账的；\n（二）拒绝检查的。",
        &[
            "art_1 [生产经营单位] 未建立台账 / 拒绝检查 → 由应急管理部门给予警告 ← [应急管理部门]",
            "art_1 [生产经营单位] 构成犯罪 → 依法追究刑事责任 ← []",
        ],
    );
    check(
        "第一条 违反本条例规定的，由应急管理部门按照下列规定处罚：\n\
         （一）未建立台账的，处一千元罚款；\n（二）拒绝检查的，处五千元罚款。",
        &[
            "art_1 [] 违反本条例规定 → 由应急管理部门按照下列规定处罚 ← [应急管理部门]",
            "art_1__subpara_1 [] 未建立台账 → 处一千元罚款 ← [应急管理部门]",
            "art_1__subpara_2 [] 拒绝检查 → 处五千元罚款 ← [应急管理部门]",
        ],
    );
}

#[test]
fn who_finds_a_breach_decides() {
    check(
        "第一条 县级以上人民政府应当加强检查。发现事故隐患的，应当责令生产经营单位立即改正。",
        &["art_1 [生产经营单位] 发现事故隐患 → 应当责令生产经营单位立即改正 ← [县级以上人民政府]"],
    );
    check(
        "第一条 省委、省人民政府加强考核，对不负责任、造成不良影响的，依纪依法追究相关部门和人员责任。",
        &["art_1 [相关部门 相关人员] 不负责任、造成不良影响 → 依纪依法追究相关部门和人员责任 ← \
          [中共湖南省委 湖南省人民政府]"],
    );
}

#[test]
fn two_who_decide_are_two_sanctions() {
    check(
        "第一条 生产经营单位伪造票据的，由公安机关给予警告，由市场监督管理部门吊销营业执照。",
        &[
            "art_1 [生产经营单位] 生产经营单位伪造票据 → 由公安机关给予警告 ← [公安机关]",
            "art_1 [生产经营单位] 生产经营单位伪造票据 → 由市场监督管理部门吊销营业执照 ← [市场监督管理部门]",
        ],
    );
}

#[test]
fn what_grants_or_demands_is_none() {
    check("第一条 符合条件的，县级以上人民政府应当给予补助。", &[]);
    check("第一条 经营者应当承担安全生产的主体责任。", &[]);
}
