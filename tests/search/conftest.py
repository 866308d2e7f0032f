"""A kind of row to search for: organisations, whatever the directory will make of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from cop_site.accounts.models import Organisation, User
from cop_site.search import engines, indexing, registry
from cop_site.search.port import Document

KIND = "organisation"
AUDIENCES = {"publik": {"publik"}, "jaringan": {f"jaringan:{KIND}"}, "pengelola": {"pengelola"}}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def engine(request, db):
    """The engine of the database at hand; the other database's turn comes in the run on services."""
    if connection.vendor != request.param:
        pytest.skip(f"this run is on {connection.vendor}")
    return engines.current()


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
    )
    yield KIND
    registry.forget(KIND)
    for kind in before.values():
        registry.register(kind.name, documents=kind.documents, visible=kind.visible, link=kind.link, title=kind.title, label=kind.label)


def documents(pks=None):
    rows = Organisation.objects.filter(is_listed=True).order_by("pk")
    for row in rows if pks is None else rows.filter(pk__in=pks):
        yield Document(
            KIND, row.pk, frozenset(AUDIENCES[row.visibility]), row.name, summary=row.about_id, facets={"scale": tuple(row.service_scale)}
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
            about_id=about,
            visibility=visibility,
            service_scale=list(scale),
            is_listed=True,
        )
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
