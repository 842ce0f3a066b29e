//! The grammar of duties, a construction a row: a text, and the duties it states.
//!
//! A duty is shown as `unit [bearers] role modality action`, with `+` before inherited bearers; role
//! and modality only where they are not `responsible` and `obligation`.

use std::path::Path;

use zeren::parse::parse;

/// The duties of a text, a line each.
fn shown(text: &str) -> Vec<String> {
    let records = parse(Path::new("case.txt"), text.as_bytes()).expect("it is text");
    let mut lines = Vec::new();
    for duty in records.iter().flat_map(|record| &record.duties) {
        let names: Vec<&str> = duty.bearers.iter().map(|bearer| bearer.name.as_str()).collect();
        let mut line = format!("{} ", duty.unit);
        line.push_str(if duty.inherited { "+[" } else { "[" });
        line.push_str(&names.join(" "));
        line.push_str("] ");
        if duty.role != "responsible" {
            line.push_str(&format!("{} ", duty.role));
        }
        if duty.modality != "obligation" {
            line.push_str(&format!("{} ", duty.modality));
        }
        line.push_str(&duty.action);
        if let Some(frequency) = &duty.frequency {
            line.push_str(&format!(" | {frequency}"));
        }
        if let Some(deadline) = &duty.deadline {
            line.push_str(&format!(" | {deadline}"));
        }
        for recipient in &duty.recipients {
            line.push_str(&format!(" > {}", recipient.name));
        }
        lines.push(line);
    }
    lines
}

/// Reads the articles as of a regulation of Hunan and compares the duties.
fn check(articles: &str, expected: &[&str]) {
    let text =
        format!("湖南省责任制实施细则\n{articles}\n第九十条 本细则自2017年3月21日起施行。\n");
    assert_eq!(shown(&text), expected, "{articles}");
}

#[test]
fn subjects_printed_and_taken_over() {
    check(
        "第一条 省委和省人民政府对全省工作负总责，层层落实责任制，制定年度计划并组织实施。统筹使用资源。",
        &[
            "第一条 [中共湖南省委 湖南省人民政府] 对全省工作负总责",
            "第一条 +[中共湖南省委 湖南省人民政府] 层层落实责任制",
            "第一条 +[中共湖南省委 湖南省人民政府] 制定年度计划并组织实施",
            "第一条 +[中共湖南省委 湖南省人民政府] 统筹使用资源",
        ],
    );
    check(
        "第一条 生产经营单位应当建立台账，不得伪造记录。\n第二条 加强对资金的核查监督。",
        &[
            "第一条 [生产经营单位] 建立台账",
            "第一条 +[生产经营单位] prohibition 伪造记录",
            "第二条 [] 加强对资金的核查监督",
        ],
    );
}

#[test]
fn modifiers_are_no_part_of_the_action() {
    check(
        "第一条 省财政厅要按照有关规定，结合工作实际，负责制定管理办法，每年向省人民政府报告执行情况。",
        &[
            "第一条 [湖南省财政厅] 制定管理办法",
            "第一条 +[湖南省财政厅] 向省人民政府报告执行情况 | 每年 > 湖南省人民政府",
        ],
    );
    check(
        "第一条 省财政厅应当自收到申请之日起三十日内作出决定，到2019年底完成全省清理。",
        &[
            "第一条 [湖南省财政厅] 作出决定 | 自收到申请之日起三十日内",
            "第一条 +[湖南省财政厅] 完成全省清理 | 到2019年底",
        ],
    );
}

#[test]
fn a_modal_word_reaches_to_the_next_semicolon() {
    check(
        "第一条 省财政厅可以对成效显著的单位，以适当方式予以表彰，并作为选拔使用的依据；加强监督。",
        &[
            "第一条 [湖南省财政厅] permission 对成效显著的单位，以适当方式予以表彰",
            "第一条 +[湖南省财政厅] permission 作为选拔使用的依据",
            "第一条 +[湖南省财政厅] 加强监督",
        ],
    );
}

