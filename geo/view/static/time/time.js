/* The histogram under the map: claims over time, stacked by kind, with a brush that filters. It is told counts, days and
   the names of kinds, and writes words with textContent only. */
const SVG = "http://www.w3.org/2000/svg";
const HIGH = 84, FOOT = 18, ASIDE = 66, GRIP = 7;
const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const make = (name, attributes = {}, parent) => {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (parent) parent.appendChild(element);
  return element;
};
const html = (name, className, words, parent) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (words !== undefined) element.textContent = words;
  if (parent) parent.appendChild(element);
  return element;
};
const time = (iso) => Date.parse(iso + "T00:00:00Z");
const iso = (at) => new Date(at).toISOString().slice(0, 10);

/* The first day of the stretch after the one that begins at `at`. */
function following(at, by) {
  const day = new Date(at);
  if (by === "day") return at + DAY;
  if (by === "week") return at + 7 * DAY;
  const months = { month: 1, quarter: 3, year: 12 }[by];
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1);
}

function named(at, by) {
  const day = new Date(at), year = day.getUTCFullYear(), month = MONTHS[day.getUTCMonth()];
  if (by === "year") return String(year);
  if (by === "quarter") return `${month}–${MONTHS[day.getUTCMonth() + 2]} ${year}`;
  if (by === "month") return `${month} ${year}`;
  return `${by === "week" ? "week of " : ""}${day.getUTCDate()} ${month} ${year}`;
}

/* Every stretch from the first to the last bar, empty ones too. */
function stretches(data) {
  const found = new Map(data.bars.map(([day, n, wide]) => [time(day), { n, wide }])), all = [];
  if (!data.bars.length) return all;
  const none = data.kinds.map(() => 0), last = time(data.bars[data.bars.length - 1][0]);
  for (let at = time(data.bars[0][0]); at <= last && all.length < 2000; at = following(at, data.by))
    all.push({ at, end: following(at, data.by), ...(found.get(at) || { n: none, wide: none }) });
  return all;
}

class Time {
  constructor(root) {
    this.root = root;
    this.box = html("section", "atlas-time", undefined, root);
    this.box.setAttribute("aria-label", "Claims over time");
    this.head = html("div", "time-head", undefined, this.box);
    this.plot = html("div", "time-plot", undefined, this.box);
    this.tip = html("div", "time-tip", undefined, this.plot);
    this.tip.hidden = true;
    this.svg = make("svg", { class: "time-svg", height: HIGH + FOOT }, this.plot);
    this.seen = new ResizeObserver(() => this.draw());
    this.seen.observe(this.plot);
  }

  show(data, tell) {
    this.data = data;
    this.tell = tell;
    this.all = stretches(data);
    this.brush = this.given();
    this.heading();
    this.draw();
  }

  /* The brush as the filters have it: numbers of the first and the last stretch, or null. */
  given() {
    const { first, last } = this.data;
    if (!this.all.length || (!first && !last)) return null;
    const from = first ? this.all.findIndex((s) => s.end > time(first)) : 0;
    const to = last ? this.all.filter((s) => s.at <= time(last)).length - 1 : this.all.length - 1;
    return from < 0 || to < from ? [-1, -1] : [from, to];
  }

  heading() {
    const { axis, presets, first, last } = this.data;
    // The focus survives: a reader who moves with the keyboard is not thrown out by the answer.
    const focused = this.head.contains(document.activeElement) ? document.activeElement.dataset.what : null;
    this.head.replaceChildren();
    const axes = html("div", "time-axes", undefined, this.head);
    axes.setAttribute("role", "group");
    axes.setAttribute("aria-label", "Which date");
    [["event", "Happened", "When it happened"], ["published", "Reported", "When it was reported"]].forEach(([name, words, long]) =>
      this.choice(axes, words, name, axis === name, () => this.tell("axis", name)).setAttribute("aria-label", long));
    const set = html("div", "time-presets", undefined, this.head);
    set.setAttribute("role", "group");
    set.setAttribute("aria-label", "Stretches of time");
    presets.forEach(([words, from, to, n]) => {
      const button = this.choice(set, words, "preset " + words, first === from && last === to, () => this.stretch(from, to));
      if (n !== null) html("small", "", String(n), button);
    });
    if (focused) [...this.head.querySelectorAll("button")].find((b) => b.dataset.what === focused)?.focus();
  }

