// Material asks for the search index, the largest file of the guide, on every page. Here the question waits until the
// reader goes to the search, or came by a link that needs it. Should Material ask in another way, it is asked at once.
{
  const needed = () => /[?&][hq]=/.test(location.search) || location.hash === "#__search"
  const asked = new Promise((resolve) => {
    const go = (event) => {
      if (event.target.closest?.("[data-md-component=search], [for=__search]") || event.target.id === "__search") resolve()
    }
    for (const type of ["focusin", "pointerover", "touchstart", "change"]) {
      addEventListener(type, go, { capture: true, passive: true })
    }
  })

  const open = XMLHttpRequest.prototype.open
  const send = XMLHttpRequest.prototype.send
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.sgWaits = String(url).endsWith("/search/search_index.json") && !needed()
    return open.call(this, method, url, ...rest)
  }
  XMLHttpRequest.prototype.send = function (body) {
    if (this.sgWaits) asked.then(() => send.call(this, body))
    else send.call(this, body)
  }
}
