// The neighbourhood of an entity, drawn; a click on a line shows the claims it stands for, a click on a node goes there.
import cytoscape from "./vendor/cytoscape.esm.min.js";
import { documentLink, entityLink, neighbourhood, readClaim } from "./api.js";
import { el, replace } from "./dom.js";

const SHAPES = {
  Company: "ellipse", Organization: "rectangle", Person: "diamond", Chip: "round-rectangle", Model: "hexagon",
  Product: "round-rectangle", Technology: "octagon", Place: "triangle", Facility: "pentagon",
};
const holder = document.getElementById("drawing");
const canvas = holder.querySelector(".canvas");
const beside = holder.querySelector(".beside");
const centre = holder.dataset.entity;
const hint = beside.firstElementChild;
let back = () => {};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function style() {
  return [
    { selector: "node", style: {
      label: "data(label)", shape: (n) => SHAPES[n.data("type")] || "ellipse", width: 20, height: 20, "font-size": 14,
      "background-color": colour("--soft"), color: colour("--ink"), "text-valign": "bottom", "text-margin-y": 3,
      "text-max-width": 130, "text-wrap": "ellipsis", "text-outline-color": colour("--card"), "text-outline-width": 2 } },
    { selector: "node.centre", style: { width: 30, height: 30, "background-color": colour("--accent"), "font-weight": "bold", "font-size": 17 } },
    { selector: "edge", style: {
      width: (e) => Math.min(1 + e.data("claims").length * 0.5, 4), "line-color": colour("--edge"), "target-arrow-color": colour("--soft"),
      "target-arrow-shape": "triangle", "arrow-scale": 0.8, "curve-style": "bezier", label: "data(label)", "font-size": 11, "min-zoomed-font-size": 7,
      color: colour("--soft"), "text-rotation": "autorotate", "text-outline-color": colour("--card"), "text-outline-width": 2 } },
    { selector: "edge.hedged", style: { "line-style": "dashed" } },
    { selector: "edge:selected", style: { "line-color": colour("--mark-edge"), "target-arrow-color": colour("--mark-edge") } },
  ];
}

function claimItem(claim) {
  const said = claim.evidence[0];
  const hedge = [claim.polarity ? null : "denied", claim.modality === "asserted" ? null : claim.modality, claim.attributed_to].filter(Boolean).join(", ");
  return el("li", {},
    el("q", {}, said.quote),
    hedge ? el("p", { class: "hedge" }, hedge) : null,
    el("p", {}, el("a", { href: documentLink(said) }, "in the article")));
}

async function explain(edge, labels) {
  replace(beside, el("p", {}, "Reading the claims …"));
  try {
    const claims = await Promise.all(edge.claims.slice(0, 20).map(readClaim));
    replace(beside,
      el("button", { type: "button", class: "back", onclick: back }, "← all connections"),
      el("h3", {}, `${labels.get(edge.source)} ${edge.label} ${labels.get(edge.target)}`),
      el("ul", {}, claims.map(claimItem)),
      edge.claims.length > 20 ? el("p", {}, `and ${edge.claims.length - 20} more in the table below`) : null);
  } catch (problem) {
    replace(beside, el("p", { role: "alert" }, problem.message));
  }
}

function elements(network) {
  const nodes = network.nodes.map((n) => ({ data: n, classes: n.id === centre ? "centre" : "" }));
  const edges = network.edges.map((e, i) => ({ data: { ...e, id: `edge${i}` }, classes: e.affirmed ? "" : "hedged" }));
  return [...nodes, ...edges];
}

// The lines from and to the centre once more as buttons: for the keyboard, and for who prefers reading.
function links(edges, labels) {
  const own = edges.filter((e) => e.source === centre || e.target === centre);
  const rows = own.map((e) => {
    const words = `${labels.get(e.source)} ${e.label} ${labels.get(e.target)}`;
    return el("li", {}, el("button", { type: "button", class: e.affirmed ? null : "hedge", onclick: () => explain(e, labels) }, words));
  });
  return el("ul", { class: "links" }, rows);
}

async function draw() {
  const network = await neighbourhood(centre);
  if (!network.edges.length) {
    replace(holder, el("p", { class: "beside" }, "No relations to other entities; its claims are in the table below."));
    return;
  }
  const labels = new Map(network.nodes.map((n) => [n.id, n.label]));
  const view = cytoscape({
    container: canvas, elements: elements(network), style: style(), minZoom: 0.2, maxZoom: 3,
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 400000, idealEdgeLength: () => 90, padding: 16, nodeDimensionsIncludeLabels: true },
  });
  const list = links(network.edges, labels);
  beside.append(list);
  back = () => replace(beside, hint, list);
  view.on("tap", "edge", (event) => explain(event.target.data(), labels));
  view.on("tap", "node", (event) => { if (event.target.id() !== centre) location.href = entityLink(event.target.id()); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.style(style()));
  holder.dataset.drawn = String(network.edges.length);
}

draw().catch((problem) => replace(beside, el("p", { role: "alert" }, problem.message)));
