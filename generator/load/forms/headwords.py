"""A label nobody listed in, what its words ask for out: 拟办时间, 处室电话, 归口管理部门; 派往省份, 送技题目, 到哪个县.

``by_last_word`` is sure without the answer. ``asked_by`` only says what may be meant: the answers and the other labels decide.
"""

from __future__ import annotations

import re

_LAST = {
    **dict.fromkeys(("电话", "热线", "座机"), "contact.phone"),
    **dict.fromkeys(("邮箱", "信箱"), "contact.email"),
    **dict.fromkeys(("联系方式", "联络方式"), "contact"),
    **dict.fromkeys(("部门", "处室", "科室"), "contact.office"),
    **dict.fromkeys(("时间", "日期", "时间段", "时段", "月份", "期限"), "period"),
    **dict.fromkeys(("地区", "地域", "区域", "区县", "县区", "地点", "省份"), "regions"),
    **dict.fromkeys(("对象", "人群", "群体", "受众", "年龄段"), "audiences"),
    **dict.fromkeys(("形式", "方式", "手段"), "forms"),
    **dict.fromkeys(("场次", "场数"), "capacity.sessions"),
}
_HEADED = re.compile(rf"([\u4e00-\u9fff]{{0,10}}?)({'|'.join(sorted(_LAST, key=len, reverse=True))})")
# What may stand before the last word and leave its meaning alone. 获奖时间 and 籍贯地区 are not about the activity.
_OF_ACTIVITY = re.compile(
    "(?:活动|项目|品牌|志愿服务|服务|科技|科普|本次|拟|可|能够?|计划|预计|预期|开展|举办|举行|实施|执行|进行|安排|组织|提供|主要|具体|重点|适合|适用|"
    "面向|受众|受益|惠及|目标|对接|覆盖|到达|前往|去(?!年)|到|预约|选用|采用|采取|培训|讲座|授课|巡讲|义诊|展览|演练|直播|课程|办|起止|每年|年度|全年|年|的)*"
)
_OF_CONTACT = re.compile(
    "(?:学会|单位|主办|申报|填报|报送|本会|活动|项目|品牌|服务|科普|联系|联络|通信|咨询|预约|对接|业务|办公|值班|部门|处室|科室|归口|管理|责任|负责|承办|经办|具体|日常|的)*"
)
_BODIES = (
    (re.compile("(?:申报|填报|报送|申请|上报|提交|登记)(?:主体|学会|协会|单位|机构|组织|部门)(?:名称|全称)?"), "society"),
    (re.compile("(?:协作|协办|合作|联合|参与|支持|承办|共建|联办)(?:学会|协会|单位|机构|部门|方)(?:名称)?"), "partners"),
    (re.compile("(?:已|已有|已取得|往年|历年|前期|以往|过去)(?:的?(?:活动|工作|服务|基础|开展|实施|和|及|与))*(?:成效|效果|成果|成绩|情况)"), "results_before"),
    (re.compile("(?:需要?|希望).{0,8}(?:支持|配合|协助|提供|保障)(?:的?(?:事项|条件|内容|工作|情况|需求|支持))?"), "host_provides"),
)  # fmt: skip


def by_last_word(spelling: str) -> str:
    """The key, or nothing."""
    for pattern, key in _BODIES:
        if pattern.fullmatch(spelling):
            return key
    headed = _HEADED.fullmatch(spelling)
    if headed is None:
        return ""
    key = _LAST[headed[2]]
    about = _OF_CONTACT if key.startswith("contact") else _OF_ACTIVITY
    return key if about.fullmatch(headed[1]) else ""


