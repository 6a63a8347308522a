// The clock of the pitch day on the projector: counts between two looks at the server, which says who is on the stage.
(() => {
  const EVERY = 1500;
  let offset = Number(document.documentElement.dataset.now) - Date.now();

  const face = (ms) => {
    const seconds = ms >= 0 ? Math.ceil(ms / 1000) : Math.floor(-ms / 1000);
    const sign = ms < 0 && seconds ? "−" : "";
    return `${sign}${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
  };

  const tick = () => {
    const clock = document.querySelector(".stage-clock");
    if (!clock || !Number(clock.dataset.until)) return;
    const left = Number(clock.dataset.until) - (Date.now() + offset);
    const text = face(left);
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("over", left < 0);
  };

  const look = async () => {
    try {
      const answer = await fetch(location.pathname, { cache: "no-store" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("panggung");
      if (!fresh) return;
      offset = Number(page.documentElement.dataset.now) - Date.now();
      const old = document.getElementById("panggung");
      // The clock's digits differ at every look; the rest only when something happened.
      const strip = (element) => element.outerHTML.replace(/data-left="[^"]*"|>[−0-9.]+<\/p>|stage-clock over/g, "");
      if (strip(old) !== strip(fresh)) old.replaceWith(document.adoptNode(fresh));
      tick();
    } catch {
      // The clock goes on; the next look may do better.
    }
  };

  setInterval(tick, 200);
  const again = async () => {
    await look();
    setTimeout(again, EVERY);
  };
  setTimeout(again, EVERY);
})();