#[test]
fn lists_take_bearer_and_force_from_their_stem() {
    check(
        "第一条 省财政厅应当履行下列职责：\n（一）制定管理办法；\n（二）组织绩效评估；\n（三）法律、法规规定的其他职责。",
        &["第一条（一） +[湖南省财政厅] 制定管理办法", "第一条（二） +[湖南省财政厅] 组织绩效评估"],
    );
    check(
        "第一条 有下列情形之一的，应当进行责任追究：\n（一）弄虚作假，造成不良影响的；\n（二）拒不配合检查的。",
        &[],
    );
    check(
        "第一条 禁止下列行为：\n（一）侵占项目资金；\n（二）伪造档案资料。",
        &["第一条（一） [] prohibition 侵占项目资金", "第一条（二） [] prohibition 伪造档案资料"],
    );
}

#[test]
fn lead_and_cooperating_bodies_by_the_heading() {
    let text = "关于加强扶贫工作的意见\n一、明确职责任务\n1.产业扶贫。由财政部牵头，教育部、民政部等部门配合。\
                培育经营主体，加强项目管理。\n2.教育扶贫。由教育部牵头，财政部配合，完善资助体系。\n";
    assert_eq!(
        shown(text),
        [
            "一/1 [财政部] lead 产业扶贫",
            "一/1 [教育部 民政部] cooperate 产业扶贫",
            "一/1 +[财政部] lead 培育经营主体",
            "一/1 +[财政部] lead 加强项目管理",
            "一/2 [教育部] lead 教育扶贫",
            "一/2 [财政部] cooperate 教育扶贫",
            "一/2 +[教育部] lead 完善资助体系",
        ]
    );
}

#[test]
fn joint_action_is_two_duties() {
    check(
        "第一条 省财政厅会同省教育厅制定管理办法。具体标准由省民政厅制定。",
        &[
            "第一条 [湖南省财政厅] 制定管理办法",
            "第一条 [湖南省教育厅] cooperate 制定管理办法",
            "第一条 [湖南省民政厅] 具体标准制定",
        ],
    );
}

#[test]
fn encouragement_belongs_to_whom_it_moves_where_nobody_else_is_named() {
    check(
        "第一条 鼓励民营企业参与扶贫，开展技能培训。建立认定制度。\n第二条 省财政厅鼓励社会组织参与扶贫。",
        &[
            "第一条 [民营企业] participate encouragement 参与扶贫",
            "第一条 +[民营企业] encouragement 开展技能培训",
            "第一条 [] 建立认定制度",
            "第二条 [湖南省财政厅] 鼓励社会组织参与扶贫",
        ],
    );
}

#[test]
fn who_is_in_business_encourages_nobody() {
    check(
        "第一条 各金融机构要加大信贷投入，鼓励简化审批流程。鼓励保险机构开展价格保险，要延伸服务网络。",
        &[
            "第一条 [金融机构] 加大信贷投入",
            "第一条 +[金融机构] encouragement 简化审批流程",
            "第一条 [保险机构] encouragement 开展价格保险",
            "第一条 +[保险机构] 延伸服务网络",
        ],
    );
    check(
        "第一条 支持贫困地区发展特色保险，有条件的地方可给予保费补贴。改进保证保险。\n\
         第二条 支持贫困地区符合条件的企业发行债券；支持农村危房改造。\n\
         第三条 农村信用社要做好服务。推进农村信用社改革。",
        &[
            "第一条 [贫困地区] encouragement 发展特色保险",
            "第一条 [地方] permission 给予保费补贴",
            "第一条 [] 改进保证保险",
            "第二条 [贫困地区企业] encouragement 发行债券",
            "第二条 [] 支持农村危房改造",
            "第三条 [农村信用社] 做好服务",
            "第三条 [] 推进农村信用社改革",
        ],
    );
}

#[test]
fn offices_and_slogans_of_policy_texts() {
    check(
        "第一条 领导小组下设办公室，办公室设在省扶贫办，由李某兼任办公室主任，具体负责做好与有关部门的沟通对接工作。\n\
         第二条 均衡布局，建设光伏电站。坚持应保尽保。\n\
         第三条 省财政厅可以调整岗位，但不调离人员。对还款稳定的项目，省教育厅可依法发放贷款。",
        &[
            "第一条 +[领导小组办公室] 做好与有关部门的沟通对接工作",
            "第二条 [] 建设光伏电站",
            "第三条 [湖南省财政厅] permission 调整岗位",
            "第三条 +[湖南省财政厅] 不调离人员",
            "第三条 [湖南省教育厅] permission 发放贷款",
        ],
    );
}

