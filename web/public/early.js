// Before the first paint: the theme, the language and the frame that the address asks for.
// After it: why the page cannot be loaded, and the service worker, which keeps a copy for use without a network.
"use strict";
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const theme = query.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  // In a slide: its own ground shows through; stronger colours for a pale projector.
  if (query.get("ground") === "clear") root.dataset.ground = "clear";
  if (query.get("contrast") === "more") root.dataset.contrast = "more";
  if (query.has("embed") && !["0", "false", "off", "no"].includes(query.get("embed"))) root.dataset.embed = "";
  const chosen = () => {
    try {
      return localStorage.getItem("socket-playground:language");
    } catch {
      return null;
    }
  };
  const language = query.get("lang") ?? chosen() ?? navigator.language;
  if (/^ko\b/i.test(language)) root.lang = "ko";

  // The focused element may be removed when the page is drawn anew: the focus then goes to its successor, or to the
  // nearest ancestor that is still there, and never back to the top of the page.
  let last = null;
  let around = [];
  addEventListener("focusin", ({ target }) => {
    last = target;
    around = [];
    for (let part = target.parentElement; part && part !== document.body; part = part.parentElement) around.push(part);
  });
  addEventListener("focusout", ({ target, relatedTarget }) => {
    // Blurred by the user: the focus is not to be restored.
    if (!relatedTarget && target.isConnected) queueMicrotask(() => target.isConnected && (last = null));
  });
  new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body || !document.hasFocus()) return;
    // A dialog that closes gives the focus back by itself.
    if (around.some((part) => part.localName === "dialog" && !part.isConnected)) return;
    const home = around.find((part) => part.isConnected) ?? document.querySelector("main") ?? document.body;
    const kind = [last.localName, ...last.classList].map((word) => CSS.escape(word)).join(".");
    const successor = last.classList.length > 0 ? home.querySelector(kind) : null;
    if (!successor && !home.hasAttribute("tabindex")) home.tabIndex = -1;
    (successor ?? home).focus({ preventScroll: true });
  }).observe(document, { childList: true, subtree: true });

  // Why there is no page, in the user's language. Without this script the style sheet shows the sentence after a while.
  addEventListener("loadfailed", ({ detail }) => {
    root.dataset.failed = "";
    for (const part of document.querySelectorAll(".failed > *")) {
      part.hidden = part.lang !== root.lang || (part.localName === "p" && (part.dataset.why ?? "network") !== (detail ?? "network"));
    }
  });
  const fail = () => dispatchEvent(new CustomEvent("loadfailed"));
  // A script that is not there, or does not arrive as a whole, reports an error; a network that hangs reports nothing.
  const isScript = ({ target, error }) => target.localName === "script" || error instanceof SyntaxError;
  addEventListener("error", (event) => isScript(event) && addEventListener("load", fail), true);
  setTimeout(() => document.querySelector("#app:empty") && fail(), 20_000);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".try-again")) return;
    // A link to the page itself would leave out what stands behind the "#".
    event.preventDefault();
    location.reload();
  });

  // What does not start is not kept. Browsers keep apart what a page stores in the frames of different sites: each deck
  // has its own copy.
  addEventListener("started", async () => {
    try {
      const { serviceWorker } = navigator;
      const words = document.querySelector("script[data-program]").dataset;
      // The copy that is one file is kept by whoever has it.
      if (words.program.startsWith("data:")) return;
      const keep = () => serviceWorker.controller?.postMessage({ words: root.lang === "ko" ? words.wordsKo : words.wordsEn });
      serviceWorker.addEventListener("controllerchange", keep);
      await serviceWorker.register("./offline.js");
      keep();
    } catch {
      // Without storage (a private window, a sandboxed frame, a file) the page works, but is not kept.
    }
  });
})();
