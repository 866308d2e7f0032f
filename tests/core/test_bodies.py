"""How much of a request is taken."""

import asyncio
from uuid import uuid4

import pytest
from django.core.exceptions import RequestAborted
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from cop_site.core import bodies


def sent(*pieces):
    """What a server hands over, piece by piece; counts how often it is asked."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting[-1]["more_body"] = False
    asked = []

    async def receive():
        asked.append(1)
        return waiting.pop(0)

    return receive, asked


def read(*pieces):
    receive, asked = sent(*pieces)
    with asyncio.run(bodies.read(receive)) as body:
        return body.read(), len(asked)


def test_a_body_is_read_whole():
    assert read(b"a=1", b"&b=2") == (b"a=1&b=2", 2)


def test_of_a_body_without_end_only_the_measure_is_kept():
    mega = b"x" * 2**20
    pieces = [mega] * 300

    body, asked = read(*pieces)

    assert len(body) == bodies.LARGEST_BODY
    assert asked < 200


def test_whoever_hangs_up_is_let_go():
    async def receive():
        return {"type": "http.disconnect"}

    with pytest.raises(RequestAborted):
        asyncio.run(bodies.read(receive))


def test_a_file_that_is_too_large_is_left_out_and_the_words_around_it_stay():
    large = SimpleUploadedFile("besar.pdf", b"a" * (bodies.LARGEST_FILE + 1))
    request = RequestFactory().post("/", {"caption": "Panduan", "upload": large, "deed_key": str(uuid4())})

    assert bodies.left_out_a_file(request)
    assert request.POST["caption"] == "Panduan"
    assert "deed_key" in request.POST
    assert dict(request.FILES) == {}


def test_a_file_within_the_measure_is_taken():
    request = RequestFactory().post("/", {"upload": SimpleUploadedFile("a.txt", b"isi")})

    assert not bodies.left_out_a_file(request)
    assert request.FILES["upload"].read() == b"isi"
