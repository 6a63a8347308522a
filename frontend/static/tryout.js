// The live try-out: sends its forms without leaving the page, and looks how far things are while somebody waits.
(() => {
  const FAST = 400, SLOW = 5000;
  let busy = false, sending = false, timer = 0;
  const root = () => document.querySelector("[data-tryout]");
  const part = (from, name) => from.querySelector(`[data-part="${name}"]`);

  function take(html, whole) {
    const old = root();
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-tryout]");
    if (!old || !fresh) return false;
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const names = whole ? ["status", "form", "answers"] : ["status", "run", "answers"];
    for (const name of names) {
      const [was, is] = [part(old, name), part(fresh, name)];
      if (!was || !is || was.outerHTML === is.outerHTML) continue;
      if (!turns(was, is)) was.replaceWith(document.importNode(is, true));
    }
    chat();
    if (held && !held.isConnected) {
      const own = held.id && document.getElementById(held.id);
      const same = own || [...root().querySelectorAll(held.localName)].find((one) => one.name === held.name && one.value === held.value);
      (same ?? root().querySelector("#masukan-uji [name]:not([type=hidden])"))?.focus({ preventScroll: true });
    }
    tick();
    plan();
    return true;
  }

  // Of a conversation only what is new or has changed: so no word is read out twice, and nobody loses their place.
  function turns(was, is) {
    const [box, fresh] = [was.querySelector("[data-log]"), is.querySelector("[data-log]")];
    if (!box || !fresh) return false;
    const low = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    const shown = new Map([...box.children].map((one) => [one.dataset.turn ?? "", one]));
    for (const one of fresh.children) {
      const old = shown.get(one.dataset.turn ?? "");
      shown.delete(one.dataset.turn ?? "");
      if (!old) box.append(document.importNode(one, true));
      else if (old.outerHTML !== one.outerHTML) old.replaceWith(document.importNode(one, true));
    }
    for (const gone of shown.values()) gone.remove();
    if (low) box.scrollTop = box.scrollHeight;
    return true;
  }

  function chat() {
    const hint = root()?.querySelector("[data-keys]");
    if (hint) hint.hidden = false;
  }

  async function ask(address, options, whole) {
    busy = true;
    try {
      const answer = await fetch(address, { ...options, cache: "no-store", headers: { "X-Bagian": "coba" } });
      if (!take(await answer.text(), whole || !answer.ok)) location.assign(root().dataset.tryout);
    } catch {
      plan(SLOW); // The line is gone for now; the next look may do better.
    } finally {
      busy = false;
    }
  }

  function plan(pause) {
    clearTimeout(timer);
    const status = root() && part(root(), "status");
    if (!status) return;
    const waits = status.dataset.state === "wait" || "waiting" in status.dataset;
    if (!waits && status.dataset.state !== "on") return;
    timer = setTimeout(look, pause ?? (waits ? FAST : SLOW));
  }

  async function look() {
    if (document.hidden || busy) return plan();
    const task = root().querySelector('#masukan-uji [name="tugas"]')?.value ?? "";
    await ask(`${root().dataset.tryout}?tugas=${encodeURIComponent(task)}`, {}, false);
  }

  function tick() {
    for (const shown of document.querySelectorAll("[data-tryout] [data-until]")) {
      const left = Math.max(0, Math.round((Number(shown.dataset.until) - Date.now()) / 1000));
      shown.textContent = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("[data-tryout]")) return;
    event.preventDefault();
    if (sending) return; // Once is enough; what comes back says how it goes on.
    const body = new URLSearchParams(new FormData(form, event.submitter));
    sending = true;
    ask(form.action, { method: "POST", body }, ["jalankan", "percakapan-baru"].includes(event.submitter?.value))
      .finally(() => { sending = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.id !== "pesan") return;
    const send = event.target.form?.querySelector('button[value="jalankan"]');
    if (!send || !event.target.closest("[data-tryout]")) return;
    event.preventDefault();
    if (!send.disabled) event.target.form.requestSubmit(send);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-tryout] a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.href, {}, true);
  });
  if (root()) {
    const box = root().querySelector("[data-log]");
    if (box) box.scrollTop = box.scrollHeight;
    chat();
    tick();
    plan();
    setInterval(tick, 1000);
  }
})();
