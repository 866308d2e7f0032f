"""``check_text``: a verdict a line, places and kinds, never the words."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def check(path):
    out, err = StringIO(), StringIO()
    call_command("check_text", str(path), stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_line_gets_its_verdict_and_places(tmp_path):
    path = tmp_path / "texts.jsonl"
    told = [
        {"id": "a", "text": "Peta jalan nomor 3."},
        {"id": 2, "text": "Mobil B 9999 QQQ"},
        {"id": "c", "text": "é Mobil B 9999 QQQ, NIK 3404051205909812"},
    ]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in told) + "\n", encoding="utf-8")

    lines, said = check(path)

    assert lines == [
        {"id": "a", "verdict": "pass", "findings": []},
        {"id": 2, "verdict": "warn", "findings": [{"type": "plate", "action": "warn", "start": 6, "end": 16}]},
        {
            "id": "c",
            "verdict": "block",
            "findings": [
                {"type": "plate", "action": "warn", "start": 8, "end": 18},
                {"type": "nik", "action": "block", "start": 24, "end": 40},
            ],
        },
    ]
    assert said == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"id": "x", "text": "NIK 3404051205909812"', "is not JSON."),
        (b'["NIK 3404051205909812"]', 'is not an object with "id" and "text" (a text).'),
        (b'{"id": "x", "text": 3404051205909812}', 'is not an object with "id" and "text" (a text).'),
        (b'{"id": "\xff", "text": ""}', "is not UTF-8."),
        (b"[" * 100_000, "is not JSON."),
    ],
)
def test_a_malformed_line_is_told_with_its_number_and_the_rest_goes_on(tmp_path, line, why):
    path = tmp_path / "texts.jsonl"
    path.write_bytes(line + b'\n\n{"id": "last", "text": ""}\n')

    lines, said = check(path)

    assert lines == [{"id": "last", "verdict": "pass", "findings": []}]
    assert said == f"line 1: {why}\n"


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        check(tmp_path / "nowhere.jsonl")
