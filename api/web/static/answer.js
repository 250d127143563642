// One answer of the contract as elements: prose with numbered citations, caveats, evidence, and how it was understood.
import { entityLink } from "./api.js";
import { el } from "./dom.js";

const STATUS = {
  partial: "Only part of the question could be answered.",
  ambiguous: "The question can be read in more than one way.",
  unknown: "No answer in these documents.",
};

function prose(answer, open) {
  const known = new Set(answer.evidence.map((e) => e.n));
  const pieces = answer.answer.split(/\[(\d+)\]/);
  const nodes = pieces.map((piece, i) => {
    if (i % 2 === 0) return piece.replace(/ $/, "\u00a0");
    const n = Number(piece);
    if (!known.has(n)) return `[${piece}]`;
    return el("button", { type: "button", class: "cite", "data-n": n, "aria-expanded": "false", "aria-label": `Evidence ${n}`, onclick: () => open(n) }, piece);
  });
  return el("p", { class: `said ${answer.status}` }, nodes);
}

function named(values) {
  const entities = new Map(values.filter((v) => v.entity?.id).map((v) => [v.entity.id, v.entity]));
  if (!entities.size) return null;
  const links = [...entities.values()].slice(0, 30).map((e) => el("a", { href: entityLink(e.id) }, e.label));
  return el("p", { class: "named" }, "See also: ", links);
}

function evidence(items, open) {
  if (!items.length) return null;
  const related = items.every((e) => e.support === "related");
  const rows = items.map((e) =>
    el("li", {},
      el("button", { type: "button", "data-n": e.n, "aria-expanded": "false", onclick: () => open(e.n) },
        el("span", { class: "n" }, String(e.n)),
        el("span", {},
          el("q", {}, e.quote),
          el("cite", {}, e.title || e.source, e.published ? [", ", el("span", { class: "day" }, e.published)] : null, e.support === "related" && !related ? " (related, not the answer)" : null)))));
  return el("section", {},
    el("h3", {}, related ? "Related passages, not an answer" : "Evidence"),
    el("ol", { class: "evidence" }, rows));
}

function understood(answer) {
  const rows = [];
  const row = (name, ...value) => rows.push(el("dt", {}, name), el("dd", {}, ...value));
  row("Status", answer.status);
  if (answer.interpretation) row("Understood as", answer.interpretation);
  if (answer.claims.length) row("Claims", answer.claims.flatMap((id) => [el("a", { href: `/v1/claims/${encodeURIComponent(id)}` }, id), " "]));
  row("Answered by", `${answer.engine}, ${answer.took_ms} ms`);
  if (answer.query?.text) row("Query", el("pre", { tabindex: "0" }, answer.query.text));
  return el("details", {}, el("summary", {}, "How this was understood and computed"), el("dl", {}, rows));
}

function suggestions(items, again) {
  if (!items.length) return null;
  const rows = items.map((s) => el("li", {}, el("a", { href: `/?q=${encodeURIComponent(s)}`, onclick: (event) => again(event, s) }, s)));
  return el("section", {}, el("h3", {}, "Perhaps"), el("ul", { class: "examples" }, rows));
}

// `open(n)` shows evidence n; `again(event, text)` asks a suggestion.
export function render(answer, open, again) {
  return [
    el("h2", {}, answer.question),
    prose(answer, open),
    STATUS[answer.status] ? el("p", { class: "status" }, STATUS[answer.status]) : null,
    answer.caveats.length ? el("ul", { class: "caveats", "aria-label": "Caveats" }, answer.caveats.map((c) => el("li", {}, c))) : null,
    suggestions(answer.suggestions, again),
    named(answer.values),
    evidence(answer.evidence, open),
    understood(answer),
  ];
}
