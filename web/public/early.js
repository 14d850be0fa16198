// Before the first paint: the theme, the language and the frame that the address asks for.
// After it: the service worker, which keeps a copy of the page for use without a network.
"use strict";
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const theme = query.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
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

  if (!("serviceWorker" in navigator) || !("caches" in window) || window.parent !== window) return;
  // The worker has not seen the requests before its start: it is told which files the page names or has fetched.
  const keep = () => {
    const here = new URL("./", location.href).href;
    const named = [...document.querySelectorAll("link[href], script[src]")].map((it) => it.href || it.src);
    const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
    const own = [...named, ...fetched].filter((name) => name.startsWith(here) && !name.includes("?"));
    // The words of the other language are kept too, once they have been read.
    const words = Object.values(document.querySelector("script[data-program]")?.dataset ?? {});
    const known = words.map((name) => new URL(name, here).href);
    navigator.serviceWorker.controller?.postMessage({ wanted: [here, ...own], known });
  };
  // Without storage (in a private window, say) the page works, but not offline.
  addEventListener("load", () => {
    navigator.serviceWorker.addEventListener("controllerchange", keep);
    navigator.serviceWorker.register("./offline.js").then(keep, () => {});
  });
})();
