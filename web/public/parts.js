// The parts of the program that come after the first. The page names them in their order; `crates/xtask/src/split`
// makes them. A page that was built in one piece names none.
"use strict";
window.parts = (() => {
  const address = (number) => document.querySelectorAll("link[data-part]")[number - 1]?.href;
  const compiled = [];
  let here = 0;

  async function compile(number) {
    const response = await fetch(address(number));
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }

  // For a part that is called before it has come: nothing else can go on.
  function compileNow(number) {
    const request = new XMLHttpRequest();
    request.open("GET", address(number), false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    return new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255));
  }

  return {
    // Fetches all parts; says whether they have come.
    async fetch() {
      try {
        const all = [...document.querySelectorAll("link[data-part]")];
        await Promise.all(all.map(async (_, index) => (compiled[index + 1] ??= await compile(index + 1))));
        return true;
      } catch {
        return false;
      }
    },
    // Lets the first part, by its exports, call a part and those before it.
    load(number, first) {
      while (here < number && address(here + 1)) {
        new WebAssembly.Instance(compiled[here + 1] ?? compileNow(here + 1), { "": first });
        here += 1;
      }
    },
  };
})();
