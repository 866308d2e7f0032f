"""Results by scale and mandate: told only where no cell, and nothing that follows from the cells, points at fewer than five."""

from collections import Counter

import pytest
from django.conf import settings as site
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir

from cop_site.events import cells, selectors
from cop_site.events.models import PollBallots, Registration, Room
from cop_site.events.policy import FEWEST
from tests.events.factories import event, say
from tests.events.test_asking import folded
from tests.factories import person

SCALES = ["kabupaten-kota", "provinsi"]


@pytest.fixture
def hall(cast):
    return event(cast["convenor"]).rooms.get(kind=Room.Kind.HALL)


def registered(hall, *, number, scale="", mandates=()):
    people = [person(f"{scale or 'tanpa'}-{'-'.join(mandates)}-{at}") for at in range(number)]
    Registration.objects.bulk_create(Registration(event=hall.event, person=one, scale=scale, mandates=list(mandates)) for one in people)
    return people


def asked(hall, cast, *, kind="single", by_cells=True):
    options = {} if kind in {"scale", "words"} else {"options": ["Perdes", "Posko"]}
    say(hall, cast["convenor"], "poll.open", kind=kind, question="Mana?", by_cells=by_cells, **options)


def closed(hall, cast):
    say(hall, cast["convenor"], "poll.close", id=1)
    return selectors.state_of(Room.objects.get(pk=hall.pk))["polls"][0]


def vote(hall, people, choice=0):
    for one in people:
        assert say(hall, one, "poll.vote", id=1, choice=[choice]) is None


def test_a_result_is_told_by_scale_where_five_of_each_voted(cast, hall):
    near, far = (registered(hall, number=6, scale=scale) for scale in SCALES)
    asked(hall, cast)
    vote(hall, near[:5], 0)
    vote(hall, far, 1)

    poll = closed(hall, cast)

    by_scale = {SCALES[0]: {"voters": 5, "counts": {"0": 5}}, SCALES[1]: {"voters": 6, "counts": {"1": 6}}}
    assert poll["result"] == {"voters": 11, "counts": {"0": 5, "1": 6}, "cells": {"service_scale": by_scale}}
    assert folded(hall) == selectors.state_of(Room.objects.get(pk=hall.pk))


def test_where_one_cell_has_four_votes_none_is_told(cast, hall):
    near, far = (registered(hall, number=6, scale=scale) for scale in SCALES)
    asked(hall, cast)
    vote(hall, near[:4])
    vote(hall, far)

    poll = closed(hall, cast)

    assert (poll["counted_by"], poll["result"]["cells"], poll["result"]["voters"]) == (["service_scale"], {}, 10)


@pytest.mark.parametrize(
    "people",
    [
        pytest.param([(12, SCALES[0], ())], id="a single scale"),
        pytest.param([(8, SCALES[0], ()), (4, SCALES[1], ())], id="four of one scale"),
        pytest.param([(8, SCALES[0], ()), (8, SCALES[1], ()), (1, "", ())], id="one without a scale"),
        pytest.param([(8, "", ("pencegahan",)), (4, "", ("penanganan",))], id="four of one mandate"),
        pytest.param([(8, "", ("pencegahan", "penanganan")), (3, "", ("pencegahan",))], id="three outside a mandate"),
    ],
)
def test_a_cell_of_few_people_is_not_even_counted(cast, hall, people):
    for number, scale, mandates in people:
        registered(hall, number=number, scale=scale, mandates=mandates)

    asked(hall, cast)

    assert (cells.possible_for(hall.event), PollBallots.objects.get().cells) == ([], {})


def test_whoever_has_two_mandates_counts_in_both(cast, hall):
    both = registered(hall, number=5, mandates=("pencegahan", "penanganan"))
    one, other = (registered(hall, number=5, mandates=(mandate,)) for mandate in ("pencegahan", "penanganan"))
    asked(hall, cast)
    vote(hall, [*both, *one, *other])

    found = closed(hall, cast)["result"]["cells"]

    assert {cell: of["voters"] for cell, of in found["mandate"].items()} == {"pencegahan": 10, "penanganan": 10}


def test_the_vote_of_somebody_of_no_cell_ends_the_counting_by_it(cast, hall):
    """Else the others' cells would tell, by what they lack, what that one person voted."""
    near, far = (registered(hall, number=5, scale=scale) for scale in SCALES)
    asked(hall, cast)
    vote(hall, [*near, *far], 0)
    vote(hall, [cast["member"]], 1)

    assert PollBallots.objects.get().cells == {}
    assert closed(hall, cast)["result"] == {"voters": 11, "counts": {"0": 10, "1": 1}, "cells": {}}


@pytest.mark.parametrize("case", ["words", "without attribution", "not wished"])
def test_there_are_no_cells_where_they_would_say_too_much(cast, hall, case):
    for scale in SCALES:
        registered(hall, number=5, scale=scale)
    Room.objects.filter(pk=hall.pk).update(is_unattributed=case == "without attribution")

    asked(hall, cast, kind="words" if case == "words" else "single", by_cells=case != "not wished")

    assert PollBallots.objects.get().cells == {}


