// What the tests ask of the page, as `look` in every document that the browser opens.
"use strict";
window.look = (() => {
  /** Waits until so many frames were painted. */
  const frames = (count) =>
    new Promise((done) => {
      const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
      next();
    });

  /** Waits until a condition holds, and says whether it came to that. Asked every few milliseconds, not at every frame:
   * who waits for a frame has one painted. */
  async function until(condition, patience = 15_000) {
    const end = performance.now() + patience;
    while (!condition()) {
      if (performance.now() > end) return false;
      await new Promise((next) => setTimeout(next, 8));
    }
    return true;
  }

  /** Opens a link in the page that is there, as going back or forward does; says whether there is a page for it. */
  async function follow(address) {
    // A slide is laid out as one from its first moment on.
    const { origin, searchParams } = new URL(address);
    const isSlide = "embed" in document.documentElement.dataset;
    if (origin !== location.origin || !isThere() || isSlide !== searchParams.has("embed")) return false;
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
    // What happens at once is drawn before the next frame; the words of a lesson may have to come first.
    await frames(1);
    await until(() => document.querySelector(".words-coming") === null);
    await frames(1);
    return true;
  }

  /** Leaves out the drawing: everything keeps its place, its words and its visibility, and no pixel is computed. */
  const leaveUndrawn = () => document.documentElement.style.setProperty("opacity", "0");

  /** Whether a person can see an element. */
  function isShown(element) {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  }

  /** An element as people who read a test's output name it. */
  function nameOf(element) {
    const classes = [...element.classList].map((name) => "." + name).join("");
    const words = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ");
    return `<${element.localName}${element.id ? "#" + element.id : ""}${classes} ${JSON.stringify(words.slice(0, 40))}>`;
  }

  /** Whether the page is drawn: a lesson, a slide, or the playground. */
  const isThere = () =>
    document.querySelector(".telling, .embed-picture > *, .story.playground") !== null;

  /** Opens the knobs, which are folded into a line, and waits for them. */
  async function openKnobs() {
    document.querySelector('.what-if-line[aria-expanded="false"]')?.click();
    return until(() => document.querySelector(".knobs") !== null, 4_000);
  }

  /** Goes from the last step to the challenge behind it, and waits for it. */
  async function openChallenge() {
    if (document.querySelector(".challenge") === null) document.querySelector(".story-foot .onward")?.click();
    return until(() => document.querySelector(".challenge") !== null, 4_000);
  }

  /** The number of the step that is told, and how many there are; zeros where none is. */
  function count() {
    const words = document.querySelector(".telling .eyebrow, .embed .badge")?.textContent ?? "";
    const [, step, steps] = /(\d+)\s*\/\s*(\d+)/.exec(words) ?? [];
    return { step: Number(step ?? 0), steps: Number(steps ?? 0) };
  }

  /** The caption of what is told. */
  const title = () => document.querySelector(".telling h2, .embed .caption")?.textContent ?? "";

  /** What is told: the step, its caption, whether it does not happen; the page's language, and a place left unfilled. */
  const told = () => ({
    ...count(),
    title: title(),
    absent: document.querySelector(".telling .absent") !== null,
    body: document.querySelector(".telling .body")?.textContent ?? "",
    language: document.documentElement.lang,
    unfilled: /\{\{.*?\}\}|\{ ?\$/.exec(document.body.innerText)?.[0] ?? null,
  });

  /** A tree in a form that does not tell how it came about: attributes and classes in order, texts joined. */
  function written(node, depth = 0) {
    const indent = "\n" + " ".repeat(depth);
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const attributes = [...node.attributes]
      .map(({ name, value }) => [name, name === "class" ? value.split(/\s+/).filter(Boolean).sort().join(" ") : value])
      .filter(([name, value]) => name !== "class" || value)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const inner = [...node.childNodes].map((child) => written(child, depth + 1)).join("");
    const words = attributes.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join("");
    return `${indent}<${node.localName}${words}>${inner}`;
  }

  /** The size of an element's type on the screen, CSS pixels, whatever the drawing's scale. */
  function typeSize(element) {
    const size = parseFloat(getComputedStyle(element).fontSize);
    const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
    return matrix ? size * Math.hypot(matrix.a, matrix.b) : size;
  }

  /** What a person can read in a part of the page: the elements with words of their own. */
  function shownWords(part) {
    const words = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, (node) => (node.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP));
    const elements = new Set();
    while (words.nextNode()) elements.add(words.currentNode.parentElement);
    return [...elements].filter((element) => isShown(element) && !element.closest(".hidden, .visually-hidden, title, desc"));
  }

  /** The picture of a slide, or the page's picture with the strip above it; where neither is, nothing. A ladder, of which
   * only a part is drawn, is scrolled to the present moment. */
  async function picture() {
    await document.fonts.ready;
    await frames(2);
    for (const ladder of document.querySelectorAll(".ladder")) {
      const now = ladder.querySelector(".ladder-now");
      if (!now) continue;
      const above = now.getBoundingClientRect().top - ladder.getBoundingClientRect().top + ladder.scrollTop;
      ladder.scrollTo({ top: Math.max(0, Math.floor(above - ladder.clientHeight / 2)), behavior: "instant" });
    }
    await frames(3);
    return [...document.querySelectorAll(".embed-picture, .strip-region, .hero-region > .tab-panel")].map((part) => written(part)).join("\n");
  }

  /** The states that embedded lessons told this document last, by their windows. */
  const lessons = new Map();
  addEventListener("message", ({ source, data }) => {
    if (data?.socketPlayground && data.step) lessons.set(source, data);
  });

  return { count, follow, frames, isShown, isThere, leaveUndrawn, lessons, nameOf, openChallenge, openKnobs, picture, shownWords, title, told, typeSize, until };
})();
