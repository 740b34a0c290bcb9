// What a reader answered, kept in this browser and nowhere else: one record a question, one a flashcard ("card:..."), one of
// the practice test that was begun last ("test"), and what flashcards are planned by ("plan"), in IndexedDB by idb-keyval.
// Nothing here throws. What cannot be kept lives as long as the page, and `note` says so in words; what cannot be read
// is set aside, and what a newer version of the guide wrote is left alone. A classic script: modules need a server.
//
//     answers.read("cp-a")                    ->  { record: { version, phase, chosen, ... }, note: "" }
//     answers.change("cp-a", (record) => ...)  ->  the same after one read and write; `record` is undefined at first
//     answers.listen((id) => ...)              another tab changed it
//     answers.all()                            ->  { entries: [["cp-a", { ... }], ...], kept: Map of what can be read, note: "" }
//     answers.take([["cp-a", { ... }], ...])   ->  what is kept and these, or the words that say why not; all or nothing
//     answers.erase()                          ->  "", or why not
//     answers.blank                            ->  the record of a question that was never answered
//     answers.sort("cp-a", anything)           ->  "kept", "newer" or "corrupt"
{
  const SCHEMA = 1
  const NOTES = {
    kept: "",
    blocked: "This browser keeps nothing for this page, so your answers last until you leave it.",
    full: "This browser has no room left, so what you answer now lasts until you leave this page.",
    newer: "A newer version of this guide kept an answer here. It stays as it is; what you answer now lasts until you leave this page.",
    corrupt: "What was kept of your answer here cannot be read. It is set aside, and you can answer again.",
  }

  const blank = { version: "", phase: "asking", chosen: [], sure: "", order: [], tried: [], shown: false, rounds: [] }

  // Two guides on one host are two databases.
  const { name } = globalThis.studyguide
  // What could not be kept, by question. It is tried again with the next change.
  const waiting = new Map()
  let store

  const database = () => (store ??= idbKeyval.createStore(name, "answers"))

  const strings = (value) => Array.isArray(value) && value.every((one) => typeof one === "string")
  const TEST = "test"
  const wholePlan = ({ exam, limit }) => /^(\d{4}-\d\d-\d\d)?$/.test(exam) && Number.isInteger(limit)
  const wholeCard = ({ rounds }) =>
    Array.isArray(rounds) && rounds.every(({ at, grade }) => !Number.isNaN(Date.parse(at)) && [1, 2, 3, 4].includes(grade))
  const wholeTest = (value) =>
    ["exam", "study"].includes(value.mode) &&
    ["asking", "done", "left"].includes(value.phase) &&
    strings(value.ids) &&
    strings(value.flags) &&
    Number.isInteger(value.at) &&
    value.at in value.ids &&
    Number.isFinite(value.spent)
  const wholeQuestion = (value) =>
    ["asking", "retry", "done"].includes(value.phase) &&
    typeof value.version === "string" &&
    typeof value.sure === "string" &&
    strings(value.chosen) &&
    strings(value.order) &&
    Array.isArray(value.tried) &&
    value.tried.every(strings) &&
    Array.isArray(value.rounds)

  const shape = (id) => (id === TEST ? wholeTest : id === "plan" ? wholePlan : id.startsWith("card:") ? wholeCard : wholeQuestion)

  // What is in the database is whatever somebody put there.
  const understood = (id, raw) => {
    if (raw === undefined) return { state: "kept" }
    if (raw?.schema > SCHEMA) return { state: "newer" }
    const good = raw?.schema === SCHEMA && shape(id)(raw)
    return good ? { state: "kept", record: raw } : { state: "corrupt" }
  }

  const read = async (id) => {
    if (waiting.has(id)) return waiting.get(id)
    try {
      const { state, record } = understood(id, await idbKeyval.get(id, database()))
      return { record, note: NOTES[state] }
    } catch {
      return { note: "" } // it is said once there is something to lose
    }
  }

  // What waits was made without what is there, or on top of it: no try of either is lost.
  const joined = (record, pending) => {
    if (!record?.rounds || !pending) return pending ?? record
    const rounds = new Map([...record.rounds, ...pending.rounds].map((round) => [round.at, round]))
    return { ...pending, rounds: [...rounds.values()] }
  }

  // What is there, changed; what a newer version wrote is not.
  const changed = (id, raw, made) => {
    const { state, record } = understood(id, raw)
    if (state === "newer") return { state, raw }
    const unread = state === "corrupt" ? raw : raw?.unread
    const after = { ...made(record), schema: SCHEMA, ...(unread !== undefined && { unread }) }
    return { state, raw: after, record: after }
  }

  const why = (error) => (error?.name === "QuotaExceededError" ? "full" : "blocked")

  const change = async (id, made) => {
    const pending = waiting.get(id)?.record
    let state
    let record
    try {
      const update = (raw) => {
        const after = changed(id, raw, (found) => made(joined(found, pending)))
        ;({ state, record } = after)
        return after.raw
      }
      await idbKeyval.update(id, update, database())
    } catch (error) {
      state = why(error)
    }
    const answer = { record: record ?? made(pending), note: NOTES[state] }
    if (state === "kept" || state === "corrupt") {
      waiting.delete(id)
      channel?.postMessage(id)
    } else waiting.set(id, answer)
    return answer
  }

  let channel
  try {
    channel = new BroadcastChannel(name)
  } catch {
    // The other tab sees it when it is loaded again.
  }
  const listen = (heard) => channel?.addEventListener("message", ({ data }) => heard(data))

  const all = async () => {
    const found = new Map()
    let note = ""
    try {
      for (const [id, raw] of await idbKeyval.entries(database())) found.set(id, raw)
    } catch {
      note = NOTES.blocked
    }
    for (const [id, { record }] of waiting) found.set(id, record)
    const entries = [...found]
    return { entries, kept: new Map(entries.filter(([id, raw]) => sort(id, raw) === "kept")), note }
  }

  // One write: of what is half taken nobody knows what it is.
  const take = async (entries) => {
    try {
      await database()("readwrite", (table) => {
        for (const [id, record] of entries) {
          table.get(id).onsuccess = ({ target }) => table.put(changed(id, target.result, (was) => joined(was, record)).raw, id)
        }
        return idbKeyval.promisifyRequest(table.transaction)
      })
    } catch (error) {
      return NOTES[why(error)]
    }
    for (const [id] of entries) channel?.postMessage(id)
    return ""
  }

  const erase = async () => {
    waiting.clear()
    try {
      await idbKeyval.clear(database())
    } catch (error) {
      return NOTES[why(error)]
    }
    channel?.postMessage(TEST)
    return ""
  }

  const sort = (id, raw) => understood(id, raw).state

  Object.assign(globalThis.studyguide, { answers: { blank, read, change, listen, all, take, erase, sort } })
}
