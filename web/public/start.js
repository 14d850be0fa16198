// Starts the program. Trunk.toml (`pattern_script`) writes the tag of this script, with the names of the program's files.
"use strict";
(async (files) => {
  const here = document.baseURI;
  const fail = (why) => dispatchEvent(new CustomEvent("loadfailed", { detail: why }));
  // In the copy that is one file the names are the files themselves.
  if (location.protocol === "file:" && !files.program.startsWith("data:")) return fail("file");
  if (typeof WebAssembly !== "object") return fail("wasm");
  let refused = false;
  document.addEventListener("securitypolicyviolation", () => (refused = true));
  // The words of the page's language travel beside the program, which asks for them when it starts.
  const words = document.createElement("link");
  Object.assign(words, { rel: "preload", as: "fetch", crossOrigin: "anonymous" });
  words.href = document.documentElement.lang === "ko" ? files.wordsKo : files.wordsEn;
  document.head.append(words);
  try {
    const { default: start } = await import(new URL(files.script, here));
    await start({ module_or_path: new URL(files.program, here) });
    dispatchEvent(new Event("started"));
  } catch (error) {
    // A policy that forbids all programs forbids the smallest one too.
    const smallest = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    await WebAssembly.compile(smallest).catch(() => (refused = true));
    fail(refused ? "policy" : "network");
    throw error;
  }
})(document.currentScript.dataset);
