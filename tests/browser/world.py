"""Something to see on every page: a practice in each state, an application, a circle, mails."""

import atexit
import copy
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Drawing
from wagtail.images.models import Image

from cop_site.accounts.entry import actions as entry
from cop_site.accounts.entry import links
from cop_site.accounts.models import User
from cop_site.cms.models import NewsIndexPage, NewsPage, SectionPage
from cop_site.events import actions as gatherings
from cop_site.events import log, ordering
from cop_site.events.models import Apart, Poll, Seat
from cop_site.library import actions
from cop_site.library.actions.running import go_on
from cop_site.library.importing.content import record_of
from cop_site.library.importing.weighing import Wish
from cop_site.library.models import ImportLine, Practice
from cop_site.search import indexing
from cop_site.search.models import Miss, SavedSearch
from tests import actors, databases, factories
from tests.browser import cases, entries, talks
from tests.events.factories import drafted, frame, hall, say
from tests.library.factories import document_content, full, long_content, make_practice, public, published, reported, submitted


@dataclass
class Kept:
    """The world as it was made: its rows, and the folders with its files and mails."""

    cast: dict[str, Any]
    samples: dict[str, list]
    folder: Path

    @classmethod
    def of(cls, cast: dict[str, Any], samples: dict[str, list]) -> "Kept":
        kept = cls(cast, samples, Path(tempfile.mkdtemp(prefix="world-", dir=settings.VAR)))
        atexit.register(shutil.rmtree, kept.folder, ignore_errors=True)
        databases.keep(kept.folder / "rows")
        for name, folder in cls._folders():
            shutil.copytree(folder, kept.folder / name)
        return kept

    def bring(self) -> None:
        databases.refill(self.folder / "rows")
        for name, folder in self._folders():
            shutil.copytree(self.folder / name, folder, dirs_exist_ok=True)

    @staticmethod
    def _folders() -> list[tuple[str, Path]]:
        return [("media", Path(settings.MEDIA_ROOT)), ("mail", Path(settings.MAIL_FOLDER))]


_kept: list[Kept] = []


def make(site: Any) -> tuple[dict[str, Any], dict[str, list]]:
    """The cast, and what addresses are filled with, by the name of the sample. Made once a process (ten seconds), then copied."""
    if _kept:
        _kept[0].bring()
    else:
        _kept.append(Kept.of(*_made(site)))
    return copy.deepcopy(_kept[0].cast), dict(_kept[0].samples)


def _made(site: Any) -> tuple[dict[str, Any], dict[str, list]]:
    organisation = factories.organisation("Lembaga Tikar", slug="lembaga-tikar", is_listed=True)
    cast = actors.everybody(organisation)
    practices = _practices(cast)
    circle = factories.circle(cast["convenor"], cast["member"])
    cast["newcomer"] = factories.person("Anggota Baru", has_agreed=False)
    invitation = entry.invite_person(by=cast["secretariat"], email="undangan@people.example", role="member")
    letter = factories.person("Warga Baru", role="applicant")
    EmailAddress.objects.filter(user=letter).update(verified=False)
    samples = {name: [practice.slug] for name, practice in practices.items()}
    samples["report"] = [reported(practices["published"], cast["member2"]).pk]
    samples["list"] = [_list(cast, practices).slug]
    samples["saved"] = [_searches(cast["member"]).pk]
    samples["import"] = [_file_of_records(cast["secretariat"]).pk]
    samples |= {f"{name}-number": [practice.pk] for name, practice in practices.items()}
    samples |= {
        "passkey": [_second_factors(cast["colleague"])],
        "nowhere": ["tidak-ada-di-sini"],
        "application": [cast["applicant"].application.pk],
        "circle": [circle.pk],
        "person": [cast["member"].handle],
        "invitation": [links.path_of(invitation).split("/")[-2]],
        "key": [EmailConfirmationHMAC(EmailAddress.objects.get(user=letter)).key],
        "reset": [user_pk_to_url_str(letter), default_token_generator.make_token(letter)],
    }
    samples |= entries.plant(cast, organisation)
    samples |= talks.plant(cast)
    samples |= cases.plant(cast, samples)
    samples["event"] = [_gathering(cast)]
    samples |= _groups(cast)
    samples["later"] = [_later(cast)]
    samples |= {"guest": [*samples["event"], cast["member2"].handle], "event-draft": [drafted(cast["convenor"]).slug]}
    _news(practices["public"])
    indexing.rebuild()
    site.let_follow()
    samples["mail"] = [sorted(site.mail_folder.glob("*.eml"))[-1].stem]
    return cast, samples


