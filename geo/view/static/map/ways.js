/* What is said to have passed from one place to another: a curve with an arrow, dashed where it is only alleged. Where it
   begins or ends in a whole country no point is meant: it comes from there, or goes there, faded and with the name. */
"use strict";
window.Ways = (function () {
  const BEND = 0.16; // of the length: ways there and back do not lie on one another
  const NEAR = 14; // pixels that the arrow keeps from its end
  const FAR = 130; // pixels of a line from or to a whole country
  let map = null, pane = null, ways = [], kinds = [], chosen = "", count = 0, told = null, named = [];
  const make = window.Marks.make, text = window.Marks.text;

  const key = (way) => way.stops.map((stop) => stop.id).join(".");

  function way([n, kind, s, stops]) {
    return { n, kind, s, stops: stops.map(([id, lat, lng, pointed, name]) => ({ id, lat, lng, pointed: pointed === 1, name: text(name) })) };
  }

  function words(one) {
    const names = one.stops.map((stop) => stop.name), how = ["", ", alleged", ", denied"][one.s];
    return `From ${names[0]} to ${names[names.length - 1]}` + (names.length > 2 ? ` by way of ${names.slice(1, -1).join(", ")}` : "") +
      `: ${one.n} ${one.n === 1 ? "claim" : "claims"}${how}`;
  }

  /* Each stretch is a bent line; the ends are drawn back so that markers and arrows stay free. */
  function curve(points) {
    let path = "", last = null, from = null;
    points.forEach((b, i) => {
      if (i === 0) return;
      const a = points[i - 1], dx = b.x - a.x, dy = b.y - a.y, long = Math.hypot(dx, dy) || 1;
      const c = { x: (a.x + b.x) / 2 + dy * BEND, y: (a.y + b.y) / 2 - dx * BEND };
      let end = b;
      if (i === points.length - 1 && long > 3 * NEAR) {
        const out = Math.hypot(b.x - c.x, b.y - c.y) || 1;
        end = { x: b.x - ((b.x - c.x) / out) * NEAR, y: b.y - ((b.y - c.y) / out) * NEAR };
      }
      path += `${i === 1 ? `M${a.x.toFixed(1)} ${a.y.toFixed(1)}` : ""}Q${c.x.toFixed(1)} ${c.y.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`;
      from = from || a;
      last = { at: end, along: Math.atan2(end.y - c.y, end.x - c.x) };
    });
    return { path, last, from };
  }

  function arrow({ at, along }, size) {
    const corner = (turn, far) => `${(at.x + far * Math.cos(along + turn)).toFixed(1)} ${(at.y + far * Math.sin(along + turn)).toFixed(1)}`;
    return `M${corner(0, size)}L${corner(2.5, size)}L${corner(-2.5, size)}Z`;
  }

  function faded(svg, one, from, to, colour) {
    const id = `fade${count++}`, gradient = make("linearGradient", { id, gradientUnits: "userSpaceOnUse", x1: from.x, y1: from.y, x2: to.x, y2: to.y }, svg);
    const first = one.stops[0].pointed ? 1 : 0.12, last = one.stops[one.stops.length - 1].pointed ? 1 : 0.35;
    [[0, first], [0.35, 1], [0.75, 1], [1, last]].forEach(([offset, opacity]) => make("stop", { offset, "stop-color": colour, "stop-opacity": opacity }, gradient));
    return `url(#${id})`;
  }

  /* A country's end of a line is brought near to the place at the other: only the direction is meant. */
  function drawnIn(points, stops) {
    const out = points.slice(), last = out.length - 1;
    const nearer = (end, from) => {
      const far = Math.hypot(end.x - from.x, end.y - from.y);
      return far > FAR ? window.L.point(from.x + ((end.x - from.x) * FAR) / far, from.y + ((end.y - from.y) * FAR) / far) : end;
    };
    if (!stops[0].pointed && (stops[1].pointed || last > 1)) out[0] = nearer(out[0], out[1]);
    if (!stops[last].pointed && (stops[last - 1].pointed || last > 1)) out[last] = nearer(out[last], out[last - 1]);
    return out;
  }

  /* Who is at the drawn-in end of a line; where a country itself is reached, the base map names it. */
  function names(g, points, stops, named) {
    [0, stops.length - 1].forEach((i) => {
      const there = map.latLngToLayerPoint([stops[i].lat, stops[i].lng]);
      if (stops[i].pointed || there.distanceTo(points[i]) < 1) return;
      if (named.some(([name, at]) => name === stops[i].name && at.distanceTo(points[i]) < 60)) return;
      named.push([stops[i].name, points[i]]);
      const beside = points[i ? i - 1 : 1], up = points[i].y <= beside.y;
      make("text", { x: points[i].x.toFixed(1), y: (points[i].y + (up ? -6 : 14)).toFixed(1), class: "country-end" }, g).textContent = stops[i].name;
    });
  }

  function draw() {
    if (!pane) return;
    count = 0;
    const svg = make("svg", { class: "ways", width: 1, height: 1 });
    named = [];
    ways.forEach((one) => {
      const points = drawnIn(one.stops.map((stop) => map.latLngToLayerPoint([stop.lat, stop.lng])), one.stops);
      const { path, last, from } = curve(points);
      const colour = window.getComputedStyle(document.documentElement).getPropertyValue(`--kind-${one.kind}`).trim() || kinds[one.kind].colour;
      const g = make("g", { class: "way", tabindex: 0, role: "button", "aria-label": words(one) + ". Show its sentences", "data-way": key(one) }, svg);
      g.classList.toggle("chosen", key(one) === chosen);
      const wide = Math.min(6, 1.6 + 0.9 * Math.sqrt(one.n - 1)), stroke = faded(g, one, from, last.at, colour);
      make("path", { d: path, class: "reach" }, g);
      const line = make("path", { d: path, class: "line", stroke, "stroke-width": wide }, g);
      if (one.s === 1) line.setAttribute("stroke-dasharray", `${4 + wide} ${3 + wide}`);
      if (one.s === 2) line.setAttribute("stroke-dasharray", `1 ${4 + wide}`);
      make("path", { d: arrow(last, 5 + wide), fill: colour, class: "arrow" }, g);
      names(g, points, one.stops, named);
      g.addEventListener("click", (event) => { event.stopPropagation(); told.choose(one.stops.map((stop) => stop.id)); });
      g.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); told.choose(one.stops.map((stop) => stop.id)); }
      });
      const middle = points[0].add(points[points.length - 1]).divideBy(2);
      g.addEventListener("mouseenter", (event) => told.hover(map.mouseEventToLatLng(event), one));
      g.addEventListener("mouseleave", told.leave);
      g.addEventListener("focus", () => told.hover(map.layerPointToLatLng(middle), one));
      g.addEventListener("blur", told.leave);
    });
    pane.replaceChildren(svg);
  }

  function start(on, itsKinds, handlers) {
    map = on;
    kinds = itsKinds;
    told = handlers;
    pane = map.getPane("ways");
    map.on("zoomstart", () => { pane.style.visibility = "hidden"; });
    map.on("zoomend viewreset", () => { draw(); pane.style.visibility = ""; });
  }

  function show(rows) {
    ways = rows.map(way).sort((a, b) => a.n - b.n);
    draw();
  }

  function choose(stops) {
    chosen = stops.join(".");
    if (pane) pane.querySelectorAll(".way").forEach((g) => g.classList.toggle("chosen", g.dataset.way === chosen));
  }

  return { start, show, choose, draw, words, get ways() { return ways; }, get named() { return named; } };
})();
