// Asks a page that runs no script whether each figure is drawn, and whether each answer opens where a finger presses.
// Evaluated in the page by the tests; returns what is wrong, as text.
() => {
  const visible = (one) => {
    const { width, height } = one?.getBoundingClientRect() ?? {};
    return Boolean(width && height && one.checkVisibility({ visibilityProperty: true }));
  };
  const area = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width * height;
  };
  // Whether nothing lies on its middle, which is then pressed.
  const pressed = (one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = one.getBoundingClientRect();
    const hit = one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    if (hit) one.click();
    return hit;
  };

  const figures = [...document.querySelectorAll(".mermaid, .language-mermaid, .language-tikz")].map(
    (one) => `${one.className}: "${one.textContent.trim().slice(0, 40)}" is not drawn`,
  );
  for (const figure of document.querySelectorAll("figure.sg-figure")) {
    // Of a drawing's forms, one is shown.
    const bodies = [...figure.querySelectorAll(figure.querySelector(".sg-drawing") ? ".sg-drawing > svg" : ".sg-body")];
    if (!bodies.some((body) => visible(body) && area(body) > 1000)) figures.push(`${figure.id} is not drawn`);
    if (!visible(figure.querySelector("figcaption"))) figures.push(`${figure.id} has no caption to be seen`);
  }

  const answers = [];
  for (const question of document.querySelectorAll(".sg-checkpoint")) {
    const wrong = (what) => answers.push(`${question.id}: ${what}`);
    const [verdict, ...verdicts] = question.querySelectorAll(".sg-answer .sg-verdict");
    const [summary, ...summaries] = question.querySelectorAll(".sg-answer summary");
    if (!verdict || !summary || verdicts.length || summaries.length) wrong("not one answer, with one verdict");
    if (visible(verdict)) wrong("the verdict is seen before it is asked for");
    if (!summary || !visible(summary) || !pressed(summary)) wrong("the answer cannot be pressed");
    if (!visible(verdict)) wrong("the verdict is not seen when its answer was opened");
    const reasons = [...question.querySelectorAll(".sg-answer .sg-reasons > li")];
    if (!reasons.length || !reasons.every(visible)) wrong("no reasons, or not all to be seen");
    // One to fill in, or with a number for an answer, has no options to show: its field is there instead.
    const field = question.querySelector(".sg-field input");
    const options = question.querySelectorAll(".sg-options > li");
    if (field ? !visible(field) : reasons.length !== options.length) wrong("no field, or not a reason for each option");
  }
  return { figures, answers };
}
