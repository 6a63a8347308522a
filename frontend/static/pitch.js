// A page that waits for its pictures looks from time to time, only while somebody looks at it.
(() => {
  const waiting = document.querySelector("[data-wait]");
  if (!waiting) return;
  let busy = false;
  setInterval(async () => {
    if (document.hidden || busy) return;
    busy = true;
    try {
      const answer = await fetch(waiting.dataset.wait, { cache: "no-store", redirect: "error" });
      const typing = document.activeElement?.matches("input") || document.querySelector("form input[type=file]")?.files.length;
      if (answer.ok && (await answer.text()) !== waiting.dataset.nowState && !typing) location.replace(location.pathname);
    } catch {
      // The line is gone for now; the next look may do better.
    }
    busy = false;
  }, 2000);
})();
