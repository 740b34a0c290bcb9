// What a page may need later comes when it does: what answers a question once a reader is near one, and what is kept of a
// reader, for the circles of the navigation, once the page has nothing else to do. A classic script: modules need a server.
{
  const { make, count } = globalThis.studyguide
  const { src: here, dataset } = document.currentScript
  const root = new URL("../..", here)
  const keeping = ["../vendor/idb-keyval/idb-keyval.js", "storage.js"]
  const brought = new Map()
  // A page's own scripts have their version behind their names.
  const bare = (src) => src.replace(/\?.*/, "")

  // In this order, though they are fetched side by side; each once, or again where it did not come.
  const bring = (...parts) =>
    Promise.all(parts.map((part) => {
      const src = new URL(part, here)
      const name = bare(src.href)
      const come = (done, fail) => {
        const onerror = () => {
          brought.delete(name)
          fail()
        }
        document.head.append(make("script", { src, async: false, onload: done, onerror }))
      }
      if (!brought.has(name)) brought.set(name, new Promise(come))
      return brought.get(name)
    }))
  for (const { src } of document.scripts) brought.set(bare(src))

  // Every question of the guide; none where they cannot be had.
  const bank = async (page) => {
    const src = new URL(page.querySelector("[data-questions]").dataset.questions, location).href
    // A script that came without them is asked for again.
    if (!globalThis.studyguide.questions) brought.delete(bare(src))
    await bring("question.js", src).catch(() => {})
    const { content } = make("template", { innerHTML: globalThis.studyguide.questions ?? "" })
    return new Map([...content.children].map((section) => [section.dataset.id, section]))
  }

  Object.assign(globalThis.studyguide, { root, bring, keeping, bank, name: `study-guide ${root.pathname}` })

  // How many of a page's questions somebody had right when asked last, in a circle beside its link.
  const circles = async () => {
    const { name } = globalThis.studyguide
    if (!dataset.lessons || !(await indexedDB.databases()).some((each) => each.name === name)) return
    await bring(...keeping)
    const { kept } = await globalThis.studyguide.answers.all()
    const isKnown = (id) => kept.get(id)?.rounds?.at(-1)?.right
    if (![...kept.keys()].some(isKnown)) return
    await bring(new URL(dataset.lessons, location))
    const { lessons } = globalThis.studyguide
    for (const link of document.querySelectorAll(".md-sidebar--primary .md-nav__link[href]")) {
      const ids = lessons[link.href.replace(root, "").replace(/#.*/, "")]
      const known = ids?.filter(isKnown).length
      if (!known) continue
      link.title = `${known} of ${count(ids.length, "question")} right`
      link.style.setProperty("--sg-known", known / ids.length)
      link.classList.add("sg-known")
    }
  }

  const begin = () => {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        near.disconnect()
        bring(...keeping, "question.js")
      },
      { rootMargin: "100% 0px" },
    )
    for (const question of document.querySelectorAll("sg-question")) near.observe(question)
    setTimeout(() => circles().catch(() => {}), 500)
  }
  addEventListener("load", begin)
}
