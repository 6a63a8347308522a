// What a person types is kept in this tab until the form is accepted, so that a session that ended, a line that was lost
// or a page that was closed by mistake costs no word. Passwords, files and keys are never kept.
// A form asks for it with data-draft="name"; data-draft-done="name" on a page says that it was accepted, "*" stands for all.
(() => {
  const PREFIX = "draf:";
  const KEPT = "input:not([type=password]):not([type=file]):not([type=hidden]), textarea, select";

  const fields = (form) => [...form.querySelectorAll(KEPT)].filter((one) => one.name);

  const save = (form) => {
    const values = fields(form).map((one) => [one.name, one.value, one.type === "checkbox" || one.type === "radio" ? one.checked : null]);
    try {
      sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(values));
    } catch {
      // A full or forbidden storage only means that nothing is kept.
    }
  };

  const restore = (form) => {
    let values = null;
    try {
      values = JSON.parse(sessionStorage.getItem(PREFIX + form.dataset.draft));
    } catch {
      return;
    }
    if (!Array.isArray(values)) return;
    for (const one of fields(form)) {
      const ticked = one.type === "checkbox" || one.type === "radio";
      const found = values.find(([name, value]) => name === one.name && (!ticked || value === one.value));
      if (!found) continue;
      if (ticked) one.checked = Boolean(found[2]);
      else one.value = found[1];
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const forget = (name) => {
    try {
      const kept = name === "*" ? Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)) : [PREFIX + name];
      for (const key of kept) sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  };

  // Scorecards (scorecard.js) lie in this browser for longer, and go with the person who signs out.
  const forgetSheets = () => {
    try {
      for (const key of Object.keys(localStorage).filter((key) => key.startsWith("lembar:"))) localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  };

  for (const mark of document.querySelectorAll("[data-draft-done]")) forget(mark.dataset.draftDone);
  // A page that was refused holds what was sent already, and the summary has the focus.
  const refused = document.querySelector("[data-focus]");
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!refused) restore(form);
    form.addEventListener("input", () => save(form));
    form.addEventListener("change", () => save(form));
  }
  refused?.focus();

  // Two clicks send a form once. A page that comes back from the browser's memory can be sent again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (new URL(form.action).pathname === "/keluar") forgetSheets();
    if (form.dataset.sending) event.preventDefault();
    else form.dataset.sending = "1";
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sending;
  });
})();