def _gathering(cast: dict[str, Any]) -> str:
    """An event in session, its room with an announcement, words, hidden words, a hand and a card."""
    room = hall(cast["convenor"], visibility="publik")
    say(room, cast["convenor"], "broadcast", text="Tulis peran, bukan nama.")
    for who in ("member", "member2"):
        say(room, cast[who], text="Di tempat kami honor kader ikut pos pemberdayaan.")
    say(room, cast["moderator"], "chat.hide", id=3)
    say(room, cast["member2"], "hand.raise")
    say(room, cast["convenor"], "timer.start", seconds=900)
    say(room, cast["member"], "card.add", kind="praktik", text="Uji pasal sebelum musyawarah")
    for words in ("Kapan honor kader cair?", "Siapa menyimpan berkas?"):
        say(room, cast["member"], "question.ask", text=words)
    say(room, cast["convenor"], "question.approve", id=1)
    for kind, options in (("single", ["Perdes", "Posko"]), ("rank", ["Perdes", "Posko"]), ("words", None), ("scale", None)):
        say(room, cast["convenor"], "poll.open", kind=kind, question="Mana yang dulu?", **({"options": options} if options else {}))
    for who in ("member", "member2", "colleague", "reviewer", "moderator"):
        say(room, cast[who], "poll.vote", id=1, choice=[0])
    say(room, cast["convenor"], "poll.close", id=1)
    for who in ("member", "member2"):
        gatherings.register(room.event, by=cast[who], needs="Bahasa isyarat.", would_take_notes=True)
    gatherings.mark_attendance(room.event, [cast["member"].handle], by=cast["convenor"])
    gatherings.give_certificates(room.event, by=cast["convenor"])
    for who in ("observer", "member2"):
        gatherings.invite(room.event, cast[who], by=cast["convenor"])
    gatherings.name_offices(room.event, by=cast["convenor"], facilitators=[cast["member"].handle], note_takers=[])
    room.event.steps.create(place=1, name_id="Pembukaan", name_en="Opening", minutes=20)
    return room.event.slug


def _later(cast: dict[str, Any]) -> str:
    """An event whose live part is over and that still takes answers, with a card that came later."""
    room = hall(cast["convenor"], slug="acara-selesai")
    say(room, cast["convenor"], "poll.open", kind="words", question="Apa yang dibawa pulang?")
    say(room, cast["convenor"], "room.close", later=True)
    say(room, cast["member"], "card.add", kind="pelajaran", text="Rekaman membantu yang tidak hadir")
    return room.event.slug


def _groups(cast: dict[str, Any]) -> dict[str, list]:
    """An event whose first round is open while the second is drafted, with a pair who must not meet, somebody who came late and a poll that is prepared."""
    room = hall(cast["convenor"], slug="acara-kelompok")
    for who in ("member", "member2", "colleague", "reviewer", "editor"):
        say(room, cast[who], text="Saya di sini.")
    for told in (frame("breakout.compose", groups=2), frame("breakout.open"), frame("breakout.compose", groups=2, seed=3)):
        log.append([ordering.order_of(told, room=room.pk, by=cast["convenor"].pk)])
    say(room, cast["auditor"], text="Maaf, terlambat.")
    Apart.objects.create(event=room.event, one=cast["member"], other=cast["member2"])
    seat = Seat.objects.get(person=cast["member"], room__isnull=False)
    poll = Poll.objects.create(room=room, number=1, question="Siapa yang mulai?", options=["Desa", "Kabupaten"])
    return {"grouped": [room.event.slug], "group": [room.event.slug, seat.room_id], "poll": [room.event.slug, poll.number]}


def _list(cast: dict[str, Any], practices: dict[str, Any]) -> Any:
    """A reading list that everybody reads, with a note on each of its two texts."""
    made = actions.make_list(by=cast["member"], title="Untuk desa yang baru mulai", intro="Mulailah dari **atas**.", visibility="jaringan")
    for name in ("public", "document"):
        actions.add_to_list(made, practices[name], by=cast["member"], note="Contoh yang dapat langsung dipakai.")
    return actions.make_list_public(actions.ask_for_public_list(made, by=cast["member"]), by=cast["safety_reviewer"])


def _searches(person: Any) -> SavedSearch:
    """A search that somebody saved before anything came, and questions that nothing answered for days."""
    today = timezone.localdate()
    Miss.objects.bulk_create(Miss(day=today - timedelta(days=n), language="id", words="jermal nelayan") for n in range(4))
    return SavedSearch.objects.create(
        owner=person, name="Desa", query="q=desa&scale=desa-kelurahan", looked_at=timezone.now() - timedelta(days=9)
    )


