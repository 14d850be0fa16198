// The service worker: keeps the page's own files, so that it opens without a network once it was opened with one.
"use strict";
// One cache for each folder that the page is served from; the number changes when older copies cannot be used.
const PREFIX = "socket-playground";
const CACHE = `${PREFIX} 2 ${registration.scope}`;
// The contents of a file with a fingerprint in its name never change.
const FINGERPRINT = /-[0-9a-f]{12,}(_bg)?\.[a-z0-9]+$/;
// The page's other files. A server may have more beside it, which is not to be kept.
const OTHERS = ["", "index.html", "start.js", "favicon.svg", "manifest.webmanifest"];

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(Promise.all([clients.claim(), dropOldCaches()])));

async function dropOldCaches() {
  const isOld = (name) =>
    name === PREFIX || (name.startsWith(`${PREFIX} `) && name.endsWith(` ${registration.scope}`) && name !== CACHE);
  const names = await caches.keys();
  await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
}

addEventListener("message", (event) => {
  const { wanted, known } = event.data ?? {};
  if (!Array.isArray(wanted) || !Array.isArray(known)) return;
  const isOurs = (name) => typeof name === "string" && name.startsWith(registration.scope);
  event.waitUntil(keep(wanted.filter(isOurs), known.filter(isOurs)));
});

// Fetches the files that are wanted; those that are known stay if they were fetched before.
async function keep(wanted, known) {
  const cache = await caches.open(CACHE);
  await Promise.all(wanted.map(async (name) => (await cache.match(name)) ?? cache.add(name).catch(() => {})));
  // Files of an earlier version go.
  for (const request of await cache.keys()) {
    const isNamed = wanted.includes(request.url) || known.includes(request.url);
    if (FINGERPRINT.test(request.url) && !isNamed) await cache.delete(request);
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const name = new URL(request.url).pathname.slice(new URL(registration.scope).pathname.length);
  if (FINGERPRINT.test(name)) event.respondWith(cacheFirst(request));
  else if (OTHERS.includes(name)) event.respondWith(networkFirst(request, name));
});

async function cacheFirst(request) {
  const cache = await caches.open(CACHE);
  const copy = await cache.match(request);
  if (copy) return copy;
  const response = await fetch(request);
  if (response.ok) cache.put(request, response.clone());
  return response;
}

async function networkFirst(request, name) {
  const cache = await caches.open(CACHE);
  // Every address of the page is the same file, whatever its query.
  const key = name === "" || name === "index.html" ? registration.scope : request;
  try {
    const response = await fetch(request);
    if (response.ok) cache.put(key, response.clone());
    return response;
  } catch (error) {
    const copy = await cache.match(key);
    if (copy) return copy;
    throw error;
  }
}
