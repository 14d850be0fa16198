// What does not fit into the frame, and letters that the back row cannot read; needs `look`.
const problems = [];
const page = document.scrollingElement;
if (page.scrollWidth > innerWidth) problems.push(`the page is ${page.scrollWidth} px wide`);
if (page.scrollHeight > innerHeight) problems.push(`the page is ${page.scrollHeight} px high`);
for (const css of [".embed", ".embed-picture", ".embed-bar", ".caption", ".arrows .arrow", ".badge", ".stage", ".stage-picture"]) {
    for (const part of document.querySelectorAll(css)) {
        const box = part.getBoundingClientRect();
        if (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5)
            problems.push(`${look.nameOf(part)} reaches out of the frame: ${JSON.stringify(box)}`);
        if (part instanceof HTMLElement && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1))
            problems.push(`what is in ${look.nameOf(part)} overflows it: ${part.scrollWidth}x${part.scrollHeight} in ${part.clientWidth}x${part.clientHeight}`);
    }
}
const caption = document.querySelector(".caption");
const size = caption ? parseFloat(getComputedStyle(caption).fontSize) : 0;
if (size < 18) problems.push(`the caption has letters of ${size} px`);
const drawing = document.querySelector(".stage-picture");
if (drawing) {
    const zoom = drawing.getScreenCTM().a;
    const small = [...drawing.querySelectorAll("text")].filter(look.isShown)
        .map((text) => [parseFloat(getComputedStyle(text).fontSize) * zoom, text])
        .filter(([size]) => size < 9);
    if (small.length) problems.push(`${small.length} words in the picture are smaller than 9 px, such as ${look.nameOf(small[0][1])} with ${small[0][0]}`);
}
return problems;
