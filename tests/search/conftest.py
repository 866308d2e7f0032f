"""A kind of row to search for: organisations, simpler than the directory has them."""

import os
from dataclasses import fields

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import override_settings

from cop_site.accounts.models import Organisation, User
from cop_site.directory.models import Listing
from cop_site.search import engines, indexing, registry
from cop_site.search.engines.elastic import server
from cop_site.search.port import Document
from tests.search import mirror

KIND = "organisation"
SCALES = {"desa": "Desa", "provinsi": "Provinsi"}
SCALE = registry.Facet("scale", "Skala", SCALES.keys, lambda slug: SCALES.get(slug, slug), is_open=True)
AUDIENCES = {"publik": {"publik"}, "jaringan": {f"jaringan:{KIND}"}, "pengelola": {"pengelola"}}


ENGINES = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.services),
    pytest.param("elasticsearch", marks=[pytest.mark.services, pytest.mark.elasticsearch]),
]


@pytest.fixture(params=ENGINES)
def engine(request, db):
    """The engine of the database at hand; the others' turn comes in the run on services."""
    if request.param == "elasticsearch":
        yield request.getfixturevalue("mirrored")
        assert not server.current().is_away, "the embedded engine answered instead"
        return
    if connection.vendor != request.param:
        pytest.skip(f"this run is on {connection.vendor}")
    yield engines.current()


@pytest.fixture(scope="session")
def search_server():
    """Its address; what tests made there is gone afterwards."""
    address = os.environ["ELASTICSEARCH_URL"]
    yield address
    with override_settings(ELASTICSEARCH_URL=address, ELASTICSEARCH_INDEX=mirror.INDEX):
        mirror.take_down()


@pytest.fixture
def mirrored(db, settings, search_server, monkeypatch):
    """A site with Elasticsearch, which hears at once of what is written through this engine."""
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX = search_server, mirror.INDEX
    # What is tested is the answer and not how soon it comes on a busy machine.
    monkeypatch.setattr(server.current(), "client", server.current().patient)
    mirror.make()
    return mirror.Mirrored(engines.current())


@pytest.fixture
def organisations():
    """Organisations as a kind of row that can be found; nothing else is."""
    before = {name: registry.kind_named(name) for name in registry.kinds()}
    for name in before:
        registry.forget(name)
    registry.register(
        KIND,
        documents=documents,
        visible=visible,
        link=lambda row: f"/organisations/{row.slug}/",
        title=lambda row: row.name,
        label="Lembaga",
        facets=(SCALE,),
    )
    yield KIND
    registry.forget(KIND)
    for kind in before.values():
        registry.register(**{field.name if field.name != "name" else "kind": getattr(kind, field.name) for field in fields(kind)})


def documents(pks=None):
    rows = Organisation.objects.filter(is_listed=True).select_related("listing").order_by("pk")
    for row in rows if pks is None else rows.filter(pk__in=pks):
        yield Document(
            KIND,
            row.pk,
            frozenset(AUDIENCES[row.visibility]),
            row.name,
            summary=row.listing.about_id,
            facets={"scale": tuple(row.listing.service_scale)},
        )


def visible(viewer, pks):
    return Organisation.objects.visible_to(viewer).in_bulk(pks)


@pytest.fixture
def make_organisation(db, organisations):
    """A listed organisation that the index knows."""

    def make(name, about="", visibility="publik", scale=("desa",)):
        row = Organisation.objects.create(
            slug=f"lembaga-{Organisation.objects.count()}",
            name=name,
            visibility=visibility,
            is_listed=True,
        )
        Listing.objects.create(organisation=row, about_id=about, service_scale=list(scale))
        indexing.refresh(KIND, [row.pk])
        return row

    return make


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def member(db):
    return User.objects.create_user("member@search.example", "Anggota", role="member")


@pytest.fixture
def moderator(db):
    return User.objects.create_user("moderator@search.example", "Moderator", role="moderator")
