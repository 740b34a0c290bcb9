// A question that answers back: how sure are you, then right or wrong and why, first for what you chose, with one more
// try, of which the first counts. Without a script the question is complete, and so is its answer.
// A classic script: modules need a server.
{
  const { answers, joined, list, make, shuffle } = globalThis.studyguide
  const TRIES = 2
  const LONGEST = 600

  // Quotation marks, dashes, case, and a full stop make no other answer.
  const plain = (text) =>
    text.normalize("NFKC").toLowerCase().replace(/[`"'“”‘’]/g, "").replace(/[‐-―−]/g, "-").replace(/\s+/g, " ").trim().replace(/\.$/, "")
  const isAllRight = (about) => about.size > 0 && [...about.values()].every(Boolean)
  // Digits may stand in groups, and a unit behind them.
  const number = (text) => Number(text.replace(/−/g, "-").replace(/(?<=\d)[,\s](?=\d{3}(?!\d))/g, "").match(/^[+-]?\d*\.?\d+(e\d+)?/)?.[0] ?? NaN)

  // What a reader answers with: three sorts of controls, each with what is chosen, whether that is all, which items of
  // the answer it is about, and what is said of it.
  class Choices {
    constructor(fields) {
      this.fields = fields
      this.right = this.boxes.filter((box) => box.dataset.right !== undefined).map((box) => box.value)
    }

    get chosen() {
      return this.boxes.filter((box) => box.checked).map((box) => box.value)
    }

    set chosen(values) {
      for (const box of this.boxes) box.checked = values.includes(box.value)
    }

    // As they are shown.
    get boxes() {
      return [...this.fields.querySelectorAll("input")]
    }

    get order() {
      return this.boxes.map((box) => box.value)
    }

    // What is moved, even to where it is, loses the click that has begun on it.
    set order(values) {
      if (values.join() === this.order.join()) return
      for (const value of values) this.fields.querySelector(".sg-options").append(this.item(value) ?? "")
    }

    item(value) {
      return this.boxes.find((box) => box.value === value)?.closest("li")
    }

    isWhole(values) {
      return values.length === Math.max(this.right.length, 1)
    }

    // Each item that a choice is about, and whether it is right.
    about(values) {
      return new Map(values.map((value) => [value, this.right.includes(value)]))
    }

    letters(values) {
      return this.order.flatMap((value, index) => (values.includes(value) ? String.fromCharCode(65 + index) : []))
    }

    said(values) {
      const [right, wrong] = [true, false].map((side) => this.letters(values.filter((value) => this.right.includes(value) === side)))
      return values.length > 1 && right.length ? `${list(right)} ${right.length > 1 ? "are" : "is"} right, ${list(wrong)} ${wrong.length > 1 ? "are" : "is"} not.` : ""
    }

    name(value) {
      return this.letters([value])[0]
    }

    words(values) {
      return values.map((value) => this.item(value).querySelector("label, .sg-text").textContent)
    }
  }

  class Places {
    constructor(fields) {
      const places = [...fields.querySelectorAll("select")].map((select) => [select.closest("li").dataset.item, select])
      this.places = places.sort(([a], [b]) => a - b)
      this.order = []
    }

    get chosen() {
      return this.places.map(([, select]) => select.value)
    }

    set chosen(values) {
      this.places.forEach(([, select], index) => { select.value = values[index] ?? "" })
    }

    isWhole(values) {
      return values.length === this.places.length && values.every(Boolean)
    }

    about(values) {
      return new Map(this.places.map(([item, select], index) => [item, select.querySelector("[data-right]").value === values[index]]))
    }

    said(values) {
      const right = [...this.about(values).values()].filter(Boolean).length
      return `${right} of ${this.places.length} ${right === 1 ? "is" : "are"} where ${right === 1 ? "it belongs" : "they belong"}.`
    }

    words(values) {
      return this.places.map(([, select], index) => `${select.closest("li").querySelector(".sg-text").textContent.trim()}: ${values[index]}`)
    }
  }

  class Field {
    constructor(fields, reasons) {
      this.input = fields.querySelector("input")
      this.reasons = reasons
      this.order = []
    }

    get chosen() {
      return [this.input.value.trim()].filter(Boolean)
    }

    set chosen([text]) {
      this.input.value = text ?? ""
    }

    isWhole(values) {
      return values.length === 1 && !(this.reasons[0]?.dataset.number && Number.isNaN(number(values[0])))
    }

    about([text]) {
      const found = this.reasons.find(({ dataset: { answer, number: value, tolerance = 0 } }) => {
        if (value === undefined) return plain(answer ?? "") === plain(text)
        // Two numbers that are written alike may differ in their last bit.
        return Math.abs(number(text) - value) <= Number(tolerance) + 1e-9 * Math.abs(value)
      })
      return new Map(found ? [[found.dataset.item, found.classList.contains("sg-right")]] : [])
    }

    said([text]) {
      return this.about([text]).size ? "" : `“${text}” is not among the answers.`
    }

    words(values) {
      return values
    }
  }

  class Question extends HTMLElement {
    connectedCallback() {
      const find = (selector) => this.querySelector(selector)
      this.section = this.closest(".sg-checkpoint")
      this.fields = find(".sg-ask")
      this.answer = find(".sg-answer")
      this.reasons = [...this.querySelectorAll(".sg-reasons > li")]
      const Sort = find(".sg-place") ? Places : find(".sg-field") ? Field : Choices
      this.input = new Sort(this.fields, this.reasons)
      this.first = this.input.order
      this.build()
      this.listen()
      this.record = this.found()
      this.show()
      // What came of it at an earlier visit is no news, so nothing announces it.
      this.ready = this.restore().then(() => { this.result.role = "status" })
    }

    get key() {
      return this.section.dataset.id
    }

    build() {
      const { key, fields } = this
      const part = make("div", { className: "sg-commit" })
      part.innerHTML = `
        <fieldset class="sg-sure" aria-describedby="${key}-stem">
          <legend>How sure are you?</legend>
          <label><input type="radio" name="${key}:sure" value="sure"> Sure</label>
          <label><input type="radio" name="${key}:sure" value="unsure"> Unsure</label>
        </fieldset>
        <button type="button" class="sg-check" aria-describedby="${key}-stem">Check</button>
        <p class="sg-result"></p>
        <p class="sg-after" hidden><button type="button">Start over</button> <a rel="noopener external">Report a problem</a></p>
        <p class="sg-kept" role="status"></p>`
      const find = (selector) => part.querySelector(selector)
      this.sure = find(".sg-sure")
      this.check = find(".sg-check")
      this.result = find(".sg-result")
      this.after = find(".sg-after")
      this.kept = find(".sg-kept")
      fields.after(part)
    }

    listen() {
      this.fields.addEventListener("input", () => this.act((record) => ({ ...record, chosen: this.input.chosen }), true))
      this.fields.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.type === "text") this.commit()
      })
      this.sure.addEventListener("change", ({ target }) => this.act((record) => ({ ...record, sure: target.value }), true))
      this.check.addEventListener("click", () => this.commit())
      this.after.querySelector("button").addEventListener("click", () => {
        this.reset()
        this.ask(this.fields, "")
      })
      this.answer.addEventListener("toggle", () => {
        if (this.answer.open && this.record.phase !== "done") this.act((record) => ({ ...record, phase: "done", shown: true }))
      })
      answers.listen((key) => key === this.key && this.restore())
    }

    // A question that was never answered, or whose words are others now: only the past of it stays.
    blank({ rounds = [] } = {}) {
      const order = this.section.dataset.shuffle === "no" ? this.first : shuffle([...this.first])
      return { ...answers.blank, version: this.section.dataset.version, order, rounds }
    }

    // What a reader did before this script was there stays, and so do the options that a hand may be on its way to.
    found() {
      const { chosen } = this.input
      const { open } = this.answer
      const moves = !open && !chosen.some(Boolean) && !seen.has(this)
      return { ...this.blank(), chosen, ...(moves ? {} : { order: this.first }), phase: open ? "done" : "asking", shown: open }
    }

    async restore() {
      const { record, note } = await answers.read(this.key)
      this.kept.textContent = note
      if (record?.version === this.record.version) this.record = record
      else if (record) this.record.rounds = record.rounds
      else return
      this.show()
    }

    // Change what is known of this question, here at once and in what is kept.
    async act(change, quietly = false) {
      const { version, order } = this.record
      const made = (record) => change(record?.version === version ? { ...record, order } : { ...this.blank(record), order })
      this.record = change(this.record)
      if (!quietly) this.show()
      const { note } = await answers.change(this.key, made)
      this.kept.textContent = note
    }

    commit() {
      const { phase, sure, tried } = this.record
      const { chosen } = this.input
      if (phase === "done" || this.closest("[data-mode=exam]")) return
      if (!this.input.isWhole(chosen)) return this.ask(this.fields, this.fields.querySelector("legend").textContent)
      if (chosen.join() === tried.at(-1)?.join()) return this.ask(this.fields, "Change your answer first.")
      if (!sure) return this.ask(this.sure, "Say how sure you are, then check.")
      this.try(chosen)
      // A field that is disabled loses the focus, and the reasons may have pushed what is said out of sight.
      this.check.focus()
      this.result.scrollIntoView({ block: "nearest" })
    }

    try(chosen, isLast = false) {
      const { sure, version } = this.record
      const right = this.isRight(chosen)
      const at = new Date().toISOString()
      return this.act((record) => {
        const tried = [...record.tried, chosen]
        const over = isLast || right || tried.length >= TRIES
        const rounds = record.phase === "asking" ? [...record.rounds, { at, version, chosen, right, sure }] : record.rounds
        return { ...record, chosen, tried, sure, rounds, phase: over ? "done" : "retry" }
      })
    }

    // The end of a test: it is marked as it stands.
    end() {
      const { phase, chosen } = this.record
      if (phase === "asking" && chosen.some(Boolean)) return this.try(chosen, true)
      return phase === "done" || this.act((record) => ({ ...record, phase: "done" }))
    }

    isRight(chosen) {
      return this.input.isWhole(chosen) && isAllRight(this.input.about(chosen))
    }

    get isOpen() {
      const { phase, chosen } = this.record
      return phase === "asking" && !(this.closest("[data-mode=exam]") && this.input.isWhole(chosen))
    }

    // What came of it: the first try counts.
    get outcome() {
      const { tried, sure } = this.record
      if (!tried.length) return "empty"
      if (this.isRight(tried[0])) return "right"
      return sure === "sure" ? "sure" : "wrong"
    }

    ask(where, words) {
      this.result.textContent = words
      where.querySelector(":is(input, select):not(:disabled)").focus()
    }

    reset() {
      const fresh = this.blank()
      this.record.order = fresh.order
      return this.act((record) => ({ ...fresh, rounds: record.rounds }))
    }

    // Show what is known: the one place where anything on the page changes.
    show() {
      const { phase, chosen, sure, order, tried } = this.record
      this.put(new Set())
      this.input.order = order
      this.input.chosen = chosen
      for (const box of this.sure.querySelectorAll("input")) box.checked = box.value === sure
      const done = phase === "done"
      this.fields.disabled = done
      this.sure.disabled = phase !== "asking"
      this.check.textContent = { asking: "Check", retry: "Check again", done: "Checked" }[phase]
      this.check.setAttribute("aria-disabled", done)
      this.answer.open = done
      const mine = tried.length ? this.input.about(tried.at(-1)) : new Map()
      this.mark(mine, phase)
      // The reason of a step or a pair is that of its right place: before the last try it would be the answer.
      const told = [...mine.keys()].filter((item) => mine.get(item) || !this.input.places)
      this.put(new Set(done ? this.reasons.map((reason) => reason.dataset.item) : told), mine)
      this.say(this.input.places ? [] : told)
      this.after.hidden = phase === "asking"
      this.letters()
      this.report()
    }

    item(key) {
      return this.fields.querySelector(`li[data-item="${key}"]`)
    }

    mark(mine, phase) {
      for (const item of this.fields.querySelectorAll("li[data-item]")) {
        const box = item.querySelector("input")
        const missed = phase === "done" && box?.dataset.right !== undefined
        const chose = mine.get(item.dataset.item)
        item.dataset.mark = chose === undefined ? (missed ? "missed" : "") : chose ? "right" : "wrong"
        // What is known to be wrong cannot be tried again.
        if (box?.type !== "radio") continue
        box.disabled = phase === "retry" && chose === false
        if (box.disabled) box.checked = false
      }
    }

    // Put each of these reasons inside its option, and the others back into the answer.
    put(items, mine = new Map()) {
      for (const reason of this.reasons) {
        const key = reason.dataset.item
        const host = this.item(key) ?? (mine.has(key) ? this.fields : undefined)
        const why = this.querySelector(`.sg-why[data-of="${key}"]`)
        if (host && !why && items.has(key)) {
          const made = make("div", { className: `sg-why ${reason.className}` }, reason.childNodes)
          made.dataset.of = key
          host.append(made)
        } else if (why && !items.has(key)) {
          reason.append(...why.childNodes)
          why.remove()
        }
      }
    }

    // What is seen inside the options is said with the verdict.
    say(told) {
      const why = told.map((item) => {
        const words = [...this.querySelectorAll(`.sg-why[data-of="${item}"] > p:not(.sg-mark)`)].map((one) => one.textContent)
        return ` ${[this.input.name?.(item), words.join(" ")].filter(Boolean).join(": ")}`
      })
      this.result.replaceChildren(this.verdict(), ...(told.length ? [make("span", { className: "sg-unseen" }, why)] : []))
    }

    verdict() {
      const { phase, tried, sure, shown } = this.record
      if (phase === "asking") return ""
      if (!tried.length) return shown ? "You looked at the answer first, so this is no try." : "You left this one empty."
      const last = tried.at(-1)
      if (this.isRight(last)) {
        if (tried.length > 1) return "Right at the second try. The first one counts."
        return `Right${{ sure: ", and you were sure", unsure: ", though you were unsure" }[sure] ?? ""}.`
      }
      const wrong = tried.length > 1 || sure !== "sure" ? "Not right." : "Not right, though you were sure."
      return joined(wrong, this.input.said(last), phase === "retry" && !shown && "Try once more.")
    }

    // The answer's letters follow the order that is shown.
    letters() {
      const right = this.answer.querySelector(".sg-verdict > strong")
      if (right && this.input instanceof Choices) right.textContent = list(this.input.letters(this.input.right))
    }

    // A link, and nothing that is sent by anybody but the reader.
    report() {
      const link = this.after.querySelector("a")
      const form = document.querySelector("meta[name=sg-report]")?.content
      if (!form) return link?.remove()
      const { tried, version } = this.record
      const page = location.protocol.startsWith("http") ? `${location.origin}${location.pathname}#${this.key}` : this.key
      const chosen = tried.length ? this.input.words(tried.at(-1)).map((text) => text.replace(/\s+/g, " ").trim()).join("; ") : "nothing"
      const body = `Question: ${page}\nVersion: ${version}\nI chose: ${chosen.slice(0, LONGEST)}\n\nWhat is wrong:\n`
      const query = new URLSearchParams({ title: `Question ${this.key}`, body })
      link.href = `${form}?${query}`
    }
  }

  // On the screen before this script was there. They are measured at once, before anything changes.
  const seen = new Set([...document.querySelectorAll("sg-question")].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect()
    return top < innerHeight && bottom > 0
  }))
  customElements.define("sg-question", Question)
}
