// Material gives every code block a <nav> without a name, so a page with two has two landmarks that a screen
// reader cannot tell apart. Each is named after its place on the page. And its button copies a session whole: here it
// copies what a reader types, without the prompts and the answers. A classic script: modules need a server.
{
  const PROMPT = "\u0001"
  const ANSWER = "\u0002"

  // A command goes on over lines without a prompt until an answer begins; an answer until the next prompt.
  const typed = (code) => {
    const copy = code.cloneNode(true)
    for (const prompt of copy.querySelectorAll(".gp")) prompt.textContent = PROMPT
    for (const answer of copy.querySelectorAll(".go, .gt")) answer.textContent = ANSWER
    let command = false
    const lines = copy.textContent.split("\n").filter((line) => {
      command = line.includes(PROMPT) || (command && !line.includes(ANSWER))
      return command
    })
    return lines.join("\n").replaceAll(PROMPT, "")
  }

  const prepare = () => {
    document.querySelectorAll(".md-code__nav").forEach((nav, index) => {
      if (nav.ariaLabel) return
      nav.ariaLabel = `Code block ${index + 1}`
      const code = nav.parentElement.querySelector("code")
      if (code.querySelector(".gp")) code.dataset.copy = typed(code)
    })
  }

  new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true })
  prepare()
}
