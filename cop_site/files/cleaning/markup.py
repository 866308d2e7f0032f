"""XML parts, told element by element to a listener; no part may define anything of its own."""

from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .outcome import Refusal

Attributes = dict[str, str]


class Listener(Protocol):
    def start(self, tag: str, attributes: Attributes) -> Any: ...
    def end(self, tag: str) -> Any: ...
    def data(self, text: str) -> Any: ...


class Deaf:
    """A listener that hears nothing: its kind hears one thing each."""

    def start(self, tag: str, attributes: Attributes) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...
    def close(self) -> None: ...


def tell(data: bytes, listener: Listener) -> None:
    """Every element of ``data``, in order. UTF-8 only: what is read here is what another program reads."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:200]:
        raise Refusal("damaged")
    parser = DefusedXMLParser(target=listener, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except (ParseError, DefusedXmlException, LookupError, RecursionError, ValueError):
        raise Refusal("damaged") from None


def split(tag: str) -> tuple[str, str]:
    """Namespace and name."""
    namespace, _brace, name = tag.rpartition("}")
    return namespace[1:], name
