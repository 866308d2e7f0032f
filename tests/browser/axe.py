"""axe-core in a page: what its rules complain of, found as fast as it can."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

# Two things take a third of its time and change nothing in what it finds: it parses the same dozen colours a thousand times
# over, and it keeps the HTML of every element on the way, where we only say which one it is.
_HURRY = """() => {
  const {Color} = axe.commons.color;
  const parse = Color.prototype.parseString, known = new Map();
  Color.prototype.parseString = function (words) {
    if (!known.has(words)) known.set(words, parse.call(new Color(), words));
    const {r, g, b, alpha} = known.get(words);
    return Object.assign(this, {r, g, b, alpha});
  };
  axe.configure({noHtml: true});
}"""
_LOOK = """async rules => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...(rules ? {runOnly: rules} : {})});
  return found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}"""


def bring(page: Any) -> None:
    """Once for every page that was opened."""
    page.evaluate(AXE_SCRIPT)
    page.evaluate(_HURRY)


def complaints(page: Any, *rules: str) -> list[str]:
    """What ``rules`` (all of them) say of the page as it stands: the rule and the element."""
    return page.evaluate(_LOOK, list(rules) or None)
