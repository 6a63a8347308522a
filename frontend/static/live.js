// A page that moves by itself: a board, or a team's submission. One stream while the page is seen, none while it is
// hidden: a browser opens six connections to a server over HTTP/1.1, so hidden tabs must not hold any.
//
// The browser's own EventSource reads. It does not connect again after an answer like 503, and it does not notice a
// line that died silently: both are mended here. htmx morphs what comes, so that scroll, focus and typed words stay.
(() => {
  const root = document.querySelector("[data-stream]");
  if (!root) return;

  const SILENCE = 45_000; // three beats of the server
  const LONGEST_PAUSE = 30_000;
  let source = null;
  let again = null;
  let silence = null;
  let failures = 0;

  const say = (live) => {
    const state = document.getElementById("langsung");
    if (!state) return;
    state.hidden = false;
    state.classList.toggle("st-run", live);
    state.classList.toggle("st-warn", !live);
    const word = document.getElementById("langsung-kata");
    const text = live ? root.dataset.live : root.dataset.lost;
    if (word.textContent !== text) word.textContent = text;
  };

  const close = () => {
    clearTimeout(again);
    clearTimeout(silence);
    source?.close();
    source = null;
  };

  const lost = () => {
    close();
    say(false);
    failures += 1;
    // Jitter, so that a hall full of phones does not come back in the same second.
    const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** failures) * (0.5 + Math.random());
    again = setTimeout(open, pause);
  };

  const alive = () => {
    failures = 0;
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE);
    say(true);
  };

  // The part that moves. It says which version it shows.
  const region = () => root.querySelector("[data-version]");

  const marks = () => new Map([...document.querySelectorAll("[data-mark]")].map((row) => [row.id, row.dataset.mark]));

  // One after the other: a morph must not start in the middle of the last.
  let showing = Promise.resolve();

  const show = async (version, html) => {
    if (version === region().dataset.version) return;
    const before = marks();
    await htmx.swap({ text: html, sourceElement: root, swap: "none" });
    for (const [id, mark] of marks()) {
      if (before.get(id) === mark) continue;
      const row = document.getElementById(id);
      row.classList.remove("live");
      void row.offsetWidth; // starts the animation anew for a row that is still flashing
      row.classList.add("live");
    }
    say(true);
    window.gelanggang.tick();
    document.dispatchEvent(new Event("gelanggang:papan"));
    const news = document.getElementById("kabar");
    if (news && news.textContent !== region().dataset.news) news.textContent = region().dataset.news;
  };

  function open() {
    close();
    if (document.hidden) return;
    const url = new URL(root.dataset.stream, location);
    if (region().dataset.version) url.searchParams.set("sejak", region().dataset.version);
    source = new EventSource(url);
    silence = setTimeout(lost, SILENCE);
    source.addEventListener("detak", (event) => {
      window.gelanggang.learn(Number(event.data));
      alive();
    });
    source.addEventListener("message", (event) => {
      alive();
      showing = showing.then(() => show(event.lastEventId, event.data));
    });
    // The session ended, or one is no longer of the team: the server says which when the page is asked for again.
    source.addEventListener("usai", () => {
      close();
      location.reload();
    });
    source.addEventListener("error", lost);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  // A page that waits in the back/forward cache must not hold a stream either.
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
})();
