// What is cut off, covered, or on top of something else; needs `look`.
const problems = [];
const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth) problems.push(`the page scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}`);

const dialog = document.querySelector("dialog[open]");
const within = dialog ?? document.body;
const isOurs = (element) => look.isShown(element) && !element.closest("svg, .skip") && element.closest("dialog") === dialog && !isForListeners(element);
const styles = new Map();
const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
/** Whether only a screen reader meets it: it is in a box of a pixel. */
function isForListeners(element) {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (Math.max(at.offsetWidth, at.offsetHeight) <= 1 && style(at).overflow !== "visible") return true;
  }
  return false;
}
const cut = ({ left, right, top, bottom }, other) => ({
  left: Math.max(left, other.left),
  right: Math.min(right, other.right),
  top: Math.max(top, other.top),
  bottom: Math.min(bottom, other.bottom),
});
const inner = (element) => {
  const { left, top } = element.getBoundingClientRect();
  const [x, y] = [left + element.clientLeft, top + element.clientTop];
  return { left: x, right: x + element.clientWidth, top: y, bottom: y + element.clientHeight };
};
const above = function* (element) {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) yield at;
};

/** The part of an element that can be seen where everything is scrolled to now. */
function seen(element) {
  let box = cut(element.getBoundingClientRect(), { left: 0, right: innerWidth, top: 0, bottom: innerHeight });
  for (const at of above(element)) if (style(at).overflow !== "visible") box = cut(box, inner(at));
  return box;
}
/** Whether a person can scroll an element into view sideways. */
const isScrolledSideways = (element) => [...above(element)].some((at) => /auto|scroll/.test(style(at).overflowX) && at.scrollWidth > at.clientWidth);

// A label stands for the field in it; the drawings have rules of their own.
const CONTROLS = "button, select, textarea, summary, a[href], input[type=range], input[type=text], label.choice, label.switch";
const controls = [...within.querySelectorAll(CONTROLS)].filter(isOurs);

for (const control of controls) {
  const box = control.getBoundingClientRect();
  const isOut = box.left < -0.5 || box.right > innerWidth + 0.5;
  if (isOut && !isScrolledSideways(control)) problems.push(`${look.nameOf(control)} reaches out of the window: from ${box.left} to ${box.right}`);
  // What only a pointer reaches stands for something larger around it.
  if (Math.min(box.width, box.height) < 16 && control.tabIndex >= 0) problems.push(`${look.nameOf(control)} is ${box.width}x${box.height}: too small to hit`);
}

// What is always there must be whole and on top.
for (const bar of dialog ? [] : document.querySelectorAll(".top-bar, .dock")) {
  const frame = bar.getBoundingClientRect();
  for (const control of controls.filter((control) => bar.contains(control))) {
    const box = control.getBoundingClientRect();
    const isOut = box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    if (isOut) problems.push(`${look.nameOf(control)} reaches out of .${bar.className}`);
    if (box.top < -1 || box.bottom > innerHeight + 1) problems.push(`${look.nameOf(control)} is not in view: from ${box.top} to ${box.bottom}`);
    const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (!top || !(control.contains(top) || top.contains(control))) problems.push(`${look.nameOf(control)} is covered by ${top ? look.nameOf(top) : "nothing"}`);
  }
}

// No control lies on another one. What stays in place covers what scrolls below it, and may.
const layer = (control) => control.closest(".top-bar, .dock, .notices, .tabs, dialog") ?? document.body;
const boxes = controls.map((control) => [control, seen(control), layer(control)]);
for (const [place, [one, a, under]] of boxes.entries()) {
  for (const [other, b, beneath] of boxes.slice(place + 1)) {
    if (under !== beneath || one.contains(other) || other.contains(one)) continue;
    const both = cut(a, b);
    const [w, h] = [both.right - both.left, both.bottom - both.top];
    if (w > 1 && h > 1) problems.push(`${look.nameOf(one)} and ${look.nameOf(other)} overlap by ${w.toFixed(1)}x${h.toFixed(1)}`);
  }
}

// No words are cut off, and none stick out of what they stand on.
const words = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (words.nextNode()) {
  const text = words.currentNode;
  const parent = text.parentElement;
  if (!text.data.trim() || !isOurs(parent) || parent.closest("textarea, select, output.now")) continue;
  range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  const what = `the words ${JSON.stringify(text.data.trim().slice(0, 40))} in ${look.nameOf(parent)}`;
  for (let at = parent; at && at !== document.body; at = at.parentElement) {
    const { overflowX, overflowY, textOverflow, webkitLineClamp, display } = style(at);
    if (/auto|scroll/.test(overflowX + overflowY) || textOverflow === "ellipsis" || webkitLineClamp !== "none") break;
    if (display === "inline" || display === "contents") continue;
    const frame = inner(at);
    const hides = overflowX !== "visible" || overflowY !== "visible";
    const isSideways = box.left < frame.left - 1 || box.right > frame.right + 1;
    const isDown = box.top < frame.top - 3 || box.bottom > frame.bottom + 3;
    if (hides && (isSideways || isDown)) problems.push(`${what} are cut off by ${look.nameOf(at)}`);
    else if (isSideways && at.matches("button, label, summary, legend, td, th, .knob")) problems.push(`${what} stick out of ${look.nameOf(at)}`);
    if (hides) break;
  }
}

// Fields show the letters that are typed into them.
for (const field of [...within.querySelectorAll("select, input[type=text]")].filter(isOurs)) {
  if (field.clientHeight < parseFloat(style(field).fontSize)) problems.push(`${look.nameOf(field)} is lower than its letters`);
}
const told = [...new Set(problems)];
return told.length > 8 ? [...told.slice(0, 8), `and ${told.length - 8} more`] : told;
