// What does not fit into the frame, and letters that the back row cannot read; needs `look`. The ladder scrolls.
const problems = [];
const page = document.scrollingElement;
if (page.scrollWidth > innerWidth) problems.push(`the page is ${page.scrollWidth} px wide`);
if (page.scrollHeight > innerHeight) problems.push(`the page is ${page.scrollHeight} px high`);
for (const css of [".embed", ".embed-picture", ".embed-bar", ".caption", ".arrows .arrow", ".badge", ".hero-place", ".drawing"]) {
    for (const part of document.querySelectorAll(`${css}:not(.ladder *)`)) {
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
const picture = document.querySelector(".embed-picture");
const words = picture ? look.shownWords(picture) : [];
if (!words.length) problems.push("there is no picture with words");
// The sizes are those of a wide slide; at 4:3 hosts and times share three quarters of its width.
const least = innerWidth < 960 ? 10 : 13;
const small = words.filter((element) => look.typeSize(element) < least - 0.05);
if (small.length) problems.push(`${small.length} words in the picture are smaller than ${least} px, such as ${look.nameOf(small[0])} with ${look.typeSize(small[0])}`);
// A ladder and a list of packets scroll; a drawing is whole.
const frame = picture?.getBoundingClientRect();
for (const element of words.filter((element) => element.closest(".drawing:not(.ladder *)"))) {
    const box = element.getBoundingClientRect();
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        problems.push(`${look.nameOf(element)} is cut off at the edge of the picture`);
}
return problems;
