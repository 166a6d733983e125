/* The shipped base map: land, borders, lakes, and the names of countries and cities. Nothing here asks the network for
   anything but basemap.json beside this file. */
"use strict";
window.Land = (function () {
  const HERE = new URL(".", document.currentScript.src).href;
  const THEMES = {
    light: { land: "#fbfaf7", edge: "#b9b4a8", inner: "#dedad0", lake: "#dbe6ec" },
    dark: { land: "#242a31", edge: "#5a636d", inner: "#363e47", lake: "#161b21" },
  };
  const asked = fetch(HERE + "basemap.json").then((answer) => answer.json()); // before anything else of the map is here
  asked.catch(() => {}); // told where the map is started
  let map = null, base = null, theme = "light";

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
    paint(theme);
    zoomed();
    map.on("zoomend", zoomed);
    document.documentElement.dataset.base = "drawn";
  }

  function zoomed() {
    if (map.getZoom() >= 5) { base.lines.addTo(map); base.lines.bringToFront(); base.lakes.bringToFront(); }
    else base.lines.remove();
  }

  function paint(now) {
    theme = now;
    if (!base) return;
    const t = THEMES[theme];
    base.land.setStyle({ color: t.edge, fillColor: t.land });
    base.lines.setStyle({ color: t.inner });
    base.lakes.setStyle({ color: t.lake, fillColor: t.lake });
  }

  function start(on, then) {
    map = on;
    const told = document.createElement("div");
    told.className = "land-told";
    told.setAttribute("role", "status");
    map.getContainer().appendChild(told);
    const slow = setTimeout(() => { told.textContent = "The land is still being loaded; the markers work already."; }, 4000);
    asked
      .then((data) => { draw(decoded(data)); told.remove(); then(); })
      .catch(() => { told.textContent = "The land could not be loaded; the markers stand where they belong and work."; })
      .finally(() => clearTimeout(slow));
  }

  return { start, paint, get countries() { return base ? base.countries : []; }, get cities() { return base ? base.cities : []; } };
})();
