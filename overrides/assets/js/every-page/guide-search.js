// Search in a dialog. What finds things comes when it is asked for: no page waits.
{
  const { studyguide } = globalThis
  const { make } = studyguide
  const TEASER = 170
  const AROUND = 3 // words on either side tell a place in a page from others
  // Scripts: a folder serves nothing else.
  const FILES = ["../../search/index.js", "../vendor/minisearch/minisearch.js", "search-rank.js"]

  // By their beginnings.
  const matcher = (terms) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.join("|") || "$^"})[\\p{L}\\p{N}]*`, "giu")

  const marked = (text, terms) => {
    let end = 0
    const parts = [...text.matchAll(matcher(terms))].flatMap(({ 0: word, index }) => {
      const before = text.slice(end, index)
      end = index + word.length
      return [before, make("mark", {}, [word])]
    })
    return [...parts, text.slice(end)]
  }

  // Where in a text most of the words are, -1 where there are none.
  const spot = (text, terms) => {
    const at = [...text.matchAll(matcher(terms))].map(({ index }) => index)
    const near = (start) => at.filter((each) => each >= start && each < start + TEASER - 40).length
    return at.reduce((most, each) => (near(each) > near(most) ? each : most), at[0] ?? -1)
  }

  // The part of a text around a place.
  const teaser = (text, place) => {
    const best = Math.max(place, 0)
    const sentence = text.lastIndexOf(". ", best) + 1
    const start = best - sentence < 90 ? sentence : text.lastIndexOf(" ", best - 40)
    const end = text.length - start > TEASER ? text.lastIndexOf(" ", start + TEASER) : text.length
    return `${start > sentence ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`
  }

  // What tells a browser to mark the word at a place of the page that a link leads to: with the words beside it, or it
  // would be the first like it. One that knows no such thing would not find the section either.
  const directive = (text, place) => {
    if (place < 0 || !("fragmentDirective" in document)) return ""
    const coded = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D")
    const before = text.slice(0, place).split(/\s+/).filter(Boolean).slice(-AROUND)
    const [word, ...after] = text.slice(place).split(/\s+/).filter(Boolean).slice(0, 1 + AROUND)
    return `:~:text=${before.length ? `${coded(before)}-,` : ""}${coded([word])}${after.length ? `,-${coded(after)}` : ""}`
  }

  class GuideSearch extends HTMLElement {
    connectedCallback() {
      const [link, button] = this.querySelectorAll(".sg-search")
      this.dialog = this.querySelector("dialog")
      this.input = this.querySelector("input")
      link.hidden = !(button.hidden = false)

      button.onclick = () => this.open()
      button.onpointerenter = button.onfocus = () => this.load().catch(() => {})
      this.input.oninput = () => this.show()
      this.querySelector("form").onsubmit = () => this.querySelector("ol a")?.click() ?? false
      this.dialog.onkeydown = (event) => this.step(event)
      // A link may lead to this very page.
      this.dialog.onclick = ({ target }) => target.closest("a") && this.dialog.close()
      document.addEventListener("keydown", (event) => this.begin(event))
    }

    load() {
      this.loaded ??= studyguide.bring(...FILES).then(() => (this.find = sgSearch(sgIndex)))
      return this.loaded
    }

    // No single key: speech must not open it.
    begin(event) {
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      this.open()
    }

    open() {
      if (!this.dialog.open) this.dialog.showModal()
      this.input.select()
      this.show()
      this.load().then(
        () => this.show(),
        () => this.say("Search could not be loaded.", [], true),
      )
    }

    step(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const stops = [this.input, ...this.querySelectorAll("ol a")]
      if (!by) return
      event.preventDefault()
      stops[Math.max(0, stops.indexOf(document.activeElement) + by)]?.focus()
    }

    say(words, items = [], help = false) {
      this.querySelector("[role=status]").textContent = words
      this.querySelector("ol").replaceChildren(...items)
      this.querySelector(".sg-find__help").hidden = !help
    }

    show() {
      const typed = this.input.value.trim()
      if (!typed) return this.say("")
      if (!this.find) return this.say("One moment")
      const { results, all } = this.find(typed)
      const near = results.length ? "Nothing has all of that. The nearest:" : "The guide has nothing like that."
      this.say(all ? `Found: ${results.length}` : near, results.map(this.item, this), !all)
    }

    item({ doc, terms }) {
      const place = spot(doc.text, terms)
      const parts = [doc.title, [doc.page, doc.kind].filter(Boolean).join(" · "), teaser(doc.text, place)]
      const spans = parts.map((text) => make("span", {}, marked(text, terms)))
      const href = new URL(doc.location, studyguide.root).href
      // Only on the way there: who copies the link gets the address of the section.
      const told = directive(doc.text, place)
      const onclick = ({ currentTarget: link }) => told && (link.href = `${href}${href.includes("#") ? "" : "#"}${told}`)
      return make("li", {}, [make("a", { href, onclick }, spans)])
    }
  }
  customElements.define("guide-search", GuideSearch)
}
