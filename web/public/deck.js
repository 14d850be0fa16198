// Lessons of Socket Playground in slides: the element <socket-lesson>, and lessons that the deck's own keys walk.
// A plain module without dependencies; deck.d.ts has its types, docs/embedding.md describes both.

const HERE = new URL(import.meta.url);
const VERSION = 2;

/** The lessons of this page by their frames. */
const lessons = new Map();

/** A frame with a lesson, and the messages exchanged with it. */
export class Lesson extends EventTarget {
  #asked = new Map();
  #count = 0;
  #greeting;
  #start;
  #fail;

  /** The lesson of a frame. */
  static of(frame) {
    return lessons.get(frame) ?? new Lesson(frame);
  }

  constructor(frame) {
    super();
    this.frame = frame;
    /** The last state that it told; null before it is ready. */
    this.state = null;
    this.ready = new Promise((done, refuse) => ([this.#start, this.#fail] = [done, refuse]));
    this.ready.catch(() => {});
    lessons.set(frame, this);
    // One that was there first has said that it is ready already.
    this.#greeting = () => this.#say("describe", {});
    frame.addEventListener("load", this.#greeting);
    this.#greeting();
  }

  goto = (step) => this.ask("goto", { step });
  next = () => this.ask("next");
  prev = () => this.ask("prev");
  play = () => this.ask("play");
  pause = () => this.ask("pause");
  set = (settings) => this.ask("set", settings);
  describe = () => this.ask("describe");
  snapshot = async (size) => (await this.ask("snapshot", size)).svg;

  /** Asks, when the lesson is there, and waits for the answer; refused requests are errors. */
  async ask(cmd, more) {
    await this.ready;
    return new Promise((done, refuse) => {
      const id = ++this.#count;
      this.#asked.set(id, { done, refuse });
      this.#say(cmd, { ...more, id });
    });
  }

  /** Forgets the frame; what waits for an answer is refused. */
  close() {
    lessons.delete(this.frame);
    this.frame.removeEventListener("load", this.#greeting);
    for (const refuse of [this.#fail, ...[...this.#asked.values()].map((one) => one.refuse)])
      refuse(new Error("The lesson was removed."));
    this.#asked.clear();
  }

  #say(cmd, more) {
    this.frame.contentWindow?.postMessage({ socketPlayground: VERSION, cmd, ...more }, "*");
  }

  hear(message) {
    const { event, id } = message;
    if (event === "key") return this.#tell("key", message);
    const { svg, story, knobs, problems, direction, reason, ...state } = message;
    this.state = state;
    if (story) Object.assign(this, { story, knobs, problems });
    const isNew = event === "ready" || !this.isReady;
    if (isNew) {
      this.isReady = true;
      this.#start(this);
      this.#tell("ready", message);
    }
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (event === "refused") asked?.refuse(new Error(reason));
    else asked?.done(message);
    if (event === "exhausted") this.#tell("exhausted", message);
    else if (!isNew) this.#tell("statechange", message);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

addEventListener("message", ({ source, data }) => {
  if (data?.socketPlayground !== VERSION) return;
  for (const lesson of lessons.values()) if (lesson.frame.contentWindow === source) lesson.hear(data);
});

/** What stands in the link of a lesson, by the names of the attributes. */
const PARAMETERS = { lesson: "lesson", step: "step", lang: "lang", theme: "theme", view: "embed", chrome: "chrome", sync: "sync", deck: "deck" };

/** `<socket-lesson lesson="dumb-proxy" step="5" lang="ko">`; a link inside it is shown where this script does not run. */
export class SocketLesson extends HTMLElement {
  static observedAttributes = [...Object.keys(PARAMETERS), "knobs", "question", "site"];

  #lesson = null;
  #shown = null;

  connectedCallback() {
    this.#open();
  }

  disconnectedCallback() {
    this.#close();
  }

  attributeChangedCallback(name, before, value) {
    if (before === value || !this.#lesson) return;
    const refused = (error) => console.warn(`socket-lesson: ${error.message}`);
    if (name === "step") {
      if (Number(value) !== this.#shown) this.goto(Number(value) || 1).catch(refused);
    } else if (name === "lang" && value) this.set({ lang: value }).catch(refused);
    else if (name === "theme") this.set({ theme: value ?? "system" }).catch(refused);
    else if (name === "knobs") this.set({ knobs: Object.fromEntries(new URLSearchParams(value ?? "")) }).catch(refused);
    else {
      this.#close();
      this.#open();
    }
  }

  /** The address of what is shown. */
  get src() {
    const address = new URL(this.site);
    address.searchParams.set("v", String(VERSION));
    for (const [attribute, parameter] of Object.entries(PARAMETERS)) {
      if (this.hasAttribute(attribute)) address.searchParams.set(parameter, this.getAttribute(attribute));
    }
    for (const [knob, value] of new URLSearchParams(this.knobs)) address.searchParams.set(knob, value);
    if (!this.hasAttribute("view")) address.searchParams.set("embed", "1");
    if (this.question) address.searchParams.set("question", "1");
    return address.href;
  }

  get step() {
    return Number(this.getAttribute("step")) || 1;
  }

  set step(step) {
    this.setAttribute("step", step);
  }

  get question() {
    return this.hasAttribute("question");
  }

  set question(on) {
    this.toggleAttribute("question", on);
  }

  get site() {
    return this.getAttribute("site") ?? new URL("./", HERE).href;
  }

  set site(address) {
    this.setAttribute("site", address);
  }

  /** The last state that the lesson told; null before it is ready. */
  get state() {
    return this.#lesson?.state ?? null;
  }

  goto = (step) => this.#ask("goto", step);
  next = () => this.#ask("next");
  prev = () => this.#ask("prev");
  play = () => this.#ask("play");
  pause = () => this.#ask("pause");
  set = (settings) => this.#ask("set", settings);
  describe = () => this.#ask("describe");
  snapshot = (size) => this.#ask("snapshot", size);

  async #ask(method, argument) {
    if (!this.#lesson) throw new Error("The lesson is not in the page.");
    return this.#lesson[method](argument);
  }

  #open() {
    if (this.#lesson || !this.isConnected) return;
    const frame = document.createElement("iframe");
    frame.title = this.title || "Socket Playground";
    // Loaded when it comes near the part of the page that is seen.
    frame.loading = this.getAttribute("loading") === "eager" ? "eager" : "lazy";
    frame.allow = "fullscreen";
    frame.style.cssText = "display: block; inline-size: 100%; block-size: 100%; border: 0";
    frame.src = this.src;
    for (const child of this.children) child.hidden = true;
    if (getComputedStyle(this).display === "inline") this.style.display = "block";
    if (this.offsetHeight === 0) this.style.aspectRatio = "16 / 9";
    this.append(frame);
    const lesson = (this.#lesson = Lesson.of(frame));
    for (const name of ["ready", "statechange", "exhausted", "key"]) {
      lesson.addEventListener(name, ({ detail }) => {
        if (this.#lesson !== lesson) return;
        this.#shown = lesson.state?.step ?? null;
        if (name !== "key" && this.#shown !== this.step) this.setAttribute("step", this.#shown);
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      });
    }
    found(lesson);
  }

  #close() {
    this.#lesson?.close();
    this.#lesson?.frame.remove();
    this.#lesson = this.#shown = null;
    for (const child of this.children) child.hidden = false;
  }
}

// The other attributes as properties of the same names.
for (const name of ["lesson", "lang", "theme", "view", "chrome", "sync", "deck", "knobs"]) {
  Object.defineProperty(SocketLesson.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// ---- On paper ----

/**
 * Makes a slide of every step, for a deck of reveal.js that is printed (`?print-pdf`, `?view=print`). To be awaited
 * before the deck starts. Where it is not printed, nothing is changed.
 */
export async function unfold() {
  const query = new URLSearchParams(location.search);
  if (!query.has("print-pdf") && query.get("view") !== "print") return;
  const catalogue = await (await fetch(new URL("./lessons.json", HERE))).json();
  const lengths = new Map(catalogue.lessons.map(({ id, steps }) => [id, steps.length]));
  for (const slide of [...document.querySelectorAll(".slides section")]) {
    const frames = (of) => [...of.querySelectorAll("iframe")].filter(({ src }) => isLesson(src));
    const walked = slide.querySelector("section") ? [] : frames(slide);
    const steps = walked.map(({ src }) => {
      const { searchParams } = new URL(src);
      const first = Number(searchParams.get("step")) || 1;
      const last = lengths.get(searchParams.get("lesson")) ?? first;
      return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
    });
    // One lesson after the other, as they are walked.
    const pages = steps.flatMap((own, index) =>
      own.slice(index && 1).map((step) => steps.map((other, at) => (at < index ? other.at(-1) : at > index ? other[0] : step))),
    );
    const copies = pages.map((places) => {
      const copy = slide.cloneNode(true);
      frames(copy).forEach((frame, index) => {
        const address = new URL(frame.src);
        address.searchParams.set("step", places[index]);
        address.searchParams.delete("deck");
        frame.loading = "eager";
        // Without the line below it that text has: the slide would need another page.
        frame.style.display = "block";
        frame.src = address.href;
      });
      return copy;
    });
    if (copies.length) slide.replaceWith(...copies);
  }
}

// ---- The deck's own keys walk the lessons ----

const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const PREV = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);
/** Buttons of Marp's decks that go on and back. */
const BUTTONS = '[data-bespoke-marp-osc="next"], [data-bespoke-marp-osc="prev"], [class*="presenter-info-page-next"], [class*="presenter-info-page-prev"]';

/** Where each lesson begins: the step of its link. */
const first = new WeakMap();
/** The lessons of this page in the order in which they stand, those that walk themselves left out. */
const ordered = () =>
  [...lessons.values()]
    .filter(({ frame }) => frame.isConnected && !new URL(frame.src, document.baseURI).searchParams.has("deck"))
    .sort((a, b) => (a.frame.compareDocumentPosition(b.frame) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));

/** Whether the page is a deck: a page that scrolls keeps its keys. `deck.js?keys=0` says that it is none. */
const isDeck = () =>
  HERE.searchParams.get("keys") !== "0" &&
  (document.querySelector(".bespoke-marp-parent") !== null ||
    document.scrollingElement.scrollHeight <= document.scrollingElement.clientHeight + 1);

const slideOf = (frame) => frame.closest(".bespoke-marp-slide");

function isShown({ frame }) {
  const slide = slideOf(frame);
  if (slide) return slide.classList.contains("bespoke-marp-active");
  const box = frame.getBoundingClientRect();
  const seen =
    Math.max(0, Math.min(box.right, innerWidth) - Math.max(box.left, 0)) *
    Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
  return seen > (box.width * box.height) / 2 && frame.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** Lessons that were asked to step and have not answered yet. */
const asking = new Set();
/** Events that come from here and go through to the deck. */
const passing = new WeakSet();

/** Steps a lesson of the slide; says whether there was one to step. `leave` hands over to the deck. */
function step(way, leave) {
  const shown = ordered().filter(isShown);
  if (way === "prev") shown.reverse();
  const canStep = ({ state }) =>
    way === "next" ? state.moving || state.asks || state.step < state.steps : state.step > 1 || state.moving;
  const lesson = shown.find((one) => asking.has(one) || (one.state && canStep(one)));
  if (!lesson) return false;
  asking.add(lesson);
  lesson[way]()
    .catch(() => null)
    .then((answer) => {
      asking.delete(lesson);
      // It was at its end already: another one on the slide goes on, or the deck.
      if (answer?.event === "exhausted" && !step(way, leave)) leave();
    });
  return true;
}

function onKey(event) {
  if (passing.has(event) || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = event.composedPath()[0];
  if (target instanceof Element && target.closest("input, textarea, select, button, [contenteditable]")) return;
  const way = event.key === " " && event.shiftKey ? "prev" : event.shiftKey ? null : NEXT.has(event.key) ? "next" : PREV.has(event.key) ? "prev" : null;
  if (!way || !isDeck()) return;
  if (step(way, () => press("keydown", event))) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** Presses a key for the deck, which has not heard it yet. */
function press(type, { key, code, shiftKey, ctrlKey, altKey, metaKey }, isNew = false) {
  const event = new KeyboardEvent(type, { key, code, shiftKey, ctrlKey, altKey, metaKey, bubbles: true, cancelable: true });
  if (!isNew) passing.add(event);
  document.body.dispatchEvent(event);
}

function onClick(event) {
  const button = event.target instanceof Element ? event.target.closest(BUTTONS) : null;
  if (!button || passing.has(event)) return;
  const way = /next/.test(button.outerHTML.slice(0, button.outerHTML.indexOf(">"))) ? "next" : "prev";
  const leave = () => {
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    passing.add(click);
    button.dispatchEvent(click);
  };
  if (step(way, leave)) event.stopImmediatePropagation();
}

// Copies of the deck, in a presenter's window, hear each other; what was reached is kept over a reload.
const PLACE = `socket-playground ${location.pathname}`;
const copies = "BroadcastChannel" in globalThis ? new BroadcastChannel(PLACE) : null;
copies?.addEventListener("message", ({ data }) => {
  const lesson = ordered()[data?.index];
  if (lesson?.state?.lesson !== data?.lesson || lesson.state.step === data.step) return;
  // Not to be said once more.
  kept[data.index] = data.step;
  lesson.goto(data.step);
});

const kept = (() => {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
})();

function keep(lesson) {
  const index = ordered().indexOf(lesson);
  if (kept[index] === lesson.state.step) return;
  kept[index] = lesson.state.step;
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // Without storage the place is that of the link.
  }
  copies?.postMessage({ index, lesson: lesson.state.lesson, step: lesson.state.step });
}

const found = (lesson) => void watch(lesson).catch(() => {});

/** A lesson was found: in a deck its keys are the deck's. */
async function watch(lesson) {
  lesson.addEventListener("key", ({ detail: { type, key, code, shift, ctrl, alt, meta } }) =>
    press(type, { key, code, shiftKey: shift, ctrlKey: ctrl, altKey: alt, metaKey: meta }, true),
  );
  const before = { ...kept };
  await lesson.ready;
  if (!isDeck() || !ordered().includes(lesson)) return;
  first.set(lesson, Number(new URL(lesson.frame.src, document.baseURI).searchParams.get("step")) || 1);
  await lesson.set({ keys: "host" });
  const place = before[ordered().indexOf(lesson)];
  if (place) await lesson.goto(place);
  lesson.addEventListener("statechange", () => keep(lesson));
}

/** Whether an address is that of an embedded lesson. */
function isLesson(address) {
  const query = address ? new URL(address, document.baseURI).searchParams : null;
  return Boolean(query?.has("lesson") && query.has("embed"));
}

/** Looks for lessons in the frames of the page. */
function find() {
  for (const frame of document.querySelectorAll("iframe")) {
    if (isLesson(frame.src) && !lessons.has(frame)) found(Lesson.of(frame));
  }
}

// A slide that is come to from before it begins at the beginning, from behind it at the end.
let slide = null;
function turn() {
  const slides = [...document.querySelectorAll(".bespoke-marp-slide")];
  const now = slides.findIndex((one) => one.classList.contains("bespoke-marp-active"));
  if (now < 0 || now === slide) return;
  const before = slide;
  slide = now;
  if (before === null) return;
  for (const lesson of ordered()) {
    if (slideOf(lesson.frame) === slides[now] && lesson.state) {
      lesson.goto(now > before ? first.get(lesson) ?? 1 : lesson.state.steps);
    }
  }
}

if (!customElements.get("socket-lesson")) customElements.define("socket-lesson", SocketLesson);
addEventListener("keydown", onKey, true);
addEventListener("click", onClick, true);
new MutationObserver(() => {
  find();
  turn();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["class", "src"] });
find();
turn();
