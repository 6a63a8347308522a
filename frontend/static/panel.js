// The panel around the scorecard: evidence one part at a time, keys, and what they are for.
(() => {
  const main = document.getElementById("isi");
  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  const KEYS = "pintasan";
  const words = JSON.parse(form.dataset.words);

  // ---- evidence: tabs on any screen, folded away on a narrow one
  const fold = document.querySelector("[data-fold]");
  if (matchMedia("(max-width: 61.99rem)").matches) fold.open = false;
  const tabs = [...document.querySelectorAll("[data-tabs] a")];
  const parts = [...document.querySelectorAll("[data-tab]")];
  const show = (id) => {
    if (!parts.some((part) => part.id === id)) return;
    for (const part of parts) part.hidden = part.id !== id;
    for (const tab of tabs) {
      if (tab.hash === `#${id}`) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    try {
      sessionStorage.setItem("bukti", id);
    } catch {
      // The next prototype begins with the first part.
    }
  };
  const remembered = () => {
    try {
      return sessionStorage.getItem("bukti");
    } catch {
      return null;
    }
  };
  for (const tab of tabs)
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.hash.slice(1));
    });
  const first = tabs[0]?.hash.slice(1);
  const wanted = remembered();
  show(parts.some((part) => part.id === wanted) ? wanted : first);

  // ---- keys
  const help = document.querySelector("[data-help]");
  const toggle = document.querySelector("[data-keys-switch]");
  let on = true;
  try {
    on = localStorage.getItem(KEYS) !== "mati";
  } catch {
    // Keys are on where nothing can be kept.
  }
  const name = () => {
    toggle.textContent = on ? words.keys_off : words.keys_on;
  };
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    on = !on;
    try {
      if (on) localStorage.removeItem(KEYS);
      else localStorage.setItem(KEYS, "mati");
    } catch {
      // It holds for this page.
    }
    name();
  });
  name();

  const crits = [...form.querySelectorAll("fieldset[data-crit]")];
  const chosen = (crit) => crit.querySelector("input:checked");
  const focus = (crit) => (chosen(crit) ?? crit.querySelector("input[type=radio]"))?.focus();
  const current = () => document.activeElement?.closest("fieldset[data-crit]") ?? crits.find((crit) => !chosen(crit)) ?? crits[0];

  const rate = (number) => {
    const crit = current();
    const radio = crit.querySelector(`input[type=radio][value="${number}"]`);
    if (!radio || radio.disabled || form.hasAttribute("data-locked")) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const next = crits[crits.indexOf(crit) + 1];
    if (next) focus(next);
    else form.querySelector("[data-send]")?.focus();
  };

  const note = () => {
    const crit = current();
    const details = crit.querySelector("[data-notes]");
    details.open = true;
    details.querySelector("textarea").focus();
  };

  document.addEventListener("keydown", (event) => {
    const inWords = event.target.closest("textarea, select, [contenteditable], input:not([type=radio])");
    if (inWords) {
      if (event.key === "Escape" && form.contains(inWords)) focus(current());
      return;
    }
    if (help.open) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      form.dispatchEvent(new Event("gelanggang:undo"));
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[1-5]$/.test(event.key)) rate(event.key);
    else if (event.key === "j" && main.dataset.after) location.assign(main.dataset.after);
    else if (event.key === "k" && main.dataset.before) location.assign(main.dataset.before);
    else if (event.key === "n") note();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });
})();
