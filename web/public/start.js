// Starts the program. Trunk.toml (`pattern_script`) writes the tag of this script, with the names of the program's files.
"use strict";
(async (files) => {
  const here = document.baseURI;
  // The words of the page's language travel beside the program, which asks for them when it starts.
  const words = document.createElement("link");
  Object.assign(words, { rel: "preload", as: "fetch", crossOrigin: "anonymous" });
  words.href = document.documentElement.lang === "ko" ? files.wordsKo : files.wordsEn;
  document.head.append(words);
  try {
    const { default: start } = await import(new URL(files.script, here));
    await start({ module_or_path: new URL(files.program, here) });
  } catch (error) {
    document.getElementById("failed").hidden = false;
    throw error;
  }
})(document.currentScript.dataset);
