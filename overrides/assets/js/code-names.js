// Material's script gives each block of code a navigation landmark without a name; a screen reader needs to tell them apart.
const names = new MutationObserver(() => {
  document.querySelectorAll(".md-code__nav:not([aria-label])").forEach((nav) => {
    const blocks = [...document.querySelectorAll(".md-content pre")];
    nav.setAttribute("aria-label", `Code ${blocks.indexOf(nav.closest("pre")) + 1}`);
  });
});
names.observe(document.querySelector(".md-content"), { childList: true, subtree: true });
