// The panel that shows a stored text with one quote marked in place.
import { documentLink, readDocument } from "./api.js";
import { el, replace } from "./dom.js";
import { split } from "./offsets.js";

const texts = new Map();

function text(id) {
  if (!texts.has(id)) {
    const reading = readDocument(id);
    reading.catch(() => texts.delete(id));
    texts.set(id, reading);
  }
  return texts.get(id);
}

function heading(evidence, close) {
  const where = [evidence.published, evidence.source].filter(Boolean).join(" · ");
  return el("header", {},
    el("div", {},
      el("h2", { tabindex: "-1" }, evidence.title || evidence.source),
      el("p", {}, where, " · ", el("a", { href: documentLink(evidence) }, "whole page"))),
    el("button", { type: "button", "aria-label": "Close the article", onclick: close }, "×"));
}

// Shows `evidence` in `panel`; resolves when the quote is marked.
export async function show(panel, evidence, close) {
  const record = await text(evidence.document);
  const [before, quoted, after] = split(record.text, evidence.start, evidence.end);
  const mark = el("mark", { id: "quote" }, quoted);
  const article = el("div", { class: "article", tabindex: "0", role: "document", "aria-label": "Article text" }, before, mark, after);
  replace(panel, heading(evidence, close), article);
  panel.hidden = false;
  const top = mark.getBoundingClientRect().top - article.getBoundingClientRect().top;
  article.scrollTop += top - article.clientHeight / 3;
  panel.querySelector("h2").focus({ preventScroll: true });
  const place = mark.getBoundingClientRect();
  if (place.top < 0 || place.bottom > window.innerHeight) panel.scrollIntoView({ block: "start" });
}
