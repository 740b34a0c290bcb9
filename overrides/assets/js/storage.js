// What a reader answered, kept in this browser and nowhere else: one record a question, in IndexedDB by idb-keyval.
// Nothing here throws. What cannot be kept lives as long as the page, and `note` says so in words; what cannot be read
// is set aside, and what a newer version of the guide wrote is left alone. A classic script: modules need a server.
//
//     answers.read("cp-a")                    ->  { record: { version, phase, chosen, ... }, note: "" }
//     answers.change("cp-a", (record) => ...)  ->  the same after one read and write; `record` is undefined at first
//     answers.listen((id) => ...)              another tab changed it
{
  const SCHEMA = 1
  const NOTES = {
    kept: "",
    blocked: "This browser keeps nothing for this page, so your answers last until you leave it.",
    full: "This browser has no room left, so what you answer now lasts until you leave this page.",
    newer: "A newer version of this guide kept an answer here. It stays as it is; what you answer now lasts until you leave this page.",
    corrupt: "What was kept of your answer here cannot be read. It is set aside, and you can answer again.",
  }

  // Two guides on one host are two databases.
  const name = `study-guide ${new URL("../..", document.currentScript.src).pathname}`
  // What could not be kept, by question. It is tried again with the next change.
  const waiting = new Map()
  let store

  const database = () => (store ??= idbKeyval.createStore(name, "answers"))

  const strings = (value) => Array.isArray(value) && value.every((one) => typeof one === "string")
  const whole = (value) =>
    ["asking", "retry", "done"].includes(value.phase) &&
    typeof value.version === "string" &&
    typeof value.sure === "string" &&
    strings(value.chosen) &&
    strings(value.order) &&
    Array.isArray(value.tried) &&
    value.tried.every(strings) &&
    Array.isArray(value.rounds)

  // What is in the database is whatever somebody put there.
  const understood = (raw) => {
    if (raw === undefined) return { state: "kept" }
    if (raw?.schema > SCHEMA) return { state: "newer" }
    return raw?.schema === SCHEMA && whole(raw) ? { state: "kept", record: raw } : { state: "corrupt" }
  }

  const read = async (id) => {
    if (waiting.has(id)) return waiting.get(id)
    try {
      const { state, record } = understood(await idbKeyval.get(id, database()))
      return { record, note: NOTES[state] }
    } catch {
      return { note: "" } // it is said once there is something to lose
    }
  }

  // What waits was made without what is there, or on top of it: no try of either is lost.
  const joined = (record, pending) => {
    if (!record || !pending) return pending ?? record
    const rounds = new Map([...record.rounds, ...pending.rounds].map((round) => [round.at, round]))
    return { ...pending, rounds: [...rounds.values()] }
  }

  const change = async (id, made) => {
    const pending = waiting.get(id)?.record
    let state
    let record
    try {
      const update = (raw) => {
        const found = understood(raw)
        state = found.state
        if (state === "newer") return raw
        const unread = state === "corrupt" ? raw : raw?.unread
        record = { ...made(joined(found.record, pending)), schema: SCHEMA, ...(unread !== undefined && { unread }) }
        return record
      }
      await idbKeyval.update(id, update, database())
    } catch (error) {
      state = error?.name === "QuotaExceededError" ? "full" : "blocked"
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

  globalThis.studyguide = { ...globalThis.studyguide, answers: { read, change, listen } }
}
