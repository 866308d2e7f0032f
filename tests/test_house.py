"""What a machine can keep of the house style. Each rule: a pattern, the places allowed, the reason."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "cop_site"
APPS = sorted(path.parent for path in CODE.glob("*/apps.py"))
MODULES = sorted(path for path in CODE.rglob("*.py") if "migrations" not in path.parts)
ACTIONS = [path for path in MODULES if path.name == "actions.py" or path.parent.name == "actions"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NOT_OURS = {".git", ".venv", ".tools", "var", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
OUR_TEXT = {".py", ".html", ".txt", ".css", ".js", ".md", ".toml", ".yml", ".yaml", ".sh", ".conf", ".service", ".json", ".po", ".svg", ""}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def our_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and path.suffix in OUR_TEXT and not NOT_OURS & set(path.relative_to(ROOT).parts):
            yield path


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """``file:line`` of every line that matches."""
    wanted = re.compile(pattern)
    return [
        f"{name_of(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if wanted.search(line)
    ]


def without_comments(template: Path) -> str:
    text = re.sub(r"{% comment .*?%}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", "", template.read_text(), flags=re.DOTALL)
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


def outside(found: list[str], allowed: dict[str, str]) -> list[str]:
    """What was found in files that are not allowed to."""
    return [place for place in found if place.rsplit(":", 1)[0] not in allowed]


# --- files and their shape


def test_no_module_is_named_after_nothing():
    forbidden = {"utils", "helpers", "services", "signals", "util", "helper", "misc", "common"}

    found = [name_of(path) for path in MODULES if forbidden & {path.stem, path.parent.name}]

    assert found == []


def test_every_module_says_in_one_line_what_it_is():
    silent = [name_of(path) for path in MODULES if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))]

    assert silent == []


LONG_MODULES: dict[str, str] = {
    "cop_site/settings/base.py": "settings are one list, read from top to bottom",
}


def test_no_module_is_longer_than_300_lines():
    long = [name_of(path) for path in MODULES if len(path.read_text().splitlines()) > 300]

    assert outside(long, LONG_MODULES) == []


LONG_FUNCTIONS: dict[str, str] = {}


def test_no_function_is_longer_than_25_lines():
    """Signature and docstring apart: what counts is what must be held in mind."""
    long = [
        f"{name_of(path)}:{function.name}"
        for path in [*MODULES, *sorted((ROOT / "script").glob("*.py")), *sorted((ROOT / "bench").glob("*.py"))]
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of_body(function) > 25
    ]

    assert [place for place in long if place not in LONG_FUNCTIONS] == []


def lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_imports_stand_at_the_top():
    """Only ``AppConfig.ready()`` may import inside a function."""
    found = [
        f"{name_of(path)}:{inner.lineno}"
        for path in MODULES
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "ready"
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert outside(found, IMPORTS_INSIDE) == []


IMPORTS_INSIDE: dict[str, str] = {}


# --- to see is a queryset, to do is a question, a deed is one function


def test_every_public_function_of_actions_that_has_an_actor_is_a_deed():
    not_deeds = [
        f"{name_of(path)}:{name}"
        for path in ACTIONS
        for name, takes_by in functions_of(path)
        if takes_by and not name.startswith("_") and f"{path.relative_to(CODE).parts[0]}.{name}" not in NOT_DEEDS
        if not getattr(getattr(module_of(path), name), "is_deed", False)
    ]

    assert not_deeds == []


NOT_DEEDS = {
    "activity.record": "writes the journal inside a deed",
    "accounts.organisation_called": "finds a row; where it makes one it calls the deed that does",
    "accounts.join": "a part that two deeds share",
    "library.note_review": "a part that several deeds share",
    "library.put_on_the_shelf": "a part that several deeds share",
    "library.level_to_set": "a part that two deeds share",
    "library.lower_what_is_not_supported": "a part of taking a report back and of taking it away",
    "library.narrow": "a part that several deeds share",
    "library.narrow_translations": "a part of narrowing the original",
    "events.move_up": "a part that several deeds share",
    "directory.write": "a part that several deeds share",
    "directory.keep_revision": "a part of writing and of merging",
    "directory.back_into_the_network": "a part that several deeds share",
    "library.discard_whole": "a part of withdrawing the original",
    "forums.hang_on": "a part of writing a post",
    "moderation.decide_many": "each case is a deed of its own: one that cannot be decided leaves the others as they are",
}


def test_every_actor_is_keyword_only_and_never_optional():
    loose = [
        f"{name_of(path)}:{function.name}"
        for path in ACTIONS
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and has_loose_actor(function)
    ]

    assert loose == []


def has_loose_actor(function: ast.FunctionDef) -> bool:
    positional = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
    optional = [
        argument.arg for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if default is not None
    ]
    return "by" in positional or "by" in optional


def functions_of(path: Path) -> list[tuple[str, bool]]:
    """Each function at the top of a module, and whether it takes ``by``."""
    return [
        (node.name, "by" in {argument.arg for argument in node.args.kwonlyargs})
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    ]


def module_of(path: Path):
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def test_actions_know_no_request():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in ACTIONS
        for node in ast.walk(ast.parse(path.read_text()))
        if getattr(node, "arg", None) == "request" or getattr(node, "id", None) in {"request", "HttpRequest"}
    ]

    assert found == []


def test_no_view_shows_all_rows():
    views = [
        path for path in MODULES if path.name in {"views.py", "api.py", "feeds.py"} or path.parent.name in {"views", "api", "templatetags"}
    ]

    assert lines_with(r"\.objects\.all\(\)|_default_manager|_base_manager", views) == []


UNSCOPED: dict[str, str] = {
    "cop_site/library/documents.py": "the index keeps each row with its audiences; queries ask for them",
    "cop_site/library/actions/parts.py": "a deed locks the row it decides about, then asks its policy",
    "cop_site/library/actions/evidence.py": "a deed locks the report it decides about, then asks its policy",
    "cop_site/library/selectors/reminding.py": "what lies too long, for a timed job; each mail asks its reader's rights",
    "cop_site/library/importing/weighing.py": "an import brings up to date what it brought before",
    "cop_site/demo/loading.py": "synthetic rows are counted before more of them come",
    "cop_site/demo/talking.py": "synthetic rows are counted before more of them come",
    "cop_site/demo/talks.py": "the dates of a story are set back",
    "cop_site/demo/desk.py": "what a story tells of was planted before",
    "cop_site/forums/rules.py": "whether others have read anything of a person; nothing is shown",
    "cop_site/forums/actions/counting.py": "a deed locks the row it decides about, and counts; then it asks its policy",
    "cop_site/forums/actions/holding.py": "a deed locks the row it decides about, then asks its policy",
    "cop_site/forums/actions/deleting.py": "a deed locks the row it decides about, then asks its policy",
    "cop_site/forums/actions/opening.py": "whether anything stands in a forum; nothing is shown",
    "cop_site/forums/actions/reacting.py": "a deed counts",
    "cop_site/forums/actions/settling.py": "a deed locks the row it decides about, then asks its policy",
    "cop_site/library/actions/judging.py": "a deed locks the row it decides about, then asks its policy",
    "cop_site/moderation/kinds/talks.py": "a deed looks at the row it judges; policies say by whom",
    "cop_site/moderation/kinds/texts.py": "a deed looks at the row it judges; policies say by whom",
    "cop_site/moderation/clock.py": "what waits comes before moderators; nothing is shown",
    "cop_site/moderation/listeners.py": "a case goes along with its row; nothing is shown",
    "cop_site/forums/actions/steering.py": "deeds of moderators move rows and number them anew; nothing is shown",
    "cop_site/forums/clock.py": "a timed job reads every post under the guard's rules; it shows nothing",
    "cop_site/forums/selectors/waiting.py": "deleted topics, for moderators of the forums that they read",
    "cop_site/forums/selectors/listening.py": "who of those that listen to a topic reads it; the topic is shown to nobody",
    "cop_site/forums/selectors/firsts.py": "who began a topic that the reader sees, asked by a rule",
    "cop_site/forums/selectors/lists.py": "names that first posts bear, of topics that are shown",
    "cop_site/forums/selectors/reading.py": "the place of a post in a topic that is seen",
    "cop_site/forums/selectors/standing.py": "read for new watched words; a moderator is shown what holds them",
    "cop_site/library/selectors/standing.py": "read for new watched words; a moderator is shown what holds them",
    "cop_site/forums/documents.py": "the index keeps each post with its forum's audience; queries ask for it",
    "cop_site/forums/listeners.py": "the index follows every post, and the guard reads them again; nothing is shown",
    "cop_site/library/clock.py": "timed jobs look after every text; they show nothing",
    "cop_site/library/listeners.py": "whoever is told or loses a claim is asked about row by row",
    "cop_site/notifications/listeners.py": "whoever wrote something follows it; nothing is shown",
    "cop_site/notifications/selectors/telling.py": "who is told of a post: each person is asked for her rights, nothing is shown",
    "cop_site/notifications/selectors/deciding.py": "who wrote what a decision is about; nothing is shown",
    "cop_site/library/views/holding.py": "a form sent twice: the deed asks the policy",
    "cop_site/library/views/reading.py": "the row that office opens with a reason; the deed asks the policy and writes it down",
}


def test_reading_past_visible_to_is_counted():
    """A file that reads rows nobody's eyes are asked for stands here with its reason."""
    defined_in = lines_with(r"def unscoped\(", MODULES)
    found = [place for place in lines_with(r"\.unscoped\(", MODULES) if place not in defined_in]

    assert outside(found, UNSCOPED) == []


