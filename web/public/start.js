// Starts the program. Trunk.toml (`pattern_script`) writes the tag of this script, with the names of the program's files.
"use strict";
(async ({ script, program }) => {
  const here = document.baseURI;
  const { default: start } = await import(new URL(script, here));
  await start({ module_or_path: new URL(program, here) });
})(document.currentScript.dataset);
