// The deck: reveal.js and its speaker notes, nothing else. The lessons are frames with a link (deck=reveal).
import Reveal from "./node_modules/reveal.js/dist/reveal.mjs";
import Notes from "./node_modules/reveal.js/dist/plugin/notes.mjs";

window.Reveal = Reveal;
// On paper (?print-pdf) every step has a page of its own.
if (/print/.test(location.search)) {
  const { unfold } = await import("http://127.0.0.1:8080/deck.js?keys=0");
  await unfold();
}
Reveal.initialize({ width: 1280, height: 720, margin: 0, center: false, hash: true, plugins: [Notes] });
