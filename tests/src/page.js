// What the tests ask of the page, as `look` in every document that the browser opens.
"use strict";
window.look = (() => {
  /** Waits until so many frames were painted. */
  const frames = (count) =>
    new Promise((done) => {
      const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
      next();
    });

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
  const isThere = () => document.querySelector(".telling, .embed .stage-picture, .embed .ladder, .story.playground") !== null;

  /** The step that is told: its number, how many there are, its caption, whether it does not happen. */
  function told() {
    const count = document.querySelector(".telling .eyebrow, .embed .badge")?.textContent ?? "";
    const [, step, steps] = /(\d+)\s*\/\s*(\d+)/.exec(count) ?? [];
    return {
      step: Number(step ?? 0),
      steps: Number(steps ?? 0),
      title: document.querySelector(".telling h2, .embed .caption")?.textContent ?? "",
      absent: document.querySelector(".telling .absent") !== null,
      body: document.querySelector(".telling .body")?.textContent ?? "",
    };
  }

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

  /** The stage and the ladder. The ladder, of which only a part is drawn, is scrolled to the present moment. */
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
    return [...document.querySelectorAll(".stage-picture, .ladder")].map((part) => written(part)).join("\n");
  }

  return { frames, isShown, isThere, nameOf, told, picture };
})();
