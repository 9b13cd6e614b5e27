'use strict';
// What is typed is put into the markup, which is what is saved, by this page or by the browser.
const fields = document.querySelectorAll('input, select, textarea');
let unsaved = false;

function keep(field) {
  if (field.matches('select')) {
    const chosen = field.selectedIndex;
    [...field.options].forEach((option, n) => option.toggleAttribute('selected', n === chosen));
    field.selectedIndex = chosen;
  } else if (field.matches('textarea')) {
    field.textContent = field.value;
    field.parentElement.dataset.text = field.value;
  } else {
    field.setAttribute('value', field.value);
  }
}

function save() {
  fields.forEach(keep);
  const page = document.documentElement.cloneNode(true);
  page.querySelector('.tools').hidden = true;
  const name = decodeURIComponent(location.pathname.split('/').pop()) || 'review.html';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['<!DOCTYPE html>\n', page.outerHTML], {type: 'text/html'}));
  link.download = name;
  link.click();
  unsaved = false;
}

document.addEventListener('input', (event) => { keep(event.target); unsaved = true; });
document.addEventListener('change', (event) => { keep(event.target); unsaved = true; });
addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault(); });
addEventListener('beforeprint', () => fields.forEach(keep));
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 's') { event.preventDefault(); save(); }
});
document.getElementById('save').addEventListener('click', save);
document.getElementById('print').addEventListener('click', () => print());
document.querySelector('.tools').hidden = false;
