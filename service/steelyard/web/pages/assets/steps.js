// Goes from one state of a page to the next without loading it: fetches it, and morphs what is there.
import { Idiomorph } from "./idiomorph.js";

const FOCUSABLE = "a[href], button, summary, input:not([type=hidden])";

// What people open or close by hand no answer changes back.
function isLeftToPeople(name, element) {
  return (name === "open" && element.localName === "details") || (name === "checked" && element.id === "answer-opens");
}

export function steps(root, { base, remember, fetched, headers = {}, lost = () => false }) {
  let latest = null;

  async function go(address, { opens = null, replace = false, returns = false } = {}) {
    latest?.abort();
    const mine = (latest = new AbortController());
    root.setAttribute("aria-busy", "true");
    const answer = await asked(address, mine.signal);
    if (mine.signal.aborted) return;
    take(answer, address, { opens, replace, returns });
    root.removeAttribute("aria-busy");
  }

  function take(answer, address, { opens, replace, returns }) {
    if (!answer) return lost(0) || unreachable();
    if (!answer.response.ok) return lost(answer.response.status) || refused(answer.text);
    show(answer.text, returns);
    if (opens) root.querySelector(opens)?.setAttribute("open", "");
    remember?.(addressOf(answer.response, address), replace);
  }

  async function asked(address, signal) {
    try {
      const response = await fetch(address, { signal, headers: { Accept: "text/html", ...headers } });
      return { response, text: await response.text() };
    } catch {
      return null;
    }
  }

  // What a form sends is long; the service says by which address the page that it leads to can be kept.
  function addressOf(response, wanted) {
    const address = new URL(response.headers.get("Content-Location") ?? response.url, base);
    address.hash = new URL(wanted, base).hash;
    return address.href;
  }

  function show(text, returns) {
    const next = new DOMParser().parseFromString(text, "text/html");
    const scope = root.getRootNode();
    const around = [];
    for (let each = scope.activeElement; each; each = each.parentElement) if (each.id) around.push(each.id);
    const held = scope.activeElement?.closest("[data-answers] .question");
    const top = held?.getBoundingClientRect().top;
    Idiomorph.morph(root, fetched(next).childNodes, {
      morphStyle: "innerHTML",
      // An answer does not take away what somebody is typing; going back does.
      ignoreActiveValue: !returns && Boolean(scope.activeElement?.matches("[type=number], [type=date]")),
      callbacks: { beforeAttributeUpdated: (name, element) => !isLeftToPeople(name, element) },
    });
    if (around.length && !scope.activeElement?.closest("[id]")) focusWithin(scope, around);
    if (held?.isConnected) holdStill(held, top);
  }

  // What is being answered stays where it is, though the box above it may ask something else now.
  function holdStill(held, top) {
    const moved = held.getBoundingClientRect().top - top;
    const box = root.querySelector("#next");
    if (moved < 0) box.style.minBlockSize = `${box.getBoundingClientRect().height - moved}px`;
    else if (moved > 0) scrollBy(0, moved);
  }

  // What had the focus is gone: the nearest thing around it that is left takes it.
  function focusWithin(scope, around) {
    const left = around.map((id) => scope.getElementById(id)?.querySelector(FOCUSABLE)).find(Boolean);
    left?.focus({ preventScroll: true });
  }

  function refused(text) {
    const told = new DOMParser().parseFromString(text, "text/html").querySelector("h1 + p");
    say(`${told?.textContent ?? "The service refuses to answer."} What is shown was so before.`);
  }

  function unreachable() {
    say("The service cannot be reached. What is shown was so before; try again in a while.");
  }

  function say(words) {
    const place = root.querySelector(".verdict-rest") ?? root.querySelector("#notice") ?? notice();
    place.textContent = words;
  }

  // Where there is no answer to speak in, a line on top of the page does; the next page takes it away.
  function notice() {
    const made = Object.assign(document.createElement("p"), { id: "notice", className: "notice" });
    made.setAttribute("role", "alert");
    root.querySelector("main")?.prepend(made);
    return made;
  }

  function sent(form, submitter) {
    const data = new FormData(form, submitter);
    const query = new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
    return `${new URL(form.getAttribute("action"), base)}?${query}`;
  }

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-stay]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const address = new URL(link.getAttribute("href"), base);
    go(address, { opens: link.hasAttribute("data-opens") ? address.hash : null });
  });
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-stay]")) return;
    event.preventDefault();
    go(sent(event.target, event.submitter));
  });
  root.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-answers]")) {
      excludeEachOther(event.target, form);
      if (event.target.reportValidity()) go(sent(form));
    } else if (form?.matches(".day")) {
      if (event.target.value) go(sent(form));
    } else if (form?.matches(".next")) {
      excludeEachOther(event.target, form);
    }
  });
  return { go };
}

// None of them, and some of them, exclude each other.
function excludeEachOther(input, form) {
  if (input.type !== "checkbox" || !input.checked) return;
  for (const other of form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(input.name)}"]`)) {
    if (other !== input && (other.value === "" || input.value === "")) other.checked = false;
  }
}
