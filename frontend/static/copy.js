// A button beside a field that copies what stands in it: data-copy names the field, data-done is said afterwards. Without
// this script the button stays hidden, and the field can be selected as any other.
(() => {
  const copy = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      // No clipboard over plain http, or it was not allowed: the old way still works.
      field.select();
      return document.execCommand("copy");
    }
  };

  for (const field of document.querySelectorAll("[data-select]")) {
    field.addEventListener("focus", () => field.select());
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const label = button.querySelector("span");
    const words = label.textContent;
    const said = document.getElementById(`${button.dataset.copy}-salin`);
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!(await copy(field))) return;
      label.textContent = button.dataset.done;
      if (said) said.textContent = button.dataset.done;
      setTimeout(() => {
        label.textContent = words;
        if (said) said.textContent = "";
      }, 4000);
    });
  }
})();
