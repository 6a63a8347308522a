// A scorecard is saved field by field. What is not saved yet lies in this browser, by person and scorecard, until the
// server has it: through a lost line, a closed tab, a session that ended. What another tab changed is told, never
// overwritten. Signing out (draft.js) and sending forget what lies here.
(() => {
  const form = document.querySelector("form[data-sheet]");
  if (!form) return;

  const { here, sheet } = form.dataset;
  const STORE = `lembar:${sheet}`;
  const PAUSE = 1000, FIRST_WAIT = 2000, LONGEST_WAIT = 30000;
  const words = JSON.parse(form.dataset.words);
  const find = (name) => form.querySelector(`[data-${name}]`);
  const status = find("status"), trouble = find("trouble"), troubleText = find("trouble-text"), signIn = find("sign-in");
  const undo = find("undo");
  const locked = form.hasAttribute("data-locked");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  let version = Number(form.dataset.version);
  let key = document.documentElement.dataset.key ?? "";
  let waiting = {}; // by field's name: {part, field, value, base, tried}
  let stuck = {}; // of these, the ones that another tab changed too
  let timer = null, wait = 0, running = null, kept = true, dead = false;

  const plain = find("plain");
  if (plain) plain.hidden = true;

  // ---- what lies in this browser
  const keep = () => {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(STORE, JSON.stringify(waiting));
      else localStorage.removeItem(STORE);
      kept = true;
    } catch {
      kept = false;
    }
  };
  const keptBefore = () => {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  };

  // ---- what the page says
  const say = (icon, text, ok = false) => {
    const drawing = document.querySelector(`template[data-icon="${icon}"]`).content.cloneNode(true);
    status.classList.toggle("st-ok", ok);
    status.replaceChildren(drawing, text);
  };
  const warn = (text, link = false) => {
    trouble.hidden = !text;
    if (troubleText.textContent !== text) troubleText.textContent = text;
    signIn.hidden = !link;
  };

  const inputs = (name) => [...form.elements].filter((one) => one.name === name && one.dataset.part);
  const put = (name, value) => {
    for (const one of inputs(name)) {
      if (one.type === "radio") one.checked = one.value === String(value ?? "");
      else {
        one.value = value ?? "";
        if (value) one.closest("details")?.setAttribute("open", "");
      }
    }
  };
  const read = (one) => (one.type === "radio" ? Number(one.value) : one.value);

  const total = () => {
    let sum = 0, weights = 0, rated = 0, all = 0;
    for (const crit of form.querySelectorAll("fieldset[data-crit]")) {
      const chosen = crit.querySelector("input:checked");
      all += 1;
      if (!chosen) continue;
      rated += 1;
      weights += Number(crit.dataset.weight);
      sum += Number(crit.dataset.weight) * (Number(chosen.value) - 1) * 25;
    }
    find("total").textContent = rated ? (sum / weights).toFixed(1).replace(".", words.comma) : "–";
    find("total-said").textContent = rated === all ? words.complete : fill(words.partial, { n: rated, all });
  };

  const tell = (answer) => {
    version = answer.version;
    form.elements.versi.value = version;
    if (!Object.keys(waiting).length) {
      find("total").textContent = answer.total.points;
      find("total-said").textContent = answer.total.said;
    }
    undo.disabled = !answer.undo;
    takeOver(answer.others);
  };

  // What changed elsewhere is shown, unless it is being changed here too.
  const takeOver = (others) => {
    let any = false;
    for (const other of others) {
      if (waiting[other.name]) continue;
      put(other.name, other.value);
      any = true;
    }
    if (any) {
      total();
      warn(words.elsewhere);
    }
  };

  // ---- another tab has changed the same field
  const box = (name) => form.querySelector(`[data-conflict="${name}"]`);
  const settle = (name) => {
    delete stuck[name];
    box(name).replaceChildren();
  };
  const ask = (name, answer) => {
    const one = waiting[name];
    stuck[name] = answer;
    const place = document.createElement("div");
    place.className = "notice notice-warn clash";
    place.setAttribute("role", "alert");
    const text = document.createElement("p");
    const rating = one.part === "ratings";
    text.textContent = rating ? fill(words.moved, { theirs: answer.current ?? words.none }) : words.moved_words;
    place.append(text);
    if (!rating) {
      const quote = document.createElement("blockquote");
      quote.textContent = answer.current ?? words.none;
      place.append(quote);
    }
    const choices = document.createElement("p");
    choices.className = "flow";
    const choose = (label, mine) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-2";
      button.textContent = label;
      button.addEventListener("click", () => {
        settle(name);
        if (mine) waiting[name].base = answer.version;
        else {
          delete waiting[name];
          put(name, answer.current);
          total();
        }
        keep();
        const back = inputs(name).find((input) => input.type !== "radio" || input.checked) ?? inputs(name)[0];
        back.focus();
        flush();
      });
      choices.append(button);
    };
    choose(rating ? fill(words.use, { value: answer.current ?? words.none }) : words.use_theirs, false);
    choose(rating ? fill(words.use, { value: one.value }) : words.use_mine, true);
    place.append(choices);
    box(name).replaceChildren(place);
  };

  // ---- sending
  const post = (path, body, keepalive = false) =>
    fetch(`${here}/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Kunci": key },
      body: JSON.stringify(body),
      redirect: "manual",
      cache: "no-store",
      keepalive,
    });

  const renewKey = async () => {
    const answer = await fetch(`${here}/keadaan`, { redirect: "manual", cache: "no-store" });
    if (answer.status !== 200) return false;
    const found = await answer.json();
    if (found.person !== sheet.split(":")[0]) return false;
    key = found.key;
    for (const field of form.querySelectorAll("input[name=_kunci]")) field.value = key;
    return true;
  };

  const later = () => {
    wait = Math.min(wait ? wait * 2 : FIRST_WAIT, LONGEST_WAIT);
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  };

  const next = () => Object.keys(waiting).find((name) => !stuck[name]);

  const sendField = async (name) => {
    const asked = waiting[name];
    const value = asked.value;
    if (!asked.tried.includes(value)) asked.tried.push(value);
    keep();
    let answer;
    try {
      answer = await post("isian", { part: asked.part, field: asked.field, value, version: asked.base });
    } catch {
      say("unplug", words.unsaved);
      warn(words.offline);
      later();
      return false;
    }
    if (answer.status === 200) {
      const said = await answer.json();
      warn("");
      wait = 0;
      if (waiting[name]?.value === value) delete waiting[name];
      else if (waiting[name]) waiting[name].base = said.version;
      keep();
      tell(said);
      say("check", fill(words.saved, { at: said.at }), true);
      return true;
    }
    let said = {};
    try {
      said = await answer.json();
    } catch {
      // No answer of ours: a proxy's page, say.
    }
    if (said.code === "field_moved") {
      // An answer that was lost is not another tab's: what was tried here stands there.
      if (asked.tried.includes(said.current)) {
        asked.base = said.version;
        return true;
      }
      takeOver(said.others);
      ask(name, said);
      return true;
    }
    if (said.code === "key") {
      if (await renewKey().catch(() => false)) return true;
      said.code = "sign_in";
      said.message = words.unsaved;
    }
    say("clock", words.unsaved);
    if (said.code === "sign_in") {
      warn(said.message, true);
      later();
      return false;
    }
    if (!said.code || answer.status >= 500 || answer.status === 429) {
      warn(said.message ?? words.offline);
      later();
      return false;
    }
    if (said.code === "value_invalid") {
      warn(said.message);
      return false;
    }
    // It can't be saved any more; the words stay on the page and in this browser.
    dead = true;
    warn(said.message);
    return false;
  };

  const run = async () => {
    let name = next();
    while (name && !dead) {
      say("petals", words.saving);
      if (!(await sendField(name))) return;
      name = next();
    }
    if (Object.keys(stuck).length) say("clock", words.unsaved);
  };

  const flush = () => {
    clearTimeout(timer);
    running ??= run().finally(() => {
      running = null;
      if (!wait && !dead && next() && trouble.hidden) flush();
    });
    return running;
  };

  // ---- typing and choosing
  const note = (one) => {
    const { part, field } = one.dataset;
    const value = read(one);
    const before = waiting[one.name];
    waiting[one.name] = { part, field, value, base: before?.base ?? version, tried: before?.tried ?? [] };
    if (stuck[one.name]) ask(one.name, stuck[one.name]);
    keep();
    say("clock", words.unsaved);
  };
  form.addEventListener("input", (event) => {
    if (!event.target.dataset.part || event.target.type === "radio" || locked) return;
    note(event.target);
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  });
  form.addEventListener("change", (event) => {
    if (!event.target.dataset.part || locked) return;
    if (event.target.type === "radio") {
      note(event.target);
      total();
    }
    flush();
  });

  const stepBack = async () => {
    if (locked || undo.disabled) return;
    await flush();
    if (Object.keys(waiting).length) return;
    const answer = await post("urungkan", { version }).catch(() => null);
    if (!answer) {
      warn(words.offline);
      return;
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.status !== 200) {
      if (said.code === "key" && (await renewKey().catch(() => false))) return stepBack();
      warn(said.message || words.unsaved, said.code === "sign_in");
      return;
    }
    put(said.changed.name, said.changed.value);
    tell(said);
    say("check", fill(words.saved, { at: said.at }), true);
    const field = inputs(said.changed.name)[0];
    const label = field.closest("fieldset")?.querySelector("legend span")?.textContent ?? field.labels[0].textContent;
    warn(fill(words.undone, { field: label }));
    (inputs(said.changed.name).find((input) => input.checked) ?? field).focus();
  };
  form.addEventListener("gelanggang:undo", stepBack);

  // ---- leaving: with everything saved only, or at least kept
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.submitter === undo) return stepBack();
    await flush();
    if (Object.keys(waiting).length === 0) location.assign(`${here}/kirim`);
  });
  addEventListener("pagehide", () => {
    for (const [name, one] of Object.entries(waiting))
      if (!stuck[name] && !locked) post("isian", { part: one.part, field: one.field, value: one.value, version: one.base }, true).catch(() => {});
  });
  addEventListener("beforeunload", (event) => {
    if (Object.keys(waiting).length && (!kept || wait || Object.keys(stuck).length)) event.preventDefault();
  });
  const again = () => {
    if (!Object.keys(waiting).length) return;
    wait = 0;
    flush();
  };
  addEventListener("online", again);
  addEventListener("pageshow", (event) => {
    // From the browser's memory: what is shown may be old.
    if (event.persisted) location.reload();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) again();
  });

  // ---- hidden metrics come with the first rating
  const measured = document.querySelector("[data-measured]");
  const reveal = async () => {
    if (!measured?.dataset.measured) return;
    const answer = await fetch(measured.dataset.measured, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (answer?.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.getElementById("hasil-tersembunyi")) return;
    measured.replaceChildren(...page.body.childNodes);
    measured.dataset.measured = "";
  };
  new MutationObserver(() => {
    if (form.querySelector("fieldset[data-crit] input:checked") && !Object.keys(waiting).length) reveal();
  }).observe(status, { childList: true });

  // ---- what was left here by a page before this one
  for (const [name, one] of Object.entries(keptBefore())) {
    const there = inputs(name);
    if (!there.length) continue;
    if (locked) {
      // Nothing can be saved any more: what was typed is shown beside what stands.
      const left = document.createElement("div");
      const quote = document.createElement("blockquote");
      left.className = "notice notice-warn clash";
      quote.textContent = one.value;
      left.append(words.unsaved, quote);
      box(name).replaceChildren(left);
      continue;
    }
    waiting[name] = one;
    put(name, one.value);
  }
  if (Object.keys(waiting).length) {
    total();
    say("clock", words.unsaved);
    flush();
  }
})();
