// What a reader answered -> how much of each lesson and objective that is and how much of it is due, how much was still
// known, and a plan until the exam. The rows are in the page. A classic script: modules need a server.
{
  const { answers, count, list, parts, schedule } = globalThis.studyguide
  const DAYS = 30
  const SHOWN = 14
  const DAY = 864e5
  const [WIDTH, HEIGHT] = [600, 120] // of the lines in the page

  const named = (day) => new Date(day * DAY).toUTCString().slice(0, 11)
  const row = ([name, ...cells]) => `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`

  class ReaderProgress extends HTMLElement {
    connectedCallback() {
      this.parts = parts(this)
      answers.listen(() => this.show())
      this.show()
    }

    async show() {
      const all = await answers.all()
      const lines = [...this.querySelectorAll("[data-cards]")]
      const { cards, today, until, says } = schedule.deck(lines.flatMap(({ dataset }) => dataset.cards.split(" ")), all)
      const linesOf = ({ id }) => this.querySelectorAll(`[data-cards~="${CSS.escape(id)}"], [data-questions~="${CSS.escape(id)}"]`)
      // No line has a question that is gone.
      const met = [...cards.values()].filter((card) => !card.isNew && linesOf(card).length)
      const due = met.filter((card) => card.due <= today)
      this.parts.sum.textContent = `${count(met.length, "card")} on the schedule, of which ${due.length} due today.`
      this.parts.kept.textContent = says
      for (const line of lines) this.fill(line, all.kept)
      for (const card of due) for (const line of linesOf(card)) line.cells[4].textContent++
      this.plot(met, today)
      this.plan(met, today, until)
    }

    fill(line, kept) {
      const last = line.dataset.questions.split(" ").map((id) => kept.get(id)?.rounds?.at(-1))
      const right = last.filter((round) => round?.right).length
      const answered = last.filter(Boolean).length
      line.cells[2].textContent = answered ? `${right} of ${answered}` : ""
      line.cells[3].textContent = answered - right || ""
      line.cells[4].textContent = ""
      line.isLeft = answered < last.length
    }

    // Of the cards that somebody had seen before, how many were known, day by day.
    plot(cards, today) {
      const days = new Map()
      for (const { firsts = [] } of cards) {
        for (const [day, grade] of firsts.slice(1)) {
          const [known, asked] = days.get(day) ?? [0, 0]
          if (day > today - DAYS) days.set(day, [known + (grade > 1), asked + 1])
        }
      }
      const points = [...days].sort(([a], [b]) => a - b)
      const { plot, days: rows, seen } = this.parts
      seen.hidden = !points.length
      const places = points.map(([day, [known, asked]]) => [WIDTH * (1 - (today - day) / DAYS), HEIGHT * (1 - known / asked)])
      plot.innerHTML = `<polyline points="${places.join(" ")}"/>${places.map(([x, y]) => `<circle r="4" cx="${x}" cy="${y}"/>`).join("")}`
      rows.innerHTML = points.map(([day, [known, asked]]) => row([named(day), `${known} of ${asked}`])).join("")
    }

    // Lessons first, evenly, then tests; cards on the days on which they are due. It is made anew each time.
    plan(cards, today, until) {
      const { plan, none } = this.parts
      const left = until - today
      none.hidden = left >= 0
      const lessons = [...this.querySelectorAll("[data-lesson]")].filter(({ isLeft }) => isLeft).map((line) => line.cells[0].innerHTML)
      const each = Math.ceil(lessons.length / Math.max(left - 3, 1))
      const what = (from) => {
        const due = cards.filter((card) => Math.max(card.due - today, 0) === from).length
        const tests = [2, 7].includes(left - from) && "a practice test"
        return list([...lessons.slice(from * each, (from + 1) * each), due && count(due, "card"), tests, from === left && "your exam"].filter(Boolean))
      }
      // None where there is no exam, or no more.
      const days = Array.from({ length: left + 1 }, (_, from) => from).filter((from) => from < SHOWN || left - from <= 7)
      const told = days.map((from) => [named(today + from), what(from)])
      plan.innerHTML = told.filter(([, things]) => things).map(row).join("")
    }
  }

  customElements.define("reader-progress", ReaderProgress)
}
