"""Where and when, as lines tell it: codes and names of regions, years, months, days."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from cop_site.core.records.refusing import Refused, quoted
from cop_site.vocabulary import selectors as words


def place(told: dict[str, Any], precision: str) -> dict[str, Any]:
    """Provinces and regencies; a regency that is given is shown, unless the line asks for less (``precision``)."""
    regions = [str(code) for code in as_list(told.get("region"))]
    provinces = [str(code).strip() for code in as_list(told.get("province_code"))] + [code for code in regions if "." not in code]
    for code in provinces:
        if code not in words.provinces():
            raise Refused(gettext_noop("unknown province %(said)s"), said=quoted(code))
    given = as_list(told.get("regency_code")) + [code for code in regions if "." in code] + as_list(told.get("regency"))
    regencies = [_regency(str(name), provinces) for name in given]
    if not provinces and not regencies:
        return {}
    of_regencies = [regency.province_id for regency in regencies]
    places = {"provinces": list(dict.fromkeys([*provinces, *of_regencies])), "regencies": [one.code for one in dict.fromkeys(regencies)]}
    return places | {"location_precision": precision or ("kabupaten-kota" if regencies else "provinsi")}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _regency(name: str, provinces: list[str]) -> Any:
    found = [words.regency_named(name, province) for province in provinces or [None]]
    if not any(found):
        if provinces:
            where = ", ".join(provinces)
            raise Refused(
                gettext_noop("unknown regency %(said)s in province %(where)s, or more than one of that name"),
                said=quoted(name),
                where=where,
            )
        raise Refused(gettext_noop("unknown regency %(said)s, or more than one of that name"), said=quoted(name))
    return next(regency for regency in found if regency)


def period(told: dict[str, Any]) -> dict[str, Any]:
    """``year`` is the first year of the period; ``period`` names months: ``2024-08/2025-03`` or a start and an end."""
    if "period" not in told:
        return {"period_start": _year(told["year"])} if "year" in told else {}
    given = told["period"]
    if isinstance(given, str):
        given = given.split("/")
    start, end = [*(given.values() if isinstance(given, dict) else given if isinstance(given, list) else [""]), None, None][:2]
    months = {"period_start": _month(start)} | ({"period_end": _month(end)} if end else {})
    if "year" in told and _year(told["year"]).year != months["period_start"].year:
        raise Refused(gettext_noop("'year' is not the first year of 'period'"))
    return months


def _year(value: Any) -> date:
    year = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"(19|20)\d\d", year, re.ASCII):
        raise Refused(gettext_noop("'year' must be a year such as 2024"))
    return date(int(year), 1, 1)


def _month(value: Any) -> date:
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?:-\d\d)?", str(value).strip(), re.ASCII)
    if not found:
        raise Refused(gettext_noop("'period' must name months such as 2024-08/2025-03"))
    return date(int(found[1]), int(found[2] or 1), 1)


def day(told: dict[str, Any], key: str) -> date | None:
    """The day behind ``key``, or None where the line names none."""
    if key not in told:
        return None
    try:
        return date.fromisoformat(str(told[key]).strip()) if not isinstance(told[key], bool | int) else _no_day()
    except ValueError:
        raise Refused(gettext_noop("%(key)s must be a day such as 2025-03-31"), key=repr(key)) from None


def _no_day() -> date:
    raise ValueError
