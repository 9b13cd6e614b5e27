"use strict";
// Lights up what belongs together, pins, searches, zooms and moves.
// Everything it shows is in the page already; without it the picture can still be read.
const svg = document.querySelector("svg");
const world = svg.querySelector("#world");
const nodes = [...svg.querySelectorAll(".node")];
const links = [...svg.querySelectorAll("#links path")];
const detail = document.getElementById("detail");
const search = document.getElementById("search");
const found = document.getElementById("found");
const words = (text) => (text || "").split(" ").filter(Boolean);
const byId = new Map(nodes.map((node) => [node.dataset.id, node]));
const label = new Map(nodes.map((node) => [node, node.querySelector("title").textContent]));
const touches = new Map(nodes.map((node) => [node, words(node.dataset.touches)]));
const centre = new Map(nodes.map((node) => {
  const box = (node.querySelector("circle") || node).getBBox();
  return [node, [box.x + box.width / 2, box.y + box.height / 2]];
}));
let pinned = null;
let matches = [];

// A node lights up with what it touches; a line, where both its ends are lit.
function light(node) {
  for (const lit of svg.querySelectorAll(".lit, .self")) lit.classList.remove("lit", "self");
  svg.classList.toggle("lighting", Boolean(node));
  detail.hidden = !(node && node.hasAttribute("data-more"));
  if (!node) return;
  const own = node.dataset.id;
  const ids = new Set([own, ...touches.get(node)]);
  for (const id of ids) byId.get(id)?.classList.add("lit");
  node.classList.add("self");
  for (const link of links) {
    const targets = words(link.dataset.to);
    const near = !zoomable || link.dataset.from === own || targets.includes(own);
    if (near && ids.has(link.dataset.from) && targets.some((id) => ids.has(id))) {
      link.classList.add("lit");
    }
  }
  detail.textContent = label.get(node);
}

function pin(node) {
  pinned?.setAttribute("aria-pressed", "false");
  pinned = node === pinned ? null : node;
  pinned?.setAttribute("aria-pressed", "true");
  light(pinned);
}

