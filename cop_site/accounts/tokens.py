"""Audiences as words for an index that has no joins: ``policy.seen_by`` in its other form."""

from typing import Any

from . import policy


def audience_tokens(row: Any, *, kind: str) -> set[str]:
    """The audiences of ``row`` as words for an index: a viewer who has one of them may see it."""
    alone = "anggota-" if kind in policy.MEMBERS_ALONE else ""
    return {
        "publik": {"publik"},
        "jaringan": {f"jaringan:{kind}"},
        "kelompok": {f"{alone}kelompok:{row.circle_id}"} if row.circle_id else set(),
        "organisasi": {f"{alone}organisasi:{row.organisation_id}"} if row.organisation_id else set(),
        "pengelola": {"pengelola", f"penulis:{row.author_id}"},
        "pribadi": {f"penulis:{row.author_id}"},
    }[row.visibility]


def viewer_tokens(user: Any) -> set[str]:
    """The audiences that ``user`` belongs to, in the words of ``audience_tokens``."""
    role = policy.role_of(user)
    closed = {f"kelompok:{circle['circle']}" for circle in policy.circles_of(user)} if role in policy.CIRCLE_READERS else set()
    closed |= {f"organisasi:{one['organisation']}" for one in policy.organisations_of(user)} if role in policy.INSIDERS else set()
    tokens = {"publik"} | {f"jaringan:{kind}" for kind in policy.network_kinds(role)} | closed
    if role in policy.FULL:
        tokens |= {f"anggota-{token}" for token in closed}
    if role in policy.INSIDERS:
        tokens.add(f"penulis:{user.pk}")
    if role in policy.OFFICE:
        tokens.add("pengelola")
    return tokens
