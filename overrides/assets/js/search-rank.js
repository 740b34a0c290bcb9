// The index -> a function from what a reader types to what the guide has of it, best first.
//
//   sgSearch(sgIndex)("sg limit")  ->  { results: [{ doc: { location, title ... }, terms: ["quota" ...] }], all: true }
globalThis.sgSearch = ({ docs, stop, synonyms }) => {
  const FEWEST = 0.6 // of the weight of what was asked for
  const MOST = 24 // ways to say it

  // Words that differ in their ending are one: "deleted", "deletes" and "delete".
  const stem = (word) => word.replace(/(?<=\p{L}{2})ies$/u, "y").replace(/(?<=\p{L}{3})(?:ing|ed|es|(?<!s)s|e)$/u, "")
  const known = (word) => !stop.includes(word) && stem(word)
  const split = (text) => text.replace(/['’]/g, "").toLowerCase().split(/[^\p{L}\p{N}]+/u)
  const line = (text) => ` ${split(text).map(known).filter(Boolean).join(" ")} `

  const counts = new Map()
  for (const doc of docs) {
    Object.assign(doc, { titleLine: line(doc.title), textLine: line(`${doc.text} ${doc.code}`) })
    for (const word of new Set((doc.titleLine + doc.textLine).split(" "))) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const weight = (word) => Math.log(1 + docs.length / (counts.get(word) ?? 1))

  const index = new MiniSearch({ fields: ["title", "page", "text", "code"], tokenize: split, processTerm: known })
  index.addAll(docs)

  const rows = synonyms.map(([said, typed]) => [said.map(line), [...said, ...typed].map(line).sort((a, b) => b.length - a.length)])
  const ways = (query) =>
    rows.reduce(
      (all, [said, any]) => {
        const typed = any.find((each) => query.includes(each))
        if (!typed) return all
        return all.flatMap((way) => [way, ...said.map((each) => way.replace(typed, each))]).slice(0, MOST)
      },
      [query],
    )

  // The last may go on.
  const worth = ({ titleLine, textLine }, way) => {
    if (titleLine === way) return 6
    if (titleLine.includes(way.trimEnd())) return 3
    return way.trim().includes(" ") && textLine.includes(way.trimEnd()) ? 2 : 1
  }

  const look = (way, fuzzy) => {
    const asked = [...new Set(way.trim().split(" "))]
    const sum = (words) => words.reduce((all, word) => all + weight(word), 0)
    const found = index.search(asked.join(" "), {
      boost: { title: 4, page: 1.5, code: 0.7 },
      prefix: (word, i) => i === asked.length - 1 || word.length > 4,
      // A word that the guide has is no slip of the finger.
      fuzzy: (word) => !counts.has(word) && !/\d/.test(word) && fuzzy,
      processTerm: (word) => word,
    })
    return found.map(({ id, score, terms, queryTerms }) => {
      const doc = docs[id]
      const part = sum(queryTerms) / sum(asked)
      return { doc, terms, part, score: score * part ** 2 * worth(doc, way) * doc.weight }
    })
  }

  const best = (query, fuzzy) => {
    const found = new Map()
    for (const way of new Set(ways(query))) {
      for (const each of look(way, fuzzy)) {
        // What is typed counts more.
        if (way !== query) each.score *= 0.8
        if (!(found.get(each.doc)?.score >= each.score)) found.set(each.doc, each)
      }
    }
    return [...found.values()].sort((a, b) => b.score - a.score)
  }

  return (typed) => {
    const results = best(line(typed), 0.2)
    const full = results.filter(({ part }) => part >= FEWEST)
    return full.length ? { results: full, all: true } : { results: best(line(typed), 0.4), all: false }
  }
}
