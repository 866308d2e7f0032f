"""A person at the site: with the keys alone, or without scripts and with a pointer. Both ask for things by their names."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, override

MOST_STOPS = 320  # the longest page, all its folds open, twice around
TYPED_UP_TO = 80  # longer texts come in at once, as from a clipboard

SEEN_FOCUS = """element => {
  const drawn = (one) => {
    const style = one && getComputedStyle(one);
    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const [box] = element.getClientRects();
  if (!box) return "is not on the page";
  if (![element, element.closest(".search"), element.closest(".choice")].some(drawn)) return "shows no outline";
  const places = [0.08, 0.5, 0.92].flatMap((x) => [0.12, 0.5, 0.88].map((y) => [box.left + box.width * x, box.top + box.height * y]));
  const isSeen = ([x, y]) => element.contains(document.elementFromPoint(x, y));
  return places.some(isSeen) ? "" : "is covered, or outside of what is seen";
}"""


def said(english: str, language: str = "id") -> str:
    """What the page says for ``english``, in the language of its reader."""
    with override(language):
        return gettext(english)


def _beginning(name: str) -> re.Pattern:
    """Names of things that go on with a count, a date or a line of help are asked for by their first words."""
    escaped = re.escape(name).replace("/", r"\/")  # the pattern goes on as a literal of JavaScript
    return re.compile(rf"^\s*{escaped}(\s|$)")


class Hands:
    """What one person does on one page. ``by_keys``: Tab, Enter, Space, arrows and letters; every stop shows where it is."""

    def __init__(self, page: Any, *, by_keys: bool) -> None:
        self.page, self.by_keys = page, by_keys

    # --- going on

    def follow(self, name: str) -> None:
        """A link, to the page behind it."""
        self._go(self._one("link", name))

    def send(self, name: str) -> None:
        """A button of a form, to the page that answers."""
        self._go(self._one("button", name))

    def open_menu(self) -> None:
        """The menu of the header; it needs no script."""
        button = self._one("button", said("Menu"))
        if self.by_keys:
            self.tab_to(button)
            self.page.keyboard.press("Enter")
        else:
            button.click()
        self.page.locator("#menu").wait_for(state="visible")

    def unfold(self, name: str, *, within: Any = None) -> None:
        """A folded part of the page, unless it is open."""
        summary = (within or self.page).locator("summary", has_text=_beginning(name)).first
        if summary.evaluate("one => one.parentElement.open"):
            return
        self._do(summary, "Enter")

    # --- filling in

    def write(self, label: str, words: str) -> None:
        """Words into a field, in place of those that stand there."""
        field = self.page.get_by_label(_beginning(label)).and_(self.page.locator("input, textarea")).locator("visible=true").first
        if not self.by_keys:
            return field.fill(words)
        self.tab_to(field)
        self.page.keyboard.press("Control+A")
        if len(words) > TYPED_UP_TO:
            self.page.keyboard.insert_text(words)
        else:
            self.page.keyboard.type(words)
        return None

    def write_month(self, label: str, year: int, month: int) -> None:
        """A month, as browsers with a field for it take it."""
        field = self.page.get_by_label(label, exact=True)
        if self.by_keys:
            self.tab_to(field)
            self.page.keyboard.type(str(month))
            self.page.keyboard.press("ArrowRight")
            self.page.keyboard.type(str(year))
        else:
            field.fill(f"{year}-{month:02d}")

    def choose(self, group: str, choice: str) -> None:
        """One of several; the arrows go from one to the next."""
        within = self._group(group)
        wanted = within.get_by_role("radio", name=_beginning(choice))
        if not self.by_keys:
            return wanted.check()
        self._tab_until("one => one.contains(document.activeElement)", within, group)
        self._see(self.page.locator(":focus"))
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        for _turn in range(within.get_by_role("radio").count()):
            if wanted.is_checked():
                return None
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not lead to “{choice}” of “{group}”.")

    def pick(self, label: str, choice: str) -> None:
        """One of a list that drops down."""
        field = self.page.get_by_label(label, exact=True)
        if not self.by_keys:
            field.select_option(label=choice)
            return
        self.tab_to(field)
        self.page.keyboard.type(choice)
        assert field.locator("option:checked").text_content() == choice

    def tick(self, group: str, *choices: str, under: str = "") -> None:
        """Boxes of a group; ``under`` is the fold that they are in."""
        within = self._group(group)
        if under:
            self.unfold(under, within=within)
        for choice in choices:
            self._do(within.get_by_role("checkbox", name=choice, exact=True), "Space")

    def check(self, label: str) -> None:
        """A box that stands alone."""
        self._do(self.page.get_by_label(label), "Space")

    # --- how

    def tab_to(self, target: Any) -> None:
        """Tab from where one is until ``target`` has the focus, which is drawn and not covered."""
        self._tab_until("one => one === document.activeElement", target, str(target))
        self._see(target)

    def _see(self, target: Any) -> None:
        assert (why := target.evaluate(SEEN_FOCUS)) == "", f"{target} {why}"

    def _tab_until(self, question: str, target: Any, name: str) -> None:
        target.wait_for(state="visible")
        handle = target.element_handle()
        for _stop in range(MOST_STOPS):
            if handle.evaluate(question):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {name}.")

    def _go(self, target: Any) -> None:
        if self.by_keys:
            self.tab_to(target)
        self._turn_page(lambda: self.page.keyboard.press("Enter") if self.by_keys else target.click())

    def _turn_page(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation(wait_until="load"):
            act()

    def _do(self, target: Any, key: str) -> None:
        if self.by_keys:
            self.tab_to(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def _one(self, role: str, name: str) -> Any:
        return self.page.get_by_role(role, name=_beginning(name)).locator("visible=true").first

    def _group(self, name: str) -> Any:
        return self.page.get_by_role("group", name=_beginning(name)).first


def agree(person: Hands) -> None:
    """The code of conduct, then the safety briefing; each is the next of the list when its turn has come."""
    page = person.page
    assert page.locator("[aria-current=step] b").text_content() == said("Code of conduct")
    person.check(said("I have read the code of conduct and will keep to it."))
    person.check(said("I am 18 years old or older."))
    person.send(said("Accept the code of conduct"))
    assert page.locator("[aria-current=step] b").text_content() == said("Safety briefing")
    person.follow(said("Read the safety briefing"))
    person.send(said("I have read this"))
    assert page.locator("h1").text_content() == said("You are ready")