# About something else, whatever the last word: what was, how it was applied for and paid, who someone is, other things, what is not.
_ELSE = re.compile(
    "去年|往年|历年|往届|上[一届次年]|前期|以往|过去|累计|[已曾不非无未]|首次|来自|来源|备注|序号|编号|附件|"
    "获[奖得批]|奖|报[名到备销批]|截[止至]|立项|[结子]项|结题|验收|审|评[审选比估奖级定]|检[查定验]|申[报请]|推荐|填[报表写]|[招征]募|招聘|登记|注册|备案|签|公[示布告]|发[布表证票]|调研|问卷|抽样|反馈|"
    "回收|统计|校[对准]|修订|编制|采[购集访]|媒体|报道|刊登|宣传[片稿方内]|(?:片|产品|系统|平台)上线|启用|鉴定|考[核试勤]|答辩|打卡|寄|收件|存[放档]|归档|保[险密质存]|合同|协议|承诺|政策|依据|缘由|原理|前景|"
    "困难|风险|经验|问题|意见|预期|目的|意义|背景|创新|资助|承担(?:课题|项目)|依托(?!队)|所属|上级|主管|挂靠|专项|课题组|竞争|竞标|合作对象|有效期|表彰|授牌|出资|投资|供[货应]|[付缴结]款|缴费|支付|结算|拨付|开户|账|税|"
    "财务|审计|监[督管]|纪检|投诉|举报|紧急|急救|救援|公安|派出所|物业|施工|酒店|住宿|交通|乘车|车辆|司机|接站|出发|集合|集训|仓库|办公地|设备|仪器|展品|药品|样品|论文|专利|发明|"
    "品种|原料|产地|生产|交付|销售|成立|创[办建立]|换届|入[会职]|退休|出生|籍贯|居住|户[籍口]|家庭|家长|毕业|年限|任[职期]|聘|身份|成员|理事|会员|党员|通讯|邮寄|公众号|大赛|体检|"
    "(?:学会|协会|单位|团队|专家|讲师|主讲人?)(?:概况|介绍|简介|所|籍|来)|志愿者(?:培训|注册|招)|当地(?:联系|电话)|主讲|报告人|授课人|带头人|负责人|联系人|专家(?!数)|(?:省|市|县|局)级?(?:科协|教育|农业)?局?电话"
)
_OF_NO_MATTER = re.compile(r"(.)不\1|预报|评价?点|点评|讲评")  # 收不收 denies nothing
_BEFORE_NOW = "(?:往年|去年|上年|上一?年度?|历年|以往|前期|往期|往届|已有|既往|过去|近年来?|前几年|近[两三几]年来?)"
_SURE = (
    ("results_before", rf"{_BEFORE_NOW}.{{0,6}}(?:成效|效果|成果|成绩|收效|实效|业绩|反响)|(?:成效|收效)回顾"),
    ("safety.qualifications", "(?!.*(?:单位|学会|学员|听众)).*(?:资质|资格证?书?|持证|证照|执业证书?)(?:情况|要求|说明)?"),
    ("conditions", ".*志愿者.{0,4}(?:保障|待遇|补[贴助]|补偿|权益)"),
    ("host_provides", "(?!.*(?:志愿者|队员|讲师|听众|学员|参加者|观众|报名|学会需|我会))(?:.{0,6}(?:请|需|须|要|由|望|盼|对).{0,12}(?:准备|提供|配合|协助|支持|落实|解决|要求|备好|备|腾出|到位)(?:的?(?:事项|条件|内容|工作|什么))?|.{0,4}(?:所需|需要|场地|接待|承接)(?:条件|准备|支持|要求)|.{0,6}准备(?:事项|工作|什么)|(?:当地|地方|对方|.{0,2}[场校村县院园厂区][方里]?)(?:配合|准备|支持|提供).{0,2})"),
)  # fmt: skip
# In this order: of a label with two of them the first is meant.
_HEADS = (
    ("contact.email", ".*(?:邮箱|信箱|电邮)"),
    ("contact.phone", "(?!.*(?:手机|移动|传真|[商厂村校]|公司|企业|医院|场馆|合作社|农户|用户|客户|对方|家长|酒店|公安|统计)).*(?:电话.?|热线|座机|固话|号码|座机号|总机|拨打)"),
    ("cost", "(?!.*保险).*(?:(?<!免)费用?|经费|开支|开销|花销|钱|价格)(?:安排|情况|说明|标准|承担|吗|(?:由?谁|怎么)[出付担])?"),
    ("title", "(?!.*(?:单位|学会|协会|机构|组织|公司|企业|[队团]|平台|媒体|基地|场馆|学校|医院|社区|设备|仪器|药品|物资|材料|证书|奖|荣誉|账|银行|文件|合作|协作|[队片]名|品种|年度|检测|研究|产品|标准|专利|岗位|学科|专业|领域|系列|类)).*(?:名称|名字|题目|课题|选题|讲题|标题|课名|剧目|叫什么|[名课节剧篇]目|(?<![姓队署学别户校村站签人地笔])名)"),
    ("mode", ".*(?:线上|线下|网上|在线|远程|到场|到现场).*"),
    ("capacity.sessions", ".*(?:场次|场数|次数|[几多少]+[场次期]|频次)"),
    ("capacity.people", ".*(?:每|单|一).?[场次期班批堂].{0,6}(?:人数?|规模|容量|听众|名额|上限)|.*(?:容纳|接待|听众|学员|参加|容)人数|.*(?:名额|多少人|几个人)"),
    ("capacity.volunteers", ".*(?:志愿者|队员|派出?.{0,4}(?:专家|人员|人数|人手)|几名(?:专家|老师)|派.{1,4}(?=[几多]))(?:人?数量?|名额|[几多]少?[人名位])?"),
    ("safety.insurance", ".*(?:保险|投保|意外险)(?:情况)?"),
    ("safety.plan", ".*(?:预案|安全措施|安全保障|风险防控)"),
    ("period", ".*(?:时间|时段|日期|档期|月份|期限|季节|时令|时节|农时|窗口期|什么时候|何时|日子|起[讫止]|排期|日程|哪天|几月|哪[几个]*月).*"),
    ("regions", ".*(?:地区|地域|区域|省份|省区|区县|县区|市县|县市|地点|地方|去处|范围|哪里|哪儿|目的地)|.*(?:[哪到去往赴派可].{0,5})(?:[省市县区]|地|前往|可赴)|.*(?:何[省市县区地处]|[省市县])|可?(?:前往|派往|赴|去|到)"),
    ("audiences", "(?!.*(?:志愿者|队员|讲师|专家|工作人员|教师团)).*(?:对象|人群|群体|听众|受众|观众|学员|受益者?|面向|适合|适用|适宜|给谁|谁.?听|谁.?来|谁.?学|谁.{0,2}参加|哪些人|什么人|年龄段|谁|群众|民众|师生|学生|.[的惠]人).{0,2}"),
    ("forms", "(?!.*联[系络]).*(?:形式|方式|手段|方法|手法|[教讲授]法|途径|载体|怎[么样](?:讲|学|教|开展?|做|干|办|进行|服务|推广))"),
    ("kind", ".*(?:类别|类型|种类|分类)"),
    ("fields", ".*(?:领域|学科|专业|方向|行业)"),
    ("team", ".*(?:队伍|分队|小队|服务队|团队)"),
    ("partners", "(?:协作|协办|合作|联合|参与|支持|承办(?!.*[学协]会)|共建|联办|配合|搭档|共同).{0,4}(?:单位|学会|协会|机构|方|伙伴)"),
    ("society", ".*(?:学会|协会|研究会|分会|专委会)|.{0,2}[派承申办出供授开组].{0,3}(?:方|单位|机构|团体)"),
    ("contact.office", "(?!.*[和与、]).*(?:科室|处室|股室|部门|(?<![用好出去到坏])处)"),
    ("content", ".*(?:内容|做法|简介|介绍|概要|提要|要点|梗概|概览|细节|要义|看点|摘要|概述|流程|说明|(?:讲|做|干|教|学|看|演)些?什么)"),
    ("title", "(?!.*(?:合作|协作|年度|检测|研究|收费)).*(?:主题|项目|题)"),
)  # fmt: skip
_SURE_PATTERNS, _HEAD_PATTERNS = ([(key, re.compile(pattern)) for key, pattern in one] for one in (_SURE, _HEADS))


