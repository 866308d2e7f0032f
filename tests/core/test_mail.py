"""Mail as files."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.mail import EmailMessage, send_mail

from cop_site.core import mail


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "cop_site.core.mail.EmlBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


def test_a_mail_is_one_file_whose_name_tells_nobody(folder):
    send_mail("Ada kabar", "Isi: é", "situs@people.example", ["seseorang@people.example"])

    [path] = folder.iterdir()
    kept = message_from_bytes(path.read_bytes(), policy=default)
    assert (kept["subject"], kept["to"], kept.get_content().strip()) == ("Ada kabar", "seseorang@people.example", "Isi: é")
    assert "seseorang" not in path.name
    assert path.suffix == ".eml"


def test_letters_stand_newest_first():
    for number in range(3):
        send_mail(f"Nomor {number}", "", None, ["seseorang@people.example"])

    subjects = [message_from_bytes(path.read_bytes())["subject"] for path in mail.letters()]

    assert subjects == ["Nomor 2", "Nomor 1", "Nomor 0"]


def test_a_letter_is_found_by_its_name_and_nothing_else(folder, tmp_path):
    send_mail("Satu", "", None, ["seseorang@people.example"])
    [path] = folder.iterdir()
    (tmp_path / "secret.eml").write_text("secret")

    assert mail.letter(path.stem) == path
    assert [mail.letter(name) for name in ("../secret", "secret", "..%2fsecret", "", "0000")] == [None] * 5


def test_a_header_that_breaks_lines_is_refused(folder):
    with pytest.raises(ValueError, match="newline"):
        EmailMessage("Satu\nBcc: x@people.example", "", None, ["seseorang@people.example"]).send()

    assert list(folder.glob("*.eml")) == []
