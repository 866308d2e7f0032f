"""Writes the sealed record of a room, and says whether one is what it was (docs/room-export.md)."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cop_site.events import exporting, taking
from cop_site.events.models import Room


class Command(BaseCommand):
    help = "room_export write ROOM FILE: the sealed record of a room. room_export verify FILE: where such a record is not what it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True)
        write = parts.add_parser("write", help="write the sealed record of a room")
        write.add_argument("room", type=UUID)
        write.add_argument("file", type=Path)
        write.add_argument("--at", type=datetime.fromisoformat, help="the moment of a record that was taken before: makes it anew")
        write.add_argument("--entries", type=int, help="how many entries it had")
        verify = parts.add_parser("verify", help="say line by line where a record is not what it was")
        verify.add_argument("file", type=Path)

    def handle(self, *, what: str, file: Path, **options: Any) -> None:
        if what == "verify":
            self._verify(file)
        else:
            self._write(file, options["room"], options["at"], options["entries"])

    def _verify(self, file: Path) -> None:
        with file.open("rb") as lines:
            faults = list(exporting.faults_in(lines))
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"The record does not hold in {len(faults)} places.")
        self.stdout.write("The record is what this site gave out.")

    def _write(self, file: Path, pk: UUID, at: datetime | None, entries: int | None) -> None:
        room = Room.objects.filter(pk=pk).first()
        if room is None:
            raise CommandError("There is no such room.")
        if at and at.tzinfo is None:
            raise CommandError("The moment needs its zone, like 2026-11-21T02:00:00.000+00:00.")
        with transaction.atomic(), file.open("xb") as into:
            chain = taking.write_sealed(taking.locked(room), into, at=at, until=entries)
        self.stdout.write(f"{chain.entries} entries, head {chain.head}")
