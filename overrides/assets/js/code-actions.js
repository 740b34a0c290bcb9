// Material gives every code block a <nav> without a name, so a page with two has two landmarks that a screen
// reader cannot tell apart. Each is named after its place on the page. A classic script: modules need a server.
{
  const name = () => {
    document.querySelectorAll(".md-code__nav").forEach((nav, index) => {
      if (!nav.ariaLabel) nav.ariaLabel = `Code block ${index + 1}`
    })
  }

  new MutationObserver(name).observe(document.body, { childList: true, subtree: true })
  name()
}
