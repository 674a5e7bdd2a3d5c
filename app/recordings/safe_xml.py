"""XML from a stranger: no document type, no entities, no abyss; then its text."""

import codecs
import re

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from chains.errors import RecordingError

DEEPEST = 64
"""TCX and GPX need about ten levels; endless nesting would exhaust the stack of whoever walks the tree."""
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding=["']([A-Za-z0-9._-]{1,40})["']""")


class _Depth:
    """An XML target that builds nothing and counts how deep it is."""

    def __init__(self) -> None:
        self.depth = 0

    def start(self, tag: str, attributes: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise RecordingError("the file nests its elements too deep")

    def end(self, tag: str) -> None:
        self.depth -= 1

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def safe_text(content: bytes) -> str:
    """The document without its declaration. Raises RecordingError where it is no well-formed XML or uses what could harm."""
    text = DECLARATION.sub("", _decoded(content), count=1).lstrip()
    parser = DefusedXMLParser(target=_Depth(), forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as danger:
        raise RecordingError("the file defines a document type or entities, which is not accepted") from danger
    except (ParseError, ValueError) as damage:
        raise RecordingError("the file is not well-formed XML, perhaps cut off") from damage
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    declared = ENCODING.search(content[:400])
    name = declared.group(1).decode() if declared else "utf-8"
    try:
        return content.decode(name).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", errors="replace").removeprefix("\ufeff")
