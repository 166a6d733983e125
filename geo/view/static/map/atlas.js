/* What the map's frame draws. Everything it is told from Python is a number: names arrive as lists of code points and are
   written with textContent, so no word of an article can become markup or script. Nothing here asks the network for
   anything but basemap.json beside this file. */
"use strict";
window.Atlas = (function () {
  const HERE = new URL(".", document.currentScript.src).href;
  const SVG = "http://www.w3.org/2000/svg";
  const FEW = 800; // up to here a place is a focusable marker, above it a circle on a canvas
  const AREAS_FROM = 40; // km: the uncertainty from which a place is drawn as a soft circle
  const THEMES = {
    light: { land: "#fbfaf7", edge: "#b9b4a8", inner: "#dedad0", lake: "#dbe6ec" },
    dark: { land: "#242a31", edge: "#5a636d", inner: "#363e47", lake: "#161b21" },
  };
  let map, kinds = [], selected = null, base = null, markers = new Map(), hovered = null, homed = false;
  let home = null, elsewhere = null, theme = "light", pending = 0;

  const text = (codes) => (codes && codes.length ? String.fromCodePoint.apply(null, codes) : "");
  const colour = (number) => "#" + number.toString(16).padStart(6, "0");
  const radius = (n) => Math.min(26, 9 + 3 * Math.sqrt(Math.max(0, n - 1)));

  function make(name, attributes, parent) {
    const element = document.createElementNS(SVG, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(element);
    return element;
  }

  function div(className, words, parent) {
    const element = document.createElement("div");
    element.className = className;
    if (words !== undefined) element.textContent = words;
    if (parent) parent.appendChild(element);
    return element;
  }

  /* ---- the marker of a place: a disc cut into its kinds, each with its letter; the rim tells the stance ---- */

  function write(svg, letters, x, y, size) {
    const node = make("text", { x, y, "font-size": Math.max(7.5, Math.min(15, size)), class: "letter" }, svg);
    node.textContent = letters;
    return node;
  }

  function disc(p) {
    const r = radius(p.n), size = 2 * r + 8, c = size / 2;
    const svg = make("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" });
    make("path", { class: "tie" }, svg);
    const hollow = p.s === 2;
    make("circle", { cx: c, cy: c, r: r + 1.5, class: "rim" }, svg);
    const parts = p.k.map((n, i) => [n, kinds[i]]).filter((part) => part[0] > 0);
    const whole = parts.reduce((sum, part) => sum + part[0], 0), one = parts.length === 1;
    let from = -Math.PI / 2;
    parts.forEach(([n, kind]) => {
      const turn = (2 * Math.PI * n) / whole, to = from + turn;
      if (one) make("circle", { cx: c, cy: c, r, fill: kind.colour }, svg);
      else {
        const far = turn > Math.PI ? 1 : 0, edge = (angle) => `${c + r * Math.cos(angle)} ${c + r * Math.sin(angle)}`;
        make("path", { d: `M${c} ${c}L${edge(from)}A${r} ${r} 0 ${far} 1 ${edge(to)}Z`, class: "slice", fill: kind.colour }, svg);
      }
      const middle = from + turn / 2, off = one ? 0 : r * 0.56;
      if (!hollow && turn > 0.7) write(svg, kind.letter, c + off * Math.cos(middle), c + off * Math.sin(middle), one ? r : r * 0.62);
      from = to;
    });
    if (hollow) {
      make("circle", { cx: c, cy: c, r: r * 0.68, class: "hole" }, svg);
      write(svg, parts.map(([, kind]) => kind.letter).join(""), c, c, one ? r * 0.9 : r * 0.6).classList.add("hollow");
    }
    if (p.s === 1) make("circle", { cx: c, cy: c, r: r + 1.5, class: "alleged" }, svg);
    make("circle", { cx: c, cy: c, r: r + 3, class: "halo" }, svg);
    return [svg, size];
  }

  function title(p) {
    return `${text(p.name)}: ${p.n} ${p.n === 1 ? "claim" : "claims"}`;
  }

  const Pin = window.L.Marker.extend({
    onAdd: function (on) {
      window.L.Marker.prototype.onAdd.call(this, on);
      const p = this.feature.properties, node = this.getElement();
      node.setAttribute("aria-label", title(p) + ". Show its sentences");
      node.dataset.place = p.id;
      node.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          this.fire("click", { latlng: this.getLatLng() }, true);
        }
      });
      node.addEventListener("focus", () => hover(this));
      node.addEventListener("blur", leave);
      if (p.r >= AREAS_FROM) this._area = soft(this.getLatLng(), p).addTo(on);
      markers.set(p.id, this);
      mark(p.id);
      later();
    },
    onRemove: function (on) {
      if (this._area) this._area.remove();
      if (markers.get(this.feature.properties.id) === this) markers.delete(this.feature.properties.id);
      window.L.Marker.prototype.onRemove.call(this, on);
      later();
    },
  });

  const Dot = window.L.CircleMarker.extend({
    onAdd: function (on) {
      window.L.CircleMarker.prototype.onAdd.call(this, on);
      markers.set(this.feature.properties.id, this);
      later();
    },
    onRemove: function (on) {
      if (markers.get(this.feature.properties.id) === this) markers.delete(this.feature.properties.id);
      window.L.CircleMarker.prototype.onRemove.call(this, on);
      later();
    },
  });

  function main(p) {
    return kinds[p.k.indexOf(Math.max(...p.k))];
  }

  function soft(at, p) {
    const tint = main(p).colour;
    return window.L.circle(at, {
      radius: p.r * 1000, pane: "areas", interactive: false, fillColor: tint, fillOpacity: 0.13, color: tint, opacity: 0.45, weight: 1, dashArray: "2 5",
    });
  }

  function marker(feature, latlng) {
    const p = feature.properties;
    let layer;
    if (p.many > FEW) {
      layer = new Dot(latlng, { radius: Math.max(3, radius(p.n) / 2), fillColor: main(p).colour, fillOpacity: 0.85, color: "#ffffff", weight: 1, pane: "dots" });
    } else {
      const [svg, size] = disc(p);
      const icon = window.L.divIcon({ html: svg, iconSize: [size, size], className: "pin" });
      layer = new Pin(latlng, { icon, zIndexOffset: -Math.round(10 * p.n), riseOnHover: true, bubblingMouseEvents: false });
    }
    layer.on("click", () => choose(layer));
    layer.on("mouseover", () => hover(layer));
    layer.on("mouseout", leave);
    return layer;
  }

  /* ---- choosing a place: told at once, without the quarter of a second that the component waits ---- */

  function choose(layer) {
    const p = layer.feature.properties, before = selected;
    p.t = Date.now(); // a second click on the same place is news too
    selected = p.id;
    mark(before);
    mark(selected);
    leave();
    const data = { last_active_drawing: layer.toGeoJSON() }, state = window.__GLOBAL_DATA__;
    if (state && JSON.stringify(state.previous_data) !== JSON.stringify(data)) {
      state.previous_data = data;
      window.Streamlit.setComponentValue(data);
    }
  }

  function mark(id) {
    const layer = markers.get(id);
    if (!layer || !layer.getElement || !(layer instanceof Pin)) return;
    layer.getElement().classList.toggle("chosen", id === selected);
    layer.getElement().setAttribute("aria-pressed", String(id === selected));
  }

  function fromAddress() {
    try {
      const place = new URLSearchParams(window.parent.location.search).get("place");
      return place === null ? null : Number(place);
    } catch (error) {
      return null; // a host that keeps its address to itself
    }
  }

  /* ---- what hovering tells ---- */

  function hover(layer) {
    const p = layer.feature.properties, box = div("tip");
    div("tip-name", text(p.name), box);
    const row = div("tip-kinds", undefined, box);
    p.k.forEach((n, i) => {
      if (!n) return;
      const part = div("tip-kind", undefined, row), chip = div("chip", kinds[i].letter, part);
      chip.style.background = kinds[i].colour;
      part.appendChild(document.createTextNode(`${n} ${kinds[i].label.toLowerCase()}`));
    });
    if (p.o) div("tip-note", `${p.o} independent ${p.o === 1 ? "source" : "sources"}`, box);
    if (p.r >= AREAS_FROM) div("tip-note", `an area: its middle may be ${Math.round(p.r)} km off`, box);
    leave();
    hovered = window.L.tooltip({ direction: "top", offset: [0, -radius(p.n)], className: "atlas-tip", opacity: 1 })
      .setLatLng(map.layerPointToLatLng(map.latLngToLayerPoint(layer.getLatLng()).add(layer._aside || [0, 0]))).setContent(box).addTo(map);
  }

  function leave() {
    if (hovered) hovered.remove();
    hovered = null;
  }

  /* ---- the base map ---- */

  function line(codes, scale) {
    const points = [];
    let x = 0, y = 0;
    for (let i = 0; i < codes.length; i += 2) {
      x += codes[i];
      y += codes[i + 1];
      points.push([y / scale, x / scale]);
    }
    return points;
  }

  /* An outline that crosses 180 degrees goes on to 190; one around the pole is led along the map's lower edge. */
  function closed(points) {
    const out = [points[0].slice()];
    for (let i = 1; i < points.length; i++) {
      const [lat, lng] = points[i], turns = Math.round((out[i - 1][1] - lng) / 360);
      out.push([lat, lng + 360 * turns]);
    }
    const middle = out.reduce((sum, point) => sum + point[1], 0) / out.length, back = 360 * Math.round(middle / 360);
    if (back) out.forEach((point) => { point[1] -= back; });
    const first = out[0], last = out[out.length - 1];
    if (Math.abs(last[1] - first[1]) > 180) out.push([-89, last[1]], [-89, first[1]]);
    return out;
  }

  function decoded(data) {
    const arcs = data.arcs.map((arc) => line(arc, data.scale));
    const ring = (numbers) => closed(numbers.flatMap((n) => (n >= 0 ? arcs[n] : arcs[~n].slice().reverse())));
    return {
      land: data.countries.map((country) => country.map((numbers) => [ring(numbers)])),
      lakes: data.lakes.map((lake) => [line(lake, data.scale)]),
      lines: data.lines.map((border) => line(border, data.scale)),
      countries: data.labels, cities: data.cities,
    };
  }

  function draw(data) {
    const L = window.L, canvas = L.canvas({ pane: "base", padding: 0.4 }), options = { renderer: canvas, interactive: false, pane: "base", smoothFactor: 1 };
    base = {
      land: L.polygon(data.land.flat(), { ...options, weight: 0.9, fillOpacity: 1 }),
      lines: L.polyline(data.lines, { ...options, weight: 0.7 }),
      lakes: L.polygon(data.lakes, { ...options, weight: 0.5, fillOpacity: 1 }),
      countries: data.countries, cities: data.cities,
    };
    base.land.addTo(map);
    base.lakes.addTo(map);
    paint();
    zoomed();
    map.on("zoomend", zoomed);
    document.documentElement.dataset.base = "drawn";
  }

  function zoomed() {
    if (!base) return;
    if (map.getZoom() >= 5) { base.lines.addTo(map); base.lines.bringToFront(); base.lakes.bringToFront(); }
    else base.lines.remove();
    later();
  }

  function paint() {
    document.documentElement.dataset.theme = theme;
    if (!base) return;
    const t = THEMES[theme];
    base.land.setStyle({ color: t.edge, fillColor: t.land });
    base.lines.setStyle({ color: t.inner });
    base.lakes.setStyle({ color: t.lake, fillColor: t.lake });
  }

  function dressed(event) {
    const told = event.detail && event.detail.theme;
    if (told && told.base && told.base !== theme) {
      theme = told.base === "dark" ? "dark" : "light";
      paint();
    }
  }

  /* ---- names on the map: places of claims first, then countries and cities, as many as have room ---- */

  function later() {
    if (pending) return;
    pending = window.requestAnimationFrame(() => {
      pending = 0;
      if (!map || !map._loaded) return;
      dodge();
      label();
      beyond();
    });
  }

  /* Markers that would cover one another step aside, the smaller from the larger, each with a line to where it belongs. */
  function dodge() {
    const pins = [...markers.values()].filter((pin) => pin instanceof Pin);
    if (pins.length > 300) return;
    pins.sort((a, b) => b.feature.properties.n - a.feature.properties.n || a.feature.properties.id - b.feature.properties.id);
    const placed = [];
    pins.forEach((pin) => {
      const r = radius(pin.feature.properties.n) + 2, at = map.latLngToLayerPoint(pin.getLatLng());
      let spot = [at.x, at.y];
      const free = ([x, y]) => placed.every((o) => Math.hypot(o[0] - x, o[1] - y) >= (o[2] + r) * 0.92);
      for (let step = 0; step < 60 && !free(spot); step++) {
        const turn = step * 2.39996, far = 8 + 7 * Math.sqrt(step + 1);
        spot = [at.x + far * Math.cos(turn), at.y + far * Math.sin(turn)];
      }
      placed.push([spot[0], spot[1], r]);
      pin._aside = [spot[0] - at.x, spot[1] - at.y];
      const svg = pin.getElement().firstChild, tie = svg.querySelector(".tie"), c = Number(svg.getAttribute("width")) / 2;
      svg.style.translate = `${pin._aside[0]}px ${pin._aside[1]}px`;
      tie.setAttribute("d", pin._aside[0] || pin._aside[1] ? `M${c} ${c}L${c - pin._aside[0]} ${c - pin._aside[1]}` : "");
    });
  }

  /* Which places lie outside what is seen, and the way to them. */
  function beyond() {
    const view = map.getBounds();
    const out = [...markers.values()].filter((layer) => !view.contains(layer.getLatLng())).map((layer) => layer.feature.properties);
    elsewhere.hidden = !out.length;
    if (!out.length) return;
    const most = out.reduce((a, b) => (b.n > a.n ? b : a)), name = text(most.name).slice(0, 24);
    elsewhere.textContent = `Outside this view: ${name} (${most.n})` + (out.length > 1 ? ` and ${out.length - 1} more` : "");
  }

  function label() {
    const pane = map.getPane("names"), view = map.getBounds(), zoom = map.getZoom(), taken = [], out = document.createDocumentFragment();
    const put = (words, lat, lng, style, dx, width, high, aside = [0, 0]) => {
      if (!view.contains([lat, lng])) return false;
      const at = map.latLngToLayerPoint([lat, lng]).add(aside), box = [at.x + dx - (dx ? 2 : width / 2), at.y - high / 2, width, high];
      if (taken.some((b) => box[0] < b[0] + b[2] && b[0] < box[0] + box[2] && box[1] < b[1] + b[3] && b[1] < box[1] + box[3])) return false;
      taken.push(box);
      const node = div("name " + style, words, null);
      node.style.transform = `translate(${Math.round(at.x + dx)}px, ${Math.round(at.y)}px)` + (dx ? " translateY(-50%)" : " translate(-50%, -50%)");
      out.appendChild(node);
      return true;
    };
    const pins = [...markers.values()].sort((a, b) => b.feature.properties.n - a.feature.properties.n);
    pins.forEach((pin) => {
      const at = map.latLngToLayerPoint(pin.getLatLng()), r = radius(pin.feature.properties.n), aside = pin._aside || [0, 0];
      taken.push([at.x + aside[0] - r, at.y + aside[1] - r, 2 * r, 2 * r]);
    });
    const known = new Set();
    if (zoom >= 5 && pins.length <= FEW)
      pins.forEach((pin) => {
        const p = pin.feature.properties, words = text(p.name), at = pin.getLatLng(), aside = pin._aside || [0, 0];
        if (put(words, at.lat, at.lng, "claimed", radius(p.n) + 5, words.length * 6.6 + 4, 15, aside)) known.add(words);
      });
    if (base) {
      base.countries.forEach(([words, lng, lat, from]) => {
        if (zoom >= from && zoom <= from + 5) put(words, lat, lng, "country", 0, words.length * 8.2, 16);
      });
      base.cities.forEach(([words, lng, lat, from]) => {
        if (zoom >= from && !known.has(words) && put(words, lat, lng, "city", 6, words.length * 6 + 6, 14)) {
          const dot = div("city-dot", undefined, out), at = map.latLngToLayerPoint([lat, lng]);
          dot.style.transform = `translate(${Math.round(at.x) - 2}px, ${Math.round(at.y) - 2}px)`;
        }
      });
    }
    pane.replaceChildren(out);
  }

  /* ---- controls ---- */

  function shown() {
    const bounds = window.L.latLngBounds([]);
    markers.forEach((layer) => bounds.extend(layer.getLatLng()));
    return bounds.isValid() ? bounds : home;
  }

  function fit(bounds) {
    if (bounds) map.fitBounds(bounds, { padding: [36, 36], maxZoom: 8, animate: false });
  }

  function button(words, sign, act) {
    const node = document.createElement("a");
    node.href = "#";
    node.role = "button";
    if (words) { node.title = words; node.setAttribute("aria-label", words); }
    node.textContent = sign;
    window.L.DomEvent.on(node, "click", (event) => { window.L.DomEvent.stop(event); act(); });
    return node;
  }

  function controls() {
    const L = window.L, bar = new (L.Control.extend({
      onAdd: () => {
        const box = L.DomUtil.create("div", "leaflet-bar");
        box.appendChild(button("Fit the map to the places shown", "◎", () => fit(shown())));
        box.appendChild(button("Back to the first view", "⌂", () => fit(home)));
        if (document.fullscreenEnabled)
          box.appendChild(button("Full screen", "⛶", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())));
        return box;
      },
    }))({ position: "topleft" });
    bar.addTo(map);
    new (L.Control.extend({
      onAdd: () => {
        elsewhere = button("", "", () => fit(shown()));
        elsewhere.className = "elsewhere";
        elsewhere.hidden = true;
        return elsewhere;
      },
    }))({ position: "topright" }).addTo(map);
    L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Leaflet · Natural Earth · GeoNames CC BY 4.0");
  }

  /* ---- once, when the frame is made ---- */

  function dress(leafletMap, told) {
    const L = window.L;
    map = leafletMap;
    document.documentElement.lang = "en";
    kinds = told.kinds.map(([label, letter, number]) => ({ label: text(label), letter: text(letter), colour: colour(number) }));
    [["base", 150], ["areas", 350], ["dots", 400], ["names", 450]].forEach(([name, level]) => {
      map.createPane(name).style.zIndex = level;
      if (name !== "dots") map.getPane(name).style.pointerEvents = "none";
    });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = HERE + "atlas.css";
    document.head.appendChild(sheet);
    selected = fromAddress();
    home = L.latLngBounds(told.home);
    // Set as options: the calls that set them would start an animation that undoes the first view.
    map.options.minZoom = 2;
    map.options.maxZoom = 12;
    map.options.maxBounds = L.latLngBounds([[-85, -220], [85, 220]]);
    map.options.maxBoundsViscosity = 0.8;
    map.getContainer().setAttribute("aria-label", "Map of the places of claims");
    // Leaflet focuses the map when it is pressed; the page must not scroll away from under the finger.
    map.getContainer().focus = function () { HTMLElement.prototype.focus.call(this, { preventScroll: true }); };
    controls();
    fit(home);
    const styled = window.getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    theme = dark(styled) ? "dark" : "light";
    paint();
    if (window.Streamlit && window.Streamlit.events) window.Streamlit.events.addEventListener("streamlit:render", dressed);
    map.on("moveend zoomend resize", later);
    new ResizeObserver(() => { map.invalidateSize({ pan: false }); if (!homed) fit(home); }).observe(map.getContainer());
    ["pointerdown", "keydown", "wheel"].forEach((name) => map.getContainer().addEventListener(name, () => { homed = true; }, { passive: true }));
    fetch(HERE + "basemap.json").then((answer) => answer.json()).then((data) => draw(decoded(data)));
  }

  function dark(css) {
    const hex = /^#([0-9a-f]{6})/i.exec(css);
    if (!hex) return false;
    const n = parseInt(hex[1], 16);
    return (n >> 16) * 0.3 + ((n >> 8) & 255) * 0.59 + (n & 255) * 0.11 < 110;
  }

  return { dress, marker, get map() { return map; }, get markers() { return markers; }, get selected() { return selected; } };
})();
