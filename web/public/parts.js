// What comes after the first part of the program: the others, in their order, and their style sheet. The page names
// them; `crates/xtask` makes them. A page that was built in one piece names none.
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

  // What is drawn by a later part needs its styles.
  let styles;
  const style = () =>
    (styles ??= new Promise((came, failed) => {
      const named = document.querySelector("link[data-style]");
      if (!named) return came();
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: named.href, onload: came });
      link.onerror = () => {
        styles = undefined;
        link.remove();
        failed();
      };
      // Where all sheets stand: what is drawn by the first part comes before it.
      named.replaceWith(named.cloneNode(), link);
    }));

  // For a part that is called before it has come: nothing else can go on.
  function compileNow(number) {
    const request = new XMLHttpRequest();
    request.open("GET", address(number), false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    return new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255));
  }

  return {
    // Fetches everything; says whether they have come.
    async fetch() {
      try {
        const all = [...document.querySelectorAll("link[data-part]")];
        const parts = all.map(async (_, index) => (compiled[index + 1] ??= await compile(index + 1)));
        await Promise.all([style(), ...parts]);
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
