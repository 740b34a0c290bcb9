// Measures every label of every figure in the page: its contrast with what lies under it, and whether it is clipped
// or lies on another label. Evaluated in the page by the tests; returns what is wrong, as text.
() => {
  const LABELS = ".sg-figure svg text, .sg-figure svg use";
  const AA = 4.5;
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true,
  });

  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => {
    const alpha = top[3];
    return [0, 1, 2].map((i) => top[i] * alpha + below[i] * (1 - alpha)).concat(1);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => {
      const s = c / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (hi + 0.05) / (lo + 0.05);
  };

  const opacity = (element, stop) => {
    let product = 1;
    for (let node = element; node && node !== stop; node = node.parentElement) {
      product *= Number(getComputedStyle(node).opacity);
    }
    return product;
  };
  const paint = (element, property, svg) => {
    const style = getComputedStyle(element);
    if (style[property] === "none" || style[property].startsWith("url")) return null;
    const colour = rgba(style[property]);
    colour[3] *= Number(style[`${property}Opacity`]) * opacity(element, svg);
    return colour;
  };

  // What a shape paints at a point of the screen, or null where it paints nothing.
  const painted = (element, x, y, svg) => {
    if (!(element instanceof SVGGeometryElement)) return null;
    const point = new DOMPoint(x, y).matrixTransform(element.getScreenCTM().inverse());
    if (getComputedStyle(element).stroke !== "none" && element.isPointInStroke(point)) {
      return paint(element, "stroke", svg);
    }
    return element.isPointInFill(point) ? paint(element, "fill", svg) : null;
  };
  const ground = (label, x, y, svg) => {
    const layers = [];
    for (const element of document.elementsFromPoint(x, y)) {
      if (element === svg || !svg.contains(element)) break;
      if (element.closest("text, use")) continue;
      const layer = painted(element, x, y, svg);
      if (layer) layers.push(layer);
    }
    let colour = rgba(getComputedStyle(svg.closest(".sg-figure")).backgroundColor);
    for (const layer of layers.reverse()) colour = over(layer, colour);
    return colour;
  };

  const name = (label) => {
    const figure = label.closest(".sg-figure").id;
    const text = label.textContent.trim() || label.getAttribute("href");
    return `${figure}: "${text}"`;
  };
  const inside = (box, frame) =>
    box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
  const overlap = (a, b) => {
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (width <= 0 || height <= 0) return 0;
    return (width * height) / Math.min(a.width * a.height, b.width * b.height);
  };

  const wrong = [];
  for (const svg of document.querySelectorAll(".sg-figure svg")) {
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll("text, use")]
      .map((label) => ({ label, box: label.getBoundingClientRect() }))
      .filter(({ box }) => box.width * box.height > 0);
    labels.forEach(({ label, box }, index) => {
      if (!inside(box, frame)) wrong.push(`${name(label)} is clipped`);
      const ink = paint(label.querySelector("tspan") ?? label, "fill", svg);
      if (!ink) return;
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const below = ground(label, x, y, svg);
      const ratio = contrast(over(ink, below), below);
      if (ratio < AA) wrong.push(`${name(label)} has a contrast of ${ratio.toFixed(2)}`);
      for (const other of labels.slice(index + 1)) {
        if (overlap(box, other.box) > 0.5) wrong.push(`${name(label)} and ${name(other.label)} overlap`);
      }
    });
  }
  return { labels: document.querySelectorAll(LABELS).length, wrong };
}
