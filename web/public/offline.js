// Keeps the page's own files, so that it opens without a network once it was opened with one.
"use strict";
const CACHE = "socket-playground";
// A file with a fingerprint in its name never changes.
const FINGERPRINT = /-[0-9a-f]{12,}(_bg)?\.[a-z0-9]+$/;

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
  event.respondWith(FINGERPRINT.test(new URL(request.url).pathname) ? kept(request) : fresh(request));
});

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function fresh(request) {
  // Every address of the page is the same file.
  const key = request.mode === "navigate" ? registration.scope : request;
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
