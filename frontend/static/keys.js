// The switch of the panel's keys on a judge's profile. It holds in this browser.
(() => {
  const place = document.querySelector("[data-keys-choice]");
  if (!place) return;
  const KEYS = "pintasan";
  const button = place.querySelector("button");
  let on = true;
  try {
    on = localStorage.getItem(KEYS) !== "mati";
  } catch {
    // Nothing can be kept here, so there is nothing to switch.
    return;
  }
  const name = () => {
    button.textContent = on ? place.dataset.on : place.dataset.off;
  };
  button.addEventListener("click", () => {
    try {
      if (on) localStorage.setItem(KEYS, "mati");
      else localStorage.removeItem(KEYS);
      on = !on;
    } catch {
      // It stays as it was.
    }
    name();
  });
  name();
  button.hidden = false;
  place.querySelector("[data-keys-none]").hidden = true;
})();
