// Countdowns and ages. They run from the server's clock; the words are the server's too, only whole numbers are set here.
(() => {
  const root = document.documentElement;
  const words = JSON.parse(root.dataset.words || "{}");
  let offset = Number(root.dataset.now) - Date.now();

  const now = () => Date.now() + offset;
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

  const put = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  const amount = (unit, count) => words[unit][count === 1 ? 0 : 1].replace("{n}", count);

  // The two largest units, rounded down, as the server writes them.
  const remaining = (seconds) => {
    let first = units.findIndex(([, size]) => seconds >= size);
    if (first < 0) first = units.length - 1;
    const parts = [];
    let rest = seconds;
    for (const [unit, size] of units.slice(first, first + 2)) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count || !parts.length) parts.push(amount(unit, count));
    }
    return parts.join(" ");
  };

  const age = (seconds) => {
    if (seconds < 5) return words.now;
    if (seconds < 60) return words.ago.replace("{span}", amount("second", Math.floor(seconds)));
    if (seconds < 3600) return words.ago.replace("{span}", amount("minute", Math.floor(seconds / 60)));
    return null;
  };

  const tick = () => {
    for (const element of document.querySelectorAll("[data-until]")) {
      const seconds = Math.max(0, Math.floor((Number(element.dataset.until) - now()) / 1000));
      if (!element.dataset.unit) {
        put(element, remaining(seconds));
        continue;
      }
      const index = units.findIndex(([unit]) => unit === element.dataset.unit);
      const whole = index ? seconds % units[index - 1][1] : seconds;
      const count = Math.floor(whole / units[index][1]);
      put(element, index ? String(count).padStart(2, "0") : String(count));
    }
    for (const element of document.querySelectorAll("[data-since]")) {
      element.dataset.full ??= element.textContent;
      put(element, age((now() - Number(element.dataset.since)) / 1000) ?? element.dataset.full);
    }
  };

  const learn = (serverMilliseconds) => {
    offset = serverMilliseconds - Date.now();
  };

  // An age is no use on paper.
  addEventListener("beforeprint", () => {
    for (const element of document.querySelectorAll("[data-since]")) put(element, element.dataset.full);
  });
  addEventListener("afterprint", tick);

  window.gelanggang = { learn, tick };
  tick();
  setInterval(tick, 1000);
})();
