// What is kept of a reader: to see, to take along as a file, to bring back, to erase. A classic script: modules need a
// server.
{
  const { answers, bank, count, joined, make, parts, root } = globalThis.studyguide
  const FORMAT = "study-guide-answers"
  const SCHEMA = 1
  const SURE = "Erase all for good"
  const LARGEST = 5e6
  const STATES = {
    activated: "The whole guide is on this device.",
    redundant: "It did not come whole, so nothing is kept. Try again.",
  }
  const OUTCOMES = { true: "right", false: "not right", undefined: "not checked" }

  // What is in a file, or why it is not taken.
  const read = async (file) => {
    if (file.size > LARGEST) return { why: "it is larger than 5 MB, and no export of this guide is" }
    let data
    try {
      data = JSON.parse(await file.text())
    } catch {
      return { why: "it is no JSON, or only a part of it" }
    }
    if (data?.format !== FORMAT || !data.answers) return { why: "this guide did not write it" }
    const entries = Object.entries(data.answers)
    const states = entries.map(([id, record]) => answers.sort(id, record))
    if (data.schema > SCHEMA || states.includes("newer")) return { why: "a newer version of this guide wrote it" }
    const bad = entries[states.indexOf("corrupt")]
    return bad ? { why: `what it says of ${bad[0]} cannot be read` } : { entries }
  }

  class MyData extends HTMLElement {
    connectedCallback() {
      this.parts = parts(this)
      const { save, file, erase, more } = this.parts
      more.addEventListener("toggle", () => this.show())
      save.addEventListener("click", () => this.save())
      file.addEventListener("change", () => this.take())
      erase.addEventListener("click", () => this.erase())
      answers.listen(() => this.show())
      this.show()
      this.offer().catch(() => {})
    }

    // The whole guide on this device, where there is a host that it can come from and a list of what that is.
    async offer() {
      const { offline, keep, size } = this.parts
      if (!location.protocol.startsWith("http")) return
      const worker = navigator.serviceWorker
      const list = await fetch(new URL("offline.json", root), { cache: "no-store" }).then((response) => response.ok && response.json()).catch(() => {})
      const find = () => worker.getRegistration(root)
      keep.checked = await find()
      if (!list && !keep.checked) return
      offline.hidden = false
      if (list) size.textContent = `${(list.size / 1e6).toFixed(1)} MB`
      keep.addEventListener("change", async () => {
        if (keep.checked) return this.keep(await worker.register(new URL("sw.js", root)))
        await (await find())?.unregister()
        for (const name of await caches.keys()) if (name.startsWith(`study-guide ${root} `)) await caches.delete(name)
        this.say("The guide is off this device. Your answers stay.")
      })
    }

    keep({ installing, active }) {
      const told = () => {
        const { state } = installing ?? active
        this.say(STATES[state] ?? "It is coming. You can read on.")
        this.parts.keep.checked = state !== "redundant"
      }
      installing?.addEventListener("statechange", told)
      told()
    }

    say(words) {
      this.parts.says.textContent = words
    }

    async show() {
      const { entries, note } = await answers.all()
      const { sum, rows, erase, more } = this.parts
      const questions = more.open ? await bank(this) : new Map()
      this.entries = entries
      const isCard = ([id]) => id.startsWith("card:")
      const asked = entries.filter((entry) => !isCard(entry) && !["test", "plan"].includes(entry[0]))
      const cards = entries.filter(isCard)
      const rounds = (all) => all.flatMap(([, record]) => record?.rounds ?? [])
      const given = (all) => `answered ${count(rounds(all).length, "time")}`
      sum.textContent = joined(
        `${count(asked.length, "question")}, ${given(asked)}, of which ${rounds(asked).filter(({ right }) => right).length} right.`,
        cards.length && `${count(cards.length, "card")}, ${given(cards)}.`,
        note,
      )
      rows.replaceChildren()
      for (const [id, record] of asked) {
        const last = record?.rounds?.at(-1)
        const question = questions.get(id)
        // Its name there is a link to where it is at home.
        const name = question?.querySelector(".sg-label a") ?? id
        if (question) name.textContent = question.querySelector(".sg-stem > *").textContent
        const cells = [name, record?.rounds?.length ?? 0, OUTCOMES[last?.right], last?.at.slice(0, 10) ?? ""]
        const row = rows.insertRow()
        for (const cell of cells) row.insertCell().append(cell)
      }
      erase.textContent = "Erase all"
    }

    // What cannot be read goes along, and is left out when the file comes back.
    async save() {
      await this.show()
      const sorted = { answers: {}, unread: {} }
      for (const [id, raw] of this.entries) sorted[answers.sort(id, raw) === "kept" ? "answers" : "unread"][id] = raw
      const json = JSON.stringify({ format: FORMAT, schema: SCHEMA, at: new Date().toISOString(), ...sorted }, null, 1)
      const href = URL.createObjectURL(new Blob([json], { type: "application/json" }))
      const link = make("a", { href, download: `${FORMAT}.json` })
      link.click()
      this.say(`${count(this.entries.length, "record")} exported as ${link.download}.`)
    }

    async take() {
      const [file] = this.parts.file.files
      if (!file) return
      const { entries, why } = await read(file)
      this.parts.file.value = ""
      const note = why ? `${why}.` : await answers.take(entries)
      await this.show()
      this.say(note ? `Nothing was taken from ${file.name}: ${note}` : `${count(entries.length, "record")} taken from ${file.name}.`)
    }

    async erase() {
      const { erase } = this.parts
      if (erase.textContent !== SURE) {
        await this.show()
        erase.textContent = SURE
        return this.say(`Press again to erase ${count(this.entries.length, "record")} for good.`)
      }
      const note = await answers.erase()
      await this.show()
      this.say(note || "All is erased.")
    }
  }

  customElements.define("my-data", MyData)
}
