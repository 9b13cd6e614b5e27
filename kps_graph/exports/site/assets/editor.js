// The field for SPARQL as an editor: colours, faults, completion of variables, prefixes, and the terms of the ontology.
// Without this file the field does the same; what it answers is a page of the server.
"use strict";
(() => {
  const field = document.getElementById("query"), form = field?.form;
  if (!form || !window.Yasqe) return;
  const place = document.createElement("div"), prefixes = JSON.parse(field.dataset.prefixes), terms = JSON.parse(field.dataset.terms);
  place.className = "editor";
  field.after(place);
  // What completes is what the store has: Yasqe's own lists of classes and properties ask a service elsewhere.
  const completes = (kind, all) => Yasqe.forkAutocompleter(kind, { name: `own-${kind}`, persistenceId: null, bulk: true, get: async () => all });
  const named = pattern => terms.filter(iri => pattern.test(iri));
  completes("prefixes", Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`));
  completes("class", named(/#[A-Z]/));
  completes("property", named(/#[a-z]/));
  Yasqe.defaults.autocompleters = ["variables", "own-prefixes", "own-class", "own-property"];
  const editor = new Yasqe(place, {
    value: field.value, persistenceId: null, prefixCcApi: null,
    createShareableLink: null, consumeShareLink: null, showQueryButton: false, resizeable: false, lineWrapping: true,
    editorHeight: "auto", viewportMargin: Infinity, // as long as the query: nothing to scroll within
  });
  editor.setOption("extraKeys", { // Tab leaves the field, as everywhere
    ...editor.getOption("extraKeys"), Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => form.requestSubmit(), "Cmd-Enter": () => form.requestSubmit(),
  });
  editor.getInputField().setAttribute("aria-label", "SPARQL");
  field.hidden = true;
  field.required = false;
  form.addEventListener("submit", () => { field.value = editor.getValue(); });
})();
