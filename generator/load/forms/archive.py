"""The bytes of a form in, the XML parts of its package out, or the reason why it cannot be read.

Every size is looked up in the directory before anything is inflated, and counted while inflating: a directory can lie.
Names of members are never paths, nothing is written, nothing is fetched.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

MOST_BYTES = 32 * 1024 * 1024  # a form with its photographs
MOST_MEMBERS = 400
MOST_MEMBER = 16 * 1024 * 1024  # a photograph; XML may be half of it
MOST_XML = 8 * 1024 * 1024
MOST_TOTAL = 64 * 1024 * 1024
MOST_RATIO = 200  # XML of a long list shrinks to a hundredth; a bomb to a thousandth
FREE_RATIO = 256 * 1024  # below this size a ratio says nothing
MOST_TAGS = 300_000
MOST_PIXELS = 200_000_000
_CHUNK = 65_536

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"\x1f\x8b", "packed"),
)
_SAVE = "请用 Word 或 WPS 打开，“另存为”选 .docx（表格选 .xlsx），再导入。"
REASONS: dict[str, tuple[str, str]] = {
    "empty": ("文件是空的", "请重新保存或重新索取这份表。"),
    "too-large": (f"文件太大，超过 {MOST_BYTES // 1024 // 1024} MB", "请去掉或压缩里面的图片，再导入。"),
    "doc": ("这是旧版 Word 文件（.doc 或 .wps）", _SAVE),
    "xls": ("这是旧版 Excel 文件（.xls 或 .et）", _SAVE),
    "ole": ("这是旧版 Office 文件", _SAVE),
    "encrypted": ("文件加了密码", "请去掉密码，另存以后再导入。"),
    "pdf": ("这是 PDF", "请向填报单位索取 Word 版，或把内容填进空白表再导入。"),
    "rtf": ("这是 RTF 文件", _SAVE),
    "html": ("这是网页，不是真正的 Word 或 Excel 文件", _SAVE),
    "xml": ("这是 XML 文件，不是真正的 Word 或 Excel 文件", _SAVE),
    "picture": ("这是图片（扫描件或照片），里面没有文字", "请向填报单位索取 Word 版。"),
    "packed": ("这是压缩包", "请先解压，再导入里面的表。"),
    "odf": ("这是 ODF 文件（.odt 或 .ods）", _SAVE),
    "slides": ("这是演示文稿", "请把内容填进 Word 或 Excel 表再导入。"),
    "macro": ("文件带有宏", "为了安全不读带宏的文件；" + _SAVE),
    "template": ("这是 Office 模板，不是填好的表", _SAVE),
    "text": ("这是纯文本，不是 Word 或 Excel 文件", "请把内容填进空白表，再导入。"),
    "unknown": ("不是 Word 或 Excel 文件，也可能已经损坏", "请确认选对了文件；" + _SAVE),
    "broken": ("文件不完整或已经损坏", "请重新保存、重新下载或重新索取，再导入。"),
    "polyglot": ("文件开头或里面混有别的东西，不像正常保存的 Office 文件", "请用 Word 或 WPS 重新保存，再导入。"),
    "bomb": ("文件解开以后大得不正常", "为了安全不读这样的文件；请把内容复制到一份新的空白表里，再导入。"),
    "entities": (
        "文件里有不允许的定义（DOCTYPE、实体）",
        "为了安全不读这样的文件；请用 Word 或 WPS 重新保存，再导入。",
    ),
    "deep": ("文件里层层嵌套得太深", "请把内容复制到一份新的空白表里，再导入。"),
    "huge-table": ("表格太大", "请把表拆成几份，每份不超过两百列、两万个单元格，再导入。"),
    "packed-inside": ("文件里夹带了压缩包", "为了安全不读这样的文件；请去掉夹带的文件，再导入。"),
    "huge-picture": ("里面有一张大得不正常的图片", "请去掉或缩小这张图片，再导入。"),
    "scan": ("里面只有图片，没有文字（扫描件）", "请向填报单位索取 Word 版。"),
    "no-text": ("里面没有文字", "请确认选对了文件。"),
    "too-long": (
        "读这份表用的时间或内存太多，已经停下",
        "活动很多的，请拆成几份，每份不超过一千行；不多的，请把内容复制到一份新的空白表里，再导入。",
    ),
    "unexpected": ("这份表没能读完", "请用 Word 或 WPS 重新保存，再导入；还不行，请把它交给网站管理员。"),
}


class Unreadable(Exception):
    """A form that cannot be read; ``code``: one of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Package:
    """The members of an Office file. ``kind``: docx or xlsx."""

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable for whatever is not a sound .docx or .xlsx."""
        _sniff(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError) as error:
            raise Unreadable("broken") from error
        self._check(infos)
        self._infos = {info.filename.lstrip("/").replace("\\", "/"): info for info in infos}
        self.names = tuple(self._infos)
        self.kind = self._kind()
        self._check_inside()

    def _check_inside(self) -> None:
        """Nothing beside the text is ever opened; what could hurt whoever opens it later is refused all the same."""
        for name, info in self._infos.items():
            if name.lower().endswith((".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz")):
                raise Unreadable("packed-inside")
            if "/media/" in name.lower():
                try:
                    with self._zip.open(info) as stream:
                        head = stream.read(32)
                except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
                    continue  # a broken picture hurts nobody: it is not read
                if head.startswith(b"\x89PNG") and len(head) >= 24:
                    width, height = struct.unpack(">II", head[16:24])
                    if width * height > MOST_PIXELS:
                        raise Unreadable("huge-picture")

    @staticmethod
    def _check(infos: list[zipfile.ZipInfo]) -> None:
        if any(info.flag_bits & 0x1 for info in infos):
            raise Unreadable("encrypted")
        names = [info.filename for info in infos]
        if len({name.casefold() for name in names}) < len(names):
            raise Unreadable("polyglot")
        packed = sum(info.compress_size for info in infos)
        total = sum(info.file_size for info in infos)
        worst = any(
            info.file_size > MOST_MEMBER
            or (info.file_size > FREE_RATIO and info.file_size > MOST_RATIO * max(info.compress_size, 1))
            for info in infos
        )
        if len(infos) > MOST_MEMBERS or total > MOST_TOTAL or worst:
            raise Unreadable("bomb")
        if total > FREE_RATIO and total > MOST_RATIO * max(packed, 1):
            raise Unreadable("bomb")

    def _kind(self) -> str:
        types = self.read("[Content_Types].xml", b"").decode("utf-8", "replace")
        if "macroEnabled" in types:
            raise Unreadable("macro")
        if "ms-word.template" in types or "template.main+xml" in types:
            raise Unreadable("template")
        if any(name.lower().startswith("word/") for name in self.names):
            return "docx"
        if any(name.lower().startswith("xl/") for name in self.names):
            return "xlsx"
        if any(name.lower().startswith("ppt/") for name in self.names):
            raise Unreadable("slides")
        if self.read("mimetype", b"").startswith(b"application/vnd.oasis"):
            raise Unreadable("odf")
        raise Unreadable("packed" if "[Content_Types].xml" not in self.names else "unknown")

    def read(self, name: str, missing: bytes | None = None) -> bytes:
        """A member's bytes, never more than it may have."""
        info = self._infos.get(name)
        if info is None:
            info = next((one for key, one in self._infos.items() if key.casefold() == name.casefold()), None)
        if info is None:
            if missing is None:
                raise Unreadable("broken")
            return missing
        if info.file_size > MOST_XML:
            raise Unreadable("bomb")
        data = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    data += chunk
                    if len(data) > MOST_XML:
                        raise Unreadable("bomb")
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise Unreadable("broken") from error
        return bytes(data)

    def xml(self, name: str) -> etree._Element | None:
        """A member as a tree; None where there is no such member."""
        data = self.read(name, b"")
        return parse_xml(data) if data else None


