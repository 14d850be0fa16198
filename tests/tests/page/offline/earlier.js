// Keeps the page's own files, so that it opens without a network once it was opened with one.
"use strict";
const CACHE = "socket-playground";
// A file with a fingerprint in its name never changes.
const FINGERPRINT = /-[0-9a-f]{12,}(_bg)?\.[a-z0-9]+$/;
// The others of the page. A server may have more beside it, which is not ours to keep.
const OTHERS = ["", "index.html", "early.js", "parts.js", "favicon.svg", "manifest.webmanifest", "words.json"];

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  if (!Array.isArray(event.data)) return;
  const wanted = event.data.filter((name) => typeof name === "string" && name.startsWith(registration.scope));
  event.waitUntil(keep(wanted));
});

async function keep(wanted) {
  const cache = await caches.open(CACHE);
  await Promise.all(wanted.map(async (name) => (await cache.match(name)) ?? cache.add(name).catch(() => {})));
  // Files of an earlier version go.
  for (const request of await cache.keys()) {
    if (FINGERPRINT.test(request.url) && !wanted.includes(request.url)) await cache.delete(request);
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const name = new URL(request.url).pathname.slice(new URL(registration.scope).pathname.length);
  if (FINGERPRINT.test(name)) event.respondWith(kept(request));
  else if (OTHERS.includes(name)) event.respondWith(fresh(request, name));
});

async function kept(request) {
  const copy = await caches.match(request);
  if (copy) return copy;
  const response = await fetch(request);
  if (response.ok) (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

async function fresh(request, name) {
  // Every address of the page is the same file, whatever its query.
  const key = name === "" || name === "index.html" ? registration.scope : request;
  try {
    const response = await fetch(request);
    if (response.ok) (await caches.open(CACHE)).put(key, response.clone());
    return response;
  } catch (error) {
    const copy = await caches.match(key);
    if (copy) return copy;
    throw error;
  }
}
