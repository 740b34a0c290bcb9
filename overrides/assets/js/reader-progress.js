// What a reader answered -> how much of each lesson and objective that is, what is due, how much was still known, and a
// plan until the exam. The rows are in the page. A classic script: modules need a server.
{
  const { answers, count, joined, list, parts, schedule } = globalThis.studyguide
  const DAYS = 30
  const SHOWN = 14
  const DAY = 864e5
  const [WIDTH, HEIGHT] = [600, 120]

  const named = (day) => new Date(day * DAY).toUTCString().slice(0, 11)
  const row = ([name, ...cells]) => `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`

  class ReaderProgress extends HTMLElement {
    connectedCallback() {
      this.parts = parts(this)
      answers.listen(() => this.show())
      this.show()
    }

    async show() {
      const { kept, note } = await answers.all()
      const today = schedule.day()
      const until = schedule.until(kept)
      const cards = [...kept].filter(([id]) => id.startsWith("card:")).map(([, { rounds }]) => ({ rounds, ...schedule.plan(rounds, { exam: until }) }))
      const learnt = cards.filter(({ isNew }) => !isNew)
      const due = learnt.filter((card) => card.due <= today).length
      this.parts.sum.textContent = joined(`${count(learnt.length, "card")} learnt, of which ${due} due today.`, note)
      for (const line of this.querySelectorAll("[data-questions]")) this.fill(line, kept)
      this.plot(learnt, today)
      this.plan(learnt, today, until)
    }

    fill(line, kept) {
      const last = line.dataset.questions.split(" ").map((id) => kept.get(id)?.rounds?.at(-1))
      const right = last.filter((round) => round?.right).length
      const answered = last.filter(Boolean).length
      line.cells[2].textContent = answered ? `${right} of ${answered}` : ""
      line.cells[3].textContent = answered - right || ""
      line.isLeft = answered < last.length
    }

    // Of the cards that somebody had seen before, how many were known, day by day.
    plot(cards, today) {
      const days = new Map()
      for (const { rounds } of cards) {
        const firsts = new Map(rounds.map(({ at, grade }) => [schedule.day(at), grade]).reverse())
        for (const [day, grade] of [...firsts].reverse().slice(1)) {
          const [known, asked] = days.get(day) ?? [0, 0]
          if (day > today - DAYS && day <= today) days.set(day, [known + (grade > 1), asked + 1])
        }
      }
      const points = [...days].sort(([a], [b]) => a - b)
      const { plot, days: rows, seen } = this.parts
      seen.hidden = !points.length
      const place = ([day, [known, asked]]) => [WIDTH * (1 - (today - day) / DAYS), HEIGHT * (1 - known / asked)]
      plot.innerHTML = `<path d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/><polyline points="${points.map(place).join(" ")}"/>${points.map((one) => `<circle r="4" cx="${place(one)[0]}" cy="${place(one)[1]}"/>`).join("")}`
      rows.innerHTML = points.map(([day, [known, asked]]) => row([named(day), `${known} of ${asked}`])).join("")
    }

    // Lessons first, evenly, then tests; cards on the days on which they are due. It is made anew each time.
    plan(cards, today, until) {
      const { plan, none } = this.parts
      const left = until - today
      none.hidden = left >= 0
      if (until < today) none.textContent = "The day of your exam is over."
      const lessons = [...this.querySelectorAll("[data-lesson]")].filter(({ isLeft }) => isLeft).map((line) => line.cells[0].innerHTML)
      const room = Math.max(left - 3, 1)
      const each = Math.ceil(lessons.length / room)
      const what = (day) => {
        const in_ = day - today
        const due = cards.filter((card) => Math.max(card.due, today) === day).length
        return [
          ...lessons.slice(in_ * each, (in_ + 1) * each),
          due && count(due, "card"),
          day < until && [2, 7].includes(until - day) && "a practice test",
          day === until && "your exam",
        ].filter(Boolean)
      }
      // None where there is no exam, or no more.
      const days = Array.from({ length: left + 1 }, (_, index) => today + index)
      const shown = days.filter((day) => day - today < SHOWN || until - day <= 7).map((day) => [named(day), list(what(day))])
      plan.innerHTML = shown.filter(([, things]) => things).map(row).join("")
    }
  }

  customElements.define("reader-progress", ReaderProgress)
}
