'use strict';
(() => {
  const form = document.getElementById('filters');
  const rule = document.getElementById('rule');
  const search = document.getElementById('search');
  const shown = document.getElementById('shown');
  const findings = [...document.querySelectorAll('.finding')].map((node) => ({
    node, severity: node.dataset.severity, rule: node.dataset.rule, text: node.textContent.toLowerCase(),
  }));
  const marked = [...document.querySelectorAll('td.has')];
  const notes = [...document.querySelectorAll('.notes, .list')];
  const open = (holder) => holder.querySelector('.finding:not([hidden])') !== null;

  function apply() {
    const severities = new Set([...form.querySelectorAll('input[type=checkbox]:checked')].map((b) => b.value));
    const words = search.value.trim().toLowerCase();
    for (const f of findings) {
      f.node.hidden = !(severities.has(f.severity) && (!rule.value || f.rule === rule.value) && f.text.includes(words));
    }
    for (const cell of marked) cell.classList.toggle('quiet', !open(cell));
    for (const list of notes) list.hidden = !open(list);
    const left = document.querySelectorAll('.list .finding:not([hidden])').length;
    shown.textContent = `${shown.dataset.word} ${left} / ${document.querySelectorAll('.list .finding').length}`;
  }

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('print').addEventListener('click', () => window.print());
  // what is folded on the screen is told in print
  const folded = [...document.querySelectorAll('.notes details')];
  let before = [];
  window.addEventListener('beforeprint', () => {
    before = folded.filter((d) => !d.open);
    for (const d of before) d.open = true;
  });
  window.addEventListener('afterprint', () => { for (const d of before) d.open = false; });
  // a link to a finding opens it, and moves the keyboard there
  window.addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.classList.contains('finding')) {
      target.querySelector('details').open = true;
      target.focus({ preventScroll: true });
    }
  });
  apply();
})();