function focus(node) {
  for (const other of nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
  node.focus({ preventScroll: true });
  if (zoomable || !inSight(node)) show(node);
}

// The nearest node in a direction, sideways distance counting double.
function beside(node, dx, dy) {
  const [x, y] = centre.get(node);
  let best = null;
  let least = Infinity;
  for (const other of nodes) {
    const [ox, oy] = centre.get(other);
    const along = (ox - x) * dx + (oy - y) * dy;
    const across = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (along > 1 && along + 2 * across < least) {
      least = along + 2 * across;
      best = other;
    }
  }
  return best;
}

const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
for (const node of nodes) {
  node.setAttribute("role", "button");
  node.setAttribute("aria-pressed", "false");
  node.setAttribute("aria-label", label.get(node));
  node.setAttribute("tabindex", node === nodes[0] ? "0" : "-1");
  node.querySelector("title").remove();
  node.addEventListener("mouseenter", () => pinned || light(node));
  node.addEventListener("mouseleave", () => pinned || light(null));
  node.addEventListener("focus", () => pinned || light(node));
  node.addEventListener("blur", () => pinned || light(null));
  node.addEventListener("click", () => moved || pin(node));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") pin(node);
    else if (event.key in arrows) {
      const next = beside(node, ...arrows[event.key]);
      if (next) focus(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// A map is searched by name and code, not by what is said about each dot's neighbours.
const lines = svg.hasAttribute("data-zoomable") ? 2 : Infinity;
const text = new Map(nodes.map((node) =>
  [node, label.get(node).toLowerCase().split("\n").slice(0, lines).join("\n")]));

function look() {
  const wanted = search.value.trim().toLowerCase();
  matches = wanted ? nodes.filter((node) => text.get(node).includes(wanted)
    && !node.dataset.id.startsWith("-name-")) : [];
  for (const node of nodes) node.classList.toggle("match", matches.includes(node));
  svg.classList.toggle("searching", Boolean(wanted));
  found.textContent = wanted ? `${found.dataset.word} ${matches.length}` : "";
}

search.addEventListener("input", look);
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !matches.length) return;
  const [first, ...others] = matches;
  matches = [...others, first];
  show(first);
  light(first);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (pinned) pin(pinned);
  light(null);
  search.value = "";
  look();
});
document.getElementById("print").addEventListener("click", () => window.print());

const zoomable = svg.hasAttribute("data-zoomable");
const [wide, tall] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
const main = document.querySelector("main");
const labels = [...svg.querySelectorAll("text[data-zoom]")].map((t) => [t, Number(t.dataset.zoom)]);
const far = [...svg.querySelectorAll("text[data-far]")].map((t) => [t, Number(t.dataset.far)]);
let view = { x: 0, y: 0, scale: 1 };
let moved = false;

function magnified() {
  for (const [text, least] of labels) text.setAttribute("display", view.scale >= least - 0.001 ? "inline" : "none");
  for (const [text, most] of far) text.setAttribute("display", view.scale < most ? "inline" : "none");
  svg.classList.toggle("whole", !zoomable && view.scale < 0.45);
}

// Maps: the world moves and grows below dots and labels that keep their size.
const steady = zoomable ? [...nodes.filter((node) => world.contains(node)).map((node) => [node, ...centre.get(node)]),
  ...[...svg.querySelectorAll("#ground text")].map((t) => [t, Number(t.getAttribute("x")), Number(t.getAttribute("y"))])] : [];

function set(x, y, scale) {
  const changed = scale !== view.scale;
  view = { x, y, scale };
  world.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  if (!changed) return;
  for (const [item, cx, cy] of steady) {
    item.setAttribute("transform", `translate(${cx} ${cy}) scale(${1 / scale}) translate(${-cx} ${-cy})`);
  }
  magnified();
}

function point(event) {
  const matrix = svg.getScreenCTM().inverse();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  return [at.x, at.y];
}

// On an upright screen the map fills the height, its dots in the middle and the legend outside.
const upright = matchMedia("(max-aspect-ratio: 3/4)");
const across = steady.slice(0, nodes.length).map(([, x]) => x);
const aside = across.length ? wide / 2 - (Math.min(...across) + Math.max(...across)) / 2 : 0;

const map = {
  fit(paper = false) {
    const tight = upright.matches && !paper;
    svg.setAttribute("preserveAspectRatio", tight ? "xMidYMid slice" : "xMidYMid");
    set(tight ? aside : 0, 0, 1);
  },
  zoom(factor, x = wide / 2, y = tall / 2) {
    const scale = Math.min(40, Math.max(1, view.scale * factor));
    const ratio = scale / view.scale;
    set(x - (x - view.x) * ratio, y - (y - view.y) * ratio, scale);
  },
  move: (dx, dy) => set(view.x + dx, view.y + dy, view.scale),
  arrow: (dx, dy) => map.move(-dx * wide * 0.08, -dy * tall * 0.08),
  show(node) {
    if (!world.contains(node)) return;
    const [x, y] = centre.get(node);
    const scale = Math.max(view.scale, 3);
    set(wide / 2 - x * scale, tall / 2 - y * scale, scale);
  },
};

// Other pictures: the sheet grows and shrinks, and the window scrolls; its heads stay.
const panes = ["sides", "heads", "corner"].map((id) => svg.querySelector(`#${id}`));
const frozen = Boolean(panes[1]);
const matrix = Boolean(panes[0]);
const head = frozen ? panes[1].firstChild.getBBox() : { y: 0, height: 0 };
const [headTop, headEnd, sideEnd] = [head.y, head.y + head.height, matrix ? panes[2].getBBox().width : 0];
let fitted = true;

function freeze() {
  if (!frozen) return;
  const [box, frame] = [svg.getBoundingClientRect(), main.getBoundingClientRect()];
  const dx = Math.max(0, (frame.left - box.left) / view.scale);
  const dy = Math.max(0, (frame.top - box.top) / view.scale - headTop);
  panes[1].setAttribute("transform", `translate(0 ${dy})`);
  panes[0]?.setAttribute("transform", `translate(${dx} 0)`);
  panes[2]?.setAttribute("transform", `translate(${dx} ${dy})`);
}

function resize(scale, x = main.clientWidth / 2, y = main.clientHeight / 2) {
  const frame = main.getBoundingClientRect();
  const before = svg.getBoundingClientRect();
  const [px, py] = [(frame.left + x - before.left) / view.scale, (frame.top + y - before.top) / view.scale];
  view.scale = Math.min(4, Math.max(0.03, scale));
  svg.style.width = `${wide * view.scale}px`;
  svg.style.height = `${tall * view.scale}px`;
  const after = svg.getBoundingClientRect();
  main.scrollLeft += after.left + px * view.scale - frame.left - x;
  main.scrollTop += after.top + py * view.scale - frame.top - y;
  magnified();
  freeze();
}

const sheet = {
  fit() {
    const across = main.clientWidth / wide;
    const whole = Math.min(across, main.clientHeight / tall);
    resize(Math.min(1, svg.hasAttribute("data-whole") ? whole : Math.max(0.5, across)), 0, 0);
    fitted = true;
  },
  zoom(factor, x, y) {
    resize(view.scale * factor, x, y);
    fitted = false;
  },
  move(dx, dy) {
    main.scrollLeft -= dx;
    main.scrollTop -= dy;
  },
  show(node) {
    if (view.scale < 0.5) sheet.zoom(1 / view.scale);
    const [box, frame] = [node.getBoundingClientRect(), main.getBoundingClientRect()];
    main.scrollLeft += (box.left + box.right - frame.left - frame.right - sideEnd * view.scale) / 2;
    main.scrollTop += (box.top + box.bottom - frame.top - frame.bottom - (headEnd - headTop) * view.scale) / 2;
  },
};

// Whether a node can be seen in the window, not below heads that stay.
function inSight(node) {
  const [box, frame] = [node.getBoundingClientRect(), main.getBoundingClientRect()];
  const held = frozen && !panes.some((pane) => pane?.contains(node));
  const left = frame.left + (held ? sideEnd * view.scale : 0);
  const top = frame.top + (held ? (headEnd - headTop) * view.scale : 0);
  return box.left >= left && box.top >= top && box.right <= frame.right && box.bottom <= frame.bottom;
}

const surface = zoomable ? map : sheet;
const middle = (factor) => surface.zoom(factor);
const show = (node) => surface.show(node);
document.getElementById("zoom-in").addEventListener("click", () => middle(1.4));
document.getElementById("zoom-out").addEventListener("click", () => middle(1 / 1.4));
document.getElementById("zoom-all").addEventListener("click", () => surface.fit());

main.addEventListener("wheel", (event) => {
  if (!zoomable && !event.ctrlKey) return;
  event.preventDefault();
  const frame = main.getBoundingClientRect();
  const at = zoomable ? point(event) : [event.clientX - frame.left, event.clientY - frame.top];
  surface.zoom(Math.exp(-event.deltaY * 0.0015), ...at);
}, { passive: false });

// Dragging moves; on a sheet a finger scrolls by itself, and text can be selected.
const fingers = new Map();
let apart = 0;
const place = (event) => (zoomable ? point(event) : [event.clientX, event.clientY]);
main.addEventListener("pointerdown", (event) => {
  const own = zoomable || (event.pointerType === "mouse" && event.button === 0
    && (matrix || !event.target.closest("text")));
  if (own) fingers.set(event.pointerId, place(event));
  moved = false;
  apart = 0;
});
main.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const now = place(event);
  if (Math.hypot(now[0] - before[0], now[1] - before[1]) > 2 && !moved) {
    moved = true;
    main.setPointerCapture(event.pointerId);
    main.classList.add("moving");
  }
  if (!moved) return;
  fingers.set(event.pointerId, now);
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()];
    const distance = Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (apart) surface.zoom(distance / apart, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    apart = distance;
  } else surface.move(now[0] - before[0], now[1] - before[1]);
});
for (const name of ["pointerup", "pointercancel"]) {
  main.addEventListener(name, (event) => {
    fingers.delete(event.pointerId);
    main.classList.remove("moving");
    setTimeout(() => { moved = false; });
  });
}

document.addEventListener("keydown", (event) => {
  if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "=") middle(1.4);
  else if (event.key === "-") middle(1 / 1.4);
  else if (event.key === "0") surface.fit();
  else if (event.key === "/") search.focus();
  else if (zoomable && event.key in arrows) map.arrow(...arrows[event.key]);
  else return;
  event.preventDefault();
});
window.addEventListener("beforeprint", () => {
  if (zoomable) map.fit(true);
  else for (const pane of panes) pane?.removeAttribute("transform");
});
window.addEventListener("afterprint", () => (zoomable ? map.fit() : freeze()));
if (zoomable) {
  upright.addEventListener("change", () => map.fit());
  map.fit();
} else {
  main.addEventListener("scroll", freeze);
  window.addEventListener("resize", () => (fitted ? sheet.fit() : freeze()));
  sheet.fit();
}
