// The console keeps itself fresh: the same page is fetched again while it is seen, and htmx morphs what changed, so that
// focus and scroll stay. Without this the page is reloaded by hand.
(() => {
  const desk = document.getElementById("konsol");
  const box = document.getElementById("otomatis");
  if (!desk || !box) return;

  const EVERY = 10_000;
  const KEPT = "konsol-otomatis";
  const state = document.getElementById("segar");
  let busy = false;

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  const load = async () => {
    if (document.hidden || !box.checked || busy) return;
    busy = true;
    try {
      // Signed out, the answer leads elsewhere: that must not be shown in here.
      const answer = await fetch(location.pathname + location.search, { redirect: "manual", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("konsol");
      if (!fresh) throw new Error("another page");
      const part = (target, html) => `<hx-partial hx-target="#${target}" hx-swap="outerMorph">${html}</hx-partial>`;
      const strip = page.getElementById("tahap");
      const html = part("konsol", fresh.outerHTML) + (strip ? part("tahap", strip.outerHTML) : "");
      await htmx.swap({ text: html, sourceElement: document.body, swap: "none" });
      document.title = page.title;
      const now = Number(page.documentElement.dataset.now);
      window.gelanggang.learn(now);
      const age = document.getElementById("umur");
      age.dataset.since = String(now);
      age.dataset.full = page.getElementById("umur").textContent;
      window.gelanggang.tick();
      say("");
    } catch {
      say(state.dataset.lost);
    } finally {
      busy = false;
    }
  };

  try {
    box.checked = sessionStorage.getItem(KEPT) !== "tidak";
  } catch {
    // Storage may be off; then the choice lasts as long as the page.
  }
  box.addEventListener("change", () => {
    try {
      sessionStorage.setItem(KEPT, box.checked ? "ya" : "tidak");
    } catch {
      // As above.
    }
    load();
  });
  box.closest("label").hidden = false;
  document.addEventListener("visibilitychange", load);
  setInterval(load, EVERY);
})();
