// The service worker: keeps the page's own files, so that it opens without a network once it was opened with one.
"use strict";
// One cache for each folder that the page is served from; the number changes when older copies cannot be used.
const PREFIX = "socket-playground";
const CACHE = `${PREFIX} 3 ${registration.scope}`;
// The contents of a file with a fingerprint in its name never change.
const FINGERPRINT = /-[0-9a-f]{12,}(_bg)?\.[a-z0-9]+$/;
const NAMED = /[\w-]+-[0-9a-f]{12,}(_bg)?\.[a-z0-9]+/g;
// The page's other files. A server may have more beside it, which is not to be kept.
const OTHERS = ["favicon.svg", "manifest.webmanifest"];
// Every address of the page is the same file, whatever its query.
const PAGE = registration.scope;
// The page as it was fetched last. It takes the other's place when all files that it names are there.
const NEXT = `${PAGE}?next`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(Promise.all([clients.claim(), dropOldCaches()])));

async function dropOldCaches() {
  const isOld = (name) =>
    name === PREFIX || (name.startsWith(`${PREFIX} `) && name.endsWith(` ${registration.scope}`) && name !== CACHE);
  const names = await caches.keys();
  await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
}

// A page was loaded: it says in which words.
addEventListener("message", (event) => event.waitUntil(keep(String(event.data?.words))));

async function keep(words) {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(NEXT)) && !(await cache.match(PAGE))) await keepPage(await fetch(PAGE));
  const page = await cache.match(NEXT);
  const named = await filesOf(page?.clone());
  const isWords = (name) => name.startsWith("words-");
  // Of the words a visitor reads those of one language; those of the other stay once they were read.
  const wanted = named.filter((name) => !isWords(name) || words.endsWith(name));
  const has = async (name) => (await cache.match(new URL(name, PAGE))) !== undefined;
  const add = (name) => cache.add(new URL(name, PAGE)).catch(() => {});
  await Promise.all(wanted.map(async (name) => (await has(name)) || add(name)));
  if (page) await Promise.all(OTHERS.map(add));
  const isThere = await Promise.all(wanted.map(has));
  if (wanted.some(isWords) && isThere.every(Boolean)) {
    await cache.put(PAGE, page);
    await cache.delete(NEXT);
  }
  // Files of an earlier version go.
  named.push(...(await filesOf(await cache.match(PAGE))));
  for (const request of await cache.keys()) {
    if (FINGERPRINT.test(request.url) && !named.includes(nameOf(request.url))) await cache.delete(request);
  }
}

const nameOf = (url) => new URL(url).pathname.split("/").pop();

async function filesOf(page) {
  return (await page?.text())?.match(NAMED) ?? [];
}

async function keepPage(response) {
  if (response.ok && !response.redirected) await (await caches.open(CACHE)).put(NEXT, response);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(PAGE)) return;
  const name = new URL(request.url).pathname.slice(new URL(PAGE).pathname.length);
  if (FINGERPRINT.test(name) || OTHERS.includes(name)) event.respondWith(cacheFirst(request));
  else if (name === "" || name === "index.html") event.respondWith(networkFirst(event));
});

async function cacheFirst(request) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(request);
  if (copy) return copy;
  const response = await fetch(request);
  if (response.ok) cache.put(request, response.clone());
  return response;
}

async function networkFirst(event) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keepPage(response.clone()));
    return response;
  } catch (error) {
    const copy = await caches.match(PAGE, { cacheName: CACHE });
    if (copy) return copy;
    throw error;
  }
}
