// What answers a question, and keeps the answer, is asked for when a reader comes near one: most pages begin without any,
// and a question is complete before. A classic script: modules need a server.
{
  const PARTS = ["../vendor/idb-keyval/idb-keyval.js", "storage.js", "question.js"]
  const here = document.currentScript.src

  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      near.disconnect()
      for (const part of PARTS) {
        // In this order, though they are fetched side by side.
        document.head.append(Object.assign(document.createElement("script"), { src: new URL(part, here), async: false }))
      }
    },
    { rootMargin: "100% 0px" },
  )
  for (const question of document.querySelectorAll("sg-question")) near.observe(question)
}