#[test]
fn breaches_are_duties_of_a_named_body_alone() {
    check(
        "第一条 违反本细则规定，未建立台账的，由省财政厅责令改正；构成犯罪的，依法追究刑事责任。\n\
         第二条 单位弄虚作假的，依法给予处分。",
        &["第一条 [湖南省财政厅] 责令改正"],
    );
}

#[test]
fn a_circumstance_tells_of_whom_a_demand_is_made() {
    for (text, expected) in [
        ("医疗机构采购药品，应当查验证明。", "[医疗机构] 查验证明"),
        ("企业从事加工贸易，应当登记备案。", "[企业] 登记备案"),
        ("国际组织在大陆架进行研究，必须报送资料。", "[国际组织] 报送资料"),
        (
            "禁止评价单位以其他单位的名义承揽业务。",
            "[评价单位] prohibition 以其他单位的名义承揽业务",
        ),
        (
            "应急局应当根据需要，组织有关专家，对意见进行评审。",
            "[湖南省应急管理局] 组织有关专家，对意见进行评审",
        ),
        ("电视台应当按照规定的版面、时段发布公益广告。", "[电视台] 发布公益广告"),
        (
            "违反规定的，由县级人民政府水行政主管部门或者长江水利委员会责令改正。",
            "[县级人民政府水行政主管部门 长江水利委员会] 责令改正",
        ),
        ("国家核安全局负责核安全监督。", "[国家核安全局] 负责核安全监督"),
    ] {
        let text = format!(
            "湖南省责任制实施细则\n第一条 {text}\n第九十条 本细则自2017年3月21日起施行。\n"
        );
        assert_eq!(shown(&text).first(), Some(&format!("第一条 {expected}")), "{text}");
    }
}

#[test]
fn what_speaks_of_the_text_or_tells_is_no_duty() {
    check(
        "第一条 为了落实责任制，根据《湖南省农村扶贫开发条例》，制定本细则。\n第二条 本细则适用于全省各单位。\n\
         第三条 本细则所称单位，是指省直部门。\n第四条 脱贫攻坚按照省负总责的工作机制，构建责任清晰的责任体系。\n\
         第五条 本细则由省财政厅负责解释。",
        &[],
    );
}

#[test]
fn policy_texts_name_bodies_without_a_modal_word() {
    check(
        "第一条 财务科负责经费保障。\n第二条 各镇街建立工作站，负责队伍建设。\n\
         第三条 有关情况向省委报告。",
        &[
            "第一条 [财务科] 负责经费保障",
            "第二条 [镇街] 建立工作站",
            "第二条 +[镇街] 负责队伍建设",
            "第三条 [] 有关情况向省委报告 > 中共湖南省委",
        ],
    );
    check(
        "第一条 省农委（省乡村振兴局）牵头，省财政厅配合，开展专项整治。\n\
         第二条 县级河长（以下简称河长）、乡镇人民政府（街道办事处）应当落实措施。",
        &[
            "第一条 [湖南省农业委员会] lead 开展专项整治",
            "第一条 [湖南省财政厅] cooperate 开展专项整治",
            "第二条 [县级河长 乡镇人民政府 街道办事处] 落实措施",
        ],
    );
    check(
        "第一条 各级政府都要建立党政领导，部门配合，社会参与的工作机制。\n\
         第二条 河道采砂实行责任制。\n第三条 乡镇人民政府应当协助主管部门，做好管理工作。",
        &[
            "第一条 [各级人民政府] 建立党政领导，部门配合，社会参与的工作机制",
            "第三条 [乡镇人民政府] cooperate 协助主管部门，做好管理工作",
        ],
    );
}

#[test]
fn offices_are_known_by_their_last_word() {
    check(
        "第一条 市公路段、农业办要加强防治。\n第二条 县扫黑办统一受理群众举报线索，实行编号登记。\n\
         第三条 各村于4月20日前将整治计划报乡镇人民政府。\n\
         第四条 学校保密委员会统一领导涉密人员管理工作。",
        &[
            "第一条 [市公路段 农业办] 加强防治",
            "第二条 [县扫黑办] 统一受理群众举报线索",
            "第二条 +[县扫黑办] 实行编号登记",
            "第三条 [村] 将整治计划报乡镇人民政府 | 4月20日前 > 乡镇人民政府",
            "第四条 [学校保密委员会] 统一领导涉密人员管理工作",
        ],
    );
}

