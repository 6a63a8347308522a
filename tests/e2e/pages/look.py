"""What is looked at on a page: each check gives its faults in words, none when all is well."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, ConsoleMessage, Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")

SMALLEST_TARGET = 24
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}
HEAVIEST = 150_000
"""Bytes that a page and everything it loads may weigh on the line, before its log."""

MOST_STOPS = 400
MOST_PARTS = 8
"""Stops that one field may have: day, month, year, hour, minute, half of the day, the calendar's button."""

_RULES = """async (only) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const options = only
    ? {runOnly: {type: "rule", values: only}}
    : {runOnly: {type: "tag", values: tags}, rules: {"target-size": {enabled: true}}};
  const found = await axe.run(document, {...options, resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.target.join(" ")}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? one.help}`));
}"""

_WIDER = """() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    if (box.right <= document.documentElement.clientWidth + 0.5 || !box.width) return false;
    for (let above = one.parentElement; above; above = above.parentElement)
      if (getComputedStyle(above).overflowX !== "visible") return false;
    return true;
  });
  const name = (one) => one.tagName.toLowerCase() + (one.className ? "." + String(one.className).split(" ")[0] : "");
  return [`${over} px wider than the window: ${[...new Set(wide.slice(-4).map(name))].join(", ")}`];
}"""

_SMALL = """(smallest) => {
  // Links in text are axe's business: WCAG 2.5.8 lets them be as high as their line.
  const controls = document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, summary, a.btn, nav a[href], .tabs a[href]");
  const seen = (one) => one.tabIndex >= 0 && one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const faults = [];
  for (const one of controls) {
    if (!seen(one)) continue;
    let box = one.getBoundingClientRect();
    if (one.matches("input[type=radio], input[type=checkbox]") && one.labels[0]) {
      box = one.labels[0].getBoundingClientRect();
    }
    if (box.width + 0.01 < smallest || box.height + 0.01 < smallest) {
      const name = (one.id && "#" + one.id) || String(one.className).split(" ")[0];
      faults.push(`${one.tagName.toLowerCase()} ${name} “${one.textContent.trim().slice(0, 30)}”: `
        + `${Math.round(box.width)} × ${Math.round(box.height)} px`);
    }
  }
  return faults;
}"""

_HEAD = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  h1: [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).length,
  ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
  styles: document.querySelectorAll("[style], style").length,
  scripts: [...document.scripts].filter((one) => !one.src && one.type !== "application/json").length,
})"""

_SKELETON = """() => {
  const main = document.querySelector("main");
  const shown = (one) => one.checkVisibility();
  const all = (what) => [...main.querySelectorAll(what)].filter(shown);
  return {
    headings: all("h1, h2, h3").map((one) => one.textContent.trim().replace(/\\s+/g, " ")),
    links: all("a[href]").map((one) => one.getAttribute("href")),
    fields: all("input:not([type=hidden]), select, textarea").map((one) => one.name).filter(Boolean),
    forms: all("form").map((one) => `${one.method} ${one.getAttribute("action") ?? ""}`),
  };
}"""

_STOPS = """() => {
  const all = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], audio[controls]");
  const groups = new Set();
  window.stops = [...all].filter((one) => {
    if (one.disabled || one.closest("[inert], fieldset:disabled") || !one.checkVisibility({checkVisibilityCSS: true}))
      return false;
    if (one.tabIndex < 0) return false;
    if (one.type === "radio") {
      const group = [...document.getElementsByName(one.name)].filter((other) => other.form === one.form);
      const checked = group.find((other) => other.checked);
      // A group is one stop: the checked one, else any.
      if (checked ? checked !== one : groups.has(one.name)) return false;
      groups.add(one.name);
    }
    return true;
  });
  window.reached = new Set();
  window.at = null;
  // Tab begins where the focus was last, so that is brought to the top first.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  window.scrollTo(0, 0);
  return window.stops.length;
}"""

_STOP = """async () => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const name = `${one.tagName.toLowerCase()}${one.id ? "#" + one.id : ""} `
    + `“${(one.textContent || one.name || "").trim().slice(0, 30)}”`;
  // A field for a time has a stop for each of its parts.
  const stays = one === window.at;
  const again = !stays && window.reached.has(one);
  window.at = one;
  window.reached.add(one);
  const ring = (element) => {
    const style = element && getComputedStyle(element);
    if (!style) return false;
    return style.boxShadow !== "none" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  };
  const label = one.labels?.[0];
  const visible = [one, one.parentElement, label, one.nextElementSibling].some(ring);
  const boxesOf = () => [...one.getClientRects(), ...(label ? label.getClientRects() : [])].filter((box) => box.width);
  const isClear = () => boxesOf().some((box) => {
    const [across, down] = [Math.min(box.width / 2, 40), Math.min(box.height / 2, 20)];
    const at = document.elementFromPoint(box.left + across, box.top + down);
    if (!at || at === document.body || at === document.documentElement) return false;
    return one.contains(at) || at.contains(one) || label?.contains(at);
  });
  let clear = isClear();
  // A list that scrolls brings it into sight with the next frames.
  for (let frame = 0; frame < 20 && !clear; frame += 1) {
    await new Promise((next) => requestAnimationFrame(next));
    clear = isClear();
  }
  return {name, stays, again, visible, clear};
}"""

_MISSED = """() => window.stops
  .filter((one) => !window.reached.has(one)
    && !(one.type === "radio" && [...window.reached].some((other) => other.name === one.name)))
  .map((one) => `${one.tagName.toLowerCase()}${one.id ? "#" + one.id : ""} “${one.textContent.trim().slice(0, 30)}”`)"""


@dataclass
class Complaints:
    """What a browser says of a page that it does not like: errors, policy violations, failed requests."""

    said: list[str] = field(default_factory=list)
    expected_status: int = 200

    def listen(self, page: Page) -> None:
        """From before the first byte on."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # The browser notes the status of an error page as an error of its own.
        if self.expected_status >= 400 and f"status of {self.expected_status}" in message.text:
            return
        self.said.append(f"console: {message.text}")


