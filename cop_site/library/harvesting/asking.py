"""What a harvester asks, read as strictly as the protocol wants it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.http import QueryDict

PREFIX = "oai_dc"
LISTS = frozenset({"ListIdentifiers", "ListRecords"})
# Verb -> the arguments it needs, and those it may have beside them.
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    **{verb: (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})) for verb in LISTS},
}
_DAY, _SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_signer = Signer(salt="library.harvesting")


class Refused(Exception):
    """A request that the protocol answers with an error: its code, and a sentence for whoever reads logs."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Selection:
    """Which part of the list is asked for, and after which row it goes on.

    A list goes by the number of its rows, which never changes: a row that changes while it is copied is neither
    passed over nor told twice, as it would be in a list that goes by date.
    """

    since: str = ""
    until: str = ""
    set_spec: str = ""
    after: int = 0
    told: int = 0  # how many came before: the cursor

    @property
    def first_moment(self) -> datetime | None:
        return _moment(self.since) if self.since else None

    @property
    def past_the_last(self) -> datetime | None:
        """The first moment that is no longer meant: ``until`` counts its whole day or second."""
        return _moment(self.until) + (timedelta(days=1) if _DAY.fullmatch(self.until) else timedelta(seconds=1)) if self.until else None


def arguments(given: QueryDict) -> dict[str, str]:
    """The arguments, each of them once, with a verb that is one."""
    verbs = given.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refused("badVerb", "There is one argument verb, and it is one of the six verbs of OAI-PMH 2.0.")
    if repeated := [name for name in given if len(given.getlist(name)) > 1]:
        raise Refused("badArgument", f"Given more than once: {_named(repeated)}.")
    return {name: given[name] for name in given}


def check(told: Mapping[str, str]) -> None:
    """Refuses arguments that do not belong to the verb, or that it lacks."""
    needed, allowed = VERBS[told["verb"]]
    names = set(told) - {"verb"}
    if unknown := names - needed - allowed:
        raise Refused("badArgument", f"Not an argument of this verb: {_named(unknown)}.")
    if "resumptionToken" in names:
        if len(names) > 1:
            raise Refused("badArgument", "A resumptionToken stands alone.")
        return
    if missing := needed - names:
        raise Refused("badArgument", f"Missing: {_named(missing)}.")
    if told.get("metadataPrefix", PREFIX) != PREFIX:
        raise Refused("cannotDisseminateFormat", f"The only format here is {PREFIX}.")


def _named(names: set[str] | list[str]) -> str:
    """Names as they may be repeated: none of a stranger's words come back whole."""
    return ", ".join(sorted(re.sub(r"\W", "?", name)[:30] for name in names)[:5])


def selection(told: Mapping[str, str]) -> Selection:
    """What of the list is asked for; a token says all of it."""
    if "resumptionToken" in told:
        return _unsealed(told["verb"], told["resumptionToken"])
    since, until = told.get("from", ""), told.get("until", "")
    if ("from" in told and not _is_moment(since)) or ("until" in told and not _is_moment(until)):
        raise Refused("badArgument", "Dates are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    if since and until and (len(since) != len(until) or since > until):
        raise Refused("badArgument", "from and until have the same granularity, and from is not the later one.")
    return Selection(since, until, told.get("set", ""))


def _is_moment(said: str) -> bool:
    try:
        return bool((_DAY.fullmatch(said) or _SECOND.fullmatch(said)) and _moment(said) and _moment(said) < _THE_END)
    except ValueError:
        return False


_THE_END = datetime(9999, 1, 1, tzinfo=UTC)


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said.removesuffix("Z")).replace(tzinfo=UTC)


def sealed(verb: str, chosen: Selection) -> str:
    """``chosen`` as a token: it holds all that is needed to go on, and our signature, so that nothing is kept for it."""
    return _signer.sign_object([verb, chosen.since, chosen.until, chosen.set_spec, chosen.after, chosen.told])


def _unsealed(verb: str, token: str) -> Selection:
    try:
        of_verb, *parts = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        of_verb, parts = "", []
    if of_verb != verb:
        raise Refused("badResumptionToken", "This token was not given by this site for this verb.")
    return Selection(*parts)
