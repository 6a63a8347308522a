// Buttons that copy a text that stands on the page: data-copy names the field or element, data-copied is said afterwards.
// Without this script they stay hidden; a field can be selected as any other.
(() => {
  const old = (source) => {
    // No clipboard over plain http, or it was not allowed: what is selected can still be copied.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  };

  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      return true;
    } catch {
      return old(source);
    }
  };

  for (const field of document.querySelectorAll("[data-select]")) {
    field.addEventListener("focus", () => field.select());
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.querySelector("span");
    const before = label.textContent;
    button.hidden = false;
    label.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      if (!(await copy(document.getElementById(button.dataset.copy)))) return;
      label.textContent = button.dataset.copied;
      setTimeout(() => {
        label.textContent = before;
      }, 3000);
    });
  }
})();