def test_the_order_of_votes_leaves_no_trace_in_the_cells(cast, hall):
    near, far = (registered(hall, number=5, scale=scale) for scale in SCALES)
    stored = []
    for number, people in enumerate([[*near, *far], [*far, *near][::-1]], start=1):
        asked(hall, cast)
        choices = {one.pk: at % 2 for at, one in enumerate([*near, *far])}
        for one in people:
            say(hall, one, "poll.vote", id=number, choice=[choices[one.pk]])
        stored.append(str(PollBallots.objects.get(poll__number=number).cells))

    assert stored[0] == stored[1]


def test_the_vote_of_one_who_alone_has_both_mandates_does_not_follow_from_the_cells(cast, hall):
    """Those of one mandate and those of the other, less everybody, would be exactly hers."""
    first = registered(hall, number=6, mandates=("pencegahan",))
    second = registered(hall, number=6, mandates=("penanganan",))
    both = registered(hall, number=1, mandates=("pencegahan", "penanganan"))
    asked(hall, cast)
    vote(hall, [*first, *second], 0)
    vote(hall, both, 1)

    assert (PollBallots.objects.get().cells, closed(hall, cast)["result"]["cells"]) == ({}, {})


def test_two_vocabularies_are_not_told_where_one_person_is_between_them(cast, hall):
    """A scale of eleven, ten of whom have one mandate: the eleventh would follow. So the second vocabulary is left out."""
    near = registered(hall, number=10, scale=SCALES[0], mandates=("pencegahan",))
    alone = registered(hall, number=1, scale=SCALES[0], mandates=("penanganan",))
    far = registered(hall, number=6, scale=SCALES[1], mandates=("penanganan",))
    asked(hall, cast)
    vote(hall, [*near, *far], 0)
    vote(hall, alone, 1)

    poll = closed(hall, cast)

    assert (poll["counted_by"], list(poll["result"]["cells"])) == (["service_scale"], ["service_scale"])
    assert [cells.possible_for(hall.event, [one]) for one in cells.FIELDS] == [["service_scale"], ["mandate"]]


def test_where_four_of_those_who_share_both_mandates_vote_none_is_told(cast, hall):
    both = registered(hall, number=5, mandates=("pencegahan", "penanganan"))
    one, other = (registered(hall, number=5, mandates=(mandate,)) for mandate in ("pencegahan", "penanganan"))
    asked(hall, cast)
    vote(hall, [*both[:4], *one, *other])

    assert closed(hall, cast)["result"]["cells"] == {}


set_hypothesis_home_dir(site.VAR / "hypothesis")
PEOPLE = some.fixed_dictionaries(
    {"scale": some.sampled_from(["", *SCALES]), "mandates": some.lists(some.sampled_from(["a", "b", "c"]), unique=True, max_size=3)}
)
WORLDS = some.lists(some.tuples(PEOPLE, some.integers(0, 12), some.integers(0, 12)), min_size=1, max_size=5)


def told_of(world):
    """A poll in which of each kind of people so many are registered, and so many of them vote."""
    sizes = Counter()
    for said, here, _voting in world:
        sizes[cells.region_of(said)] += here
    kept = cells.opened({region: size for region, size in sizes.items() if size}, cells.FIELDS)
    for said, here, voting in world:
        for at in range(min(here, voting)):
            kept = cells.with_vote(kept, cells.region_of(said), [str(at % 2)])
    return cells.shown(kept)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(WORLDS)
def test_no_sum_or_difference_of_what_is_told_is_about_fewer_than_five_votes(world):
    """Whoever is in the same told cells is in every sum and difference of them alike: so none is about less than all of these."""
    told = told_of(world)

    alike, sizes = Counter(), Counter()
    for said, here, voting in world:
        mine = {"service_scale": {said["scale"]}, "mandate": set(said["mandates"]) or {""}}
        inside = frozenset((by, cell) for by, known in told.items() for cell in known if cell in mine[by])
        alike[inside] += min(here, voting)
        for one in inside:
            sizes[one] += min(here, voting)

    assert [votes for votes in alike.values() if told and 0 < votes < FEWEST] == []
    assert {(by, cell): of["voters"] for by, known in told.items() for cell, of in known.items()} == dict(sizes)


def test_such_a_world_can_be_told():
    """Or the test above would prove nothing."""
    kinds = [{"scale": scale, "mandates": mandates} for scale, mandates in zip(SCALES, (["a"], ["a", "b"]), strict=True)]

    assert list(told_of([(kinds[0], 6, 6), (kinds[1], 9, 5), ({"scale": SCALES[1], "mandates": ["b"]}, 7, 7)])) == [
        "service_scale",
        "mandate",
    ]
