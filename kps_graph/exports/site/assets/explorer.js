// kps-graph explorer: what pages do beyond reading. Every page works without this file.
"use strict";
const $ = (q, at = document) => at.querySelector(q), $$ = (q, at = document) => [...at.querySelectorAll(q)];

// Theme: follows the system until a person chooses.
const root = document.documentElement, theme = $("#theme");
const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const show = () => theme?.setAttribute("aria-pressed", String(dark()));
try { const kept = localStorage.getItem("theme"); if (kept) root.dataset.theme = kept; } catch { /* storage is off */ }
const asked = new URLSearchParams(location.search);
if (asked.has("theme")) root.dataset.theme = asked.get("theme");
if (theme) theme.hidden = false;
show();
theme?.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage is off */ }
  show();
});
for (const b of $$("[data-print]")) { b.hidden = false; b.addEventListener("click", () => print()); }
for (const menu of $$("details.menu")) {
  menu.addEventListener("keydown", e => { if (e.key === "Escape") { menu.open = false; $("summary", menu).focus(); } });
  document.addEventListener("click", e => { if (!menu.contains(e.target)) menu.open = false; });
}

// K and S light up where they are used: hover and focus for a look, the code to keep it, Escape to let go.
const table = $(".official"), tray = $(".tray");
let pinned = asked.get("light");
const place = code => document.getElementById(code); // where a K or S stands first: there it leads on, and says where it is used
const named = chip => chip && (chip.id || $("a[href^='#']", chip)?.getAttribute("href").slice(1));
const again = code => $$(`a[href="#${CSS.escape(code)}"]`, table).map(a => a.closest(".chip"));
function light(code) {
  for (const el of $$(".lit, .on, .same", table)) el.classList.remove("lit", "on", "same");
  const chip = code && place(code)?.closest(".official .chip");
  if (tray) tray.hidden = !chip;
  if (!chip) return;
  for (const el of [chip, ...again(code)]) el.classList.add("on");
  for (const u of chip.dataset.units.split(" ")) for (const el of $$(`[data-u="${u}"]`, table)) el.classList.add("lit");
  for (const c of chip.dataset.same?.split(" ") ?? []) place(c)?.classList.add("same");
  if (tray) tray.replaceChildren(...[$(".code", chip), $(".go", chip).firstChild, $("i", chip)].filter(Boolean).map(n => { const s = document.createElement("span"); s.textContent = n.textContent.replace(/^[，,]\s*/, "") + "　"; return s; }));
}
if (table && $(".chip", table)) {
  const code = e => named(e.target.closest?.(".chip"));
  for (const chip of $$(".chip:not([id])", table)) {
    const first = named(chip) && $("a.go", place(named(chip))), text = $("a:not(.code)", chip);
    if (first && text) text.href = first.href;
  }
  for (const kind of ["mouseover", "focusin"]) table.addEventListener(kind, e => light(code(e) ?? pinned));
  for (const kind of ["mouseleave", "focusout"]) table.addEventListener(kind, () => light(pinned));
  for (const a of $$(".chip a.code", table)) a.tabIndex = -1;
  table.addEventListener("click", e => {
    if (!e.target.closest(".chip a.code")) return;
    e.preventDefault();
    pinned = pinned === code(e) ? null : code(e);
    light(pinned);
  });
  document.addEventListener("keydown", e => { if (e.key === "Escape") light(pinned = null); });
  light(pinned);
}

// Facets fold away where they would push the hits off the screen.
const facets = $(".facets");
if (facets && matchMedia("(max-width: 59.99rem)").matches) facets.open = false;

