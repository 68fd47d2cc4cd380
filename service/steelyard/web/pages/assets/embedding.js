// What <steelyard-advice> shows: fetched from the service, put into its shadow, and kept up with what is answered.
import { steps } from "./steps.js";

const SHEETS = ["page.css", "embedded.css"];
const REFUSALS = {
  401: "The advice is given only to those who show a key, so it cannot be shown here; it has a page of its own at ",
  429: "The advice has been asked for too often; try again in a while, or look at its page at ",
};

// Beside a root of another size, a rem would be anything. In here it is the size of the text around the element.
CSS.registerProperty({ name: "--steelyard-em", syntax: "<length>", inherits: true, initialValue: "16px" });

let styles = null;

export class Advice {
  #element;
  #shadow;
  #service;
  #base;
  #go;
  #shown = null;
  #lost = null;
  #main = Object.assign(document.createElement("div"), { className: "embedded is-scripted" });

  constructor(element, shadow, service) {
    this.#element = element;
    this.#shadow = shadow;
    this.#service = service;
    this.#base = new URL("embedded", service).href;
    this.#main.setAttribute("part", "advice");
    const { go } = steps(this.#main, {
      base: this.#base,
      fetched: (next) => this.#taken(next.querySelector(".embedded")),
      remember: () => this.#announce(),
      lost: (status) => this.#lose(status),
    });
    this.#go = go;
  }

  get address() {
    return this.#shown?.address;
  }

  async show(address) {
    this.#lost = null;
    const [sheets] = await Promise.all([styled(), this.#go(address)]);
    if (this.#lost !== null) throw Object.assign(new Error(this.#lost), { refusal: REFUSALS[this.#lost] });
    if (!this.#shown || this.#main.parentNode) return;
    this.#shadow.adoptedStyleSheets = sheets;
    this.#shadow.replaceChildren(this.#main);
    this.#announce();
  }

  // What was fetched, with addresses that lead to the service from anywhere.
  #taken(main) {
    // Whatever language the page around speaks, and in whatever direction it is written.
    const { lang, dir } = main.ownerDocument.documentElement;
    Object.assign(this.#main, { lang, dir: dir || "ltr" });
    for (const link of main.querySelectorAll("a[href]")) {
      link.href = this.#absolute(link.getAttribute("href"));
      // What leads to the whole page leaves this one.
      if (!link.href.startsWith(this.#base)) link.removeAttribute("data-stay");
    }
    for (const form of main.querySelectorAll("form")) form.action = this.#absolute(form.getAttribute("action"));
    // The page around the element has the heading of the first level.
    for (const heading of main.querySelectorAll("h1")) heading.setAttribute("aria-level", "2");
    const { address, requirements, title } = main.dataset;
    this.#shown = { address: this.#absolute(address), requirements, title };
    return main;
  }

  #absolute(address) {
    return new URL(address, this.#service).href;
  }

  // As soon as it is to be seen.
  #announce() {
    if (!this.#main.parentNode) return;
    const detail = { ...this.#shown };
    this.#element.dispatchEvent(new CustomEvent("steelyard-answer", { bubbles: true, composed: true, detail }));
  }

  // Beside an answer, it is told there.
  #lose(status) {
    if (this.#main.parentNode) return false;
    this.#lost = status;
    return true;
  }
}

// The style, for all elements of a page.
async function styled() {
  styles ??= Promise.all(SHEETS.map(sheet));
  try {
    return await styles;
  } catch (error) {
    styles = null;
    throw error;
  }
}

async function sheet(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(response.status);
  // What the style asks of the window, in rem, thereby asks nothing: in here everything goes by the element's width.
  const text = (await response.text()).replace(/(?<![\w-])(-?[\d.]+)rem\b/g, "calc($1 * var(--steelyard-em))");
  return new CSSStyleSheet().replace(text);
}
