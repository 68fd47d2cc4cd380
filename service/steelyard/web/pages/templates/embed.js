// Defines <steelyard-advice>, which shows the questions, or one recommendation, inside any page that includes this.
(() => {
  const NAME = "steelyard-advice";
  const ATTRIBUTES = { ruleset: "ruleset", stack: "stack", "as-of": "as_of" };
  const service = new URL(".", document.currentScript.src);
  const module = new URL("assets/{{ version }}/embedding.js", service);

  class SteelyardAdvice extends HTMLElement {
    static observedAttributes = [...Object.keys(ATTRIBUTES), "requirements", "view"];

    #root = this.attachShadow({ mode: "open" });
    #advice = null;
    #asked = null;

    constructor() {
      super();
      // Until there is an answer, whatever stands between the tags is shown.
      this.#root.append(document.createElement("slot"));
    }

    // The address of the page with what is shown here.
    get address() {
      return this.#advice?.address ?? addressed(service, this.#query());
    }

    connectedCallback() {
      this.#ask();
    }

    attributeChangedCallback() {
      this.#ask();
    }

    // Attributes that change together are asked about once, and an element that only moves keeps what it shows.
    async #ask() {
      await null;
      const query = this.#query();
      const view = this.getAttribute("view");
      if (view) query.set("embedded-view", view);
      if (!this.isConnected || String(query) === this.#asked) return;
      this.#asked = String(query);
      try {
        const { Advice } = await import(module);
        this.#advice ??= new Advice(this, this.#root, service);
        await this.#advice.show(addressed(new URL("embedded", service), query));
      } catch (error) {
        this.#asked = null;
        this.#tell(error);
      }
    }

    #query() {
      const query = new URLSearchParams(this.getAttribute("requirements") ?? "");
      for (const [attribute, key] of Object.entries(ATTRIBUTES)) {
        const said = this.getAttribute(attribute);
        if (said) query.set(key, said);
      }
      return query;
    }

    #tell({ refusal = "The advice cannot be shown here just now; it has a page of its own at " }) {
      const link = document.createElement("a");
      link.href = addressed(service, this.#query());
      link.textContent = service.host + service.pathname.replace(/\/$/, "");
      const notice = document.createElement("p");
      notice.setAttribute("part", "notice");
      notice.append(refusal, link, ".");
      this.#root.replaceChildren(notice);
    }
  }

  function addressed(base, query) {
    return new URL(String(query) && `?${query}`, base).href;
  }

  // Whoever includes this twice gets it once.
  if (!customElements.get(NAME)) customElements.define(NAME, SteelyardAdvice);
})();
