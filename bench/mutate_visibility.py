"""Does the canary see? Opens each gate of visibility in turn, in a copy of the project, and walks.

Every place in ``cop_site`` that calls one of GATES is one mutant: the call is replaced by one that lets everything
through. A mutant that the walk does not catch is printed, and the exit code is 1.

    .venv/bin/python bench/mutate_visibility.py [--only TEXT] [--list]
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ["cop_site", "templates", "static", "locale", "tests", "manage.py", "pyproject.toml"]

# Method calls on a queryset become ``.all()``; functions that return a Q become ``Q()``-like openness.
METHODS = {"visible_to", "on_the_desk_of", "on_the_safety_desk_of", "withdrawn_and_told_to"}
OPEN_RULES = {
    "seen_by": "__import__('django.db.models', fromlist=['Q']).Q()",
    "sees_safeguards": "True",
    "sees_hidden_organisation": "True",
    "viewer_tokens": "__import__('cop_site.search.models', fromlist=['EntryAudience']).EntryAudience.objects.values_list('token', flat=True)",
}


# Quick ones first, so that most mutants fall within seconds.
TESTS = ["reading_functions", "deeds_reach", "cannot_be_joined", "mails_tell", "counts_tell", "nobody_reads", "editors_rooms"]
# Places where opening the gate shows nothing more: (end of the path, function) -> why.
EQUIVALENT = {
    ("accounts/views/applications.py", "my_application"): "asks for the reader's own application in the same breath",
}


@dataclass(frozen=True)
class Mutant:
    """One call in one file, and what it is replaced by."""

    path: Path
    line: int
    name: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}"


class Opener(ast.NodeTransformer):
    """Replaces the call number ``wanted`` of a gate, counting from 0."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted, self.seen = wanted, []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        replacement = self._opened(node, name)
        if replacement is None:
            return node
        self.seen.append((node.lineno, name))
        return replacement if len(self.seen) - 1 == self.wanted else node

    def _opened(self, node: ast.Call, name: str) -> ast.AST | None:
        if name in METHODS and isinstance(node.func, ast.Attribute):
            return ast.copy_location(ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], []), node)
        if name in OPEN_RULES:
            return ast.copy_location(ast.parse(OPEN_RULES[name], mode="eval").body, node)
        return None


def mutants() -> list[Mutant]:
    """All of them, file by file. A gate's own definition calls the rule that it stands for: those are mutants too."""
    found = []
    for path in sorted((ROOT / "cop_site").rglob("*.py")):
        if "migrations" in path.parts or "demo" in path.parts:
            continue
        source = path.read_text()
        counter = Opener(None)
        counter.visit(ast.parse(source))
        for number, (line, name) in enumerate(counter.seen):
            tree = ast.fix_missing_locations(Opener(number).visit(ast.parse(source)))
            found.append(Mutant(path.relative_to(ROOT), line, name, ast.unparse(tree)))
    return found


def is_caught(mutant: Mutant, copy: Path) -> bool:
    """Whether the walk fails with this gate open."""
    place = copy / mutant.path
    before = place.read_text()
    place.write_text(mutant.source)
    caught = any(_fails(copy, words) for words in TESTS)
    place.write_text(before)
    return caught


def _fails(copy: Path, words: str) -> bool:
    command = [sys.executable, "-m", "pytest", "tests/test_canary.py", "-k", words, "-x", "-q", "-p", "no:cacheprovider", "-W", "ignore"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    walk = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if walk.returncode not in (0, 1):
        print(walk.stdout[-800:], file=sys.stderr)
    return walk.returncode == 1


def reason_for_nothing(mutant: Mutant) -> str:
    """Why opening this gate would show nothing more; empty where it should."""
    for function in ast.walk(ast.parse((ROOT / mutant.path).read_text())):
        if isinstance(function, ast.FunctionDef) and function.lineno <= mutant.line <= (function.end_lineno or 0):
            for (path, name), reason in EQUIVALENT.items():
                if str(mutant.path).endswith(path) and function.name == name:
                    return reason
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only mutants whose place contains this text")
    parser.add_argument("--list", action="store_true", help="name the mutants and stop")
    chosen = parser.parse_args()
    all_of_them = [mutant for mutant in mutants() if chosen.only in str(mutant)]
    if chosen.list:
        print(*all_of_them, sep="\n")
        return 0
    survived = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for name in COPIED:
            source, target = ROOT / name, Path(folder) / name
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        for mutant in all_of_them:
            if reason := reason_for_nothing(mutant):
                print(f"the same {mutant}: {reason}", flush=True)
                continue
            began = time.monotonic()
            caught = is_caught(mutant, Path(folder))
            print(f"{'caught  ' if caught else 'SURVIVED'} {mutant} ({time.monotonic() - began:.0f} s)", flush=True)
            survived += [] if caught else [mutant]
    print(f"{len(all_of_them)} mutants, {len(survived)} not caught")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
