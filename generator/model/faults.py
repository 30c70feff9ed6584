"""The faults of values: each function words one, for the types in ``values``."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.fault import either, fault, instead
from generator.model.problem import shown


@fault("error")
def unknown_key(key: str, nearest: str | None, allowed: Sequence[str]) -> tuple[str, str]:
    """没有这一项

    每一项的名称只能用《字段说明》里的英文名或中文名。写错一个字母，这一项就读不到。
    例：titel: 果树修剪技术下乡
    改：title: 果树修剪技术下乡
    """
    return f"没有“{shown(key)}”这一项", instead(nearest, () if nearest else allowed)


@fault("error")
def missing_field(label: str, key: str, example: str) -> tuple[str, str]:
    """缺少必填项

    必填的内容没有写，或者写了名称、冒号后面却是空的。
    例：kind:
    改：kind: 科普类
    """
    return f"缺少“{label}”", f"请加上一行“{key}: {example}”。" if example else f"请补上 {key}。"


@fault("warning")
def advised_field(label: str, key: str) -> tuple[str, str]:
    """建议补充

    2021年通知对参加活动的单位提出过要求的内容：志愿服务队、志愿者保障、安全保障。没有写不影响通过，写了基层更放心。
    例：（没有 safety 一项）
    改：加上 safety，写明安全预案、保险和资质。
    """
    return f"没有写“{label}”", f"建议补上 {key}，县里选活动时会看。"


@fault("error")
def wrong_shape(label: str, wanted: str, found: str) -> tuple[str, str]:
    """写法不对

    有的项是一句话，有的项是一个清单（每行一个“- ”），有的项下面还分小项（换行、缩进两格）。
    例：contact: 测试学会办公室
    改：contact 下面另起一行，缩进两格写 office: 测试学会办公室
    """
    text = "；如果括号、冒号是正文的一部分，请给整句话加上英文双引号" if wanted == "一句话" else ""
    return f"“{label}”应当是{wanted}，这里写的是{found}", f"请照《字段说明》里“{label}”的例子改写{text}。"


@fault("error")
def colon_inside(label: str, keys: Sequence[str]) -> tuple[str, str]:
    """小项里用了中文冒号

    小项的名称后面要用英文冒号加一个空格；用了中文冒号，整行就成了一句话。
    例：office：测试学会办公室
    改：office: 测试学会办公室
    """
    return (
        f"“{label}”里的{either([f'“{shown(key)}”' for key in keys])}后面用了中文冒号",
        "请改成英文冒号加一个空格（: ）。",
    )


@fault("error")
def too_short(label: str, length: int, least: int) -> tuple[str, str]:
    """字数太少

    活动名称至少4个字，活动简介至少20个字，太短了别人看不懂。
    例：title: 讲座
    改：title: 老年人用药安全讲座
    """
    return f"“{label}”只有{length}个字，至少要{least}个字", "请写得具体一些。"


@fault("error")
def too_long(label: str, length: int, most: int) -> tuple[str, str]:
    """字数太多

    每一项有字数上限，超过了在手机上读不完。
    例：（活动简介超过300个字）
    改：把细节移到“详细介绍”。
    """
    return f"“{label}”有{length}个字，最多{most}个字", "请精简，细节可以写进“详细介绍”。"


@fault("error")
def line_break(label: str) -> tuple[str, str]:
    """不能换行

    名称一类的内容只能写一行。
    例：title: "果树修剪⏎技术下乡"
    改：title: 果树修剪技术下乡
    """
    return f"“{label}”里有换行", "请写成一行。"


@fault("error")
def comment_cut(label: str) -> tuple[str, str]:
    """“空格加#”后面的字会丢

    没加引号时，空格后面的 # 会被当成注释，后面的字悄悄丢掉。
    例：title: 科普活动 #1
    改：title: "科普活动 #1"
    """
    return f"“{label}”里有“ #”，它后面的字会被当成注释丢掉", "请给整句话加上英文双引号；真要写注释，请另起一行。"


@fault("error")
def too_few(label: str, least: int) -> tuple[str, str]:
    """至少要写一个

    清单是空的。
    例：audiences: []
    改：audiences: [农民]
    """
    return f"“{label}”至少要写{least}个", "请补上。"


@fault("error")
def too_many(label: str, count: int, most: int) -> tuple[str, str]:
    """选得太多

    选得太多等于没有选，县里按条件查找时会找不准。
    例：fields 一项写了六个领域
    改：只留最主要的一至四个。
    """
    return f"“{label}”写了{count}个，最多{most}个", "请只留最主要的。"


@fault("error")
def repeated_value(label: str, value: str) -> tuple[str, str]:
    """同一个词写了两遍

    例：audiences: [农民, 农户]（“农户”就是“农民”）
    改：audiences: [农民]
    """
    return f"“{label}”里“{shown(value)}”重复了", "请删去一个。"


@fault("error")
def unknown_term(label: str, value: str, nearest: str | None, allowed: Sequence[str]) -> tuple[str, str]:
    """不在词表中

    类别、领域、服务对象、活动形式只能从词表里选，可以写名称，也可以写常见的别名。
    例：audiences: [农名]
    改：audiences: [农民]
    """
    return f"{label}“{shown(value)}”不在词表中", instead(nearest, allowed)


@fault("error")
def list_comma(label: str, value: str) -> tuple[str, str]:
    """清单里用了中文逗号或顿号

    写在一行里的清单要用方括号和英文逗号；用了中文逗号、顿号，几个词就成了一个词。
    例：audiences: [农民、青少年]
    改：audiences: [农民, 青少年]
    """
    return (
        f"“{label}”的“{shown(value)}”用了中文逗号、顿号或分号",
        "请放在方括号里，中间用英文逗号加一个空格隔开，如 [甲, 乙]。",
    )


@fault("error")
def list_dash(found: str) -> tuple[str, str]:
    """清单的短横线不对

    清单每行以英文短横线加一个空格开头。
    例：－ 农民
    改：- 农民
    """
    return f"清单行首用了“{shown(found)}”", "请改成英文短横线加一个空格（- ）。"


@fault("error")
def chinese_quotes(label: str, value: str) -> tuple[str, str]:
    """多了引号

    中文引号会被当成内容的一部分。
    例：kind: “科普类”
    改：kind: 科普类
    """
    return f"“{label}”的值 {shown(value)} 带着引号", "请去掉引号。"


@fault("error")
def bad_date(label: str, value: str, reason: str) -> tuple[str, str]:
    """日期不对

    日期写成 2026-05-01；只知道到月就写 2026-05，只知道到年就写 2026。不知道的不要编。
    例：start: 2026-02-30
    改：start: 2026-02-28
    """
    return f"“{label}”的“{shown(value)}”{reason}", "请写成 2026-05-01、2026-05 或 2026 这样的日期。"


@fault("error")
def end_before_start(start: str, end: str) -> tuple[str, str]:
    """结束早于开始

    例：start: 2026-10-01，end: 2026-05-01
    改：把两个日期对调，或改正年份。
    """
    return f"结束时间 {end} 早于开始时间 {start}", "请核对两个日期。"


@fault("error")
def empty_period() -> tuple[str, str]:
    """没有写时间

    “可开展时间”至少要有开始日期（start）或者一句说明（text，如“全年”“7月下旬至10月上旬”）。
    例：period 下面只有 end: 2026-10
    改：加上 start: 2026-03，或 text: 3月至10月
    """
    return "“可开展时间”里既没有开始日期，也没有文字说明", "请加上 start: 2026-03-01 或 text: 全年。"


@fault("error")
def bad_number(label: str, value: str, least: int, most: int) -> tuple[str, str]:
    """数目不对

    人数、场次只写阿拉伯数字，不带单位，前面不加 0。
    例：people: 012
    改：people: 12
    """
    return f"“{label}”的“{shown(value)}”不是 {least} 到 {most} 的整数", "请只写数字，不带单位，前面不加 0。"


@fault("error")
def bad_flag(label: str, value: str) -> tuple[str, str]:
    """只能写“是”或“否”

    例：collected_here: maybe
    改：collected_here: 是
    """
    return f"“{label}”的“{shown(value)}”看不懂", "请写“是”或“否”。"


@fault("error")
def bad_name(label: str, value: str, wanted: str) -> tuple[str, str]:
    """编号或文件名不对

    编号只用小写字母、数字和短横线，这样的网址在哪里都能打开。
    例：activities/2021/C-01/果树 修剪.yml
    改：activities/2021/C-01/orchard-guidance.yml
    """
    return f"{label}“{shown(value)}”不合规定", f"应当是{wanted}。"


@fault("error")
def repeated_key(key: str, first: int) -> tuple[str, str]:
    """同一项写了两遍

    同一项写两遍，前一遍会悄悄丢掉，所以不允许。英文名和中文名算同一项。
    例：title: 甲，后面又写 title: 乙
    改：只留一个。
    """
    return f"“{shown(key)}”写了两遍，第一遍在第{first}行", "请只留一个。"
