"""Say how the place of one row among the answers came about."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cop_site.accounts.models import User
from cop_site.accounts.tokens import viewer_tokens
from cop_site.search import engines
from cop_site.search.port import Query


class Command(BaseCommand):
    help = "Say how the score of one row came about for a question, as a visitor or as somebody finds it. Nothing is kept of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question")
        parser.add_argument("kind")
        parser.add_argument("id", type=int)
        parser.add_argument("--as", dest="email", default="", help="whose view it is; a visitor's without it")

    def handle(self, *args: Any, **options: Any) -> None:
        query = Query(frozenset(viewer_tokens(_viewer(options["email"]))), options["question"])
        told = engines.current().explain(query, options["kind"], options["id"])
        if not told:
            raise CommandError("There is no such row, or this reader may not see it.")
        for line in _lines(told):
            self.stdout.write(line)


def _viewer(email: str) -> Any:
    if not email:
        return AnonymousUser()
    viewer = User.objects.filter(email__iexact=email).first()
    if viewer is None:
        raise CommandError("Nobody has this address.")
    return viewer


def _lines(told: dict[str, Any]) -> list[str]:
    meant = f" (read as: {told['instead']})" if told["instead"] else ""
    lines = [f"score {told['score']} among {told['documents']} rows that this reader may see; asked: {' '.join(told['typed'])}{meant}"]
    for group in told["groups"]:
        lines += _of_group(group, "  ")
    lines.append(f"= terms {told['terms']} + side by side {told['nearness']} + title as typed {told['title_as_typed']}")
    lines.append(f"x {told['coordination']} (answered {told['answered']:.0%} of what was asked)")
    return [*lines, f"x {told['signals']['factor']} (evidence: {told['signals']['evidence'] or 'none'}; age)"]


def _of_group(group: dict[str, Any], indent: str) -> list[str]:
    by = group["by"]
    lines = [f"{indent}{group['typed']}: {group['score']} of at most {group['worth']}"]
    if by:
        places = ", ".join(f"{name} {times}x" for name, times in by["times"].items())
        held = f"in {by['documents']} rows, rarity {by['rarity']}, frequency {by['frequency']}"
        lines.append(f"{indent}  by {by['stems']} (counts {by['weight']}): {places}; {held}")
    for part in group.get("parts", ()):
        lines += _of_group(part, indent + "  ")
    return lines
