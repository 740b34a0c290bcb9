// A report names the section on the screen.
addEventListener("click", ({ target }) => {
  if (target.matches(".sg-report a")) target.href = target.href.replace(/%23.*?%0A/, `%23${location.hash.slice(1)}%0A`)
})