def test_reading_past_visible_to_gives_a_reason():
    assert lines_with(r"\.unscoped\(\s*\)", MODULES) == []


def test_model_signals_are_not_used():
    found = lines_with(r"django\.db\.models\.signals|@receiver\(", MODULES)

    assert outside(found, {"cop_site/cms/wagtail_hooks.py": "Wagtail's own signals become activities here"}) == []


# --- templates


def test_templates_hold_no_inline_style():
    assert [name_of(path) for path in TEMPLATES if re.search(r"<[^>]*\sstyle\s*=|<style\b", without_comments(path))] == []


def test_templates_hold_no_inline_script():
    def has_inline_script(text: str) -> bool:
        return any("src=" not in tag and 'type="application/' not in tag for tag in re.findall(r"<script\b[^>]*>", text))

    assert [name_of(path) for path in TEMPLATES if has_inline_script(without_comments(path))] == []


def test_templates_hold_no_event_attributes():
    assert [name_of(path) for path in TEMPLATES if re.search(r"<[a-z][^<>]*\son[a-z]+\s*=", without_comments(path))] == []


SAFE: dict[str, str] = {}


def test_safe_touches_only_what_the_text_module_wrote():
    """Files stand here with the field that ``core/text.py`` cleaned."""
    found = [name_of(path) for path in TEMPLATES if re.search(r"\|\s*safe\b|{%\s*autoescape\s+off", without_comments(path))]

    assert outside(found, SAFE) == []


