/* Moves the map of a sheet and shows the cards of one place. It reads numbers from the page and makes no markup of text. */
"use strict";
(function () {
  const svg = document.getElementById("map"), heading = document.getElementById("shown"), all = document.getElementById("all");
  const items = [...document.querySelectorAll(".cards > li")], events = [...document.querySelectorAll(".event")];

  function choose(place, move) {
    let n = 0;
    items.forEach((item) => {
      item.hidden = place !== null && !item.dataset.places.split(" ").includes(place);
      if (!item.hidden) n += 1;
    });
    events.forEach((event) => { event.hidden = ![...event.querySelectorAll(".cards > li")].some((item) => !item.hidden); });
    document.querySelectorAll(".pin").forEach((pin) => pin.classList.toggle("chosen", pin.dataset.place === place));
    const link = place === null ? null : document.querySelector(`.to-place[data-place="${place}"]`);
    heading.textContent = link ? `${link.textContent}: ${n} ${n === 1 ? "claim" : "claims"}` : heading.dataset.all;
    all.hidden = place === null;
    if (move) heading.focus();
  }

  document.querySelectorAll(".pin, .to-place").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    if (!moved) choose(link.dataset.place, true);
  }));
  all.addEventListener("click", () => choose(null, true));
  document.querySelectorAll('.index a[href^="#claim"]').forEach((link) => link.addEventListener("click", () => choose(null, false)));

  let moved = false;
  if (!svg) return;
  const numbers = (text) => text.split(" ").map(Number);
  const home = numbers(svg.dataset.home), whole = numbers(svg.dataset.whole), marks = [...svg.querySelectorAll(".at")].map((node) => ({
    node, x: Number(node.dataset.x), y: Number(node.dataset.y), r: Number(node.dataset.r || 0), from: Number(node.dataset.from || 0), name: node.querySelector(".name"),
  }));
  const fixed = [...svg.querySelectorAll(".fix")]; // arrows and names of ways: in their place, always of one size
  const pins = marks.filter((mark) => mark.r).reverse(), countries = marks.filter((mark) => !mark.r);
  pins.forEach((pin) => {
    pin.tie = document.createElementNS("http://www.w3.org/2000/svg", "line");
    pin.tie.setAttribute("class", "tie");
    pin.node.insertBefore(pin.tie, pin.node.firstChild);
  });
  let view = home.slice();

  const unit = () => { // degrees that a pixel of the page covers
    const box = svg.getBoundingClientRect();
    return Math.max(view[2] / Math.max(1, box.width), view[3] / Math.max(1, box.height));
  };

  function draw() {
    svg.setAttribute("viewBox", view.join(" "));
    const u = unit(), placed = [], taken = [], zoom = Math.log2(360 / (256 * u));
    pins.forEach((pin) => { // the smaller step aside from the larger, each with a line to where it belongs
      const at = [pin.x / u, pin.y / u], free = ([x, y]) => placed.every((o) => Math.hypot(o[0] - x, o[1] - y) >= (o[2] + pin.r + 2) * 0.92);
      let spot = at;
      for (let step = 0; pins.length <= 300 && step < 60 && !free(spot); step++) {
        const far = 8 + 7 * Math.sqrt(step + 1);
        spot = [at[0] + far * Math.cos(step * 2.39996), at[1] + far * Math.sin(step * 2.39996)];
      }
      placed.push([spot[0], spot[1], pin.r + 2]);
      pin.node.setAttribute("transform", `translate(${spot[0] * u} ${spot[1] * u}) scale(${u})`);
      pin.tie.setAttribute("x2", at[0] - spot[0]);
      pin.tie.setAttribute("y2", at[1] - spot[1]);
      taken.push([spot[0] - pin.r, spot[1] - pin.r, 2 * pin.r, 2 * pin.r]);
      pin.spot = spot;
    });
    fixed.forEach((node) => node.setAttribute("transform", `translate(${node.dataset.x} ${node.dataset.y}) scale(${u}) rotate(${node.dataset.turn})`));
    const room = (box) => !taken.some((b) => box[0] < b[0] + b[2] && b[0] < box[0] + box[2] && box[1] < b[1] + b[3] && b[1] < box[1] + box[3]);
    pins.forEach((pin) => {
      const box = [pin.spot[0] + pin.r + 3, pin.spot[1] - 8, pin.name.textContent.length * 6.8 + 4, 16], shown = room(box);
      pin.name.classList.toggle("off", !shown);
      if (shown) taken.push(box);
    });
    countries.forEach((mark) => {
      mark.node.setAttribute("transform", `translate(${mark.x} ${mark.y}) scale(${u})`);
      const width = mark.node.textContent.length * 9.5, box = [mark.x / u - width / 2, mark.y / u - 12, width, 16];
      const shown = zoom >= mark.from - 0.6 && room(box);
      mark.node.classList.toggle("off", !shown);
      if (shown) taken.push(box);
    });
  }

  function look(x, y, width) {
    width = Math.max(whole[2] / 400, Math.min(whole[2], width));
    const height = width * home[3] / home[2];
    view = [Math.max(whole[0], Math.min(whole[0] + whole[2] - width, x)), Math.max(whole[1], Math.min(whole[1] + whole[3] - height, y)), width, height];
    draw();
  }

  function zoom(by, point) {
    const [x, y] = point || [view[0] + view[2] / 2, view[1] + view[3] / 2];
    look(x - (x - view[0]) * by, y - (y - view[1]) * by, view[2] * by);
  }

  function under(event) {
    const at = svg.getScreenCTM().inverse();
    return [event.clientX * at.a + at.e, event.clientY * at.d + at.f];
  }

  const acts = { in: () => zoom(0.6), out: () => zoom(1 / 0.6), home: () => look(home[0], home[1], home[2]) };
  document.querySelector(".buttons").hidden = false;
  document.querySelectorAll(".buttons button").forEach((button) => button.addEventListener("click", acts[button.dataset.do]));
  svg.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(Math.sign(event.deltaY) * 0.22), under(event)); }, { passive: false });

  const fingers = new Map();
  let held = null, apart = 0;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    held = under(event);
    apart = 0;
    moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = fingers.get(event.pointerId);
    if (!moved && Math.hypot(event.clientX - before[0], event.clientY - before[1]) < 5) return;
    moved = true;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    const points = [...fingers.values()];
    if (points.length === 1) {
      const now = under(event);
      look(view[0] + held[0] - now[0], view[1] + held[1] - now[1], view[2]);
    } else {
      const far = Math.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]);
      if (apart && far) zoom(apart / far);
      apart = far;
    }
  });
  const let_go = (event) => { fingers.delete(event.pointerId); };
  window.addEventListener("pointerup", let_go);
  window.addEventListener("pointercancel", let_go);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (by) { event.preventDefault(); look(view[0] + by[0] * view[2] / 8, view[1] + by[1] * view[3] / 8, view[2]); }
    if (event.key === "+" || event.key === "=") acts.in();
    if (event.key === "-") acts.out();
  });
  new ResizeObserver(draw).observe(svg);
  draw();
})();
