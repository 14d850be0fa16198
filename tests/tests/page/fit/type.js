// The type of each step's picture: its size on the screen, whatever the drawing's scale. `lessons` are `{ id, steps }`,
// `where` the part of the page that is looked at, `extra` the rest of the link. Texts that are too small are told once
// for each view and class.
const LEAST = 13;
const problems = new Map();

for (const lesson of lessons) {
  for (let step = 1; step <= lesson.steps; step++) {
    const address = `${location.origin}${location.pathname}?v=1&lesson=${lesson.id}&step=${step}&lang=${language}${extra}`;
    const there = (await look.follow(address)) && (await look.until(() => look.count().step === step && new URL(location).searchParams.get("lesson") === lesson.id, 4000));
    if (!there) { problems.set(`${lesson.id} ${step}`, "is not told"); continue; }
    await look.frames(2);
    const roots = [...document.querySelectorAll(where)];
    if (!roots.some((root) => root.textContent.trim())) problems.set(`${lesson.id} ${step}`, "has no picture with words");
    for (const root of roots) {
      for (const element of look.shownWords(root)) {
        const size = look.typeSize(element);
        const view = root.className.baseVal ?? root.className;
        const key = `${view} ${element.localName}.${element.getAttribute("class") ?? ""} in ${element.parentElement.getAttribute("class") ?? ""}`;
        if (size < LEAST - 0.05 && !problems.has(key)) problems.set(key, `${size.toFixed(1)} px at ${lesson.id} ${step}: ${element.textContent.trim().slice(0, 30)}`);
      }
    }
  }
}
return [...problems].map(([what, how]) => `${what}: ${how}`);