MARKED_SAFE: dict[str, str] = {
    "cop_site/accounts/templatetags/audiences.py": "a template that was drawn before",
    "cop_site/core/templatetags/kept.py": "a template that was drawn before; readers' own words are escaped",
    "cop_site/core/text.py": "the one place that cleans members' words",
    "cop_site/core/templatetags/page.py": "shows the HTML that core/text.py wrote when the words were saved",
    "cop_site/forums/templatetags/forums.py": "a template that was drawn before",
    "cop_site/library/templatetags/citing.py": "JSON in which every sign of HTML is written by its number",
}


def test_code_marks_nothing_safe_by_itself():
    assert outside(lines_with(r"\bmark_safe\(|SafeString\(", MODULES), MARKED_SAFE) == []


def test_templates_fetch_nothing_from_another_host():
    fetches = r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*(?:src|data|srcset)=[\"'](?:https?:)?//"
    sheets = r"<link\b[^>]*rel=[\"'](?:stylesheet|preload|icon|manifest|preconnect|dns-prefetch)[\"'][^>]*href=[\"'](?:https?:)?//"

    assert [name_of(path) for path in TEMPLATES if re.search(f"{fetches}|{sheets}", without_comments(path))] == []


def test_stylesheets_and_scripts_fetch_nothing_from_another_host():
    sources = [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]

    assert lines_with(r"url\([\"']?(?:https?:)?//|@import|fetch\([\"'`]https?:|import\([\"'`]https?:", sources) == []


def forms_that_post(text: str) -> list[str]:
    return re.findall(r"<form\b(?=[^>]*\bmethod=[\"']post[\"'])(?:(?!</form>).)*</form>", text, flags=re.DOTALL | re.IGNORECASE)


def test_every_form_that_posts_carries_a_csrf_token():
    bare = [name_of(path) for path in TEMPLATES for form in forms_that_post(without_comments(path)) if "csrf_token" not in form]

    assert bare == []


# Sign-in, sign-up and the like are allauth's: twice is once there by itself.
WITHOUT_DEED_KEY: dict[str, str] = {
    "templates/errors/_send_again.html": "sends again what was sent, the key of that form included",
}


def test_every_form_that_posts_carries_a_deed_key():
    bare = [
        name_of(path)
        for path in TEMPLATES
        if not {"account", "allauth", "mfa"} & set(path.relative_to(ROOT).parts)
        for form in forms_that_post(without_comments(path))
        if "deed_key" not in form and not is_harmless_twice(form)
    ]

    assert outside(bare, WITHOUT_DEED_KEY) == []


def is_harmless_twice(form: str) -> bool:
    """Choosing a scheme and signing out leave the same state however often they are sent."""
    return bool(re.search(r"{% url [\"'](?:set-theme|set-zone|set-escape|account_logout|set_language)[\"']", form))


# --- dependencies, words about the world outside


def test_requirements_say_what_the_lock_says():
    locked = {package["name"]: package.get("version") for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}

    listed = dict(
        re.match(r"([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", line).groups()
        for name in ("requirements.lock", "requirements-dev.lock")
        for line in (ROOT / name).read_text().splitlines()
        if re.match(r"[\w.-]+(?:\[[^\]]*\])?==", line)
    )

    assert {name: version for name, version in listed.items() if locked.get(name) != version} == {}


def test_every_direct_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    direct = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.match(r"[\w.-]+", requirement)[0] for requirement in direct]

    reasons = (ROOT / "docs/dependencies.md").read_text()

    assert [name for name in names if f"| {name} |" not in reasons] == []


