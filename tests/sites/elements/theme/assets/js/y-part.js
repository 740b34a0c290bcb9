customElements.define("y-part", class extends HTMLElement {})
