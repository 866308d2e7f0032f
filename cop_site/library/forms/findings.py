"""The guard's findings in a form of the library, some with an offer of other words."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cop_site.screening import showing
from cop_site.screening.guard import FieldFinding
from cop_site.screening.showing import Shown

from . import fixing

__all__ = ["Shown", "shown"]


def shown(
    content: Mapping[str, Any], findings: Iterable[FieldFinding], *, fixable: Collection[str] = (), language: str = "id"
) -> dict[str, list[Shown]]:
    """The findings by field, with their places masked; in ``fixable`` fields with an offer of other words."""

    def offer(words: str, finding: FieldFinding) -> Mapping[str, str]:
        return fixing.offer(words, finding, language) if finding.field in fixable else {}

    return showing.shown(content, findings, offer=offer)
