// kps-graph explorer without a server: the search of a static site, over the texts that came with it.
"use strict";
(() => {
  const fold = text => text.normalize("NFKC").toLowerCase().replace(/[\s，。、；：「」（）()・,.;:/／-]/g, "");
  const site = JSON.parse(document.getElementById("site").textContent), entries = window.kpsTexts ?? [];
  const kinds = site.kinds, folded = entries.map(e => fold(e[1]));
  function find(typed, most) {
    const words = typed.split(/\s+/).map(fold).filter(Boolean), found = [];
    if (!words.length) return found;
    entries.forEach((e, i) => { if (words.every(w => folded[i].includes(w) || e[2].toLowerCase().includes(w))) found.push([folded[i] === words[0] ? 0 : folded[i].startsWith(words[0]) ? 1 : 2, folded[i].length, i]); });
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).slice(0, most).map(f => entries[f[2]]);
  }
  const address = e => site.root + e[3];
  const marks = (text, typed) => typed.split(/\s+/).filter(Boolean).map(w => [text.indexOf(w), text.indexOf(w) + w.length]).filter(m => m[0] >= 0).sort((a, b) => a[0] - b[0]).filter((m, i, all) => !i || m[0] >= all[i - 1][1]);
  window.suggest = async typed => find(typed, 8).map(e => ({ letter: e[0], kind: kinds[e[0]], text: e[1], marks: marks(e[1], typed), where: e[2], href: address(e) }));
  const asked = new URLSearchParams(location.search), typed = asked.get("q") ?? "", list = document.getElementById("hits");
  if (!list) return;
  const under = ["category", "occupation", "industry"].flatMap(k => asked.getAll(k)).map(c => c.replace(/^[A-S](?=\d)/, ""));
  const kind = asked.getAll("kind");
  if (!typed && !under.length && !kind.length) return; // the page lists the standards itself, in parts
  document.getElementById("turning").remove();
  let found = typed ? find(typed, 500) : entries.filter(e => kind.length ? true : e[0] === "W");
  if (under.length) found = found.filter(e => (e[4] ?? []).some(c => under.some(u => c.startsWith(u))));
  if (kind.length) found = found.filter(e => kind.includes(e[0]));
  document.getElementById("q").value = typed;
  const narrowed = ["category", "occupation", "industry"].flatMap(k => asked.getAll(k).map(c => [site.classes[k][""], c, site.classes[k][c] ?? site.classes[k][c.replace(/^[A-S](?=\d)/, "")] ?? ""].join(" ").trim()));
  document.getElementById("said-found").textContent = [...narrowed, site.found.replace("{n}", found.length)].join(" · ");
  list.replaceChildren(...found.slice(0, 500).map(e => {
    const item = document.createElement("li"), tag = document.createElement("span"), sign = document.createElement("span"), head = document.createElement("h3"), link = document.createElement("a"), where = document.createElement("p");
    sign.className = `kind ${e[0]}`; sign.textContent = kinds[e[0]]; tag.append(sign);
    link.href = address(e); link.textContent = e[1]; link.lang = "zh-Hant"; head.append(link);
    where.textContent = e[2]; where.className = "quiet";
    item.append(tag, head, where);
    return item;
  }));
})();
