// The answers that are kept -> which card is due when, and what is to be said of that. Nothing but the answers is kept, so a
// later exam, an answer that was taken back or one that comes from another browser changes all that follows from it. Days
// are the reader's own, and of a day the first answer counts. A classic script: modules need a server.
//
//     schedule.plan([{ at: "2026-11-29T08:00:00Z", grade: 3 }], { exam: day })  ->  { due: 20788, last: 20786, state, ahead: 0 }
//     schedule.deck(["cp-a", ...], await answers.all())  ->  { cards, exam, limit, today, until, says }
{
  const { count, joined } = globalThis.studyguide
  const CARD = "card:"
  const DAY = 864e5
  const WEEK = 7
  const LIMIT = 30
  const GRADES = [1, 2, 3, 4]
  const fsrs = new FSRSAlgorithm({ enable_short_term: false })

  const day = (at = Date.now()) => {
    const date = new Date(at)
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY
  }

  // What ts-fsrs plans where nothing comes twice a day: a better answer never means to come sooner.
  const next = (before, elapsed, grade, by = fsrs) => {
    const states = GRADES.map((one) => by.next_state(before, elapsed, one))
    const days = states.map(({ stability }) => by.next_interval(stability, elapsed))
    days[0] = Math.min(days[0], days[1])
    for (const at of [1, 2, 3]) days[at] = Math.max(days[at], days[at - 1] + 1)
    return { state: states[grade - 1], days: days[grade - 1] }
  }

  // What would come after the exam comes in the week before it, not all on one day.
  const capped = ({ last, days, at }, exam) => {
    if (!(exam > last) || last + days < exam) return last + days
    const span = Math.min(WEEK, Math.ceil((exam - last) / 3))
    return Math.max(last + 1, exam - 1 - (Date.parse(at) % span))
  }

  // An answer that lies ahead was given while the clock was wrong, or is wrong now: until its day it does not count.
  const plan = (rounds, { exam, today = day() } = {}) => {
    const past = rounds.filter(({ at }) => day(at) <= today).sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    const ahead = rounds.length - past.length
    if (!past.length) return { isNew: true, due: today, ahead }
    let found = {}
    const firsts = []
    for (const { at, grade } of past) {
      const { last, state } = found
      const on = day(at)
      if (on !== last) {
        firsts.push([on, grade])
        found = { ...next(state, on - (last ?? on), grade), last: on, at, firsts }
      }
      found.isMissed = grade === 1 && on === today
    }
    return { ...found, ahead, due: found.isMissed ? today : capped(found, exam < today ? undefined : exam) }
  }

  // The cards with these ids, and each question that was missed though its reader was sure, with what is planned of each.
  // Where there is no exam, `until` is a number that lies neither before nor behind any.
  const deck = (ids, { kept, note }) => {
    const { exam = "", limit } = kept.get("plan") ?? {}
    const today = day()
    const until = day(`${exam}T00:00`)
    const planned = (id) => {
      const { rounds = [] } = kept.get(CARD + id) ?? {}
      return { id, of: id, confused: [], rounds, ...plan(rounds, { exam: until }) }
    }
    const cards = new Map(ids.map((id) => [id, planned(id)]))
    let gone = 0
    for (const [id, { rounds, version }] of kept) {
      const of = id.split(CARD)[1]
      // That of a question may be there without one.
      if (of && !cards.has(of) && !kept.has(of)) gone += 1
      const last = rounds?.at(-1)
      if (last?.sure !== "sure" || last.right) continue
      const card = planned(id)
      if (!(card.rounds.at(-1)?.at > last.at)) card.due = today
      cards.set(id, { ...card, version, isAsked: true, isNew: false })
    }
    const ahead = [...cards.values()].reduce((sum, card) => sum + card.ahead, 0)
    const says = joined(
      note,
      until < today && "The day of your exam is over, so cards come as if there were none.",
      ahead && `${count(ahead, "answer")} of yours will count once this device's clock gets there. Is it right?`,
      gone && `The guide has ${count(gone, "card")} of yours no more. Your answers are still among your data.`,
    )
    return { cards, exam, limit: limit || LIMIT, today, until, says }
  }

  Object.assign(globalThis.studyguide, { schedule: { day, next, plan, deck } })
}