#[test]
fn what_another_does_to_a_thing_is_one_act_with_it() {
    check(
        "第一条 火葬区的划定和调整，由县民政局提出方案。\n\
         第二条 村级干部由乡镇党委管理。\n\
         第三条 搬迁费的具体标准由设区的市人民政府根据物价水平规定，每两年公布一次。\n\
         第四条 险情信息由搜救机构统一向社会发布。",
        &[
            "第一条 [县民政局] 火葬区的划定和调整，提出方案",
            "第二条 [乡镇党委] 村级干部管理",
            "第三条 [设区的市人民政府] 搬迁费的具体标准规定",
            "第三条 +[设区的市人民政府] 公布一次 | 每两年",
            "第四条 [搜救机构] 险情信息统一向社会发布",
        ],
    );
}

#[test]
fn a_heading_may_say_who_answers_for_what_stands_below() {
    let text = "关于印发湖南省疫情防控方案的通知\n各市州：\n一、总体要求\n坚持预防为主。\n二、重点任务\n\
                （一）后勤保障（牵头单位：省财政厅；配合单位：省教育厅）\n1.做好物资采购。\n\
                （二）学生管理（责任单位：省教育厅）\n1.做好心理疏导。\n";
    assert_eq!(
        shown(text),
        [
            "二/（一） [省财政厅] lead 后勤保障",
            "二/（一） [省教育厅] cooperate 后勤保障",
            "二/（一）/1 +[省财政厅] lead 做好物资采购",
            "二/（二） [省教育厅] 学生管理",
            "二/（二）/1 +[省教育厅] 做好心理疏导",
        ]
    );
}

#[test]
fn bearers_of_a_stem_stand_where_they_are_printed() {
    for text in [
        "第一条 按照规定，乡镇农业技术推广机构的主要职责是：\n（一）宣传政策；\n（二）推广技术。",
        "第一条 几工ཛྷ，水务部门职责：\n（一）宣传政策；",
    ] {
        let records = parse(Path::new("case.txt"), text.as_bytes()).expect("it is text");
        let bearers: Vec<_> = records[0].duties.iter().flat_map(|duty| &duty.bearers).collect();
        assert!(!bearers.is_empty(), "{text}");
        for bearer in bearers {
            let (start, end) = (bearer.span.start, bearer.span.end);
            let printed: String = text.chars().skip(start).take(end - start).collect();
            assert_eq!(printed, bearer.text, "{text}");
        }
    }
}

#[test]
fn things_stand_before_what_is_demanded_of_them() {
    check(
        "第一条 省财政厅应当建设项目台账。需要进入通信网的专用设施，必须经省财政厅核准。\n\
         第二条 新建、改建排放污染物的项目，应当按照规定取得排放指标。\n\
         第三条 公共设施的管理办法，由省财政厅会同省教育厅制定。",
        &[
            "第一条 [湖南省财政厅] 建设项目台账",
            "第一条 [] 需要进入通信网的专用设施，必须经省财政厅核准",
            "第二条 [] 新建、改建排放污染物的项目，应当按照规定取得排放指标",
            "第三条 [湖南省财政厅] 公共设施的管理办法，制定",
            "第三条 [湖南省教育厅] cooperate 公共设施的管理办法，制定",
        ],
    );
}

#[test]
fn who_is_made_to_act_and_who_acts_jointly_before_a_comma() {
    check(
        "第一条 省财政厅应当组织有关专家，对预报意见进行评审。\n\
         第二条 省财政厅应当会同教育、民政等部门，编制保护规划，并依法报批。",
        &[
            "第一条 [湖南省财政厅] 组织有关专家，对预报意见进行评审",
            "第二条 [湖南省财政厅] 编制保护规划",
            "第二条 [教育部门 民政部门] cooperate 编制保护规划",
            "第二条 +[湖南省财政厅] 报批",
        ],
    );
}

#[test]
fn what_looks_like_a_modifier_holds_the_predicate_where_nothing_follows() {
    check(
        "第一条 有关部门应当为检举人保密，并及时处理。接入网络必须通过互联网络进行联网。\n\
         第二条 对举报投诉事项，应当自接到举报之日起七日内处理完毕。",
        &[
            "第一条 [有关部门] 为检举人保密",
            "第一条 +[有关部门] 及时处理",
            "第一条 [] 接入网络必须通过互联网络进行联网",
            "第二条 [] 对举报投诉事项，处理完毕 | 自接到举报之日起七日内",
        ],
    );
}

