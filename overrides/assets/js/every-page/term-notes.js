// What a word means, beside the word: on hover, on focus, and at the first tap; the second tap follows the link, as any
// click does without a script. One popover serves the page. A classic script: modules need a server.
if (HTMLElement.prototype.showPopover) {
  const TERM = "a[data-sg-definition]"
  const PAUSE = 200
  const EDGE = 8

  const note = globalThis.studyguide.make("div", { className: "sg-note", id: "sg-note", popover: "manual", role: "tooltip" })
  document.querySelector("main").append(note)

  let term // whose note is shown
  let first // what the first tap is on
  let timer

  const termAt = ({ target }) => target.closest?.(TERM)

  // In the options of a question a definition may be the answer: it waits until the answer is open.
  const waits = (link) =>
    link.closest(".sg-options, .sg-numbers") && !link.closest(".sg-checkpoint").querySelector(".sg-answer")?.open

  const show = (link, y) => {
    if (link === term || waits(link)) return
    hide()
    term = link
    note.textContent = link.dataset.sgDefinition
    link.setAttribute("aria-describedby", note.id)
    note.showPopover()
    place([...link.getClientRects()].findLast((line) => !(line.top > y)) ?? link.getBoundingClientRect())
  }

  // Under this line of the link, above it where there is no room. It scrolls with the page.
  const place = (line) => {
    const { offsetWidth: width, offsetHeight: height } = note
    const { clientWidth, clientHeight } = document.documentElement
    const below = line.bottom + EDGE + height <= clientHeight || line.top < EDGE + height
    note.style.left = `${scrollX + Math.max(EDGE, Math.min(line.left, clientWidth - width - EDGE))}px`
    note.style.top = `${scrollY + (below ? line.bottom + EDGE / 2 : line.top - height - EDGE / 2)}px`
  }

  const hide = () => {
    clearTimeout(timer)
    term?.removeAttribute("aria-describedby")
    term = undefined
    note.hidePopover()
  }

  const soon = (act) => {
    clearTimeout(timer)
    timer = setTimeout(act, PAUSE)
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return
    const link = termAt(event)
    if (link) soon(() => show(link, event.clientY))
    else if (note.contains(event.target)) clearTimeout(timer)
    else soon(() => document.activeElement === term || hide())
  })
  document.addEventListener("focusin", (event) => {
    const link = termAt(event)
    if (link?.matches(":focus-visible")) show(link, -1)
  })
  document.addEventListener("focusout", (event) => {
    if (termAt(event) === term && !note.matches(":hover")) hide()
  })
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide()
  })
  document.addEventListener("pointerdown", (event) => {
    const link = termAt(event)
    first = event.pointerType !== "mouse" && link !== term && link && !waits(link) ? link : undefined
    if (link !== term && !note.contains(event.target)) hide()
  })
  document.addEventListener("click", (event) => {
    const link = termAt(event)
    if (!link || link !== first) return
    first = undefined
    event.preventDefault()
    show(link, event.clientY)
  })
}
