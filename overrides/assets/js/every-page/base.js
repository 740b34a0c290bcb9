// What several scripts use. It is the first of what every page has. A classic script: modules need a server.
{
  const make = (tag, properties, children = []) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }
  const parts = (element) => Object.fromEntries([...element.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]))

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`
  const list = (words) => words.join(", ").replace(/, ([^,]*)$/, " and $1")
  // What there is to say, with nothing for what there is not.
  const joined = (...words) => words.filter(Boolean).join(" ")

  const shuffle = (items) => {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1))
      ;[items[last], items[other]] = [items[other], items[last]]
    }
    return items
  }

  globalThis.studyguide = { make, parts, count, list, joined, shuffle }
}
