"""The answers of OAI-PMH 2.0 as XML, in the order that its schema wants."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parseaddr
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.xmlutils import SimplerXMLGenerator

from ..citing import dublin_core
from ..citing.citation import Citation, plain
from ..selectors.harvesting import Harvested
from .asking import PREFIX, Refused

_OAI = "http://www.openarchives.org/OAI/2.0/"
_SCHEMAS = "http://www.w3.org/2001/XMLSchema-instance"
_OAI_DC = f"{_OAI}oai_dc/"
_DC = "http://purl.org/dc/elements/1.1/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,110}")
# Errors after which the request is told without its arguments.
_NOT_REPEATED = {"badVerb", "badArgument"}


def identifier_of(slug: str) -> str:
    return f"{_namespace()}{slug}"


def slug_in(identifier: str) -> str:
    """The slug that an identifier of this site names; else nothing."""
    slug = identifier.removeprefix(_namespace())
    return slug if identifier.startswith(_namespace()) and _SLUG.fullmatch(slug) else ""


def _namespace() -> str:
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:practice/"


class Answer:
    """One answer, written from top to bottom."""

    def __init__(self, base_url: str, told: Mapping[str, str]) -> None:
        self._written = StringIO()
        self._xml = SimplerXMLGenerator(self._written, "utf-8", short_empty_elements=True)
        self._base_url, self._verb = base_url, told.get("verb", "")
        self._xml.startDocument()
        self._xml.startElement("OAI-PMH", {"xmlns": _OAI, "xmlns:xsi": _SCHEMAS, "xsi:schemaLocation": f"{_OAI} {_OAI}OAI-PMH.xsd"})
        self._xml.addQuickElement("responseDate", stamp(datetime.now(UTC)))
        self._xml.addQuickElement("request", base_url, {name: plain(said) for name, said in told.items()})

    def finished(self) -> bytes:
        self._xml.endElement("OAI-PMH")
        return self._written.getvalue().encode()

    def refusal(self, refused: Refused) -> bytes:
        self._xml.addQuickElement("error", refused.sentence, {"code": refused.code})
        return self.finished()

    def identity(self, first_moment: datetime) -> bytes:
        told = [
            ("repositoryName", settings.SITE_NAME),
            ("baseURL", self._base_url),
            ("protocolVersion", "2.0"),
            ("adminEmail", _address()),
            ("earliestDatestamp", stamp(first_moment)),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ]
        return self._listed([()], lambda _one: [self._xml.addQuickElement(name, said) for name, said in told])

    def formats(self) -> bytes:
        told = [("metadataPrefix", PREFIX), ("schema", SCHEMA), ("metadataNamespace", _OAI_DC)]
        return self._listed([told], lambda format_: self._group("metadataFormat", format_))

    def sets(self, specs: Mapping[str, str]) -> bytes:
        return self._listed(specs.items(), lambda one: self._group("set", [("setSpec", one[0]), ("setName", plain(one[1]))]))

    def records(self, rows: Iterable[Harvested], token: str | None = None, told_before: int = 0) -> bytes:
        return self._listed(rows, self._record, token, told_before)

    def headers(self, rows: Iterable[Harvested], token: str | None = None, told_before: int = 0) -> bytes:
        return self._listed(rows, self._header, token, told_before)

    def _listed(self, things, write, token: str | None = None, told_before: int = 0) -> bytes:
        """The element of the verb with ``things`` in it; an empty token ends a list that came in parts."""
        self._xml.startElement(self._verb, {})
        for thing in things:
            write(thing)
        if token is not None:
            self._xml.addQuickElement("resumptionToken", token, {"cursor": str(told_before)})
        self._xml.endElement(self._verb)
        return self.finished()

    def _group(self, name: str, told: Iterable[tuple[str, str]]) -> None:
        self._xml.startElement(name, {})
        for part, said in told:
            self._xml.addQuickElement(part, said)
        self._xml.endElement(name)

    def _record(self, row: Harvested) -> None:
        self._xml.startElement("record", {})
        self._header(row)
        if row.citation:
            self._metadata(row.citation)
        self._xml.endElement("record")

    def _header(self, row: Harvested) -> None:
        self._xml.startElement("header", {} if row.citation else {"status": "deleted"})
        self._xml.addQuickElement("identifier", identifier_of(row.slug))
        self._xml.addQuickElement("datestamp", stamp(row.changed_at))
        for spec in row.sets:
            self._xml.addQuickElement("setSpec", spec)
        self._xml.endElement("header")

    def _metadata(self, citation: Citation) -> None:
        self._xml.startElement("metadata", {})
        spaces = {"xmlns:oai_dc": _OAI_DC, "xmlns:dc": _DC, "xmlns:xsi": _SCHEMAS, "xsi:schemaLocation": f"{_OAI_DC} {SCHEMA}"}
        self._xml.startElement("oai_dc:dc", spaces)
        for name, said, language in dublin_core.elements(citation):
            if said:
                self._xml.addQuickElement(f"dc:{name}", said, {"xml:lang": language} if language else {})
        self._xml.endElement("oai_dc:dc")
        self._xml.endElement("metadata")


def told_back(told: Mapping[str, str], refused: Refused | None) -> Mapping[str, str]:
    """The arguments as the answer may repeat them: none of a request that could not be understood."""
    return {} if refused and refused.code in _NOT_REPEATED else told


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _address() -> str:
    """Where the site's mails come from; the schema wants a dot in the host."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address if "." in address.rpartition("@")[2] else f"{address}.invalid"