_ENDS = re.compile(
    ".*(?:时间|日期|电话|名称|号码?|部门|单位|机构|地点|地址|[产场]地|情况|意见|人数|人员|内容|方式|形式|要求|说明|编号|等级|级别|类别|金额|数量|依据|目标|成果|职务|职称|对象)"
)


def is_like_label(spelling: str) -> bool:
    """Whether a text by its words looks like a label, whatever it asks for."""
    return has_last_word(spelling) or spelling.endswith("地块") or bool(asked_by(spelling))


def has_last_word(spelling: str) -> bool:
    """Whether its last word says what sort of thing a label asks for, so that no answer can say otherwise."""
    return bool(_ENDS.fullmatch(spelling))


def is_about_else(spelling: str) -> bool:
    """Whether a label asks for what no field of an activity is."""
    return bool(_ELSE.search(_OF_NO_MATTER.sub("", spelling))) and not any(
        pattern.fullmatch(spelling) for _, pattern in _SURE_PATTERNS
    )


def asked_by(spelling: str) -> list[str]:
    """What the words of an unlisted label may ask for, the likeliest first."""
    sure = [key for key, pattern in _SURE_PATTERNS if pattern.fullmatch(spelling)]
    if sure or is_about_else(spelling):
        return sure
    return list(dict.fromkeys(key for key, pattern in _HEAD_PATTERNS if pattern.fullmatch(spelling)))
