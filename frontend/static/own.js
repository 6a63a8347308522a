// One's own row beside the board: read again whenever the shared board has changed, and marked in the table.
// The shared page and its stream hold nothing of it.
(() => {
  if (!document.getElementById("saya")) return;

  const SPREAD = 1_500; // a hall of teams does not ask in the same instant
  const WATCH = 20_000;
  let asked = null;

  const mark = () => {
    const own = document.getElementById("saya");
    for (const row of document.querySelectorAll(".board .mine")) row.classList.remove("mine");
    if (own.dataset.row) document.getElementById(own.dataset.row)?.classList.add("mine");
  };

  const load = async () => {
    asked = null;
    const own = document.getElementById("saya");
    try {
      const answer = await fetch(own.dataset.own, { redirect: "manual", cache: "no-store" });
      // 204: signed out, or in no team of this track any more.
      const html = answer.status === 200 ? await answer.text() : answer.status === 204 ? "" : null;
      if (html === null) return;
      if (!html) {
        own.hidden = true;
        own.dataset.row = "";
        own.replaceChildren();
      } else {
        const part = `<hx-partial hx-target="#saya" hx-swap="outerMorph">${html}</hx-partial>`;
        await htmx.swap({ text: part, sourceElement: document.body, swap: "none" });
      }
      mark();
    } catch {
      // The row keeps what it says; the next change of the board asks again.
    }
  };

  const soon = () => {
    if (document.hidden) return;
    asked ??= setTimeout(load, Math.random() * SPREAD);
  };

  document.addEventListener("gelanggang:papan", () => {
    mark();
    soon();
  });
  document.addEventListener("visibilitychange", soon);
  setInterval(() => {
    if (document.getElementById("saya").hasAttribute("data-watch")) soon();
  }, WATCH);
  mark();
})();