def parse_xml(data: bytes) -> etree._Element:
    """A tree without entities, fetched files or any depth that could hurt."""
    plain = data.replace(b"\0", b"")  # UTF-16 hides nothing from the look below
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", plain, re.IGNORECASE):
        raise Unreadable("entities")
    if plain.count(b"<") > MOST_TAGS:
        raise Unreadable("bomb")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("deep" if "depth" in str(error) else "broken") from error
    except ValueError as error:
        raise Unreadable("broken") from error


def _sniff(data: bytes) -> None:
    """Say what a file is that is no zip."""
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too-large")
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_ole(data))
    for magic, code in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(code)
    raise Unreadable(_other(data))


def _other(data: bytes) -> str:
    """What a file is that begins with no known sign."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"<?xml"):
        return "xml"
    if b"<html" in head or head.startswith(b"mime-version:"):
        return "html"
    if b"PK\x03\x04" in data or b"PK\x05\x06" in data:
        return "polyglot"
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data[:4000].decode(encoding, "strict" if len(data) < 4000 else "ignore")
        except UnicodeDecodeError:
            continue
        if text and sum(character.isprintable() or character.isspace() for character in text) / len(text) > 0.97:
            return "text"
    return "unknown"


def _ole(data: bytes) -> str:
    """What an old compound file holds, by the names in its directory."""
    if _utf16("EncryptedPackage") in data:
        return "encrypted"
    if _utf16("WordDocument") in data:
        return "doc"
    if _utf16("Workbook") in data or _utf16("Book") + b"\0\0" in data:
        return "xls"
    return "ole"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
