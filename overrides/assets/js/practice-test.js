// A practice test: some of the guide's questions, one at a time, marked at the end or each at once. What is said stands
// in the page; this fills it in. A question is the element that it is on its own page, and keeps its own answer; what is
// kept here is which questions they are, and how far a reader is. A classic script: modules need a server.
{
  const { answers, bank, list, parts, shuffle } = globalThis.studyguide
  const KEY = "test"
  const SECONDS = 120
  const SOON = 300
  const SAVED = 5
  const SHARED = "#result="
  // No sign in it is written otherwise in a link, or makes words bold or struck out where it is pasted.
  const RESULT = /^((?:exam|study)\.\d+(?:\.[\w-]+\.\d+\.\d+)+)\.(\w+)$/
  // In the order in which they are worth a look.
  const STATES = {
    sure: "not right, though you were sure",
    wrong: "not right",
    empty: "empty",
    right: "right",
    open: "no whole answer",
    answered: "answered",
  }

  const UNLOADED = "The questions did not load. Look whether you are connected, then try again."

  const clock = (seconds) => `${Math.trunc(seconds / 60)}:${String(Math.trunc(seconds % 60)).padStart(2, "0")}`
  // Tells what was cut or changed on its way; whoever wants to can make one.
  const sum = (text) => [...text].reduce((all, one) => (all * 31 + one.codePointAt()) % 2147483647, 7).toString(36)

  class PracticeTest extends HTMLElement {
    connectedCallback() {
      this.parts = parts(this)
      this.about = new Map([...this.querySelectorAll(".sg-about > li")].map((one) => [one.dataset.objective, one]))
      const { setup, run, asked, flag } = this.parts
      setup.addEventListener("submit", (event) => {
        event.preventDefault()
        this.choose(new FormData(setup))
      })
      run.addEventListener("click", ({ target: { dataset } }) => {
        if (dataset.go) this.go(Number(dataset.go))
        else if (dataset.act) this[dataset.act]()
      })
      for (const event of ["click", "input"]) asked.addEventListener(event, () => this.show())
      flag.addEventListener("change", () => this.flag())
      answers.listen((key) => key === KEY && this.resume())
      addEventListener("hashchange", () => this.shared())
      setInterval(() => this.tick(), 1000)
      this.shared()
      this.resume()
    }

    say(words) {
      this.parts.says.textContent = words
    }

    async choose(data) {
      const { kept } = await answers.all()
      const isMissed = (id) => kept.get(id)?.rounds.at(-1)?.right === false
      const fits = ({ id, objective }) => data.getAll("objective").includes(objective) && (!data.has("missed") || isMissed(id))
      // How likely an easy one is drawn, a medium and a hard one.
      const weigh = ({ difficulty = 2 }) => data.get("weight")[difficulty - 1]
      const ranks = {}
      const byRank = (a, b) => b[0] - a[0]
      const questions = await bank(this)
      const drawn = [...questions.values()]
        .map(({ dataset }) => dataset)
        .filter(fits)
        .map((one) => [Math.log(Math.random()) / weigh(one), one])
        .sort(byRank)
        // Objectives take turns.
        .map(([, { id, objective }]) => [(ranks[objective] = (ranks[objective] ?? 0) - 1), id])
        .sort(byRank)
        .slice(0, data.get("count"))
      if (!drawn.length) return this.say(questions.size ? "No question fits this." : UNLOADED)
      await this.begin(data.get("mode"), shuffle(drawn.map(([, id]) => id)))
    }

    async begin(mode, ids) {
      if (this.isShared) location.hash = ""
      await this.open({ mode, ids, at: 0, flags: [], spent: 0, phase: "asking" })
      await Promise.all(this.asked.map((one) => one.reset()))
      this.go(0)
    }

    // What was begun before, here or in another tab.
    async resume() {
      const { record, note } = await answers.read(KEY)
      this.parts.kept.textContent = note
      if (!record || record.phase === "left") return this.stage("setup")
      let { ids, phase } = this.run ?? {}
      if (String(record.ids) === String(ids)) this.run = record
      else if (!(await this.open(record))) return this.stage("setup")
      else phase = ""
      this.show()
      if (record.phase === "done" && phase !== "done") this.result()
    }

    stage(name) {
      this.dataset.stage = name
      this.parts.outcome.hidden = name !== "done" && !this.isShared
    }

    // Put the questions into the page, as they were left; one that the guide has no more is none of the test. Return
    // whether there is any.
    async open(run) {
      const questions = await bank(this)
      const ids = run.ids.filter((id) => questions.has(id))
      this.say(questions.size ? "" : UNLOADED)
      if (!ids.length) return false
      this.run = { ...run, ids, at: Math.min(run.at, ids.length - 1) }
      this.dataset.mode = run.mode
      this.last = Date.now()
      const { asked, numbers } = this.parts
      asked.replaceChildren(...ids.map((id) => questions.get(id)))
      this.asked = [...asked.querySelectorAll("sg-question")]
      numbers.innerHTML = ids.map((_, index) => `<li><button type="button" data-go="${index}">${index + 1}</button></li>`).join("")
      await Promise.all(this.asked.map((one) => one.ready))
      return true
    }

    async keep(changes) {
      this.run = { ...this.run, ...changes }
      this.show()
      const { note } = await answers.change(KEY, () => this.run)
      this.parts.kept.textContent = note
    }

    // Show what is known of the test.
    show() {
      const { parts: part, asked } = this
      const { mode, ids, at, flags, phase } = this.run
      const last = ids.length - 1
      this.stage(phase)
      part.title.textContent = `Question ${at + 1} of ${ids.length}`
      part.back.dataset.go = Math.max(at - 1, 0)
      part.next.dataset.go = Math.min(at + 1, last)
      part.flag.checked = flags.includes(ids[at])
      part.submit.textContent = this.warned ? "Submit all the same" : "Submit"
      part.missed.hidden = !this.missed.length
      asked.forEach(({ section }, index) => { section.hidden = index !== at })
      for (const button of part.numbers.querySelectorAll("button")) {
        const index = Number(button.dataset.go)
        const state = phase === "done" ? asked[index].outcome : asked[index].isOpen ? "open" : "answered"
        const flagged = flags.includes(ids[index]) ? ", flagged" : ""
        Object.assign(button.dataset, { state, flagged })
        button.ariaCurrent = index === at
        button.ariaLabel = `Question ${index + 1}: ${STATES[state]}${flagged}`
      }
      this.time()
    }

    get missed() {
      return this.asked.flatMap(({ key, outcome }) => (outcome === "right" ? [] : [key]))
    }

    go(at) {
      this.warned = false
      this.say("")
      this.keep({ at })
      this.parts.title.focus()
    }

    flag() {
      const { ids, at, flags } = this.run
      const others = flags.filter((id) => id !== ids[at])
      this.keep({ flags: this.parts.flag.checked ? [...others, ids[at]] : others })
    }

    async submit() {
      const open = this.asked.flatMap((one, index) => (one.isOpen ? [index + 1] : []))
      if (open.length && !this.warned) {
        this.warned = true
        this.show()
        return this.say(`Without a whole answer: question${open.length > 1 ? "s" : ""} ${list(open)}. Submit again to leave it so.`)
      }
      await Promise.all(this.asked.map((one) => one.end()))
      await this.keep({ phase: "done" })
      this.say("")
      this.result()
      this.parts.score.focus()
    }

    again() {
      this.begin(this.run.mode, shuffle(this.missed))
    }

    leave() {
      this.keep({ phase: "left" })
      this.stage("setup")
      this.parts.setup.querySelector("input").focus()
    }

    // The time that the page is open, however often it is opened.
    tick() {
      if (this.dataset.stage !== "asking") return
      const { run, last } = this
      const before = run.spent
      this.last = Date.now()
      run.spent += (this.last - last) / 1000
      this.time()
      if (Math.trunc(run.spent / SAVED) > Math.trunc(before / SAVED)) this.keep({})
      if (run.mode !== "exam") return
      const end = run.ids.length * SECONDS
      const passed = (second) => before < second && run.spent >= second
      if (passed(end - SOON)) this.say("Five minutes are left.")
      if (passed(end)) this.say("The time is over. You can go on: the result says how long you took.")
    }

    time() {
      const { mode, ids, spent } = this.run
      const left = ids.length * SECONDS - spent
      this.parts.time.textContent = mode === "study" ? clock(spent) : left < 0 ? `${clock(-left)} over` : `${clock(left)} left`
    }

    // What is worth a look comes first; and a link that says what came of it.
    result() {
      const rank = ({ firstChild: { dataset } }) => Object.keys(STATES).indexOf(dataset.state)
      const { numbers, link } = this.parts
      numbers.append(...[...numbers.children].sort((a, b) => rank(a) - rank(b)))
      const counts = new Map()
      for (const { section: { dataset: { objective } }, outcome } of this.asked) {
        const [right, asked] = counts.get(objective) ?? [0, 0]
        counts.set(objective, [right + (outcome === "right"), asked + 1])
      }
      const text = [this.run.mode, Math.trunc(this.run.spent), ...[...counts].flat(2)].join(".")
      link.href = `${SHARED}${text}.${sum(text)}`
      if (!this.isShared) this.tell("Your result", text)
    }

    // How much was right, by objective, and what to read where something was not.
    tell(title, text) {
      const [mode, spent, ...cells] = text.split(".")
      const { whose, score, took, rows } = this.parts
      const totals = [0, 0]
      whose.textContent = title
      rows.replaceChildren()
      while (cells.length) {
        const objective = cells.shift()
        const [right, asked] = cells.splice(0, 2).map(Number)
        const about = this.about.get(objective)
        const row = rows.insertRow()
        row.innerHTML = `<th scope="row">${about.querySelector("label > span").innerHTML}</th><td></td><td></td>`
        row.cells[1].textContent = `${right} of ${asked}`
        if (right < asked) row.cells[2].innerHTML = about.querySelector(".sg-read").innerHTML
        totals[0] += right
        totals[1] += asked
      }
      score.textContent = `${totals[0]} of ${totals[1]} right`
      took.textContent = `${mode === "exam" ? `In exam mode, in ${clock(spent)} of ${clock(totals[1] * SECONDS)}` : `In study mode, in ${clock(spent)}`} minutes.`
    }

    get isShared() {
      return location.hash.startsWith(SHARED)
    }

    // A result that came as a link.
    shared() {
      if (!this.isShared) return
      const { outcome, whose, score, took, rows } = this.parts
      const [, text = "", check] = location.hash.slice(SHARED.length).match(RESULT) ?? []
      const isKnown = text.split(".").slice(2).every((cell, index) => index % 3 || this.about.has(cell))
      outcome.hidden = false
      if (isKnown && sum(text) === check) return this.tell("A result that was shared", text)
      took.textContent = rows.innerHTML = ""
      whose.textContent = "A result that cannot be read"
      score.textContent = "The link was cut or changed on its way. Ask for it again."
    }
  }

  customElements.define("practice-test", PracticeTest)
}
