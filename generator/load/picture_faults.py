"""The faults of pictures: what keeps one from being published."""

from __future__ import annotations

from generator.model.fault import fault
from generator.model.problem import shown


@fault("error")
def missing_picture(name: str) -> tuple[str, str]:
    """没有这张图片

    图片要和活动文件放在同一个文件夹里，文件名一字不差。
    例：写了 file: xiu-jian.jpg，文件夹里却没有这个文件
    改：把图片放进来，或改正文件名。
    """
    return f"同一个文件夹里没有图片“{shown(name)}”", "请把图片放在活动文件旁边，或改正文件名。"


@fault("error")
def heavy_picture(name: str, size: int, most: int) -> tuple[str, str]:
    """图片文件太大

    一张图片最多 5 MB。
    例：相机里的原图有 12 MB
    改：用手机或电脑另存为小一些的图片，宽 1280 像素就够。
    """
    return (
        f"图片“{shown(name)}”有 {size / 2**20:.1f} MB，最多 {most // 2**20} MB",
        "请另存为小一些的图片，宽 1280 像素就够。",
    )


@fault("error")
def picture_format(name: str) -> tuple[str, str]:
    """不是能用的图片

    只收 JPEG、PNG、WEBP、GIF 四种图片，看的是内容，不是文件名；SVG、HEIC 和改了名的别的文件都不行。
    例：把 photo.heic 改名为 photo.jpg
    改：用看图软件打开，另存为 JPEG。
    """
    return f"“{shown(name)}”不是 JPEG、PNG、WEBP 或 GIF 图片", "请用看图软件打开，另存为 JPEG。"


@fault("error")
def vast_picture(name: str, width: int, height: int, most: int) -> tuple[str, str]:
    """图片的像素太多

    宽乘高最多两千五百万像素，比它再大，看图的人也看不出来。
    例：宽 20000、高 10000 的拼接长图
    改：缩小，宽 1280 像素就够。
    """
    return (
        f"图片“{shown(name)}”是 {width}×{height} 像素，宽乘高最多 {most // 10_000} 万",
        "请缩小，宽 1280 像素就够。",
    )


@fault("error")
def moving_picture(name: str) -> tuple[str, str]:
    """会动的图片

    只收一幅画面的图片。
    例：会动的 GIF
    改：截一幅画面，另存为 JPEG。
    """
    return f"图片“{shown(name)}”不止一幅画面，是会动的", "请截一幅画面，另存为 JPEG。"


@fault("error")
def broken_picture(name: str) -> tuple[str, str]:
    """图片是坏的

    多半是没有下载完，或者传的时候断了。
    例：打开只有上半截的照片
    改：重新导出，能完整打开再放进来。
    """
    return f"图片“{shown(name)}”打不开，或者不完整", "请重新导出，能完整打开再放进来。"


@fault("warning")
def unused_picture(name: str) -> tuple[str, str]:
    """没有用到的图片

    活动文件没有提到的图片不会发布。
    例：文件夹里有 xiu-jian.jpg，哪个活动都没有写它
    改：在活动文件的 images 里写上它，或者移走。
    """
    return f"没有活动用到图片“{shown(name)}”，不会发布", "请在活动文件的 images 里写上它，或者移走。"
