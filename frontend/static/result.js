// A submission's pages: the tab's title, logs that follow and stop following when somebody scrolls up, new lines of a
// log that is looked at, and cases that open where a link points. Everything is there without it, only stiller.
(() => {
  const box = () => document.querySelector("ol[data-follow]");
  const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 24;
  let following = !location.hash.startsWith("#L");

  const show = () => {
    const button = document.getElementById("ikuti");
    if (button) button.hidden = !box() || following;
  };

  // Lines are drawn when they come into view, and then have another height than was guessed: so a few times.
  const follow = (rounds = 8) => {
    const log = box();
    if (log && following && !atEnd(log)) {
      log.scrollTop = log.scrollHeight;
      if (rounds) requestAnimationFrame(() => follow(rounds - 1));
    }
    show();
  };

  // Only a person's scrolling stops it: the browser moves lists too, when heights change. Scroll events do not bubble,
  // but can be caught on the way down; a morph may replace the list.
  let touched = 0;
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(kind, (event) => {
      if (event.target.closest?.("ol[data-follow]")) touched = event.timeStamp;
    }, { passive: true, capture: true });
  }
  document.addEventListener("scroll", (event) => {
    if (event.target !== box()) return;
    if (atEnd(event.target)) following = true;
    else if (event.timeStamp - touched < 1500) following = false;
    show();
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#ikuti")) return;
    following = true;
    follow();
  });
  follow();

  // A line of another page of the log: the server knows on which page it is.
  const lines = document.getElementById("baris");
  const findLine = () => {
    const wanted = /^#L(\d+)$/.exec(location.hash);
    if (!wanted || !lines) return;
    following = false;
    follow();
    if (document.getElementById(`L${wanted[1]}`)) return;
    const total = Number(document.getElementById("log-kabar")?.dataset.total);
    if (Number(wanted[1]) <= total) location.replace(`${lines.dataset.log}?baris=${wanted[1]}${location.hash}`);
  };
  findLine();
  addEventListener("hashchange", findLine);

  const openCase = () => {
    if (!location.hash.startsWith("#k-")) return;
    const body = document.getElementById(location.hash.slice(1));
    // A case is a fold, and it may lie in the fold of all the others.
    for (let fold = body?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    body?.closest("li")?.scrollIntoView({ block: "start" });
  };
  openCase();
  addEventListener("hashchange", openCase);

  // New lines are fetched, from the last one shown: it may not have been complete. One request at a time.
  let fetching = false;
  let stale = false;
  const fetchLines = async () => {
    stale = true;
    if (fetching || !("last" in lines.dataset)) return;
    fetching = true;
    try {
      while (stale) {
        stale = false;
        const first = Math.max(1, Number(lines.lastElementChild?.id.slice(1)) || 1);
        const answer = await fetch(`${lines.dataset.lines}?dari=${first}`);
        if (!answer.ok) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const line of [...fresh.body.children]) {
          const shown = document.getElementById(line.id);
          if (shown) shown.replaceWith(line);
          else lines.append(line);
        }
        if (lines.childElementCount) document.getElementById("log-kosong")?.remove();
        follow();
      }
    } finally {
      fetching = false;
    }
  };

  document.addEventListener("gelanggang:papan", () => {
    const moving = document.querySelector("[data-version]");
    if (moving?.dataset.title) document.title = moving.dataset.title;
    if (lines) fetchLines();
    follow();
  });
})();
