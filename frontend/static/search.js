// Filters the rows of the board while one types; without this the form asks the server.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const input = form.querySelector("input");
  const news = document.getElementById("kabar");

  const filter = () => {
    const wanted = input.value.trim().toLowerCase();
    let found = 0;
    for (const row of document.querySelectorAll(".board tbody tr")) {
      const fits = row.querySelector(".team").textContent.toLowerCase().includes(wanted);
      row.hidden = !fits;
      found += fits;
    }
    document.querySelector(".board")?.classList.toggle("filtered", wanted !== "");
    return [wanted, found];
  };

  input.addEventListener("input", () => {
    const [wanted, found] = filter();
    news.textContent = wanted ? news.dataset.found.replace("{n}", found) : "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("gelanggang:papan", filter);
  if (input.value) filter();
})();
