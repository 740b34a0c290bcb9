// What Pele finds around it outside a browser: URLs to judge, text to measure, and one function to call.
globalThis.URL = class {
  constructor(text) {
    const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(String(text));
    if (!scheme) throw new TypeError('Invalid URL');
    this.protocol = scheme[1].toLowerCase() + ':';
    this.hostname = /^[^/]*\/\/([^/?#]*)/.exec(String(text))?.[1] ?? '';
    this.href = String(text);
  }

  toString() {
    return this.href;
  }
};

globalThis.studyguide = (() => {
  const [BOLD, MONO, SMALL] = [1, 4, 24];
  const UNKNOWN = 1000;
  let widths = {};

  const measurer = {
    width(text, size, style) {
      const table = widths[style & BOLD ? '700' : '400'];
      let sum = 0;
      for (const character of text) {
        const code = character.codePointAt(0);
        if (code < 32) continue;
        sum += style & MONO ? 610 : table[code] ?? UNKNOWN;
      }
      return (sum * size * (style & SMALL ? 1 / 1.2 : 1)) / 1000;
    },
  };

  const failure = (error) => ({
    message: String(error?.message ?? error),
    code: String(error?.code ?? 'crash'),
    line: error?.line ?? 0,
    column: error?.column ?? 0,
  });

  return {
    measure(json) { widths = JSON.parse(json); },
    draw(source, options) {
      try {
        const { svg, width, height } = pele.render(source, { ...JSON.parse(options), measurer });
        return JSON.stringify({ svg, width, height });
      } catch (error) {
        return JSON.stringify({ error: failure(error) });
      }
    },
  };
})();
