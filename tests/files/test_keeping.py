"""Where bytes lie, how they are given out and when they are swept."""

import asyncio
import os
import resource
import stat
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as live
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from cop_site.core import clock
from cop_site.files import clock as jobs
from cop_site.files import keeping
from cop_site.files.actions import discard
from cop_site.files.intake import take_in
from cop_site.files.models import StoredFile
from cop_site.files.names import shown_name
from cop_site.files.refusing import Refused
from cop_site.files.serving import disposition, serve
from cop_site.library.models import PracticeFile
from tests import factories
from tests.files import fixtures as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return take_in(made.upload("catatan.txt", b"Langkah pertama"), by=None)


def make_older(place, **age):
    at = (timezone.now() - timedelta(**age)).timestamp()
    os.utime(place, (at, at))


# --- names

NAMES = {
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\windows\\system32\\a.pdf": "a.pdf",
    "/absolut/laporan.pdf": "laporan.pdf",
    "laporan.pdf.exe": "laporan.pdf.pdf",
    "laporan\u202efdp.exe": "laporanfdp.pdf",
    "la\u200bpo\u0000ran\n.pdf": "laporan.pdf",
    "cafe\u0301.pdf": "café.pdf",
    '<img src=x onerror="a">.pdf': "img src=x onerror=-a.pdf",
    "  .htaccess": "htaccess.pdf",
    "...": "berkas.pdf",
    "": "berkas.pdf",
    "con.pdf": "berkas-con.pdf",
    "laporan 12.5 juta.pdf": "laporan 12.5 juta.pdf",
    "laporan v1.2": "laporan v1.pdf",
    "a" * 300 + ".pdf": "a" * 116 + ".pdf",
}


@pytest.mark.parametrize("given", NAMES)
def test_a_name_is_kept_for_people_and_harms_nothing(given):
    assert shown_name(given, "pdf") == NAMES[given]


def test_a_name_is_told_in_letters_that_every_program_reads_and_as_it_is():
    told = disposition('laporan "akhir" – café.pdf')

    assert told == (
        "attachment; filename=\"laporan _akhir_ _ caf_.pdf\"; filename*=UTF-8''laporan%20%22akhir%22%20%E2%80%93%20caf%C3%A9.pdf"
    )


# --- giving out


def get(file, *, may=True, method="get"):
    return serve(file, getattr(RequestFactory(), method)("/"), may=may)


def test_without_permission_or_bytes_there_is_nothing(file):
    with pytest.raises(Http404):
        get(file, may=False)
    with pytest.raises(Http404):
        get(None)
    keeping.drop(file.pk)
    with pytest.raises(Http404):
        get(file)


def test_only_reading_is_answered(file):
    assert get(file, method="post").status_code == 405


def test_both_kinds_of_server_give_out_the_whole_file(file):
    async def read():
        return [piece async for piece in get(file)]

    assert b"".join(get(file).streaming_content) == b"Langkah pertama"
    assert b"".join(asyncio.run(read())) == b"Langkah pertama"


# --- keeping


def test_bytes_lie_under_a_number_for_the_server_alone(file, file_root):
    place = keeping.place_of(file.pk)

    assert [path for path in file_root.rglob("*") if path.is_file()] == [place]
    assert place.name == file.pk.hex
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert "catatan" not in str(place)


def test_the_place_is_no_part_of_what_is_served():
    assert live.FILE_ROOT != live.MEDIA_ROOT
    assert live.MEDIA_ROOT not in live.FILE_ROOT.parents
    assert not any(live.FILE_ROOT.is_relative_to(folder) for folder in live.STATICFILES_DIRS)


def test_discarded_bytes_go_when_it_is_certain(file, django_capture_on_commit_callbacks):
    place = keeping.place_of(file.pk)

    with django_capture_on_commit_callbacks(execute=True):
        discard(file)
        assert place.exists()

    assert not place.exists()
    assert StoredFile.objects.count() == 0


# --- the net below


def test_bytes_without_a_row_are_swept_and_those_with_one_stay(file):
    kept, orphan, young = keeping.place_of(file.pk), keeping.place_of(uuid4()), keeping.place_of(uuid4())
    for place in (orphan, young):
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"isi")
    for place in (kept, orphan):
        make_older(place, minutes=3)

    clock.run_due(only="sweep-files")

    assert [kept.exists(), orphan.exists(), young.exists()] == [True, False, True]


def test_the_sweep_comes_often_enough_for_a_minute():
    assert clock.jobs["sweep-files"].period <= timedelta(seconds=30)


def test_desks_of_processes_that_were_ended_are_cleared(file_root):
    left = file_root / keeping.INCOMING / "tmpabc"
    left.mkdir(parents=True)
    (left / "given").write_bytes(b"isi")
    make_older(left, minutes=11)

    jobs.sweep_files(timezone.now())

    assert not left.exists()


def test_what_nobody_listed_is_gone_after_a_day(file, cast, django_capture_on_commit_callbacks):
    listed = take_in(made.upload("b.txt", b"isi"), by=None)
    young = take_in(made.upload("c.txt", b"isi"), by=None)
    PracticeFile.objects.create(practice=factories.practice(cast["member"]), file=listed)
    StoredFile.objects.exclude(pk=young.pk).update(created_at=timezone.now() - timedelta(hours=25))

    with django_capture_on_commit_callbacks(execute=True):
        clock.run_due(only="forget-unclaimed-files")

    assert {one.pk for one in StoredFile.objects.all()} == {listed.pk, young.pk}
    assert not keeping.place_of(file.pk).exists()


# --- the process that cleans


def limited(code):
    program = f"import resource; from cop_site.files.cleaning.__main__ import limit; limit(); {code}"
    return subprocess.run([sys.executable, "-c", program], cwd=live.ROOT, capture_output=True, text=True, check=False)


def test_the_process_that_cleans_has_little_memory_and_little_time():
    limits = limited("print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0] // 2**20)")

    seconds, megabytes = limits.stdout.split()
    assert int(seconds) <= 5
    assert int(megabytes) < 600
    assert "MemoryError" in limited("bytearray(600 * 2**20)").stderr


@pytest.mark.slow
def test_a_file_that_eats_time_ends_its_process_and_not_the_server():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    busy = made.pdf("x) Tj (" * 1_500_000)

    with pytest.raises(Refused) as refusal:
        take_in(made.upload("a.pdf", busy), by=None)

    assert refusal.value.code in {"too-heavy", "too-much-text"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_file_is_read_in_pieces():
    data = os.urandom(700_000).hex().encode()

    file = take_in(made.upload("a.txt", data[:300_000]), by=None)

    assert b"".join(get(file).streaming_content) == data[:300_000]
