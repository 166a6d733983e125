/* What stands for a place: a disc cut into its kinds, each with its letter; the rim tells the stance, a small number the
   independent sources. Many places that would cover one another stand together in a ring with the number of them. */
"use strict";
window.Marks = (function () {
  const SVG = "http://www.w3.org/2000/svg";
  const CELL = 58; // pixels: places closer than this stand together
  const WIDE = 40; // km: the uncertainty from which a place is an area

  const text = (codes) => (codes && codes.length ? String.fromCodePoint.apply(null, codes) : "");
  const scale = () => (window.innerWidth > 1300 ? 1.3 : 1); // a map as wide as a wall is read from afar
  const radius = (n) => scale() * Math.min(26, 9 + 3 * Math.sqrt(Math.max(0, n - 1)));
  const ring = (n) => scale() * Math.min(30, 15 + 2.2 * Math.log2(Math.max(1, n)));

  function make(name, attributes, parent) {
    const element = document.createElementNS(SVG, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(element);
    return element;
  }

  function write(svg, letters, x, y, size) {
    const node = make("text", { x, y, "font-size": Math.max(7.5, Math.min(15 * scale(), size)), class: "letter" }, svg);
    node.textContent = letters;
    return node;
  }

  function sheet(r) {
    const size = 2 * r + 8;
    return [make("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" }), size, size / 2];
  }

  function slices(svg, counts, kinds, c, r, deep, letters) {
    const parts = counts.map((n, i) => [n, kinds[i]]).filter((part) => part[0] > 0);
    const whole = parts.reduce((sum, part) => sum + part[0], 0), one = parts.length === 1;
    let from = -Math.PI / 2;
    parts.forEach(([n, kind]) => {
      const turn = (2 * Math.PI * n) / whole, to = from + turn;
      if (one) make("circle", { cx: c, cy: c, r, fill: kind.colour }, svg);
      else {
        const far = turn > Math.PI ? 1 : 0, edge = (angle) => `${c + r * Math.cos(angle)} ${c + r * Math.sin(angle)}`;
        make("path", { d: `M${c} ${c}L${edge(from)}A${r} ${r} 0 ${far} 1 ${edge(to)}Z`, class: "slice", fill: kind.colour }, svg);
      }
      const middle = from + turn / 2, off = one && !deep ? 0 : r * (deep || 0.56);
      if (letters && turn > 0.7) write(svg, kind.letter, c + off * Math.cos(middle), c + off * Math.sin(middle), deep ? 8 : one ? r : r * 0.62);
      from = to;
    });
    return parts;
  }

  function disc(p, kinds) {
    const r = radius(p.n), [svg, size, c] = sheet(r), hollow = p.s === 2;
    make("path", { class: "tie" }, svg);
    make("circle", { cx: c, cy: c, r: r + 1.5, class: "rim" }, svg);
    const parts = slices(svg, p.k, kinds, c, r, 0, !hollow);
    if (hollow) {
      make("circle", { cx: c, cy: c, r: r * 0.68, class: "hole" }, svg);
      write(svg, parts.map(([, kind]) => kind.letter).join(""), c, c, parts.length === 1 ? r * 0.9 : r * 0.6).classList.add("hollow");
    }
    if (p.s === 1) make("circle", { cx: c, cy: c, r: r + 1.5, class: "alleged" }, svg);
    if (p.o > 1) {
      make("circle", { cx: c + r * 0.78, cy: c - r * 0.78, r: 7, class: "badge" }, svg);
      write(svg, String(p.o), c + r * 0.78, c - r * 0.78, 9).classList.add("origins");
    }
    if (p.own) make("path", { d: `M${c + r * 0.78} ${c + r * 0.78 - 6}l6 6l-6 6l-6 -6Z`, class: "own" }, svg);
    make("circle", { cx: c, cy: c, r: r + 3, class: "halo" }, svg);
    return [svg, size];
  }

  function group(g, kinds) {
    const r = ring(g.n), [svg, size, c] = sheet(r);
    make("circle", { cx: c, cy: c, r: r + 1.5, class: "rim" }, svg);
    slices(svg, g.k, kinds, c, r, 1 - 5.5 / r, true);
    make("circle", { cx: c, cy: c, r: r - 11, class: "hole" }, svg);
    write(svg, String(g.of.length), c, c, g.of.length > 99 ? 9 : 11).classList.add("hollow");
    make("circle", { cx: c, cy: c, r: r + 3, class: "halo" }, svg);
    return [svg, size];
  }

  /* A place as it is told: see features in map.py. */
  function place([id, lat, lng, o, s, r, k, v, own, name]) {
    return { id, lat, lng, o, s, r, k, v, own, name: text(name), n: k.reduce((sum, n) => sum + n, 0) };
  }

  /* Places whose marks would cover one another at this zoom, each group around its place with the most claims. */
  function gathered(places, project) {
    const cells = new Map(), groups = [];
    places.forEach((p) => {
      const at = project(p), x = Math.floor(at.x / CELL), y = Math.floor(at.y / CELL);
      let home = null, near = CELL;
      for (let i = x - 1; i <= x + 1; i++)
        for (let j = y - 1; j <= y + 1; j++)
          (cells.get(i + ":" + j) || []).forEach((g) => {
            const far = Math.hypot(g.at.x - at.x, g.at.y - at.y);
            if (far < near) { near = far; home = g; }
          });
      if (home) {
        home.of.push(p);
        home.n += p.n;
        p.k.forEach((n, i) => { home.k[i] += n; });
      } else {
        home = { at, of: [p], n: p.n, k: p.k.slice(), lat: p.lat, lng: p.lng };
        groups.push(home);
        const key = x + ":" + y;
        if (cells.has(key)) cells.get(key).push(home);
        else cells.set(key, [home]);
      }
    });
    return groups;
  }

  return { SVG, WIDE, make, text, scale, radius, ring, disc, group, place, gathered };
})();
