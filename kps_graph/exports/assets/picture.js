"use strict";
// Lights up what belongs together, pins, searches; on maps also zooms and moves.
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
  node.focus({ preventScroll: zoomable });
  if (zoomable) show(node);
  else node.scrollIntoView({ block: "nearest", inline: "nearest" });
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
  matches = wanted ? nodes.filter((node) => text.get(node).includes(wanted)) : [];
  for (const node of nodes) node.classList.toggle("match", matches.includes(node));
  svg.classList.toggle("searching", Boolean(wanted));
  found.textContent = wanted ? `${found.dataset.word} ${matches.length}` : "";
}

search.addEventListener("input", look);
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !matches.length) return;
  const [first, ...others] = matches;
  matches = [...others, first];
  if (zoomable) show(first);
  else first.scrollIntoView({ block: "center", inline: "nearest" });
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

// Maps: the world moves and grows below dots and labels that keep their size.
const zoomable = svg.hasAttribute("data-zoomable");
const labels = [...svg.querySelectorAll("text[data-zoom]")].map((t) => [t, Number(t.dataset.zoom)]);
const steady = zoomable ? [...nodes.filter((node) => world.contains(node)).map((node) => [node, ...centre.get(node)]),
  ...[...svg.querySelectorAll("#ground text")].map((t) => [t, Number(t.getAttribute("x")), Number(t.getAttribute("y"))])] : [];
let view = { x: 0, y: 0, scale: 1 };
let moved = false;

function set(x, y, scale) {
  const changed = scale !== view.scale;
  view = { x, y, scale };
  world.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  if (!changed) return;
  for (const [item, cx, cy] of steady) {
    item.setAttribute("transform", `translate(${cx} ${cy}) scale(${1 / scale}) translate(${-cx} ${-cy})`);
  }
  for (const [text, least] of labels) text.setAttribute("display", scale >= least - 0.001 ? "inline" : "none");
}

function zoom(factor, x, y) {
  const scale = Math.min(40, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  set(x - (x - view.x) * ratio, y - (y - view.y) * ratio, scale);
}

const [wide, tall] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
const middle = (factor) => zoom(factor, wide / 2, tall / 2);
function show(node) {
  if (!world.contains(node)) return;
  const [x, y] = centre.get(node);
  const scale = Math.max(view.scale, 3);
  set(wide / 2 - x * scale, tall / 2 - y * scale, scale);
}

function point(event) {
  const matrix = svg.getScreenCTM().inverse();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  return [at.x, at.y];
}

if (zoomable) {
  document.getElementById("zoom-in").addEventListener("click", () => middle(1.5));
  document.getElementById("zoom-out").addEventListener("click", () => middle(1 / 1.5));
  document.getElementById("zoom-all").addEventListener("click", () => set(0, 0, 1));
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.0015), ...point(event));
  }, { passive: false });
  const fingers = new Map();
  let apart = 0;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, point(event));
    moved = false;
    apart = 0;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = point(event);
    fingers.set(event.pointerId, now);
    if (Math.hypot(now[0] - before[0], now[1] - before[1]) > 2 && !moved) {
      moved = true;
      svg.setPointerCapture(event.pointerId);
      svg.classList.add("moving");
    }
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const distance = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (apart) zoom(distance / apart, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      apart = distance;
    } else if (moved) set(view.x + now[0] - before[0], view.y + now[1] - before[1], view.scale);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    svg.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      svg.classList.remove("moving");
      setTimeout(() => { moved = false; });
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.target === search) return;
    if (event.key === "+" || event.key === "=") middle(1.5);
    else if (event.key === "-") middle(1 / 1.5);
    else if (event.key === "0") set(0, 0, 1);
    else if (event.key in arrows) {
      const [dx, dy] = arrows[event.key];
      set(view.x - dx * wide * 0.08, view.y - dy * tall * 0.08, view.scale);
    } else return;
    event.preventDefault();
  });
  window.addEventListener("beforeprint", () => set(0, 0, 1));
}
