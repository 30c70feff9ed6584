"""The faults of YAML: what keeps a line from being read as it was meant."""

from __future__ import annotations

from generator.model.fault import fault
from generator.model.problem import shown


@fault("error")
def many_documents() -> tuple[str, str]:
    """一个文件里有两份记录

    单独一行的 --- 或 ... 会把文件分成几份。
    例：第一个活动，--- ，第二个活动
    改：一个活动一个文件。
    """
    return "一个文件里写了不止一份记录（有单独一行的 --- 或 ...）", "请一个活动一个文件。"


@fault("error")
def directive() -> tuple[str, str]:
    """不用的 YAML 指令

    例：%TAG ! tag:example.org,2026:
    改：删去以 % 开头的行。
    """
    return "有以 % 开头的 YAML 指令", "请删去这一行。"


@fault("error")
def anchor(name: str) -> tuple[str, str]:
    """& 和 * 开头的写法

    YAML 用 & 和 * 表示引用，这里一律不用；如果是正文，要加引号。
    例：title: *重要* 科普活动
    改：title: "*重要* 科普活动"
    """
    return f"“{shown(name)}”会被当成 YAML 的引用", "如果是正文，请给整句话加上英文双引号；不要用 & 和 * 引用。"


@fault("error")
def tag(name: str) -> tuple[str, str]:
    """! 开头的写法

    YAML 用 ! 表示类型，这里一律不用；如果是正文，要加引号。
    例：title: !重要 科普活动
    改：title: "!重要 科普活动"
    """
    return f"“{shown(name)}”会被当成 YAML 的类型标记", "如果是正文，请给整句话加上英文双引号。"


@fault("error")
def merge_key() -> tuple[str, str]:
    """<< 合并写法

    例：<<: *base
    改：把内容完整写出来。
    """
    return "用了 << 合并写法", "请把内容完整写出来。"


@fault("error")
def complex_key() -> tuple[str, str]:
    """名称不是一个词

    冒号前面只能是一个名称。
    例：? [a, b]
    改：title: 果树修剪技术下乡
    """
    return "冒号前面不是一个名称", "请写成“名称: 内容”。"


@fault("error")
def too_deep(most: int) -> tuple[str, str]:
    """层次太多

    例：[[[[[[[[[农民]]]]]]]]]
    改：audiences: [农民]
    """
    return f"括号或缩进的层次超过{most}层，后面的内容没有再读", "请照例子改写。"


@fault("error")
def too_many_values(most: int) -> tuple[str, str]:
    """内容项太多

    例：一个清单写了六千行
    改：分成几份记录。
    """
    return f"文件里超过{most}项，后面的内容没有再读", "请精简。"


@fault("error")
def fullwidth_colon(key: str) -> tuple[str, str]:
    """用了中文冒号

    名称后面要用英文冒号，再空一格。
    例：title：果树修剪技术下乡
    改：title: 果树修剪技术下乡
    """
    return f"“{shown(key)}”后面用了中文冒号", f"请改成“{shown(key)}: ”（英文冒号加一个空格）。"


@fault("error")
def no_space_after_colon(key: str) -> tuple[str, str]:
    """冒号后面没有空格

    例：title:果树修剪技术下乡
    改：title: 果树修剪技术下乡
    """
    return f"“{shown(key)}:”后面没有空格（全角空格不算）", f"请写成“{shown(key)}: ”再接内容。"


@fault("error")
def quote_mark(key: str) -> tuple[str, str]:
    """引号不对

    引号要成对，并且用英文引号；中文引号不能包住带冒号的话。
    例：title: “科普: 走进社区”
    改：title: "科普: 走进社区"
    """
    return (
        f"“{shown(key)}”的引号不成对，或者用了中文引号",
        "请把整句话用一对英文双引号包起来，里面的英文双引号改成中文引号。",
    )


@fault("error")
def open_bracket(key: str, opening: str, closing: str) -> tuple[str, str]:
    """括号没有成对

    用方括号写清单，最后要有方括号收尾。
    例：audiences: [农民, 青少年
    改：audiences: [农民, 青少年]
    """
    return (
        f"“{shown(key)}”的“{opening}”没有“{closing}”收尾",
        f"请在行末补上“{closing}”；如果是正文，请给整句话加上英文双引号。",
    )


@fault("error")
def backslash(key: str) -> tuple[str, str]:
    """双引号里的反斜杠

    英文双引号里的反斜杠有特别的意思，多半会读错。
    例：cost: "见 D:\\费用"
    改：cost: 见 D:/费用
    """
    return f"“{shown(key)}”的双引号里有反斜杠，读不懂", "请把反斜杠改成斜杠（/），或去掉。"


@fault("error")
def needs_quotes(key: str, why: str) -> tuple[str, str]:
    """这句话要加引号

    以 [ { * & ! @ % ` > | 开头，或者中间有“冒号加空格”的话，要用英文双引号包起来。
    例：title: 科普: 走进社区
    改：title: "科普: 走进社区"
    """
    return f"“{shown(key)}”的内容{why}", "请给整句话加上英文双引号。"


@fault("error")
def tab_indent() -> tuple[str, str]:
    """用了 Tab 键缩进

    例：（一行开头是 Tab）
    改：按两下空格键。
    """
    return "行首用了 Tab 键", "请改成两个空格。"


@fault("error")
def wide_space() -> tuple[str, str]:
    """用了全角空格缩进

    例：　office: 测试学会办公室
    改：  office: 测试学会办公室（两个半角空格）
    """
    return "行首用了全角空格或不换行空格", "请改成半角空格，每层两个。"


@fault("error")
def syntax(found: str) -> tuple[str, str]:
    """这一行读不懂

    多半是缩进没有对齐，或者少了冒号、引号、括号。
    例：（上一行缩进两格，这一行缩进三格）
    改：同一层的行左边对齐。
    """
    return (
        f"从这里开始读不懂：“{shown(found)}”",
        "请检查这一行和上一行：左边有没有对齐，冒号、引号、括号是不是英文的、成对的。",
    )


@fault("error")
def unread_rest() -> tuple[str, str]:
    """错误太多，后面没有再读

    一个文件里写法上的错误太多时（大约三十处），先说前面这些；改好以后再检查，才看得到剩下的。
    例：四十行都用了中文冒号，每行还少一个引号
    改：先改好已经说出来的，再检查一次。
    """
    return "写法上的错误太多，后面的内容还没有检查", "请先改好上面这些，再检查一次，可能还有别的。"
