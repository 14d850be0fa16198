// The deck: reveal.js and its speaker notes, nothing else. The lessons are frames with a link (deck=reveal).
import Reveal from "./node_modules/reveal.js/dist/reveal.mjs";
import Notes from "./node_modules/reveal.js/dist/plugin/notes.mjs";

window.Reveal = Reveal;
Reveal.initialize({ width: 1280, height: 720, margin: 0, center: false, hash: true, plugins: [Notes] });
