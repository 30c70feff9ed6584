"""The faults of files: what keeps a file from being opened, or from being a record at all."""

from __future__ import annotations

from generator.model.fault import fault
from generator.model.problem import shown


@fault("error")
def not_a_file(what: str) -> tuple[str, str]:
    """不是普通文件

    记录必须是普通的文本文件；快捷方式（符号链接）、管道、设备一概不读。
    例：activities/2026/C-01/a.yml 是指向别处的符号链接
    改：把文件本身放进来。
    """
    return f"这里是{what}，不是普通文件", "请换成普通的文本文件。"


@fault("error")
def too_large(size: int, most: int) -> tuple[str, str]:
    """文件太大

    一个活动一个文件，64 KB 已经能写两万字。
    例：10 MB 的文件
    改：只留文字；图片放在旁边，只写文件名；报道用链接。
    """
    return f"文件有 {size // 1024} KB，最多 {most // 1024} KB", "请精简，一个活动一个文件。"


@fault("error")
def unreadable(reason: str) -> tuple[str, str]:
    """文件打不开

    例：没有读取权限
    改：检查文件的权限。
    """
    return f"文件打不开：{shown(reason)}", "请检查文件是否存在、权限是否正确。"


@fault("error")
def file_name(name: str, wanted: str) -> tuple[str, str]:
    """文件或文件夹的名称不合规定

    活动文件放在“年份/学会编号/”下面，文件名用小写字母、数字和短横线，以 .yml 结尾。
    例：activities/2026/C-01/果树修剪.yml
    改：activities/2026/C-01/orchard-pruning.yml
    """
    return f"名称“{shown(name)}”不合规定", f"应当是{wanted}。"


@fault("warning")
def stray_file(name: str) -> tuple[str, str]:
    """多余的文件

    活动文件夹里只放 .yml 文件和它们用到的图片，别的文件不会发布。
    例：activities/2026/C-01/活动照片.zip
    改：移到别处。
    """
    return f"“{shown(name)}”不是活动文件，不会发布", "请移走，或改成以 .yml 结尾的活动文件。"


@fault("error")
def encoding(guess: str) -> tuple[str, str]:
    """文件编码不是 UTF-8

    旧版记事本默认存成 GBK（ANSI），别人的电脑上会成乱码。
    例：用“ANSI”保存的文件
    改：另存为，编码选 UTF-8。
    """
    return f"文件编码{guess}", "请用记事本“另存为”，编码选 UTF-8，再提交。"


@fault("error")
def forbidden_character(code: str, why: str) -> tuple[str, str]:
    """看不见的字符

    控制字符、零宽字符、改变文字方向的字符会让内容显示错乱，多半是从网页或 Word 复制时带进来的。
    例：title: 果树<U+200B>修剪
    改：删掉，重新打一遍这几个字。
    """
    return f"有不允许的字符 {code}（{why}）", "请把这个位置前后的字删掉，重新输入。"


@fault("error")
def empty_file() -> tuple[str, str]:
    """空文件

    例：（什么都没有，或者只有注释）
    改：照《申报指南》里的例子填写。
    """
    return "文件里没有内容", "请照申报指南里的例子填写。"


@fault("error")
def not_a_record() -> tuple[str, str]:
    """不是“名称: 内容”的写法

    整个文件应当是一行一项，每项“名称: 内容”。
    例：果树修剪技术下乡，三月到十月，山西省
    改：title: 果树修剪技术下乡
    """
    return "整个文件不是“名称: 内容”的写法", "请照申报指南里的例子，一行写一项。"


@fault("error")
def repeated_id(id: str) -> tuple[str, str]:
    """编号重复

    一个编号只能登记一个学会。
    例：两个学会都写 id: 140000-test
    改：换一个没有用过的编号。
    """
    return f"编号“{shown(id)}”已经登记过", "请换一个没有用过的编号。"