#[test]
fn circumstances_name_who_is_to_act() {
    check(
        "第一条 电视台发布广告，应当遵守规定。\n\
         第二条 任何单位和个人观察到异常现象时，应当及时报告。\n\
         第三条 禁止评价单位以其他评价单位的名义承揽评价业务。\n\
         第四条 除因国家安全的需要，由公安机关检查外，任何单位不得检查通信。\n\
         第五条 经营者能够证明有利影响，或者符合公共利益的，省财政厅可以作出决定。",
        &[
            "第一条 [电视台] 遵守规定",
            "第二条 [任何单位 任何个人] 及时报告",
            "第三条 [评价单位] prohibition 以其他评价单位的名义承揽评价业务",
            "第四条 [任何单位] prohibition 检查通信",
            "第五条 [湖南省财政厅] permission 作出决定",
        ],
    );
}

#[test]
fn lists_of_rights_are_none_and_of_breaches_are_what_is_forbidden() {
    check(
        "第一条 学校享有下列权利：\n（一）制定章程；\n（二）聘任教师。\n\
         第二条 任何单位不得有下列行为：\n（一）违反规定燃放烟花爆竹；\n（二）在车厢内乱扔果皮。",
        &[
            "第二条（一） +[任何单位] prohibition 违反规定燃放烟花爆竹",
            "第二条（二） +[任何单位] prohibition 乱扔果皮",
        ],
    );
    check(
        "第一条 中国人民银行撤销金融机构，依照本条例执行。\n\
         第二条 省评审委员会受理申请，经省财政厅评审后，报国务院批准。",
        &[
            "第二条 [湖南省评审委员会] 受理申请",
            "第二条 +[湖南省评审委员会] 经省财政厅评审后，报国务院批准 > 国务院",
        ],
    );
}

#[test]
fn statutes_say_what_comes_first_and_who_is_described() {
    check(
        "第一条 特种设备应当经检验合格后，方可交付使用。省财政厅应当征求意见，报省人民政府批准后，方可实施。\n\
         第二条 经许可利用海岛的单位和个人，应当保护海岛。\n\
         第三条 参加搜救的船舶、设施及人员不得擅自退出。国有独资企业和国有独资公司的主要负责人应当接受审计。\n\
         第四条 涉及商业秘密的信息，行政机关不得公开。\n\
         第五条 对未成年人负有监护责任的单位，应当履行监护职责。",
        &[
            "第一条 [] 特种设备应当经检验合格后，方可交付使用",
            "第一条 [湖南省财政厅] 征求意见",
            "第一条 +[湖南省财政厅] 报省人民政府批准后，方可实施 > 湖南省人民政府",
            "第二条 [经许可利用海岛的单位 经许可利用海岛的个人] 保护海岛",
            "第三条 [参加搜救的船舶 参加搜救的设施 参加搜救的人员] prohibition 擅自退出",
            "第三条 [国有独资企业主要负责人 国有独资公司主要负责人] 接受审计",
            "第四条 [行政机关] prohibition 涉及商业秘密的信息，公开",
            "第五条 [对未成年人负有监护责任的单位] 履行监护职责",
        ],
    );
}

#[test]
fn exceptions_and_bases_silence_no_sentence() {
    check(
        "第一条 省财政厅应当公布标准，但国家另有规定的除外。许可证有效期届满的，持证人应当申请延续。\n\
         第二条 各级工会依照《中华人民共和国工会法》的规定，维护职工权益。\n\
         第三条 禁止乘客携带危险物品。\n\
         第四条 下列计量器具不得销售：\n（一）无合格证的；\n（二）残次零配件组装的。\n\
         第五条 禁止任何单位和个人实施下列行为：\n（一）擅自操作用电计量装置。\n\
         第六条 省财政厅应当公布名录，参照文物保护单位进行管理。",
        &[
            "第一条 [湖南省财政厅] 公布标准",
            "第一条 [持证人] 申请延续",
            "第二条 [各级工会] 维护职工权益",
            "第三条 [乘客] prohibition 携带危险物品",
            "第四条 [] prohibition 下列计量器具不得销售",
            "第五条（一） +[任何单位 任何个人] prohibition 擅自操作用电计量装置",
            "第六条 [湖南省财政厅] 公布名录",
            "第六条 +[湖南省财政厅] 参照文物保护单位进行管理",
        ],
    );
}
