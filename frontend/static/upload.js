// Handing in with a bad line in mind: the archive is checked and hashed here, announced, and sent in parts; whatever
// breaks is tried again, and parts that arrived are never sent twice. Without this script the form is sent as it is.
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form || !window.Worker) return;

  const { api, event: eventSlug, track, most, part, worker: workerUrl, receipt } = form.dataset;
  const words = JSON.parse(form.dataset.words);
  const root = document.documentElement;
  const find = (name) => form.querySelector(`[data-${name}]`);
  const input = form.querySelector("input[type=file]");
  const panel = find("panel"), bar = find("bar"), line = find("line"), title = find("name"), spoken = find("say");
  const trouble = find("trouble"), advice = find("advice"), same = find("same"), button = find("send");
  const signIn = find("sign-in"), again = find("again");
  const MB = 1e6, STALLED = 60000, LONGEST_PAUSE = 15;
  const BUSY = new Set([408, 425, 429, 500, 502, 503, 504]);

  class Cancelled extends Error {}
  class LineLost extends Error {}
  class NoWorker extends Error {}
  class Refused extends Error {
    constructor(problem) {
      super(problem.code);
      this.code = problem.code;
      this.words = problem.message[root.lang] ?? problem.message.id;
    }
  }

  let job = null;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const megabytes = (bytes) => (bytes < 99_500 ? `${bytes && Math.max(1, Math.round(bytes / 1000))} kB` : `${(Math.round(bytes / 1e5) / 10).toFixed(1).replace(".", words.comma)} MB`);
  const alive = (one) => {
    if (one !== job || one.cancelled) throw new Cancelled();
  };

  let lastSaid = 0;
  const say = (text, seldom = false) => {
    if (seldom && Date.now() - lastSaid < 10000) return;
    lastSaid = Date.now();
    spoken.textContent = text;
  };

  const mark = (name, look, text) => {
    const row = form.querySelector(`[data-check="${name}"]`);
    row.hidden = false;
    row.querySelector(".state").replaceWith(form.querySelector(`template[data-mark="${look}"]`).content.firstElementChild.cloneNode(true));
    row.querySelector(".state").append(words.checks[name]);
    row.lastElementChild.textContent = text;
  };

  const warn = (text, { link = false, go = "" } = {}) => {
    trouble.hidden = !text;
    advice.textContent = text;
    signIn.hidden = !link;
    again.hidden = !go;
    again.textContent = go;
  };

  // ---- choosing and checking

  const KINDS = [
    [[0x52, 0x61, 0x72, 0x21], "rar"],
    [[0x37, 0x7a, 0xbc, 0xaf], "seven"],
    [[0x25, 0x50, 0x44, 0x46], "pdf"],
    [[0xd0, 0xcf, 0x11, 0xe0], "office"],
    [[0x50, 0x4b, 0x03, 0x04], "zip"],
    [[0x1f, 0x8b], "gzip"],
  ];

  const faultOf = async (file) => {
    if (!file.size) return fill(words.faults.empty, { name: file.name });
    if (file.size > Number(most)) return fill(words.faults.large, { size: megabytes(file.size), most: `${Math.floor(Number(most) / MB)} MB` });
    let head;
    try {
      head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
    } catch {
      return fill(words.faults.unreadable, { name: file.name });
    }
    const kind = KINDS.find(([magic]) => magic.every((byte, index) => head[index] === byte))?.[1] ?? "other";
    if (kind === "zip" && /\.(docx|xlsx|pptx|odt|odp|ods|jar|apk)$/i.test(file.name)) return fill(words.faults.office, { name: file.name });
    if (kind === "zip" || kind === "gzip") return "";
    return fill(words.faults[kind], { name: file.name });
  };

  const reset = () => {
    panel.hidden = true;
    same.hidden = true;
    warn("");
    button.disabled = input.disabled = false;
    form.classList.remove("sending");
  };

  const drop = (one) => {
    if (!one) return;
    one.cancelled = true;
    one.worker?.terminate();
    one.xhr?.abort();
    one.wake?.();
  };

  const choose = async (files) => {
    if (job?.sending) return;
    drop(job);
    reset();
    if (files.length > 1) {
      job = null;
      input.value = "";
      refuse(words.faults.many);
      return;
    }
    const file = files[0];
    if (!file) {
      job = null;
      return;
    }
    const mine = (job = { file, sending: false, cancelled: false });
    for (const row of form.querySelectorAll("[data-check]")) row.hidden = true;
    title.textContent = file.name;
    bar.value = 0;
    bar.setAttribute("aria-label", fill(words.bar, { name: file.name }));
    const fault = await faultOf(file);
    if (mine !== job) return;
    if (fault) {
      job = null;
      input.value = "";
      refuse(fault);
      return;
    }
    clearRefusal();
    panel.hidden = false;
    mark("file", "ok", fill(words.fileOk, { size: megabytes(file.size) }));
    mark("hash", "run", words.hashing);
    line.textContent = words.hashing;
    mine.hashed = hash(mine);
    mine.hashed.catch(() => {});
    try {
      const { sha256 } = await mine.hashed;
      if (mine !== job) return;
      mark("hash", "ok", sha256);
      if (!mine.sending) line.textContent = words.ready;
      say(words.ready);
    } catch (error) {
      if (mine !== job || error instanceof Cancelled) return;
      fail(mine, error);
    }
  };

  const hash = (mine) =>
    new Promise((resolve, reject) => {
      const worker = (mine.worker = new Worker(workerUrl, { type: "module" }));
      worker.onmessage = ({ data }) => {
        if (mine.cancelled) return reject(new Cancelled());
        if (data.failed) return reject(new Refused({ code: "unreadable", message: { [root.lang]: fill(words.faults.unreadable, { name: mine.file.name }) } }));
        if (!data.sha256) {
          if (!mine.registered) bar.value = (100 * data.done) / mine.file.size;
          return;
        }
        worker.terminate();
        mine.sha256 = data.sha256;
        mine.parts = data.parts;
        resolve(data);
      };
      worker.onerror = () => reject(new NoWorker());
      worker.postMessage({ file: mine.file, partBytes: Number(part) });
    });

  // ---- what is wrong with the choice stands at the field, as the server would put it there

  const refuse = (text) => {
    clearRefusal();
    const field = input.closest(".field");
    field.classList.add("field-bad");
    const told = form.querySelector("template[data-error]").content.firstElementChild.cloneNode(true);
    told.lastElementChild.append(text);
    told.dataset.own = "1";
    input.before(told);
    input.setAttribute("aria-invalid", "true");
    input.focus();
    say(text);
  };

  const clearRefusal = () => {
    const field = input.closest(".field");
    field.classList.remove("field-bad");
    for (const told of field.querySelectorAll(".error")) told.remove();
    input.removeAttribute("aria-invalid");
  };

  // ---- talking to the server

  const once = (mine, method, path, { body = null, headers = {}, onProgress = null } = {}) =>
    new Promise((resolve, reject) => {
      const xhr = (mine.xhr = new XMLHttpRequest());
      let heard = Date.now();
      const watch = setInterval(() => {
        if (Date.now() - heard > STALLED) xhr.abort();
      }, 1000);
      xhr.open(method, api + path);
      xhr.responseType = "text";
      for (const [name, value] of Object.entries({ ...headers, Accept: "application/json", "X-Kunci": root.dataset.key })) xhr.setRequestHeader(name, value);
      if (onProgress) xhr.upload.onprogress = (progress) => {
        heard = Date.now();
        onProgress(progress.loaded);
      };
      xhr.onloadend = () => {
        clearInterval(watch);
        mine.xhr = null;
        if (mine.cancelled) return reject(new Cancelled());
        if (!xhr.status) return reject(new LineLost());
        let json = null;
        try {
          json = JSON.parse(xhr.responseText);
        } catch {
          // An answer without a body, or not from us.
        }
        resolve({ status: xhr.status, json, pause: Number(xhr.getResponseHeader("Retry-After")) || 0 });
      };
      xhr.send(body);
    });

  const pause = (mine, seconds, text) =>
    new Promise((resolve, reject) => {
      let left = Math.ceil(seconds);
      const done = () => {
        clearInterval(timer);
        removeEventListener("online", done);
        mine.wake = null;
        if (mine.cancelled) reject(new Cancelled());
        else resolve();
      };
      const show = () => warn(fill(text, { seconds: left }), { go: words.now });
      const timer = setInterval(() => {
        left -= 1;
        if (left <= 0) done();
        else show();
      }, 1000);
      mine.wake = done;
      addEventListener("online", done);
      show();
      say(fill(text, { seconds: left }));
    });

  // The key of the session that is there now; false while nobody is signed in.
  const freshKey = async () => {
    try {
      const page = await (await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" })).text();
      const key = new DOMParser().parseFromString(page, "text/html").documentElement.dataset.key;
      if (!key) return false;
      root.dataset.key = key;
      for (const field of document.querySelectorAll("input[name=_kunci]")) field.value = key;
      return true;
    } catch {
      return false;
    }
  };

  const signedIn = (mine) =>
    new Promise((resolve, reject) => {
      const look = async () => {
        if (!mine.cancelled && (document.hidden || !(await freshKey()))) return;
        document.removeEventListener("visibilitychange", look);
        removeEventListener("focus", look);
        mine.wake = null;
        warn("");
        if (mine.cancelled) reject(new Cancelled());
        else resolve();
      };
      mine.wake = look;
      document.addEventListener("visibilitychange", look);
      addEventListener("focus", look);
      warn(words.sessionOver, { link: true, go: words.goOn });
      say(words.sessionOver);
      line.textContent = words.paused;
    });

  const call = async (mine, method, path, options) => {
    for (let tries = 0; ; tries++) {
      alive(mine);
      let answer = null;
      try {
        answer = await once(mine, method, path, options);
      } catch (error) {
        if (!(error instanceof LineLost)) throw error;
        await pause(mine, Math.min(LONGEST_PAUSE, 2 ** Math.min(tries, 4)), words.lineLost);
        continue;
      }
      const { status, json } = answer;
      if (status < 300) {
        warn("");
        return json;
      }
      const code = json?.error?.code;
      if (status === 401 || (code === "key_wrong" && !(await freshKey()))) await signedIn(mine);
      else if (code === "key_wrong" && tries < 3) continue;
      else if (BUSY.has(status)) await pause(mine, answer.pause || Math.min(LONGEST_PAUSE, 2 ** Math.min(tries, 4)), words.serverBusy);
      // What is wrong may be mended within minutes, and what arrived stays.
      else if (status === 507) await pause(mine, 30, `${new Refused(json.error).words} ${words.againIn}`);
      else throw new Refused(json?.error ?? { code: "unknown", message: { [root.lang]: fill(words.unknown, { status }) } });
    }
  };

  // ---- sending

  const speed = () => {
    const seen = [];
    return (bytes) => {
      const now = Date.now();
      seen.push([now, bytes]);
      while (seen.length > 2 && now - seen[0][0] > 5000) seen.shift();
      const [then, before] = seen[0];
      return now > then ? ((bytes - before) / (now - then)) * 1000 : 0;
    };
  };

  const showSent = (mine, sent) => {
    const rate = mine.speed(sent);
    bar.value = (100 * sent) / mine.file.size;
    const values = { sent: megabytes(sent), total: megabytes(mine.file.size), rate: megabytes(rate), seconds: Math.max(1, Math.round((mine.file.size - sent) / rate)) };
    line.textContent = fill(rate > 0 && sent < mine.file.size ? words.sentAtRate : words.sent, values);
    say(line.textContent, true);
  };

  const sendPart = async (mine, upload, number, sent) => {
    const begin = (number - 1) * upload.part_bytes;
    const blob = mine.file.slice(begin, begin + upload.part_bytes);
    const headers = { "Content-Type": "application/octet-stream" };
    if (upload.part_bytes === Number(part)) headers["X-Content-SHA256"] = mine.parts[number - 1];
    for (let tries = 0; ; tries++) {
      try {
        await call(mine, "PUT", `/${upload.id}/parts/${number}`, { body: blob, headers, onProgress: (loaded) => showSent(mine, sent + Math.min(loaded, blob.size)) });
        return blob.size;
      } catch (error) {
        const damaged = error instanceof Refused && ["part_hash_mismatch", "part_incomplete"].includes(error.code);
        if (!damaged || tries >= 2) throw error;
      }
    }
  };

  const sure = (mine, number) =>
    new Promise((resolve, reject) => {
      same.hidden = false;
      const text = same.querySelector("[data-same-words]");
      text.textContent = fill(words.same, { number });
      line.textContent = words.paused;
      same.querySelector("button").focus();
      const finish = (go) => {
        same.hidden = true;
        mine.wake = null;
        if (go && !mine.cancelled) resolve();
        else reject(new Cancelled());
      };
      mine.wake = () => finish(false);
      find("same-go").onclick = () => finish(true);
      find("same-stop").onclick = () => cancel();
    });

  const deliver = async (mine) => {
    mark("send", "run", "");
    await mine.hashed;
    alive(mine);
    const announcement = JSON.stringify({ filename: mine.file.name, size: mine.file.size, sha256: mine.sha256, event: eventSlug, track });
    for (let tries = 0; ; tries++) {
      const upload = (mine.upload = await call(mine, "POST", "", { body: announcement, headers: { "Content-Type": "application/json" } }));
      mine.registered = true;
      mark("send", "run", words.registered);
      if (upload.same_as && !mine.sure) {
        await sure(mine, upload.same_as);
        mine.sure = true;
      }
      let sent = upload.size - upload.missing.reduce((sum, number) => sum + Math.min(upload.part_bytes, upload.size - (number - 1) * upload.part_bytes), 0);
      if (sent && !tries) say(fill(words.resumed, { sent: megabytes(sent) }));
      mine.speed = speed();
      showSent(mine, sent);
      for (const number of upload.missing) {
        sent += await sendPart(mine, upload, number, sent);
        showSent(mine, sent);
      }
      mark("send", "ok", fill(words.arrived, { total: megabytes(upload.size) }));
      mark("check", "run", words.checking);
      line.textContent = words.checking;
      bar.removeAttribute("value");
      say(words.checking);
      try {
        return await call(mine, "POST", `/${upload.id}/complete`);
      } catch (error) {
        const lost = error instanceof Refused && ["parts_missing", "hash_mismatch", "upload_expired"].includes(error.code);
        if (!lost || tries >= 2) throw error;
      }
    }
  };

  const fail = (mine, error) => {
    const wanted = mine.sending;
    mine.sending = false;
    if (mine !== job) return;
    job = null;
    if (error instanceof NoWorker) {
      // An old browser: then the form goes as it is, and counts when its last byte is there.
      reset();
      if (wanted) form.submit();
      return;
    }
    const text = error instanceof Refused ? error.words : fill(words.unknown, { status: error.name === "NotReadableError" ? "-" : error.message });
    reset();
    input.value = "";
    refuse(text);
  };

  const start = async () => {
    const mine = job;
    if (mine.sending) return;
    mine.sending = true;
    button.disabled = input.disabled = true;
    form.classList.add("sending");
    try {
      const got = await deliver(mine);
      alive(mine);
      mine.sending = false;
      line.textContent = words.done;
      say(words.done);
      location.assign(`${receipt}${got.submission}?kabar=diterima`);
    } catch (error) {
      if (!(error instanceof Cancelled)) fail(mine, error);
    }
  };

  const cancel = () => {
    const mine = job;
    job = null;
    drop(mine);
    reset();
    input.value = "";
    say(words.cancelled);
    line.textContent = "";
    if (mine?.upload) {
      const end = new XMLHttpRequest();
      end.open("DELETE", `${api}/${mine.upload.id}`);
      end.setRequestHeader("X-Kunci", root.dataset.key);
      end.send();
    }
    input.focus();
  };

  // ---- the form

  form.addEventListener("submit", (event) => {
    if (!job) {
      if (!input.files.length) {
        event.preventDefault();
        refuse(words.faults.none);
      }
      return;
    }
    event.preventDefault();
    start();
  });
  input.addEventListener("change", () => choose(input.files));
  find("cancel").addEventListener("click", cancel);
  again.addEventListener("click", () => job?.wake?.());
  addEventListener("beforeunload", (event) => {
    if (!job?.sending) return;
    event.preventDefault();
    event.returnValue = true; // for browsers of before 2024
  });

  const area = find("drop");
  area.classList.add("drop");
  find("drop-words").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    const items = [...event.dataTransfer.items];
    if (items.some((item) => item.webkitGetAsEntry?.()?.isDirectory)) {
      refuse(words.faults.folder);
      return;
    }
    choose(event.dataTransfer.files);
  });
  // A file dropped beside the field must not replace the page.
  for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
  if (input.files.length) choose(input.files);
})();
