// The ask page: sends the question, shows the answer, opens evidence in the reader. The question is kept in the address.
import { ask } from "./api.js";
import { render } from "./answer.js";
import { el, replace } from "./dom.js";
import { show } from "./reader.js";

const form = document.getElementById("ask");
const box = document.getElementById("question");
const day = document.getElementById("as-of");
const result = document.getElementById("result");
const panel = document.getElementById("reader");
const shown = document.getElementById("answer");
const button = form.querySelector("button");
let running = null;
let opener = null;

function close() {
  panel.hidden = true;
  result.classList.add("alone");
  for (const node of shown.querySelectorAll("[aria-expanded]")) node.setAttribute("aria-expanded", "false");
  opener?.focus();
}

function opening(answer) {
  return async (n) => {
    opener = document.activeElement;
    for (const node of shown.querySelectorAll("[data-n]")) node.setAttribute("aria-expanded", String(Number(node.dataset.n) === n));
    result.classList.remove("alone");
    try {
      await show(panel, answer.evidence.find((e) => e.n === n), close);
    } catch (problem) {
      replace(panel, el("p", { class: "article", role: "alert" }, problem.message));
      panel.hidden = false;
    }
  };
}

function again(event, question) {
  event.preventDefault();
  run(question, day.value);
}

async function run(question, asOf, remember = true) {
  running?.abort();
  const mine = (running = new AbortController());
  box.value = question;
  button.disabled = true;
  document.querySelector(".ask").classList.add("asked");
  panel.hidden = true;
  result.classList.add("alone");
  result.setAttribute("aria-busy", "true");
  if (remember) {
    const address = new URLSearchParams(asOf ? { q: question, as_of: asOf } : { q: question });
    history.pushState({}, "", `/?${address}`);
  }
  try {
    const answer = await ask(question, asOf, mine.signal);
    if (mine === running) replace(shown, render(answer, opening(answer), again));
  } catch (problem) {
    if (mine === running) replace(shown, el("p", { class: "said unknown", role: "alert" }, problem.message));
  } finally {
    if (mine === running) {
      result.removeAttribute("aria-busy");
      button.disabled = false;
    }
  }
}

function fromAddress() {
  const address = new URLSearchParams(location.search);
  day.value = address.get("as_of") || "";
  if (address.get("q")) run(address.get("q"), day.value, false);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (box.value.trim()) run(box.value.trim(), day.value);
});
for (const link of document.querySelectorAll(".ask .examples a")) link.addEventListener("click", (event) => again(event, link.textContent));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close();
  if (event.key === "/" && !["INPUT", "TEXTAREA"].includes(document.activeElement.tagName)) {
    event.preventDefault();
    box.focus();
  }
});
addEventListener("popstate", fromAddress);
fromAddress();
