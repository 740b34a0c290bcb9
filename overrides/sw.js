// Keeps the whole guide on the device of a reader who asked for it: one version, whole or not at all. A page comes from the
// network while there is one; what has the hash of its content in its address comes from here, and so never is of another
// version than its page. Where the build wrote no version, as for an author's own server, this takes itself away.
self.VERSION = ""
{
  const { scope } = registration
  const NAME = `study-guide ${scope} ${VERSION}`
  const PATIENCE = 4000
  const there = (path) => new URL(path, scope)

  // As the build writes it: eight figures for the first four bytes.
  const hashOf = async (response) => new DataView(await crypto.subtle.digest("SHA-256", await response.arrayBuffer())).getUint32()

  // A file as it was listed, or none: what an earlier version has, or half an update brought, need not come again.
  const load = async (cache, [path, hash]) => {
    const key = there(`${path}?${hash}`)
    const known = await caches.match(key)
    const response = known ?? (await fetch(there(path), { cache: "no-store" }))
    if (!known && (await hashOf(response.clone())) !== parseInt(hash, 16)) throw new Error(path)
    await cache.put(key, response)
  }

  const install = async () => {
    if (VERSION) {
      const { version, files } = await (await fetch(there("offline.json"), { cache: "no-store" })).json()
      if (version !== VERSION) throw new Error(version)
      const cache = await caches.open(NAME)
      await Promise.all(Object.entries(files).map((file) => load(cache, file)))
    }
    await skipWaiting()
  }

  // The version before stays for pages that are open, and goes with the next one.
  const activate = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(`study-guide ${scope} `))
    await Promise.all(names.slice(0, VERSION ? -2 : names.length).map((name) => caches.delete(name)))
    return VERSION ? clients.claim() : registration.unregister()
  }

  const kept = (request) => caches.match(request, { cacheName: NAME, ignoreSearch: true })

  const answer = async (request) => {
    const whole = new URL(request.url).search && (await caches.match(request))
    if (whole) return whole
    const found = await fetch(request, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) }).catch(() => {})
    if (found?.status < 500) return found
    const nowhere = request.mode === "navigate" ? there("404.html") : request
    return (await kept(request)) ?? found ?? (await kept(nowhere)) ?? Response.error()
  }

  addEventListener("install", (event) => event.waitUntil(install()))
  // Not waited for: what is old can go later, and no page has to wait for it.
  addEventListener("activate", () => void activate())
  addEventListener("fetch", (event) => {
    if (VERSION && event.request.method === "GET" && event.request.url.startsWith(scope)) event.respondWith(answer(event.request))
  })
}