class Scales:
    """Weighs what comes over the line, headers included."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        self._names: dict[str, str] = {}
        self.by_name: Counter[str] = Counter()
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)
        session.send("Network.enable")

    def _on_response(self, event: dict[str, Any]) -> None:
        self._names[event["requestId"]] = event["response"]["url"]

    def _on_finished(self, event: dict[str, Any]) -> None:
        weight = int(event["encodedDataLength"])
        self.bytes += weight
        self.by_name[self._names.get(event["requestId"], "?").rsplit("/", 1)[-1]] += weight

    @property
    def faults(self) -> list[str]:
        """Too heavy, with the heaviest parts."""
        if self.bytes <= HEAVIEST:
            return []
        parts = ", ".join(f"{name} {weight}" for name, weight in self.by_name.most_common(4))
        return [f"weighs {self.bytes} bytes: {parts}"]


def head_faults(page: Page, language: str, status: int) -> list[str]:
    """Language, title, one first heading, no id twice, nothing inline."""
    head = page.evaluate(_HEAD)
    faults = []
    if head["lang"] != language:
        faults.append(f"lang is {head['lang']!r}")
    if not head["title"].endswith("Gelanggang") or len(head["title"]) < len("X – Gelanggang"):
        faults.append(f"title is {head['title']!r}")
    word = "Galat:" if language == "id" else "Error:"
    if status >= 400 and not head["title"].startswith(word):
        faults.append(f"title of an error is {head['title']!r}")
    if head["h1"] != 1:
        faults.append(f"{head['h1']} first headings")
    faults += [f"id {name} stands {count} times" for name, count in Counter(head["ids"]).items() if count > 1]
    if head["styles"] or head["scripts"]:
        faults.append(f"{head['styles']} inline styles, {head['scripts']} inline scripts")
    return faults


def axe_faults(page: Page, only: list[str] | None = None) -> list[str]:
    """What axe-core finds: all rules of WCAG 2.2 AA and of good practice, or `only` some."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return [f"axe: {line}" for line in page.evaluate(_RULES, only)]


def width_faults(page: Page) -> list[str]:
    """A page that scrolls sideways in its present window."""
    return list(page.evaluate(_WIDER))


def target_faults(page: Page) -> list[str]:
    """Controls too small for a finger."""
    return [f"small target: {line}" for line in page.evaluate(_SMALL, SMALLEST_TARGET)]


def skeleton(page: Page) -> dict[str, list[str]]:
    """Headings, links, fields and forms of the main part."""
    found: dict[str, list[str]] = page.evaluate(_SKELETON)
    return found


def keyboard_faults(page: Page) -> list[str]:
    """Goes through the page by Tab: every control is reached, and one sees where one is."""
    count = page.evaluate(_STOPS)
    if count > MOST_STOPS:
        return [f"{count} stops of Tab: nobody gets through"]
    faults, parts = [], 0
    for _ in range((count + 5) * MOST_PARTS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        parts = parts + 1 if stop is not None and stop["stays"] else 0
        if stop is None or stop["again"] or parts > MOST_PARTS:
            break
        if not stop["visible"]:
            faults.append(f"focus is not seen on {stop['name']}")
        if not stop["clear"]:
            faults.append(f"focus is hidden on {stop['name']}")
    return faults + [f"Tab does not reach {name}" for name in page.evaluate(_MISSED)]
