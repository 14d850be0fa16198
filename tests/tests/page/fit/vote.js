// A slide that asks the questions: the picture has three fifths of the height, or the question stands beside it; the
// question, its answers and the explanations after them are whole. `lessons` are `{ id, right }`.
const SHARE = 0.6;
const problems = [];

/** What of the bar is out of the window or cut off. */
function cutOff() {
  const parts = [...document.querySelectorAll(".embed-bar .caption, .embed-bar .arrow, .question h3, .question .option, .question .explanation")];
  return parts.filter((part) => look.isShown(part)).filter((part) => {
    const { top, bottom, left, right } = part.getBoundingClientRect();
    return top < -0.5 || left < -0.5 || bottom > innerHeight + 0.5 || right > innerWidth + 0.5;
  });
}

/** What is too small or not in the slide now. */
function measure(what) {
  const picture = document.querySelector(".embed-picture").getBoundingClientRect();
  const question = document.querySelector(".embed .question").getBoundingClientRect();
  const isBeside = question.left >= picture.right - 1 || question.right <= picture.left + 1;
  const [size, whole] = isBeside ? [picture.width, innerWidth] : [picture.height, innerHeight];
  if (size < whole * SHARE) problems.push(`${what}: the picture has ${((100 * size) / whole).toFixed(1)} % of the ${isBeside ? "width" : "height"}`);
  for (const part of cutOff()) problems.push(`${what}: ${look.nameOf(part)} is out of the slide`);
}

for (const lesson of lessons) {
  for (const [place, right] of lesson.right.entries()) {
    if (right === null) continue;
    const what = `${lesson.id} ${place + 1}`;
    const address = `${location.origin}${location.pathname}?v=1&lesson=${lesson.id}&step=${place + 1}&lang=${language}&embed=1&question=1`;
    const isThere = () => look.count().step === place + 1 && new URL(location).searchParams.get("lesson") === lesson.id && document.querySelector(".embed .question");
    if (!(await look.follow(address)) || !(await look.until(isThere, 4000))) { problems.push(`${what} is not asked`); continue; }
    await look.frames(2);
    measure(what);
    const options = [...document.querySelectorAll(".option button")];
    const order = [...options.keys()].filter((option) => option !== right).concat(right);
    for (const [told, option] of order.entries()) {
      options[option].click();
      const isTold = () => document.querySelectorAll(".option.wrong, .option.right").length === told + 1 && document.querySelector(".explanation");
      if (!(await look.until(isTold, 4000))) problems.push(`${what}: answer ${option + 1} is not explained`);
      await look.frames(1);
      measure(`${what}, answer ${option + 1}`);
    }
  }
}
return problems;
