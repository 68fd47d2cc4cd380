// Makes the pages quicker and keeps the colours that were chosen. Everything works without it, too.
import { steps } from "./steps.js";

const SCHEME = "steelyard-scheme";
const DAY = 24 * 60 * 60 * 1000;
const page = document.documentElement;

page.classList.add("is-scripted");
chooseScheme(localStorage.getItem(SCHEME) ?? "auto");

const { go } = steps(document.body, {
  base: location.href,
  headers: { "Steelyard-In-Place": "1" },
  fetched: (next) => {
    prepare(next);
    document.title = next.title;
    return next.body;
  },
  remember: (address, replace) => history[replace ? "replaceState" : "pushState"](null, "", address),
});

prepare(document);
addEventListener("popstate", () => go(location.href, { replace: true, returns: true }));

document.addEventListener("change", (event) => {
  if (event.target.name === "scheme") {
    localStorage.setItem(SCHEME, event.target.value);
    chooseScheme(event.target.value);
  } else if (event.target.dataset.slide) {
    const field = document.getElementById(event.target.dataset.slide);
    field.value = dayOf(event.target);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
document.addEventListener("input", (event) => {
  if (event.target.dataset.slide) event.target.setAttribute("aria-valuetext", dayOf(event.target));
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
});
document.addEventListener("click", (event) => {
  const menu = openMenu();
  if (menu && event.target.closest(".menu a")) leave(menu);
  else if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = openMenu();
  if (event.key === "Escape" && menu) leave(menu);
});

function openMenu() {
  return document.querySelector("details.menu[open]");
}

function leave(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}

function chooseScheme(scheme) {
  if (scheme === "auto") delete page.dataset.scheme;
  else page.dataset.scheme = scheme;
}

// Shows what only a script can do, before anybody sees the page without it.
function prepare(within) {
  const chosen = localStorage.getItem(SCHEME) ?? "auto";
  for (const each of within.querySelectorAll("[data-scheme-choice], [data-copy], .slide")) each.hidden = false;
  for (const each of within.querySelectorAll("[name=scheme]")) each.toggleAttribute("checked", each.value === chosen);
  for (const each of within.querySelectorAll("[data-slide]")) slider(each);
}

// A range counts days since its first one, which the page wrote as days of the calendar.
function slider(range) {
  if (range.dataset.since) return;
  const [first, last, here] = ["min", "max", "value"].map((name) => Date.parse(range.getAttribute(name)));
  range.dataset.since = range.getAttribute("min");
  range.setAttribute("min", 0);
  range.setAttribute("max", Math.round((last - first) / DAY));
  range.setAttribute("value", Math.round((here - first) / DAY));
  range.setAttribute("aria-valuetext", new Date(here).toISOString().slice(0, 10));
}

function dayOf(range) {
  return new Date(Date.parse(range.dataset.since) + range.value * DAY).toISOString().slice(0, 10);
}
