// Buttons that copy a text that stands on the page. Without this script, or without the right to copy, they stay hidden.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.querySelector("span");
    const before = label.textContent;
    button.hidden = false;
    label.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      label.textContent = button.dataset.copied;
      setTimeout(() => {
        label.textContent = before;
      }, 3000);
    });
  }
})();
