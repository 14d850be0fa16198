// What is cut off, covered, or on top of something else; needs `look`.
const problems = [];
const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth) problems.push(`the page scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}`);

/** The nearest box that scrolls sideways by itself. */
const scroller = (element) => {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return at;
  }
  return null;
};
/** Boxes that shorten what does not fit on purpose. */
const shortens = (element) => getComputedStyle(element).textOverflow === "ellipsis";
const inDialog = document.querySelector("dialog[open]");
const within = inDialog ?? document;

// A label stands for the field in it; the drawings have rules of their own.
const CONTROLS = "button, select, textarea, summary, a[href], input[type=range], input[type=text], label.choice, label.switch";
const controls = [...within.querySelectorAll(CONTROLS)].filter(
  (control) => look.isShown(control) && !control.closest("svg") && !control.matches(".skip") && (inDialog || !control.closest("dialog")),
);

for (const control of controls) {
  const box = control.getBoundingClientRect();
  if ((box.left < -0.5 || box.right > innerWidth + 0.5) && !scroller(control)) problems.push(`${look.nameOf(control)} reaches out of the window sideways: ${box.left} to ${box.right}`);
  if (box.width < 16 || box.height < 16) problems.push(`${look.nameOf(control)} is ${box.width}x${box.height}: too small to hit`);
}

// What is always there must be whole and on top.
for (const bar of inDialog ? [] : document.querySelectorAll(".top-bar, .dock")) {
  const frame = bar.getBoundingClientRect();
  for (const control of controls.filter((control) => bar.contains(control))) {
    const box = control.getBoundingClientRect();
    const out = box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    if (out) problems.push(`${look.nameOf(control)} reaches out of ${look.nameOf(bar).split(" ")[0]}`);
    if (box.top < -1 || box.bottom > innerHeight + 1) problems.push(`${look.nameOf(control)} is not in view: ${box.top} to ${box.bottom}`);
    // The marks lie on the range and may lie on each other.
    if (control.closest(".scrubber")) continue;
    const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (!top || !(control.contains(top) || top.contains(control))) problems.push(`${look.nameOf(control)} is covered by ${top ? look.nameOf(top) : "nothing"}`);
  }
}

// No control lies on another one.
const alone = controls.filter((control) => !control.closest(".marks"));
for (const [place, one] of alone.entries()) {
  const a = one.getBoundingClientRect();
  for (const other of alone.slice(place + 1)) {
    if (one.contains(other) || other.contains(one)) continue;
    // What floats above the page covers what scrolls below it; what stands in the same region must not.
    const region = (control) => control.closest(".top-bar, .dock, .notices, .tabs, .story, .what-if, .bench, dialog");
    if (region(one) !== region(other)) continue;
    const b = other.getBoundingClientRect();
    const [w, h] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    if (w > 1 && h > 1) problems.push(`${look.nameOf(one)} and ${look.nameOf(other)} overlap by ${w.toFixed(1)}x${h.toFixed(1)}`);
  }
}

// No words are cut off.
const WORDS = "button, button span, label, label span, legend, summary, h2, h3, p, li, th, td, dt, dd, output, .tabs [role=tab]";
for (const part of within.querySelectorAll(WORDS)) {
  if (!look.isShown(part) || !part.textContent.trim() || part.closest("svg, .hidden, .skip, .track") || part.matches(".hidden")) continue;
  if (!inDialog && part.closest("dialog")) continue;
  if (part.clientWidth === 0 || shortens(part) || part.querySelector("pre, table, textarea, select, input[type=range], .chips")) continue;
  if (/auto|scroll/.test(getComputedStyle(part).overflowX)) continue;
  if (part.scrollWidth > part.clientWidth + 1) problems.push(`the words of ${look.nameOf(part)} are cut off: ${part.scrollWidth} px in ${part.clientWidth}`);
  const clips = getComputedStyle(part).overflowY !== "visible";
  if (clips && part.scrollHeight > part.clientHeight + 2) problems.push(`the words of ${look.nameOf(part)} are cut off below: ${part.scrollHeight} px in ${part.clientHeight}`);
}

// Fields show the letters that are typed into them.
for (const field of within.querySelectorAll("select, input[type=text]")) {
  if (look.isShown(field) && field.clientHeight < parseFloat(getComputedStyle(field).fontSize)) problems.push(`${look.nameOf(field)} is lower than its letters`);
}
return [...new Set(problems)];
