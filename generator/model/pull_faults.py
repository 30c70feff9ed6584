"""The faults of a pull request: what it touches beyond its own records, and names that not every computer can hold."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.fault import either, fault
from generator.model.problem import shown, shown_path

_BESIDE = "记录的文件夹里只放 .yml 文件和活动的图片，放在“年份/编号/”下面；请把它拿掉。Word 材料请照申报指南交。"
_AT_FAULT = "请撤回这个文件的改动；确实要改的，请主办单位在合并请求上加标签表示同意。"


@fault("error")
def needs_owner(path: str, *, beside: bool = False) -> tuple[str, str]:
    """合并请求改了记录以外的文件

    申报只能动自己的活动文件和图片（县里是本县的需求和结对）。网站设置、程序、词表、学会名单、通知、手写的页面由主办单位改；
    别人要改的，主办单位看过以后在合并请求上加标签“主办单位同意”，检查才放行。
    例：改了 mkdocs.yml
    改：撤回这个文件的改动，只留活动文件；或者另发一个合并请求，请主办单位审核。
    """
    if beside:
        return f"“{shown(path.rsplit('/', 1)[-1])}”不是记录，也不是图片", _BESIDE
    return f"这个合并请求改了“{shown(path)}”，它不是活动、需求或结对的文件", _AT_FAULT


@fault("error")
def several_owners(mine: str, others: Sequence[str]) -> tuple[str, str]:
    """一个合并请求改了几个单位的记录

    一个合并请求只动一个学会（科协）的活动，或者一个县的需求和结对：谁的内容由谁负责，审核也才分得清。
    例：activities/2026/C-01/ 和 activities/2026/C-02/ 里的文件一起改
    改：一个单位一个合并请求；确实要一起改的，请主办单位加标签“主办单位同意”。
    """
    return (
        f"这个合并请求既改了{mine}的记录，又改了{either(others, 5)}的",
        "请分成几个合并请求，一个单位一个；确实要一起改的，请主办单位在合并请求上加标签表示同意。",
    )


@fault("error")
def special_file(what: str) -> tuple[str, str]:
    """不能放快捷方式和别的仓库

    符号链接会指到仓库外面去，子模块会引来别的仓库的内容，都不收。
    例：activities/2026/C-01/a.yml 是符号链接
    改：把文件本身放进来。
    """
    return f"这里是{what}，不是普通文件", "请换成普通的文件。"


@fault("error")
def unfit_name(reason: str) -> tuple[str, str]:
    """文件名在有的电脑上用不了

    Windows 留了一批名字自己用（例子里就是一个），也不许以点或空格结尾；反斜杠、换行和看不见的字符在哪里都会惹麻烦；太长的路径打不开。
    例：activities/2026/C-01/aux.yml
    改：activities/2026/C-01/auxiliary.yml
    """
    return f"文件或文件夹的名称{reason}", "请改名：只用小写字母、数字和短横线，短一些。"


@fault("error")
def clashing_name(other: str) -> tuple[str, str]:
    """两个名称看起来一样

    只差大小写、全角半角或者字形编码的两个名称，在 Windows 和苹果电脑上是同一个文件，后来的会盖掉先来的。
    例：仓库里已经有 photo.jpg，又放进 Photo.jpg
    改：换一个名称。
    """
    return f"仓库里已经有“{shown_path(other)[-80:]}”，两个名称只差大小写或字形", "请换一个名称，或者改原来的那个文件。"
