// The lab with a script: what a reader expects is asked first and compared, the stop is marked in a map of the network, and
// the state has an address. Which hops a call meets is read from the page, where the styles show those of what is checked,
// with a script or without: no rule of the network is here. A classic script: modules need a server.
{
  const { make, bring, keeping } = globalThis.studyguide
  // What was expected wrongly is practised: the question about it counts as answered wrongly.
  const keep = async (id) => {
    await bring(...keeping).catch(() => {})
    const round = { at: new Date().toISOString(), version: "", chosen: [], right: false, sure: "" }
    const { answers } = globalThis.studyguide
    answers?.change(id, (record = answers.blank) => ({ ...record, rounds: [...record.rounds, round] }))
  }

  class ReachLab extends HTMLElement {
    connectedCallback() {
      this.run = this.querySelector(".sg-lab__run")
      this.expected = [...this.querySelectorAll('[name$=":expect"]')]
      this.boxes = [...this.querySelectorAll(".sg-lab__set input")]
      this.said = make("p", { className: "sg-lab__said", role: "status" })
      this.link = make("a", { textContent: "Link to this state" })
      this.run.before(this.said)
      this.append(this.link)
      this.addEventListener("change", ({ target }) => this.change(this.expected.includes(target)))
      this.run.addEventListener("toggle", () => this.run.open && this.show())
      addEventListener("hashchange", () => this.restore())
      this.restore()
      this.address()
    }

    // Another state is another call, to be expected and run anew.
    change(isExpectation) {
      if (!isExpectation) {
        this.run.open = false
        for (const box of this.expected) box.checked = false
      }
      this.said.textContent = ""
      this.address()
    }

    address() {
      const set = this.boxes.filter((box) => box.checked && !box.defaultChecked)
      this.link.href = `#${this.id}:${set.map(({ value }) => value)}`
    }

    // What a link does not say is as it was at first; what is not offered here is passed by.
    restore() {
      const [id, said] = decodeURIComponent(location.hash.slice(1)).split(":")
      if (id !== this.id || said === undefined) return
      for (const box of this.boxes) if (box.defaultChecked) box.checked = true
      for (const box of this.boxes) if (said.split(",").includes(box.value)) box.checked = true
      this.change()
      this.scrollIntoView()
    }

    show() {
      const mine = this.expected.find((box) => box.checked)
      if (!mine) {
        this.run.open = false
        this.said.textContent = "Say first what you expect. Then run the call."
        return this.expected[0].focus()
      }
      this.querySelector(".sg-map")?.remove()
      const hops = [...this.run.querySelectorAll("[data-hop]")].filter((hop) => hop.offsetParent)
      const end = hops.pop()?.dataset
      if (!end) return (this.said.textContent = "These settings cannot be at the same time.")
      this.draw(hops, end.hop)
      const came = this.expected.find(({ value }) => value === `expect=${end.hop}`)
      const words = came.closest("label").textContent.trim()
      this.said.textContent = mine === came ? `As you expected: ${words}.` : `Not as you expected. What came of it: ${words}.`
      const missed = end.question ?? mine.dataset.question
      if (mine !== came && missed) keep(missed)
    }

    draw(hops, stop) {
      const map = document.querySelector(".sg-lab-map").content.firstElementChild.cloneNode(true)
      hops.forEach(({ dataset: { hop } }, index) => {
        const station = map.querySelector(`[data-hop="${hop}"]`)
        station.dataset.state = hop === stop ? "stopped" : "passed"
        station.querySelector(".sg-map__mark").textContent = hop === stop ? "✕" : index + 1
      })
      this.run.querySelector(".sg-lab__hops").after(map)
    }
  }

  customElements.define("reach-lab", ReachLab)
}
