"""Tabs as a person has them: one is seen, the others are hidden.

Playwright keeps every page of its contexts visible. Tabs that it does not know are as Chromium makes them, so these are
made and asked over the browser's own protocol.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession

LOAD_SECONDS = 30.0
"""Far more than a page takes; a page that waits for a free connection waits for ever."""


@dataclass
class Tabs:
    """A window with tabs; the one opened last is seen."""

    session: CDPSession
    window: str
    tabs: list[str] = field(default_factory=list)
    _answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    _asked: int = 0

    @classmethod
    def of(cls, browser: Browser) -> "Tabs":
        """A fresh window without cookies."""
        session = browser.new_browser_cdp_session()
        made = cls(session, session.send("Target.createBrowserContext")["browserContextId"])
        session.on("Target.receivedMessageFromTarget", made._on_message)
        return made

    def open(self, url: str) -> int:
        """Open a tab in front of the others; its number, once its page is complete. Raises TimeoutError."""
        target = self.session.send("Target.createTarget", {"url": url, "browserContextId": self.window})["targetId"]
        # Not flat: a flat session's messages would have to be sent under its own name, which the driver does not do.
        tab = self.session.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]
        self.tabs.append(tab)
        number = len(self.tabs) - 1
        deadline = time.monotonic() + LOAD_SECONDS
        while self.ask(number, "location.href !== 'about:blank' && document.readyState") != "complete":
            if time.monotonic() > deadline:
                raise TimeoutError(f"tab {number} does not load {url}")
            time.sleep(0.05)
        return number

    def ask(self, number: int, expression: str) -> object:
        """The value of an expression in a tab; None while the tab has no page that could answer."""
        self._asked += 1
        mine = self._asked
        message = {"id": mine, "method": "Runtime.evaluate", "params": {"expression": expression}}
        self.session.send(
            "Target.sendMessageToTarget", {"sessionId": self.tabs[number], "message": json.dumps(message)}
        )
        while mine not in self._answers:
            self.session.send("Browser.getVersion")  # lets what has come be heard
        answer = self._answers.pop(mine)
        return answer.get("result", {}).get("result", {}).get("value")

    def close(self) -> None:
        """Close the window."""
        self.session.send("Target.disposeBrowserContext", {"browserContextId": self.window})
        self.session.detach()

    def _on_message(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