  choice(parent, words, what, pressed, act) {
    const button = html("button", "", words, parent);
    button.type = "button";
    button.dataset.what = what;
    button.setAttribute("aria-pressed", String(pressed));
    button.addEventListener("click", act);
    return button;
  }

  stretch(first, last) {
    this.tell("stretch", { axis: this.data.axis, first, last });
  }

  /* ---- drawing ---- */

  get wide() {
    return Math.max(120, this.plot.clientWidth - (this.data.undated === null ? 0 : ASIDE));
  }

  x(n) {
    return (n * this.wide) / Math.max(1, this.all.length);
  }

  draw() {
    if (!this.data || !this.plot.clientWidth) return;
    const { svg, all, data } = this, sum = (list) => list.reduce((a, b) => a + b, 0);
    svg.setAttribute("width", this.plot.clientWidth);
    svg.replaceChildren();
    const defs = make("defs", {}, svg), hatch = make("pattern", { id: "time-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs);
    make("rect", { width: 2.6, height: 5, class: "time-hatch" }, hatch);
    const most = Math.max(1, ...all.map((s) => sum(s.n))), high = (n) => (n * (HIGH - 12)) / most;
    this.bars = make("g", {}, svg);
    all.forEach((s, n) => this.bar(this.bars, s, this.x(n), Math.max(1, this.x(1) - (this.x(1) > 4 ? 1 : 0)), high));
    make("path", { d: `M0 ${HIGH + 0.5}H${this.wide}`, class: "time-line" }, svg);
    if (all.length) make("text", { x: this.wide - 4, y: 9, class: "time-tick end" }, svg).textContent = `${most} at most`;
    this.ticks();
    if (!all.length) this.note(svg, data.undated ? "No claim with these filters has such a date" : "No claim with these filters");
    if (data.earlier) make("text", { x: 3, y: 11, class: "time-tick" }, svg).textContent = `◂ ${data.earlier} earlier`;
    this.brushing();
    if (data.undated !== null) this.aside((n) => Math.min(high(n), HIGH - 18)); // a column of its own, not to be compared with the bars
    this.dim();
  }

  note(svg, words) {
    make("text", { x: this.wide / 2, y: HIGH / 2, class: "time-note" }, svg).textContent = words;
  }

  bar(parent, s, x, width, high) {
    const g = make("g", { class: "time-bar" }, parent);
    let top = HIGH;
    this.data.kinds.forEach((kind, i) => {
      if (!s.n[i]) return;
      const tall = high(s.n[i]), vague = high(s.wide[i]);
      top -= tall;
      make("rect", { x, y: top, width, height: tall, fill: kind.colour }, g);
      if (vague) make("rect", { x, y: top, width, height: vague, fill: "url(#time-hatch)" }, g);
    });
  }

  ticks() {
    const { all, svg } = this, room = Math.max(1, Math.ceil((all.length * 58) / this.wide)), by = this.data.by;
    const yearly = by === "month" || by === "quarter", years = all.map((s, n) => [s, n]).filter(([s, n]) => !yearly || new Date(s.at).getUTCMonth() === 0 || (n === 0 && all.length < 6));
    const few = yearly && years.length > 1 ? years : all.map((s, n) => [s, n]);
    const least = few.length > 1 ? (few[1][1] - few[0][1]) || 1 : 1, every = Math.max(1, Math.ceil(room / least));
    few.filter((_, k) => k % every === 0).forEach(([s, n]) => {
      const words = yearly && years.length > 1 ? String(new Date(s.at).getUTCFullYear()) : named(s.at, by).replace("week of ", "");
      if (this.x(n) > this.wide - 30) return;
      make("path", { d: `M${this.x(n) + 0.5} ${HIGH}v4`, class: "time-line" }, svg);
      make("text", { x: this.x(n) + 3, y: HIGH + 14, class: "time-tick" }, svg).textContent = words;
    });
  }

  aside(high) {
    const { data, svg } = this, left = this.plot.clientWidth - ASIDE + 14, width = ASIDE - 14;
    const g = make("g", { class: "time-undated", role: "checkbox", tabindex: 0, "aria-checked": String(data.keep), "aria-label": `Undated claims: ${data.undated}. Keep them` }, svg);
    const tall = Math.max(data.undated ? 2 : 0, high(data.undated));
    make("rect", { x: left, y: 0, width, height: HIGH + FOOT, class: "time-reach" }, g);
    make("rect", { x: left + width / 2 - 9, y: HIGH - tall, width: 18, height: tall, class: data.keep ? "time-kept" : "time-left" }, g);
    make("path", { d: `M${left} ${HIGH + 0.5}h${width}`, class: "time-line" }, g);
    make("text", { x: left + width / 2, y: Math.max(10, HIGH - tall - 4), class: "time-number" }, g).textContent = String(data.undated);
    make("text", { x: left + width / 2, y: HIGH + 14, class: "time-tick middle" }, g).textContent = (data.keep ? "☑" : "☐") + " undated";
    const turn = () => this.tell("undated", !data.keep);
    g.addEventListener("click", turn);
    g.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); turn(); } });
  }

  dim() {
    const brush = this.brush;
    [...this.bars.children].forEach((g, n) => g.classList.toggle("out", Boolean(brush) && (n < brush[0] || n > brush[1])));
    if (this.grips) this.place();
  }

  /* ---- the brush ---- */

  brushing() {
    const { svg, all } = this;
    this.grips = null;
    if (!all.length) return;
    const field = make("rect", { x: 0, y: 0, width: this.wide, height: HIGH, class: "time-field" }, svg);
    this.window = make("rect", { y: 0, height: HIGH, class: "time-window" }, svg);
    this.grips = [0, 1].map((side) => {
      const g = make("g", { class: "time-grip", tabindex: 0, role: "slider", "aria-label": side ? "Until" : "From", "aria-valuemin": 0, "aria-valuemax": all.length - 1 }, svg);
      make("rect", { width: 2 * GRIP + 10, height: HIGH, x: -GRIP - 5, class: "time-reach" }, g);
      make("rect", { width: 3, height: HIGH, x: -1.5, class: "time-edge" }, g);
      make("rect", { width: GRIP, height: 22, x: -GRIP / 2, y: HIGH / 2 - 11, rx: 3, class: "time-handle" }, g);
      g.addEventListener("pointerdown", (event) => this.drag(event, side));
      g.addEventListener("keydown", (event) => this.key(event, side));
      return g;
    });
    field.addEventListener("pointerdown", (event) => this.drag(event, null));
    this.window.addEventListener("pointerdown", (event) => this.drag(event, "all"));
    [field, this.window].forEach((part) => {
      part.addEventListener("pointermove", (event) => this.point(event));
      part.addEventListener("pointerleave", () => { this.tip.hidden = true; });
    });
    this.place();
  }

  at(event) {
    const x = event.clientX - this.svg.getBoundingClientRect().left;
    return Math.max(0, Math.min(this.all.length - 1, Math.floor((x / this.wide) * this.all.length)));
  }

  drag(event, what) {
    if (event.button) return;
    event.preventDefault();
    const began = this.at(event), before = this.brush, whole = [0, this.all.length - 1], kept = this.brush || whole;
    const fixed = what === 0 ? kept[1] : what === 1 ? kept[0] : began;
    let moved = false;
    this.svg.setPointerCapture(event.pointerId);
    const move = (now) => {
      const n = this.at(now);
      if (n !== began || what === 0 || what === 1) moved = true;
      if (what === "all" && before) {
        const by = Math.max(-before[0], Math.min(whole[1] - before[1], n - began));
        this.brush = [before[0] + by, before[1] + by];
      } else this.brush = [Math.min(fixed, n), Math.max(fixed, n)];
      this.dim();
    };
    const end = (now) => {
      this.svg.removeEventListener("pointermove", move);
      this.svg.removeEventListener("pointerup", end);
      this.svg.removeEventListener("pointercancel", end);
      if (now.type === "pointercancel") { this.brush = before; this.dim(); return; }
      if (moved) { this.dim(); this.say(); }
      else this.press(began);
    };
    this.svg.addEventListener("pointermove", move);
    this.svg.addEventListener("pointerup", end);
    this.svg.addEventListener("pointercancel", end);
  }

  /* One press chooses a bar, two take the brush away. */
  press(n) {
    window.clearTimeout(this.soon);
    const again = performance.now() - (this.pressed || -1e6) < 400;
    this.pressed = again ? -1e6 : performance.now();
    if (again) { this.stretch(null, null); return; }
    this.brush = [n, n];
    this.dim();
    this.soon = window.setTimeout(() => this.say(), 400);
  }

  key(event, side) {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -1e6, End: 1e6 }[event.key];
    if (!step) return;
    event.preventDefault();
    const brush = [...(this.brush && this.brush[0] >= 0 ? this.brush : [0, this.all.length - 1])];
    brush[side] = side ? Math.max(brush[0], Math.min(this.all.length - 1, brush[1] + step)) : Math.min(brush[1], Math.max(0, brush[0] + step));
    this.brush = brush;
    this.dim();
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.say(), 450); // one answer for a row of key presses
  }

  place() {
    const brush = this.brush && this.brush[0] >= 0 ? this.brush : [0, this.all.length - 1], set = Boolean(this.brush);
    const edges = [this.x(brush[0]), this.x(brush[1] + 1)];
    this.window.setAttribute("x", edges[0]);
    this.window.setAttribute("width", set ? Math.max(0, edges[1] - edges[0]) : 0);
    this.grips.forEach((g, side) => {
      g.setAttribute("transform", `translate(${Math.max(2, Math.min(this.wide - 2, edges[side]))} 0)`);
      g.classList.toggle("set", set);
      g.setAttribute("aria-valuenow", brush[side]);
      g.setAttribute("aria-valuetext", named(this.all[brush[side]].at, this.data.by));
    });
  }

  say() {
    const { all, brush } = this, whole = brush[0] === 0 && brush[1] === all.length - 1;
    if (whole) this.stretch(null, null);
    else this.stretch(iso(all[brush[0]].at), iso(all[brush[1]].end - DAY));
  }

  point(event) {
    const n = this.at(event), s = this.all[n], total = s.n.reduce((a, b) => a + b, 0), vague = s.wide.reduce((a, b) => a + b, 0);
    this.tip.replaceChildren();
    html("b", "", named(s.at, this.data.by), this.tip);
    this.data.kinds.forEach((kind, i) => {
      if (!s.n[i]) return;
      const row = html("span", "", undefined, this.tip), dot = html("i", "", kind.letter, row);
      dot.style.background = kind.colour;
      row.append(`${s.n[i]} ${kind.label.toLowerCase()}`);
    });
    if (!total) html("span", "", "nothing", this.tip);
    if (vague) html("span", "vague", `${vague} of them known less exactly`, this.tip);
    this.tip.hidden = false;
    const x = Math.max(4, Math.min(this.plot.clientWidth - this.tip.offsetWidth - 4, this.x(n + 0.5) - this.tip.offsetWidth / 2));
    this.tip.style.translate = `${x}px 0`;
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  parentElement.atlasTime = parentElement.atlasTime || new Time(parentElement);
  parentElement.atlasTime.show(data[0], (name, value) => setTriggerValue(name, value));
}
