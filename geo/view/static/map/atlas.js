/* The map's frame: what is shown, what is chosen, and the controls. Everything it is told from Python is a number: names
   arrive as lists of code points and are written with textContent, so no word of an article can become markup or script. */
"use strict";
window.Atlas = (function () {
  const HERE = new URL(".", document.currentScript.src).href;
  const { Marks, Ways, Names, Land, Online } = window;
  const MANY = 150; // places: above this, those that would cover one another stand together
  const DEEPEST = 12; // the zoom from which nothing stands together any more
  const STANCES = ["asserted", "reported", "alleged", "denied"];
  let map, kinds = [], selected = "", theme = "light", home = null, homed = false;
  let places = [], drawn = new Map(), markers = new Map(), gathered = { zoom: null, groups: [] };
  let elsewhere = null, hovered = null, pending = 0, address = "";

  const colour = (number) => "#" + number.toString(16).padStart(6, "0");
  const one = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

  function div(className, words, parent) {
    const element = document.createElement("div");
    element.className = className;
    if (words !== undefined) element.textContent = words;
    if (parent) parent.appendChild(element);
    return element;
  }

  /* ---- markers ---- */

  const Pin = window.L.Marker.extend({
    onAdd: function (on) {
      window.L.Marker.prototype.onAdd.call(this, on);
      const node = this.getElement();
      node.setAttribute("aria-label", this.words);
      if (this.place) node.dataset.place = this.place.id;
      node.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          this.fire("click", { latlng: this.getLatLng() }, true);
        }
      });
      node.addEventListener("focus", () => hover(this.getLatLng(), this.told(), this.r, this._aside));
      node.addEventListener("blur", leave);
      if (this.place && this.place.r >= Marks.WIDE) this._area = soft(this.place).addTo(on);
      if (this.place) markers.set(this.place.id, this);
      mark(this);
    },
    onRemove: function (on) {
      if (this._area) this._area.remove();
      if (this.place && markers.get(this.place.id) === this) markers.delete(this.place.id);
      window.L.Marker.prototype.onRemove.call(this, on);
    },
  });

  function soft(p) {
    const tint = kinds[p.k.indexOf(Math.max(...p.k))].colour;
    return window.L.circle([p.lat, p.lng], {
      radius: p.r * 1000, pane: "areas", interactive: false, fillColor: tint, fillOpacity: 0.13, color: tint, opacity: 0.45, weight: 1, dashArray: "2 5",
    });
  }

  function pin(at, [svg, size], r, n) {
    const icon = window.L.divIcon({ html: svg, iconSize: [size, size], className: "pin" });
    const made = new Pin(at, { icon, zIndexOffset: -Math.round(10 * n), riseOnHover: true, bubblingMouseEvents: false });
    made.r = r;
    made.on("mouseover", () => hover(made.getLatLng(), made.told(), r, made._aside));
    made.on("mouseout", leave);
    return made;
  }

  function ofPlace(p) {
    const made = pin([p.lat, p.lng], Marks.disc(p, kinds), Marks.radius(p.n), p.n);
    made.place = p;
    made.feature = { properties: { id: p.id } };
    made.words = `${p.name}: ${one(p.n, "claim")}. Show its sentences`;
    made.told = () => aboutPlace(p);
    made.on("click", () => choose([p.id]));
    return made;
  }

  function ofGroup(g) {
    const made = pin([g.lat, g.lng], Marks.group(g, kinds), Marks.ring(g.n), g.n);
    made.group = g;
    made.words = `${one(g.of.length, "place")} near ${g.of[0].name}, ${one(g.n, "claim")}. Zoom in`;
    made.told = () => aboutGroup(g);
    made.on("click", () => { leave(); fit(window.L.latLngBounds(g.of.map((p) => [p.lat, p.lng])), map.getZoom() + 1); });
    return made;
  }

  /* What is to be drawn at this zoom and in this stretch: [key, how to make it]. */
  function wanted() {
    if (places.length <= MANY) return places.map((p) => [JSON.stringify(p), () => ofPlace(p)]);
    const zoom = map.getZoom(), view = map.getBounds().pad(0.25);
    if (gathered.zoom !== zoom) {
      const project = (p) => map.project([p.lat, p.lng], zoom);
      gathered = { zoom, groups: zoom >= DEEPEST ? places.map((p) => ({ of: [p], lat: p.lat, lng: p.lng, n: p.n })) : Marks.gathered(places, project) };
    }
    return gathered.groups
      .filter((g) => view.contains([g.lat, g.lng]))
      .map((g) => (g.of.length === 1 ? [JSON.stringify(g.of[0]), () => ofPlace(g.of[0])] : [`g${zoom}:${g.of[0].id}:${g.of.length}:${g.n}`, () => ofGroup(g)]));
  }

  /* Only what changed is drawn anew: a filter's change makes nothing flicker that stays. */
  function redraw() {
    if (!map || !map._loaded) return;
    const now = new Map(wanted()), before = drawn;
    drawn = new Map();
    before.forEach((layer, key) => { if (now.has(key)) drawn.set(key, layer); else layer.remove(); });
    now.forEach((maker, key) => { if (!drawn.has(key)) drawn.set(key, maker().addTo(map)); });
    later();
  }

  function show(told) {
    leave();
    places = told.places.map(Marks.place).sort((a, b) => b.n - a.n || a.id - b.id);
    gathered = { zoom: null, groups: [] };
    redraw();
    Ways.show(told.ways);
    Ways.choose(selected.split("."));
    document.documentElement.dataset.shown = String(places.length);
  }

  /* ---- choosing: told at once, without the quarter of a second that the component waits ---- */

  function choose(stops) {
    select(stops.join("."));
    leave();
    const feature = { properties: { stops, t: Date.now() } }; // a second click on the same place is news too
    const data = { last_active_drawing: feature }, state = window.__GLOBAL_DATA__;
    if (!state) return;
    state.last_active_drawing = feature;
    state.previous_data = data;
    window.Streamlit.setComponentValue(data);
    toEvidence();
  }

  /* On a phone the sentences stand below the map: the page goes to them, or a reader would not see that anything came. */
  function toEvidence() {
    try {
      if (window.parent.innerWidth > 640) return;
      const evidence = window.parent.document.querySelector(".st-key-evidence");
      if (evidence) evidence.scrollIntoView({ block: "start", behavior: "smooth" });
    } catch (error) {
      // a host that keeps its page to itself
    }
  }

  function select(what) {
    selected = what;
    drawn.forEach(mark);
    Ways.choose(selected.split("."));
  }

  function mark(layer) {
    const node = layer.getElement();
    if (!node) return;
    const chosen = layer.place ? String(layer.place.id) === selected : layer.group.of.some((p) => String(p.id) === selected);
    node.classList.toggle("chosen", chosen);
    if (layer.place) node.setAttribute("aria-pressed", String(chosen));
  }

  function fromAddress() {
    try {
      const query = new URLSearchParams(window.parent.location.search);
      return query.get("way") || query.get("place") || "";
    } catch (error) {
      return ""; // a host that keeps its address to itself
    }
  }

  /* What is chosen elsewhere, in the list or by the browser's back button, is chosen here too and brought into view. */
  function follow() {
    const now = fromAddress();
    if (now === address) return;
    address = now;
    if (now === selected) return;
    select(now);
    const p = places.find((place) => String(place.id) === now), way = Ways.ways.find((w) => w.stops.map((stop) => stop.id).join(".") === now);
    const points = p ? [[p.lat, p.lng]] : way ? way.stops.map((stop) => [stop.lat, stop.lng]) : [];
    if (points.some((point) => !map.getBounds().contains(point))) fit(window.L.latLngBounds(points), map.getZoom());
    if (p && !markers.has(p.id) && places.length > MANY) map.setView([p.lat, p.lng], Math.max(map.getZoom(), 9), { animate: false });
  }

  /* ---- what hovering tells ---- */

  function aboutPlace(p) {
    const box = div("tip");
    div("tip-name", p.name, box);
    counted(p.k, box);
    const said = STANCES.map((stance, i) => (p.v[i] ? `${p.v[i]} ${stance}` : "")).filter(Boolean).join(", ");
    if (said) div("tip-note", said, box);
    if (p.o) div("tip-note", `${p.o} independent ${p.o === 1 ? "source" : "sources"}`, box);
    if (p.own) div("tip-note", `${p.own} of this session`, box);
    if (p.r >= Marks.WIDE) div("tip-note", `somewhere within about ${Math.round(p.r)} km`, box);
    return box;
  }

  function aboutGroup(g) {
    const box = div("tip");
    div("tip-name", one(g.of.length, "place"), box);
    div("tip-note", g.of.slice(0, 4).map((p) => p.name).join(", ") + (g.of.length > 4 ? " …" : ""), box);
    counted(g.k, box);
    return box;
  }

  function counted(counts, box) {
    const row = div("tip-kinds", undefined, box);
    counts.forEach((n, i) => {
      if (!n) return;
      const part = div("tip-kind", undefined, row), chip = div("chip", kinds[i].letter, part);
      chip.style.background = kinds[i].colour;
      part.appendChild(document.createTextNode(`${n} ${kinds[i].label.toLowerCase()}`));
    });
  }

  function aboutWay(way) {
    const box = div("tip");
    div("tip-name", way.stops.map((stop) => stop.name).join(" → "), box);
    div("tip-note", one(way.n, "claim") + ["", ", only alleged", ", denied"][way.s], box);
    return box;
  }

  function hover(at, box, r = 4, aside = [0, 0]) {
    leave();
    hovered = window.L.tooltip({ direction: "top", offset: [0, -r], className: "atlas-tip", opacity: 1 })
      .setLatLng(map.layerPointToLatLng(map.latLngToLayerPoint(at).add(aside))).setContent(box).addTo(map);
  }

  function leave() {
    if (hovered) hovered.remove();
    hovered = null;
  }

  /* ---- what is arranged anew when the view changes ---- */

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
    const pins = [...drawn.values()];
    if (pins.length > 300) return;
    const weight = (layer) => (layer.place || layer.group).n;
    pins.sort((a, b) => weight(b) - weight(a));
    const placed = [];
    pins.forEach((layer) => {
      const r = layer.r + 2, at = map.latLngToLayerPoint(layer.getLatLng());
      let spot = [at.x, at.y];
      const free = ([x, y]) => placed.every((o) => Math.hypot(o[0] - x, o[1] - y) >= (o[2] + r) * 0.92);
      for (let step = 0; step < 60 && !layer.group && !free(spot); step++) {
        const turn = step * 2.39996, far = 8 + 7 * Math.sqrt(step + 1);
        spot = [at.x + far * Math.cos(turn), at.y + far * Math.sin(turn)];
      }
      placed.push([spot[0], spot[1], r]);
      layer._aside = [spot[0] - at.x, spot[1] - at.y];
      if (layer.group) return;
      const svg = layer.getElement().firstChild, tie = svg.querySelector(".tie"), c = Number(svg.getAttribute("width")) / 2;
      svg.style.translate = `${layer._aside[0]}px ${layer._aside[1]}px`;
      tie.setAttribute("d", layer._aside[0] || layer._aside[1] ? `M${c} ${c}L${c - layer._aside[0]} ${c - layer._aside[1]}` : "");
    });
  }

  /* Which places lie outside what is seen, and the way to them. */
  function beyond() {
    const view = map.getBounds(), out = places.filter((p) => !view.contains([p.lat, p.lng]));
    elsewhere.hidden = !out.length;
    if (!out.length) return;
    elsewhere.textContent = `Outside this view: ${out[0].name.slice(0, 24)} (${out[0].n})` + (out.length > 1 ? ` and ${out.length - 1} more` : "");
  }

  function label() {
    const marks = [...drawn.values()].map((layer) => {
      const { lat, lng } = layer.getLatLng();
      return { name: layer.place ? layer.place.name : "", lat, lng, r: layer.r, aside: layer._aside, n: (layer.place || layer.group).n };
    });
    Ways.named.forEach(([, at]) => { // the names that lines begin with take room, too
      const { lat, lng } = map.layerPointToLatLng(at);
      marks.push({ name: "", lat, lng, r: 20, n: 0 });
    });
    Names.write(map, marks.sort((a, b) => b.n - a.n), Online.on);
  }

  /* ---- controls ---- */

  function shown() {
    const bounds = window.L.latLngBounds(places.map((p) => [p.lat, p.lng]));
    return bounds.isValid() ? bounds : home;
  }

  function fit(bounds, deepest = 8) {
    if (bounds) map.fitBounds(bounds, { padding: [36, 36], maxZoom: deepest, animate: false });
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

  function control(position, make) {
    new (window.L.Control.extend({ onAdd: make }))({ position }).addTo(map);
  }

  function controls() {
    control("topleft", () => {
      const box = window.L.DomUtil.create("div", "leaflet-bar");
      box.appendChild(button("Fit the map to the places shown", "◎", () => fit(shown())));
      box.appendChild(button("Back to the first view", "⌂", () => fit(home)));
      if (document.fullscreenEnabled)
        box.appendChild(button("Full screen", "⛶", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen())));
      return box;
    });
    control("topright", () => {
      elsewhere = button("", "", () => fit(shown()));
      elsewhere.className = "elsewhere";
      elsewhere.hidden = true;
      return elsewhere;
    });
    control("bottomright", () => Online.element(map, DEEPEST, later));
    window.L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Leaflet · Natural Earth · GeoNames CC BY 4.0");
  }

  /* ---- once, when the frame is made ---- */

  function dress(leafletMap, told) {
    const L = window.L;
    map = leafletMap;
    document.documentElement.lang = "en";
    kinds = told.kinds.map(([label, letter, number]) => ({ label: Marks.text(label), letter: Marks.text(letter), colour: colour(number) }));
    [["base", 150], ["tiles", 200], ["areas", 350], ["ways", 380], ["names", 450]].forEach(([name, level]) => {
      map.createPane(name).style.zIndex = level;
      map.getPane(name).style.pointerEvents = "none";
    });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = HERE + "atlas.css";
    sheet.addEventListener("load", () => { sized(); document.documentElement.dataset.dressed = "yes"; }); // it gives the map its height
    document.head.appendChild(sheet);
    selected = address = fromAddress();
    home = L.latLngBounds(told.home);
    // Set as options: the calls that set them would start an animation that undoes the first view.
    map.options.minZoom = 2;
    map.options.maxZoom = DEEPEST;
    map.options.maxBounds = L.latLngBounds([[-85, -220], [85, 220]]);
    map.options.maxBoundsViscosity = 0.8;
    map.getContainer().setAttribute("aria-label", "Map of the places of claims");
    // Leaflet focuses the map when it is pressed; the page must not scroll away from under the finger.
    map.getContainer().focus = function () { HTMLElement.prototype.focus.call(this, { preventScroll: true }); };
    controls();
    fit(home);
    const styled = window.getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    Ways.start(map, kinds, { choose, leave, hover: (at, way) => hover(at, aboutWay(way)) });
    paint(dark(styled) ? "dark" : "light");
    if (window.Streamlit && window.Streamlit.events) window.Streamlit.events.addEventListener("streamlit:render", dressed);
    map.on("moveend", () => { if (places.length > MANY) redraw(); else later(); });
    map.on("zoomend resize", later);
    new ResizeObserver(sized).observe(map.getContainer());
    ["pointerdown", "keydown", "wheel"].forEach((name) => map.getContainer().addEventListener(name, () => { homed = true; }, { passive: true }));
    window.setInterval(follow, 250);
    Land.start(map, later);
  }

  /* The frame has another size than Leaflet knew: until the reader moves the map, the first view is fitted into it. */
  function sized() {
    map.invalidateSize({ pan: false });
    if (!homed) fit(home);
  }

  function paint(now) {
    theme = now;
    const root = document.documentElement;
    root.dataset.theme = theme;
    // On dark ground a line needs a lighter tone of its kind's colour than a disc with a white rim does.
    kinds.forEach((kind, i) => root.style.setProperty(`--kind-${i}`, theme === "dark" ? lighter(kind.colour) : kind.colour));
    Land.paint(theme);
    Ways.draw();
  }

  function lighter(hex) {
    const n = parseInt(hex.slice(1), 16), up = (part) => Math.round(part + (255 - part) * 0.5);
    return colour((up(n >> 16) << 16) | (up((n >> 8) & 255) << 8) | up(n & 255));
  }

  function dressed(event) {
    const told = event.detail && event.detail.theme;
    if (told && told.base && told.base !== theme) paint(told.base === "dark" ? "dark" : "light");
  }

  function dark(css) {
    const hex = /^#([0-9a-f]{6})/i.exec(css);
    if (!hex) return false;
    const n = parseInt(hex[1], 16);
    return (n >> 16) * 0.3 + ((n >> 8) & 255) * 0.59 + (n & 255) * 0.11 < 110;
  }

  return { dress, show, get map() { return map; }, get markers() { return markers; }, get drawn() { return drawn; }, get places() { return places; }, get selected() { return selected; } };
})();
