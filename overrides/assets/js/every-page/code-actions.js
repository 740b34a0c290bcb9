// Material gives a code block a <nav> without a name when a reader comes to it, so a page with two has two landmarks that a
// screen reader cannot tell apart: each is named after its block's place on the page. And while its button shows what it
// does, it has no name but that: the name stays. A classic script: modules need a server.
{
  const prepare = () => {
    document.querySelectorAll("pre > code").forEach((code, index) => {
      const nav = code.parentElement.querySelector("nav")
      if (!nav) return
      nav.ariaLabel ??= `Code block ${index + 1}`
      for (const button of nav.children) button.ariaLabel ??= button.title
    })
  }

  new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true })
  prepare()
}
