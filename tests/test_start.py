"""How the server starts, and what it refuses with a sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from cop_site.core.languages import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "COP_MODE": "production",
    "SECRET_KEY": "".join(f"{number:x}" for number in range(60)),
    "ALLOWED_HOSTS": "forum.example",
    "SITE_URL": "https://forum.example",
}
SECRETS = {
    "COP_MODE",
    "HOST",
    "PORT",
    "DEMO_OPEN",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "DJANGO_SETTINGS_MODULE",
}


def run(*command: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if name not in SECRETS} | variables
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def listen(**variables: str) -> subprocess.CompletedProcess:
    return run("script/listening.py", **variables)


def settings_with(folder: Path, **variables: str) -> subprocess.CompletedProcess:
    return run("-c", "import cop_site.settings", COP_VAR=str(folder), **variables)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80 80", "٨٠"])
def test_a_port_that_is_none_is_refused_with_a_sentence(port):
    answer = listen(PORT=port)

    assert answer.returncode == 1
    assert answer.stderr.startswith("PORT: is ")
    assert "Traceback" not in answer.stderr


def test_a_port_in_use_is_refused_with_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        answer = listen(PORT=str(taken.getsockname()[1]))

    assert answer.returncode == 1
    assert "is in use by another program" in answer.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "forum.example"])
def test_a_demo_listens_on_this_machine_only(host):
    answer = listen(HOST=host, PORT="18765")

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"HOST: is '{host}'; a demo listens on this machine only")


@pytest.mark.parametrize("variables", [{"HOST": "127.0.0.1"}, {"HOST": "localhost"}, {"HOST": "0.0.0.0", "DEMO_OPEN": "yes"}])
def test_loopback_and_a_demo_opened_on_purpose_are_let_through(variables):
    answer = listen(PORT="18766", **variables)

    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "x" * 80),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "http://forum.example"),
        ("RATE_LIMITS", "off"),
        ("DATABASE_URL", "mysql://somewhere/else"),
        ("REDIS_URL", "localhost:6379"),
        ("ELASTICSEARCH_URL", "localhost:9200"),
        ("ELASTICSEARCH_URL", "http://search:http"),
        ("ELASTICSEARCH_URL", "http://search:9200/site"),
        ("ELASTICSEARCH_INDEX", "Site *"),
        ("TRUSTED_PROXIES", "some"),
        ("EMAIL_URL", "pigeon://loft"),
        ("COP_MODE", "staging"),
    ],
)
def test_production_refuses_what_cannot_work_and_names_it(tmp_path, name, value):
    answer = settings_with(tmp_path, **PRODUCTION | {name: value})

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{name}: ")
    assert "Traceback" not in answer.stderr


def test_production_starts_with_what_it_needs(tmp_path):
    answer = settings_with(tmp_path, **PRODUCTION)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_demo_refuses_the_folder_of_a_real_site(tmp_path):
    (tmp_path / "mode").write_text("production\n")

    answer = settings_with(tmp_path)

    assert answer.returncode == 1
    assert answer.stderr.startswith("COP_MODE: is demo, but ")


@pytest.mark.slow
def test_production_refuses_a_database_with_a_demo_account(tmp_path):
    # A database of its own: the refusal happens before anything is migrated, so one table is enough.
    path = tmp_path / "db.sqlite3"
    script = (
        "import django; django.setup()\n"
        "from django.contrib.auth import get_user_model\n"
        "from django.db import connection\n"
        "with connection.schema_editor() as editor: editor.create_model(get_user_model())\n"
        "get_user_model()._base_manager.create(email='Member@Demo.example', name='M', handle='m')\n"
    )
    made = run("-c", script, COP_VAR=str(tmp_path), DATABASE_URL=f"sqlite:///{path}", DJANGO_SETTINGS_MODULE="cop_site.settings")

    answer = run("script/prepare.py", COP_VAR=str(tmp_path), DATABASE_URL=f"sqlite:///{path}", **PRODUCTION)

    assert made.returncode == 0, made.stderr
    assert answer.returncode == 1
    assert "it holds demo accounts" in answer.stderr


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(tmp_path):
    source = tmp_path / "id" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Library", msgstr="Pustaka"))
    catalogue.save(str(source))

    first, second = compile_catalogues([tmp_path]), compile_catalogues([tmp_path])
    os.utime(source, ns=(source.stat().st_atime_ns, source.with_suffix(".mo").stat().st_mtime_ns + 1))
    third = compile_catalogues([tmp_path])

    assert (first, second, third) == ([source.with_suffix(".mo")], [], [source.with_suffix(".mo")])
    assert polib.mofile(str(source.with_suffix(".mo")))[0].msgstr == "Pustaka"


def test_the_command_compiles_the_languages_of_the_site(settings, tmp_path, capsys):
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_languages")

    assert capsys.readouterr().out == ""
