"""A label nobody listed in, what its last word asks for out: 拟办时间, 处室电话, 归口管理部门.

Only for answers that show by what they say whether they were meant: a day, a number, a place, a term. A wrong one is told, not kept.
"""

from __future__ import annotations

import re

_LAST = {
    **dict.fromkeys(("电话", "热线", "座机"), "contact.phone"),
    **dict.fromkeys(("邮箱", "信箱"), "contact.email"),
    **dict.fromkeys(("部门", "处室", "科室"), "contact.office"),
    **dict.fromkeys(("时间", "日期", "时间段", "时段", "月份", "期限"), "period"),
    **dict.fromkeys(("地区", "地域", "区域", "区县", "县区", "地点", "省份"), "regions"),
    **dict.fromkeys(("对象", "人群", "群体", "受众", "年龄段"), "audiences"),
    **dict.fromkeys(("形式", "方式", "手段"), "forms"),
    **dict.fromkeys(("场次", "场数"), "capacity.sessions"),
}
_HEADED = re.compile(rf"([\u4e00-\u9fff]{{0,8}}?)({'|'.join(sorted(_LAST, key=len, reverse=True))})")
_ELSEWHERE = re.compile(
    "不|非|无|所在|所属|单位|学会|协会|主管|监督|监管|投诉|举报|支付|付款|报名|手机|移动|个人|家庭|评选|表彰|传真|结对|推荐|宣传|资助|"
    "奖励|合作|联系(?!部门)|考核|运作|运行|成立|创|注册|入会|首次|签|审|报|填|申|登记|备案|已|往|上年|去年|累计"
)
_OTHER_CONTACT = re.compile("主管|监督|监管|投诉|举报|报名|手机|移动|个人|家庭|传真|审")
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
    others = _OTHER_CONTACT if key.startswith("contact") else _ELSEWHERE
    return "" if others.search(headed[1]) else key
