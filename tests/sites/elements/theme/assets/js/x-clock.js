import "./y-part.js"; customElements.define("x-clock", class extends HTMLElement {})
