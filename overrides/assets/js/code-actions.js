// Material gives every code block a <nav> without a name, so a page with two has two landmarks that a screen
// reader cannot tell apart. Copying is no navigation: the blocks are grouped instead.
const regroup = () => {
  for (const nav of document.querySelectorAll(".md-code__nav:not([role])")) {
    nav.setAttribute("role", "group")
    nav.setAttribute("aria-label", "Code actions")
  }
}

new MutationObserver(regroup).observe(document.body, { childList: true, subtree: true })
regroup()
