// kps-graph explorer without a server: the search of a static site, over the texts that came with it.
"use strict";
(() => {
  const fold = text => text.normalize("NFKC").toLowerCase().replace(/[\s，。、；：「」（）()・,.;:/／-]/g, "");
  const site = JSON.parse(document.getElementById("site").textContent), kinds = site.kinds, MOST = 500;
  // The texts are in many scripts, each with all entries of a few keys: a character, or two that follow each other.
  const entries = new Map(), loaded = new Map(), cut = new Set(site.cut);
  window.kpsTexts = held => { for (const [id, ...e] of held) if (!entries.has(id)) entries.set(id, Object.assign(e, { id, folded: fold(e[1]), where: fold(e[2]) })); };
  const load = key => {
    const n = site.first.findLastIndex(first => first <= key);
    if (n < 0) return null;
    if (!loaded.has(n)) loaded.set(n, new Promise(done => { const s = document.createElement("script"); s.src = `${site.assets}texts/${n}.js`; s.onload = s.onerror = done; document.head.append(s); }));
    return loaded.get(n);
  };
  const keyed = word => { // the first two characters that are not too common to have all their entries
    const all = [...word], two = all.slice(1).map((c, i) => all[i] + c);
    return two.find(k => !cut.has(k)) ?? two[0] ?? all[0];
  };
  const wordsOf = typed => typed.split(/\s+/).map(fold).filter(Boolean);
  const common = words => words.every(w => cut.has(keyed(w))) && (words.length > 1 || words[0] !== keyed(words[0])); // of one, the best are those shown
  async function find(typed, most) {
    const words = wordsOf(typed), found = [];
    if (!words.length) return found;
    await Promise.all(words.map(w => load(keyed(w))));
    // A task is no hit for its occupation's name alone: the occupation is.
    const takes = e => words.every(w => e.folded.includes(w) || e.where.includes(w)) && (e[0] === "W" || words.some(w => e.folded.includes(w)));
    for (const e of entries.values()) if (takes(e)) found.push([e.folded === words[0] ? 0 : e.folded.startsWith(words[0]) ? 1 : 2, e.folded.length, e]);
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2].id - b[2].id).slice(0, most).map(f => f[2]);
  }
  const address = e => site.root + e[3];
  const marks = (text, typed) => typed.split(/\s+/).filter(Boolean).map(w => [text.indexOf(w), text.indexOf(w) + w.length]).filter(m => m[0] >= 0).sort((a, b) => a[0] - b[0]).filter((m, i, all) => !i || m[0] >= all[i - 1][1]);
  window.suggest = async typed => (await find(typed, 8)).map(e => ({ letter: e[0], kind: kinds[e[0]], text: e[1], marks: marks(e[1], typed), where: e[2], href: address(e) }));
  const asked = new URLSearchParams(location.search), typed = asked.get("q") ?? "", list = document.getElementById("hits");
  if (!list) return;
  const under = ["category", "occupation", "industry"].flatMap(k => asked.getAll(k)).map(c => c.replace(/^[A-S](?=\d)/, ""));
  const kind = asked.getAll("kind");
  if (!typed && !under.length && !kind.length) return; // the page lists the standards itself, in parts
  document.getElementById("turning").remove();
  document.getElementById("q").value = typed;
  const shown = async () => {
    if (typed) return find(typed, MOST);
    const of = kind.length ? kind : ["W"];
    await Promise.all(of.map(k => load(` ${k}`)));
    return [...entries.values()].filter(e => of.includes(e[0])).sort((a, b) => a.id - b.id);
  };
  shown().then(found => {
    if (under.length) found = found.filter(e => (e[4] ?? []).some(c => under.some(u => c.startsWith(u))));
    if (kind.length) found = found.filter(e => kind.includes(e[0]));
    const count = typed || under.length ? found.length : kind.reduce((n, k) => n + (site.counts[k] ?? 0), 0);
    const narrowed = ["category", "occupation", "industry"].flatMap(k => asked.getAll(k).map(c => [site.classes[k][""], c, site.classes[k][c] ?? site.classes[k][c.replace(/^[A-S](?=\d)/, "")] ?? ""].join(" ").trim()));
    document.getElementById("said-found").textContent = [...narrowed, site.found.replace("{n}", count), ...(wordsOf(typed).length && common(wordsOf(typed)) ? [site.common] : [])].join(" · ");
    list.replaceChildren(...found.slice(0, MOST).map(e => {
      const item = document.createElement("li"), tag = document.createElement("span"), sign = document.createElement("span"), head = document.createElement("h3"), link = document.createElement("a"), where = document.createElement("p");
      sign.className = `kind ${e[0]}`; sign.textContent = kinds[e[0]]; tag.append(sign);
      link.href = address(e); link.textContent = e[1]; link.lang = "zh-Hant"; head.append(link);
      where.textContent = e[2]; where.className = "quiet";
      item.append(tag, head, where);
      return item;
    }));
  });
})();
