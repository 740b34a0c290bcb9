// How large the smallest words of every figure are on the screen, in pixels; a letter's shape has a thousand units to the
// size of its font.
() => {
  const sizes = {};
  for (const figure of document.querySelectorAll(".sg-figure:has(svg)")) {
    const shown = [...figure.querySelectorAll(".sg-svg text, .sg-svg use")].filter((label) => label.checkVisibility());
    const size = (label) => {
      const { c, d } = label.getScreenCTM();
      return Math.hypot(c, d) * (label.localName === "use" ? 1000 : parseFloat(getComputedStyle(label).fontSize));
    };
    sizes[figure.id] = Math.min(...shown.map(size));
  }
  return sizes;
}
