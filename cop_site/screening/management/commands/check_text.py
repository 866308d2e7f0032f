"""Screens the lines of a JSONL file ({"id", "text"}) for personal data; prints the places found, never what stands there."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cop_site.screening import selectors, watching
from cop_site.screening.allowlist import NO_ALLOWANCES, Allowlist
from cop_site.screening.guard import screen_fields

VERDICTS = {frozenset(): "pass", frozenset({"warn"}): "warn"}


class Malformed(ValueError):
    """A line that is no object with an id and a text."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="one object a line: id, text")

    def handle(self, *args, file, **options):
        try:
            lines = file.read_bytes().splitlines()
        except OSError as why:
            raise CommandError(f"{file} cannot be read: {why.strerror}.") from None
        listed = listed_here()
        for number, line in enumerate(lines, start=1):
            try:
                if line.strip():
                    self.stdout.write(json.dumps(judged(line, listed), ensure_ascii=False))
            except Malformed as why:
                self.stderr.write(f"line {number}: {why}")


def listed_here() -> Allowlist:
    """What the secretariat listed; nothing, and no words that are not used here, where no database was made yet."""
    try:
        selectors.watched()
        return selectors.allowlist()
    except DatabaseError:
        watching.read_from(lambda: watching.NOTHING_WATCHED)
        return NO_ALLOWANCES


def judged(line: bytes, listed: Allowlist) -> dict[str, Any]:
    """What the guard says of one line. The words of a refusal never repeat what stands in it."""
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Malformed("is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise Malformed("is not JSON.") from None
    if not isinstance(told, dict) or "id" not in told or not isinstance(told.get("text"), str):
        raise Malformed('is not an object with "id" and "text" (a text).')
    found = screen_fields({"text": told["text"]}, allowlist=listed)
    verdict = VERDICTS.get(frozenset(hit.action for hit in found), "block")
    findings = [{"type": hit.type, "action": hit.action, "start": hit.start, "end": hit.end} for hit in found]
    return {"id": told["id"], "verdict": verdict, "findings": findings}
