// The elements of a page whose words have to be told from what lies below them, one of each kind that looks alike, under
// what makes it one: the same colours, letters, lines and grounds, at the same place in the same parts. Evaluated in the
// page by the tests.
() => {
  const NEAR = 4;
  const words = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const part = (element) => `${element.localName}.${element.getAttribute("class") ?? ""}`;
  const around = (element, count) =>
    element && count ? `${part(element)}<${around(element.parentElement, count - 1)}` : "";

  // What lies below an element, from the page upwards.
  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity, position].join(" ");
      const below = ground(element.parentElement);
      grounds.set(element, own === "rgba(0, 0, 0, 0) none 1 static" ? below : `${below}|${own}`);
    }
    return grounds.get(element);
  };
  const looks = (element) => {
    const { color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom } = getComputedStyle(element);
    const { color: beside } = getComputedStyle(element.parentElement);
    const letters = [color, beside, fontSize, fontWeight, textShadow, textDecorationLine, borderBottom];
    return [around(element, NEAR), words(element.parentElement), ...letters, ground(element)].join(";");
  };

  const kinds = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if ((words(element) || element.matches("input, select, textarea")) && element.checkVisibility()) {
      const kind = looks(element);
      if (!kinds.has(kind)) kinds.set(kind, element);
    }
  }
  return kinds;
}