REGISTRIES = (
    r"pypi\.|pythonhosted|npmjs|docker\.io|ghcr\.io|quay\.io|docker\.elastic|index-url|find-links|crates\.io|repo1?\.maven|debian\.org"
)
WRITTEN_BY_TOOLS = {"uv.lock": "what uv writes by default", "tests/test_house.py": "this pattern"}


def test_no_registry_is_named():
    """Which registry answers is the business of the machine that installs, not of the project."""
    assert outside(lines_with(REGISTRIES, list(our_files())), WRITTEN_BY_TOOLS) == []


def test_nothing_leads_out_of_the_repository():
    outward = r"\.\./sha" + r"red|/wo" + r"rk/|/ho" + r"me/\w|/tmp/br" + r"ief|\b(?:product|security|stack|house-style)\.m" + r"d\b"

    assert lines_with(outward, list(our_files())) == []


def test_every_page_of_docs_that_is_named_exists():
    """Code and docs lead to each other by path."""
    named = {
        (name_of(path), page)
        for path in our_files()
        if path.suffix in {".py", ".md", ".html", ".toml", ".yml", ""}
        for page in re.findall(r"\bdocs/[\w./-]*\w\.md\b", path.read_text(errors="replace"))
    }

    assert sorted(place for place in named if not (ROOT / place[1]).exists()) == []


def test_every_variable_that_is_read_is_documented():
    sources = [*sorted((CODE / "settings").glob("*.py")), *sorted((ROOT / "script").iterdir())]
    in_python = re.compile(r"""(?:read\.\w+|environ\.get|getenv)\(\s*["']([A-Z][A-Z_]+)["']""")
    in_shell = re.compile(r"\$\{([A-Z][A-Z_]+):-")

    names = {
        name for path in sources if path.is_file() for name in [*in_python.findall(path.read_text()), *in_shell.findall(path.read_text())]
    }
    table = (ROOT / "docs/configuration.md").read_text()

    assert sorted(name for name in names if f"| `{name}` |" not in table) == []


def test_the_readme_sets_up_with_exactly_two_commands():
    readme = (ROOT / "README.md").read_text()
    set_up = re.search(r"## Set up\n(.*?)(?=\n## )", readme, flags=re.DOTALL)

    blocks = re.findall(r"```(?:sh|bash|console)?\n(.*?)```", set_up[1], flags=re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.strip() and not line.startswith("#")]

    assert len(commands) == 2
    assert commands[1].endswith("script/server")


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_an_app_holds_more_than_its_name(app):
    """Empty apps are not made before they have a purpose."""
    own = [path for path in app.rglob("*.py") if path.name not in {"__init__.py", "apps.py"} and "migrations" not in path.parts]

    assert own != []
