// A drawing as large as the screen: all of it at first, then nearer by keys, buttons, wheel, pointer or two fingers.
// Without a script the same control is a link to the drawing alone. A classic script: modules need a server.
{
  const { make } = globalThis.studyguide
  const NEAREST = 12
  const STEP = 1.4
  const STRIDE = 80

  // What is seen of a drawing: its view box, made smaller and moved within the drawing's own.
  class View {
    constructor(svg, said) {
      const { x, y, width, height } = svg.viewBox.baseVal
      Object.assign(this, { svg, said, whole: { x, y, width, height }, before: svg.getAttribute("viewBox") })
      this.fit()
    }

    fit() {
      this.scale = 1
      this.look(0, 0)
    }

    // Look at what begins at this place, as near as the scale says, and never past the drawing's edge.
    look(x, y) {
      const { whole, scale } = this
      const [width, height] = [whole.width / scale, whole.height / scale]
      this.x = Math.min(Math.max(x, whole.x), whole.x + whole.width - width)
      this.y = Math.min(Math.max(y, whole.y), whole.y + whole.height - height)
      this.svg.setAttribute("viewBox", `${this.x} ${this.y} ${width} ${height}`)
      this.said.value = `${Math.round(scale * 100)} %`
    }

    pan(right, down) {
      const { a } = this.svg.getScreenCTM()
      this.look(this.x + right / a, this.y + down / a)
    }

    // What is under this place of the screen, its middle if none is named, stays there.
    zoom(factor, at) {
      const frame = this.svg.getBoundingClientRect()
      const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 }
      const { x, y } = new DOMPoint((at ?? middle).x, (at ?? middle).y).matrixTransform(this.svg.getScreenCTM().inverse())
      const scale = Math.min(Math.max(this.scale * factor, 1), NEAREST)
      const part = this.scale / scale
      this.scale = scale
      this.look(x + (this.x - x) * part, y + (this.y - y) * part)
    }

    end() {
      this.svg.setAttribute("viewBox", this.before)
    }
  }

  const COMMANDS = {
    "+": (view) => view.zoom(STEP),
    "=": (view) => view.zoom(STEP),
    "-": (view) => view.zoom(1 / STEP),
    0: (view) => view.fit(),
    ArrowLeft: (view) => view.pan(-STRIDE, 0),
    ArrowRight: (view) => view.pan(STRIDE, 0),
    ArrowUp: (view) => view.pan(0, -STRIDE),
    ArrowDown: (view) => view.pan(0, STRIDE),
  }

  // One dialog serves every figure of the page.
  class Viewer {
    constructor() {
      this.dialog = make("dialog", { className: "sg-viewer" })
      this.dialog.innerHTML = `
        <div class="sg-viewer__bar">
          <p class="sg-viewer__caption" id="sg-viewer-caption"></p>
          <output class="sg-viewer__scale" aria-label="Scale"></output>
          <button type="button" aria-label="Zoom out" aria-keyshortcuts="-" data-key="-">−</button>
          <button type="button" aria-label="Zoom in" aria-keyshortcuts="+" data-key="+">+</button>
          <button type="button" aria-label="Fit to screen" aria-keyshortcuts="0" data-key="0">Fit</button>
          <button type="button" autofocus>Close</button>
        </div>
        <div class="sg-viewer__stage"></div>`
      this.dialog.setAttribute("aria-labelledby", "sg-viewer-caption")
      this.stage = this.dialog.querySelector(".sg-viewer__stage")
      this.fingers = new Map()
      this.listen()
      document.body.append(this.dialog)
    }

    show(drawing, caption) {
      const svg = drawing.querySelector("svg")
      this.drawing = drawing
      // The page keeps its length while the drawing is away. It moves, since a copy would have its ids twice.
      drawing.style.height = `${drawing.offsetHeight}px`
      this.dialog.querySelector("p").textContent = caption
      this.stage.append(svg)
      this.dialog.showModal()
      this.view = new View(svg, this.dialog.querySelector("output"))
    }

    listen() {
      const { dialog, stage, fingers } = this
      dialog.addEventListener("click", ({ target }) => {
        const button = target.closest("button")
        if (button?.dataset.key) COMMANDS[button.dataset.key](this.view)
        else if (button) dialog.close()
      })
      dialog.addEventListener("keydown", (event) => {
        event.stopPropagation() // the page's own keys would lead away
        if (!(event.key in COMMANDS) || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        COMMANDS[event.key](this.view)
      })
      dialog.addEventListener("close", () => {
        this.view.end()
        fingers.clear()
        this.drawing.append(this.view.svg)
        this.drawing.style.height = ""
      })
      stage.addEventListener("wheel", (event) => {
        event.preventDefault()
        this.view.zoom(Math.exp(-event.deltaY / 400), event)
      })
      stage.addEventListener("pointerdown", (event) => {
        stage.setPointerCapture(event.pointerId)
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      })
      stage.addEventListener("pointermove", (event) => {
        if (fingers.has(event.pointerId)) this.move(event.pointerId, { x: event.clientX, y: event.clientY })
      })
      for (const type of ["pointerup", "pointercancel"]) {
        stage.addEventListener(type, (event) => fingers.delete(event.pointerId))
      }
    }

    // One finger, or a mouse, moves the drawing; two make it nearer about the place between them.
    move(id, to) {
      const from = this.fingers.get(id)
      const [, other] = [...this.fingers].find(([key]) => key !== id) ?? []
      this.fingers.set(id, to)
      if (other) {
        const apart = (finger) => Math.hypot(finger.x - other.x, finger.y - other.y) || 1
        this.view.zoom(apart(to) / apart(from), { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 })
      }
      const share = other ? 2 : 1
      this.view.pan((from.x - to.x) / share, (from.y - to.y) / share)
    }
  }

  let viewer

  class FigureViewer extends HTMLElement {
    connectedCallback() {
      this.drawing = this.querySelector(".sg-drawing")
      const link = this.querySelector(".sg-enlarge")
      new ResizeObserver(() => this.reach()).observe(this.drawing)
      if (!link) return
      link.role = "button"
      link.ariaHasPopup = "dialog"
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        viewer ??= new Viewer()
        viewer.show(this.drawing, this.closest("figure").querySelector("figcaption").textContent)
        viewer.dialog.addEventListener("close", () => link.focus(), { once: true })
      })
      link.addEventListener("keydown", (event) => {
        if (event.key !== " ") return
        event.preventDefault()
        link.click()
      })
    }

    // A drawing wider than its place can be scrolled by keyboard; one that fits is no stop on the way.
    reach() {
      const { drawing } = this
      if (drawing.scrollWidth > drawing.clientWidth) {
        Object.assign(drawing, { role: "region", tabIndex: 0, ariaLabel: `${this.getAttribute("name")}, scrollable` })
      } else for (const name of ["role", "tabindex", "aria-label"]) drawing.removeAttribute(name)
    }
  }

  customElements.define("figure-viewer", FigureViewer)
}