// Suggestions: the combobox pattern, its list filled by the server at /suggest?q=.
const field = $("[role=combobox]"), list = field && document.getElementById(field.getAttribute("aria-controls"));
const make = (name, text, className) => { const e = document.createElement(name); if (text) e.textContent = text; if (className) e.className = className; return e; };
function marked(text, marks) {
  const out = make("span");
  let at = 0;
  for (const [begin, end] of marks) { out.append(text.slice(at, begin), make("mark", text.slice(begin, end))); at = end; }
  out.append(text.slice(at));
  return out;
}
if (field && list) {
  const options = () => $$("[role=option]", list), ofServer = async typed => {
    if (!field.dataset.suggest) return [];
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address);
    return answer.ok ? answer.json() : [];
  }, suggest = typed => (window.suggest ?? ofServer)(typed); // a site of files brings its own, loaded after this
  let at = -1, turn = 0;
  const open = yes => { list.hidden = !yes; field.setAttribute("aria-expanded", String(yes)); if (!yes) go(-1); };
  const go = to => {
    at = to;
    options().forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    const chosen = options()[at];
    if (chosen) { field.setAttribute("aria-activedescendant", chosen.id); chosen.scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
  };
  const look = async () => {
    const typed = field.value.trim(), mine = ++turn;
    const found = typed ? await suggest(typed) : [];
    if (mine !== turn) return; // an answer to what is no longer in the field
    list.replaceChildren(...found.map((s, i) => {
      const o = make("li");
      o.id = `o${i}`; o.dataset.href = s.href;
      o.setAttribute("role", "option"); o.setAttribute("aria-selected", "false");
      const text = marked(s.text, s.marks);
      text.lang = "zh-Hant";
      o.append(make("span", s.kind, `kind ${s.letter}`), text, make("small", s.where));
      return o;
    }));
    open(found.length > 0 && document.activeElement === field);
    const said = $("#said");
    if (said) said.textContent = found.length ? field.dataset.said.replace("{n}", found.length) : "";
  };
  field.addEventListener("input", look);
  field.addEventListener("keydown", e => {
    if (e.isComposing || e.keyCode === 229) return; // a Chinese input method is choosing its word: keys are its own
    const n = options().length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) look();
      else go(e.key === "ArrowDown" ? (at + 1) % n : (at - 1 + n) % n);
    } else if (e.key === "Escape") open(false);
    else if (e.key === "Enter" && at >= 0) { e.preventDefault(); location.href = options()[at].dataset.href; }
  });
  list.addEventListener("mousedown", e => { e.preventDefault(); const o = e.target.closest("[role=option]"); if (o) location.href = o.dataset.href; });
  field.addEventListener("blur", () => open(false));
}

// A field for an occupation: the list of its names follows what is typed.
for (const chooser of $$("[data-occupations]")) {
  const names = chooser.list;
  if (!names || names.options.length) continue; // few enough to stand in the page
  chooser.addEventListener("input", async () => {
    const address = new URL(chooser.dataset.occupations, location.href);
    address.searchParams.set("q", chooser.value);
    const answer = await fetch(address);
    if (answer.ok) names.replaceChildren(...(await answer.json()).map(s => { const o = make("option", s.text); o.value = s.code; return o; }));
  });
}

// A draft or a course: drop or choose it, and read the report in place. The form alone does the same by one request.
const say = text => { const said = $("#said"); if (said) said.textContent = text; };
async function post(address, sent, files, signal) {
  const answer = await fetch(address, { method: "POST", body: sent, signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  $("main").replaceWith(page.querySelector("main"));
  arrived(files);
}
function takes() {
  const drop = $(".drop"), file = $("#file");
  if (!drop || !file) return;
  const form = drop.closest("form"), working = $(".working"), stop = new AbortController();
  file.classList.add("hidden");
  $("#choose").hidden = false;
  const busy = yes => { form.hidden = yes; working.hidden = !yes; };
  async function check(files) {
    if (!files.length) return;
    const sent = new FormData(form), others = [...sent.values()].filter(v => v instanceof File && v.name), kept = [...files];
    $(".file-name", working).textContent = kept.map(f => f.name).join(document.documentElement.lang === "en" ? ", " : "、");
    sent.delete(file.name);
    for (const f of kept) sent.append(file.name, f);
    const shown = setTimeout(() => { busy(true); say($("#h-work").textContent); }, 300);
    const slow = setTimeout(() => { $(".slow", working).hidden = false; say($(".slow", working).textContent); }, 10000);
    try { await post(form.action, sent, [...kept, ...others], stop.signal); } catch (error) {
      busy(false);
      if (error.name !== "AbortError") throw error;
    } finally { clearTimeout(shown); clearTimeout(slow); }
  }
  $("#cancel").addEventListener("click", () => { stop.abort(); location.reload(); });
  const over = yes => e => { e.preventDefault(); drop.classList.toggle("over", yes); };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", e => { over(false)(e); check(e.dataTransfer.files); });
  file.addEventListener("change", () => check(file.files));
  form.addEventListener("submit", e => { if (file.files.length) { e.preventDefault(); check(file.files); } });
}
takes();
// What a report can be saved as is made of the file again: the page still has it, the server does not.
function arrived(files) {
  takes();
  for (const again of $$("form.again")) {
    for (const field of $$("input[type=file]", again)) {
      const own = files.find(f => f.name === field.dataset.name);
      if (!own) continue;
      const kept = new DataTransfer();
      kept.items.add(own);
      field.files = kept.files;
      field.closest(".again-field").hidden = true;
    }
    again.addEventListener("submit", e => {
      if (!e.submitter || !("here" in e.submitter.dataset)) return;
      e.preventDefault();
      post(e.submitter.formAction, new FormData(again), files);
    });
  }
  for (const b of $$("[data-print]")) { b.hidden = false; b.addEventListener("click", () => print()); }
  scrollTo(0, 0);
  ($(".problem") ?? $("h1")).focus();
}
