"""A label nobody listed in, what its last word asks for out: 拟办时间, 处室电话, 归口管理部门.

Only for answers that show by what they say whether they were meant: a day, a number, a place, a term. A wrong one is told, not kept.
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
