// Walks lessons in the page that is there: each step, and each answer to its question, the wrong ones first. `lessons`
// are `{ id, heroes, right }`: the hero of each step, and the place of its right answer or null. What is outside of the
// column, too small or missing is told.
const problems = [];
let at = "";
const tell = (what) => problems.push(`${at}: ${what}`);

/** Whether a box is within another, to half a pixel. */
const within = (inner, outer) =>
  inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5 && inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5;
const screen = { top: 0, left: 0, bottom: innerHeight, right: innerWidth };

/** That the step's words, its question with every answer, what was said to the last of them and the way on are seen. */
function inSight() {
  const column = document.querySelector(".story-scroll");
  const room = column.getBoundingClientRect();
  const parts = [...column.querySelectorAll(".eyebrow, h2, .body, .lead, .question h3, .option, .explanation, .show-answer")];
  if (parts.length < 2) tell("nothing is told");
  for (const part of parts) {
    const box = part.getBoundingClientRect();
    if (!within(box, room)) tell(`${look.nameOf(part)} is outside of the column by ${Math.ceil(Math.max(box.bottom - room.bottom, room.top - box.top, box.right - room.right))} px`);
  }
  const next = document.querySelector(".story-foot .onward");
  if (!next) tell("there is no way on");
  else if (!within(next.getBoundingClientRect(), screen) || next.getBoundingClientRect().top < room.bottom - 0.5) tell("the way on is not in sight");
  for (const part of column.querySelectorAll(".body, .option span, .explanation, .question h3")) {
    const size = parseFloat(getComputedStyle(part).fontSize);
    if (size < 12 && part.textContent.trim()) tell(`${look.nameOf(part)} is set in ${size} px`);
  }
}

for (const lesson of lessons) {
  for (const [place, hero] of lesson.heroes.entries()) {
    at = `${lesson.id} ${place + 1}`;
    const address = `${location.origin}${location.pathname}?v=1&lesson=${lesson.id}&step=${place + 1}&lang=${language}`;
    if (!(await look.follow(address))) { tell("its link leads nowhere"); continue; }
    const there = await look.until(() => look.count().step === place + 1 && new URL(location).searchParams.get("lesson") === lesson.id, 4000);
    if (!there) { tell("is not told"); continue; }
    await look.frames(2);
    inSight();
    const tab = document.querySelector('[role="tab"][aria-selected="true"]')?.id;
    if (tab !== `tab-${hero}`) tell(`its hero ${hero} is not shown, but ${tab}`);
    if (document.querySelector(".follow[aria-pressed]")?.getAttribute("aria-pressed") !== "true") tell("the view does not follow the lesson");
    if (!document.querySelector("#tab-panel")?.firstElementChild) tell("its hero is empty");
    const right = lesson.right[place];
    if (right === null) continue;
    const options = [...document.querySelectorAll(".option button")];
    const order = [...options.keys()].filter((option) => option !== right).concat(right);
    for (const [told, option] of order.entries()) {
      at = `${lesson.id} ${place + 1}, answer ${option + 1}`;
      options[option].click();
      await look.until(() => document.querySelectorAll(".option.wrong, .option.right").length === told + 1, 4000);
      await look.frames(1);
      if (document.querySelectorAll(".explanation").length !== 1) tell("not one explanation is shown");
      inSight();
    }
  }
}
return problems;