def _file_of_records(steward: Any) -> Any:
    """A file that was looked through: something new, something that changes, something kept back, something refused."""
    told = {"id": "b-1", "language": "id", "title": "Pos tanya di balai desa", "body": "Warga datang bertanya."}
    actions.import_practice(by=steward, told=record_of(told), wish=Wish(is_published=True))
    lines = [
        told | {"title": "Pos tanya di pasar"},
        told | {"id": "b-2"},
        told | {"id": "b-3", "body": "NIK 3471015503990004"},
        {"judul": "x"},
    ]
    kept = [ImportLine(number=number, told=json.dumps(line)) for number, line in enumerate(lines, start=1)]
    run = actions.offer_import(by=steward, lines=kept, ending="jsonl", wish=Wish(is_published=True))
    while go_on(run):
        pass
    return run


def _news(practice: Any) -> None:
    """A page with every block, a section with a picture and a practice at its head."""
    out = io.BytesIO()
    Drawing.effect_mandelbrot((1600, 1200), (-2, -1.2, 1, 1.2), 100).convert("RGB").save(out, "JPEG")
    picture = Image.objects.create(title="kelas", file=ContentFile(out.getvalue(), name="kelas.jpg"))
    words = "<p>Tiga puluh lembaga bertemu. <a href='https://contoh.example/'>Catatannya</a>.</p>"
    blocks = {
        "heading": {"words": "Yang dibahas", "level": "h2"},
        "paragraph": words,
        "notice": {"tone": "wait", "words": words},
        "steps": [words, words],
        "two_sides": {"first": {"heading": "Ini", "words": words}, "second": {"heading": "Itu", "words": words}},
        "entries": {"heading": "Praktik yang dibahas", "practices": practice.slug},
        "figures": [{"number": "30", "meaning": "lembaga"}],
        "picture": {"picture": picture.pk, "alternative": "Kelas di balai desa", "caption": "Kelas", "shape": "plain"},
        "table": {"caption": "Jadwal", "cells": "Hari | Acara\nSenin | Belajar"},
        "channels": None,
    }
    body = json.dumps([{"type": kind, "value": value} for kind, value in blocks.items()])
    NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Pertemuan di Kupang", slug="kupang", body_id=body))
    SectionPage.objects.update(picture=picture, picture_alt_id="Kelas di balai desa", featured=practice.slug)


def _second_factors(person: Any) -> int:
    """An app with codes, recovery codes and a passkey; the number of the passkey."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": "Telepon", "credential": {}}).pk


def _practices(cast: dict[str, Any]) -> dict[str, Any]:
    author, reviewer, safety = (cast[name] for name in ("member", "reviewer", "safety_reviewer"))
    made = {
        "draft": make_practice(author, title="Draf tentang kelas bahasa untuk calon pekerja migran"),
        "submitted": submitted(author, title="Posko pengaduan keliling di pasar desa"),
        "published": published(author, reviewer, title="Kelas membaca kontrak kerja untuk calon pelaut"),
        "changed": published(author, reviewer, title="Kader desa menjelaskan biaya penempatan"),
        "asked": published(author, reviewer, title="Peta layanan rujukan antarkabupaten", visibility="publik"),
        "public": public(author, reviewer, safety, title="Meja informasi migrasi aman di kantor desa"),
        "full": actions.submit_practice(full(author, title="Pos jaga desa untuk keberangkatan aman"), by=author),
        "held": published(author, reviewer, title="Lembar kerja pendataan lowongan di desa"),
        "withdrawn": published(author, reviewer, title="Daftar periksa wawancara pertama"),
        "document": public(author, reviewer, safety, **document_content()),
        "whole": public(author, reviewer, safety, **long_content(title="Rujukan antarkabupaten dengan satu pintu")),
    }
    made["translation"] = actions.start_translation(made["published"], by=author)
    Practice.objects.filter(pk=made["held"].pk).update(summary="Hubungi posko@lembaga.example.", screened_version="")
    actions.rescreen_practice(made["held"], by=User.objects.system())
    actions.withdraw_practice(made["withdrawn"], by=author, reason="Ada cara yang lebih aman.")
    actions.change_practice(made["changed"], by=author, summary=f"{made['changed'].summary} Kini tersedia juga untuk pelajar.")
    actions.submit_practice(made["changed"], by=author)
    returned = submitted(author, title="Radio warga membahas lowongan palsu")
    actions.ask_for_changes(returned, by=reviewer, note="Mohon jelaskan langkah kedua, dan apa yang terjadi bila relawan berhalangan.")
    return made
