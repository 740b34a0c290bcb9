// Cards on a schedule: what is due, one after the other, until the day's measure is full. The cards are in the page, which
// is complete without this; a question that was missed though its reader was sure comes as it is on its own page.
// A classic script: modules need a server.
{
  const { answers, bank, count, parts, schedule, shuffle } = globalThis.studyguide
  const LATER = 5 // cards between one that was missed and its return
  const SWIPE = 60

  const inDays = (days) => (days < 1 ? "again today" : days === 1 ? "tomorrow" : `in ${days} days`)

  // Cards that are taken for each other come one after the other.
  const mixed = (cards) => {
    const likes = (one, other) => one.confused.includes(other.of)
    return [...new Set(cards.flatMap((one) => [one, ...cards.filter((other) => likes(one, other) || likes(other, one))]))]
  }

  // A row is a card; that of a word is another one, too, read from its other side.
  const sides = (item) => {
    const { card: id, version, confused = "" } = item.dataset
    const [front, back] = item.cloneNode(true).children
    const link = back.lastChild
    link.remove()
    const of = id.replace(/\..*/, "")
    const forth = { of, version, confused: confused.split(" "), front, back, link, asks: item.closest("details").querySelector("p").textContent }
    const asks = item.closest("section").dataset.backwards
    return [[id, forth], ...(id.endsWith(".meaning") ? [[`${of}.name`, { ...forth, front: back, back: front, asks }]] : [])]
  }

  class FlashCards extends HTMLElement {
    connectedCallback() {
      this.parts = parts(this)
      this.items = new Map([...document.querySelectorAll("[data-card]")].flatMap(sides))
      const { exam, limit } = this.parts
      this.queue = []
      this.given = []
      this.addEventListener("click", ({ target }) => {
        const { act, grade } = target.closest("button")?.dataset ?? {}
        if (act) this[act]()
        else if (grade) this.rate(Number(grade))
      })
      this.addEventListener("keydown", (event) => this.press(event))
      for (const field of [exam, limit]) field.addEventListener("change", () => this.set())
      this.swipes(this.querySelector(".sg-card"))
      answers.listen(() => this.load())
      this.load()
    }

    // Everything that is known, from what is kept now.
    async load() {
      const { cards, exam, limit, today, until, says } = schedule.deck([...this.items.keys()], await answers.all())
      this.cards = new Map([...cards].map(([id, card]) => [id, { ...card, ...this.items.get(id) }]))
      this.exam = until
      if (document.activeElement !== this.parts.exam) this.parts.exam.value = exam
      this.parts.limit.value = limit
      this.queue = this.queue.map(({ id }) => this.cards.get(id)).filter((card) => card?.due <= today)
      this.parts.kept.textContent = says
      if (this.isOn) this.next()
      else this.show(today, limit)
    }

    // What today holds: what is due first, then new cards, one of each word.
    choose(today, limit) {
      const cards = shuffle([...this.cards.values()])
      const again = cards.filter(({ isMissed }) => isMissed)
      const due = cards.filter((card) => card.due <= today && !card.isMissed)
      const taken = new Set(cards.filter(({ last }) => last === today).map(({ of }) => of))
      const left = Math.max(limit - taken.size, 0)
      const old = due.filter(({ isNew }) => !isNew).sort((a, b) => !!b.isAsked - !!a.isAsked)
      for (const { of } of old) taken.add(of)
      const fresh = due.filter((card) => card.isNew && !taken.has(card.of) && taken.add(card.of))
      return { again, old: old.slice(0, left), fresh: fresh.slice(0, Math.max(left - old.length, 0)) }
    }

    show(today, limit) {
      const { again, old, fresh } = this.choose(today, limit)
      const { today: words, start } = this.parts
      this.chosen = [...mixed([...old, ...fresh]), ...again]
      words.textContent = this.chosen.length
        ? `Today: ${count(again.length + old.length, "card")} to review, ${fresh.length} new`
        : "Nothing more is due today"
      start.hidden = !this.chosen.length
      this.toggle(false)
    }

    async set() {
      const { exam, limit } = this.parts
      // What is no measure is kept as none, and the usual one stands.
      const plan = { exam: exam.value, limit: Number(limit.checkValidity() && limit.value) }
      await answers.change("plan", () => plan)
      this.load()
    }

    start() {
      this.queue = [...this.chosen]
      this.given = []
      this.toggle(true)
      this.next()
    }

    stop() {
      this.queue = []
      this.next()
    }

    toggle(isOn) {
      this.isOn = isOn
      this.parts.session.hidden = !isOn
      this.parts.begin.hidden = isOn
    }

    // The first of the queue, with its back away.
    async next() {
      const [card] = this.queue
      const { count: left, asks, front, back, closed, open, undo, says, start, today } = this.parts
      undo.hidden = !this.given.length
      if (!card) {
        const first = new Map(this.given.map(({ id, grade }) => [id, grade]).reverse())
        const known = [...first.values()].filter((grade) => grade > 1).length
        says.textContent = `${count(first.size, "card")} done, ${known} known at the first try.`
        this.isOn = false
        await this.load()
        return (start.hidden ? today : start).focus()
      }
      left.textContent = `${count(this.queue.length, "card")} left`
      if (card === this.card && this.isOn) return
      this.card = card
      back.hidden = open.hidden = true
      closed.hidden = false
      if (card.isAsked) {
        const section = (await bank(this)).get(card.id)
        if (!section) {
          this.queue.shift()
          return this.next()
        }
        asks.textContent = "You were sure of this one, and it was wrong."
        front.replaceChildren(section)
        back.replaceChildren()
        const question = section.querySelector("sg-question")
        await question.ready
        await question.reset()
      } else {
        asks.textContent = card.asks
        front.replaceChildren(...card.front.cloneNode(true).childNodes)
        back.replaceChildren(...card.back.cloneNode(true).childNodes, card.link.cloneNode(true))
        const seen = card.rounds.at(-1)?.version
        if (seen && seen !== card.version) asks.textContent += " The words have changed since you saw them last."
      }
      front.focus()
    }

    turn() {
      const { front, back, closed, open } = this.parts
      const answer = front.querySelector(".sg-answer")
      if (answer) answer.open = true
      back.hidden = open.hidden = false
      closed.hidden = true
      const today = schedule.day()
      for (const button of open.children) {
        button.title = inDays(this.due([...this.card.rounds, this.round(Number(button.dataset.grade))]) - today)
      }
      ;(answer ? open.children[2] : back).focus()
    }

    round(grade) {
      return { at: new Date().toISOString(), grade, version: this.card.version }
    }

    async rate(grade) {
      const { card } = this
      const { open, says, kept } = this.parts
      const round = this.round(grade)
      open.hidden = true // one answer a card
      this.given.push({ ...round, id: card.id, card })
      const { note } = await this.keep(card, (rounds) => [...rounds, round])
      this.queue.shift()
      if (grade === 1) this.queue.splice(LATER, 0, card)
      this.card = undefined
      says.textContent = grade === 1 ? "Missed: it comes again." : `Comes ${inDays(this.due(card.rounds) - schedule.day())}.`
      if (note) kept.textContent = note
      this.next()
      navigator.storage?.persist?.()
    }

    // Change what is known of a card, here at once and in what is kept.
    keep(card, change) {
      card.rounds = change(card.rounds)
      return answers.change(`card:${card.id}`, (record) => ({ ...record, rounds: change(record?.rounds ?? []) }))
    }

    due(rounds) {
      return schedule.plan(rounds, { exam: this.exam }).due
    }

    undo() {
      const { at, card } = this.given.pop()
      this.keep(card, (rounds) => rounds.filter((round) => round.at !== at))
      this.queue = [card, ...this.queue.filter(({ id }) => id !== card.id)]
      this.card = undefined
      this.parts.says.textContent = "Taken back."
      this.next()
    }

    press(event) {
      const { key, target } = event
      if (!this.isOn || event.ctrlKey || event.metaKey || event.altKey || target.matches("input, select, summary")) return
      const isTurned = !this.parts.open.hidden
      if (key === " " && !target.closest("button, a")) isTurned || this.turn()
      else if (key === "u" && this.given.length) this.undo()
      else if (isTurned && "1234".includes(key)) this.rate(Number(key))
      else return
      event.preventDefault()
    }

    // To the left for what was missed, to the right for what was known; before the answer shows, it shows.
    swipes(card) {
      let from
      card.addEventListener("pointerdown", (event) => (from = event.pointerType === "mouse" || event.target.closest("sg-question") ? undefined : event))
      card.addEventListener("pointerup", ({ clientX, clientY }) => {
        const right = clientX - from?.clientX
        if (!(Math.abs(right) > Math.max(SWIPE, 2 * Math.abs(clientY - from?.clientY)))) return
        if (this.parts.open.hidden) this.turn()
        else this.rate(right > 0 ? 3 : 1)
      })
    }
  }

  customElements.define("flash-cards", FlashCards)
}
