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
  const FINE = 0.7; // pixels: of a line, points nearer than this to the one before are left out
  const BORDERS_FROM = 5; // the zoom from which first-level borders are drawn
  let map = null, base = null, ground = null, theme = "light";

  /* A line in the map's own projection, Mercator's, the world 256 wide: x, y, x, y, ... */
  function line(codes, scale) {
    const out = new Float64Array(codes.length);
    let x = 0, y = 0;
    for (let i = 0; i < codes.length; i += 2) {
      x += codes[i];
      y += codes[i + 1];
      out[i] = 128 + (x / scale) * (128 / 180);
      out[i + 1] = northing(y / scale);
    }
    return out;
  }

  function northing(lat) {
    return 128 - (128 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (Math.max(-85.1, Math.min(85.1, lat)) * Math.PI) / 360));
  }

  /* An outline that crosses 180 degrees goes on beyond; one around the pole is led along the map's lower edge. */
  function closed(parts) {
    const out = [];
    let before = parts[0][0][0], sum = 0;
    parts.forEach(([points, back]) => {
      for (let i = back ? points.length - 2 : 0; back ? i >= 0 : i < points.length; i += back ? -2 : 2) {
        const x = points[i] + 256 * Math.round((before - points[i]) / 256);
        out.push(x, points[i + 1]);
        sum += x;
        before = x;
      }
    });
    const aside = 256 * Math.round((sum / (out.length / 2) - 128) / 256), last = out.length - 2;
    if (aside) for (let i = 0; i < out.length; i += 2) out[i] -= aside;
    if (Math.abs(out[last] - out[0]) > 128) out.push(out[last], 256, out[0], 256);
    return Float64Array.from(out);
  }

  function shape(points) {
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (let i = 0; i < points.length; i += 2) {
      left = Math.min(left, points[i]);
      right = Math.max(right, points[i]);
      top = Math.min(top, points[i + 1]);
      bottom = Math.max(bottom, points[i + 1]);
    }
    return { points, left, top, right, bottom };
  }

  function decoded(data) {
    const arcs = data.arcs.map((arc) => line(arc, data.scale));
    const ring = (numbers) => closed(numbers.map((n) => (n >= 0 ? [arcs[n], false] : [arcs[~n], true])));
    return {
      land: data.countries.flatMap((country) => country.map((numbers) => shape(ring(numbers)))),
      lakes: data.lakes.map((lake) => shape(line(lake, data.scale))),
      lines: data.lines.map((border) => shape(line(border, data.scale))),
      countries: data.labels, cities: data.cities,
    };
  }

  /* The canvas is made, moved and scaled by Leaflet; what is on it is drawn here, many times faster than as Leaflet's own
     layers, which keep an object for every point. */
  function draw() {
    const ctx = this._ctx, view = this._bounds, scale = 2 ** map.getZoom(), origin = map.getPixelOrigin(), t = THEMES[theme];
    const seen = (s) =>
      s.right * scale - origin.x > view.min.x && s.left * scale - origin.x < view.max.x && s.bottom * scale - origin.y > view.min.y && s.top * scale - origin.y < view.max.y;
    const trace = (shapes) => {
      ctx.beginPath();
      shapes.filter(seen).forEach(({ points, left, top, right, bottom }) => {
        if ((right - left) * scale < FINE && (bottom - top) * scale < FINE) return;
        let px = 0, py = 0;
        for (let i = 0; i < points.length; i += 2) {
          const x = points[i] * scale - origin.x, y = points[i + 1] * scale - origin.y;
          if (i === 0) ctx.moveTo(x, y);
          else if (i < points.length - 2 && Math.abs(x - px) + Math.abs(y - py) < FINE) continue;
          else ctx.lineTo(x, y);
          px = x;
          py = y;
        }
      });
    };
    ctx.lineJoin = "round";
    trace(base.land);
    Object.assign(ctx, { fillStyle: t.land, strokeStyle: t.edge, lineWidth: 0.9 });
    ctx.fill("evenodd");
    ctx.stroke();
    if (map.getZoom() >= BORDERS_FROM) {
      trace(base.lines);
      Object.assign(ctx, { strokeStyle: t.inner, lineWidth: 0.7 });
      ctx.stroke();
    }
    trace(base.lakes);
    Object.assign(ctx, { fillStyle: t.lake, strokeStyle: t.lake, lineWidth: 0.5 });
    ctx.fill("evenodd");
    ctx.stroke();
  }

  function show(data) {
    base = data;
    ground = new (window.L.Canvas.extend({ _draw: draw }))({ pane: "base", padding: 0.4 }).addTo(map);
    document.documentElement.dataset.base = "drawn";
  }

  function paint(now) {
    theme = now;
    if (ground) ground._redraw();
  }

  function start(on, then) {
    map = on;
    const told = document.createElement("div");
    told.className = "land-told";
    told.setAttribute("role", "status");
    map.getContainer().appendChild(told);
    const slow = setTimeout(() => { told.textContent = "The land is still being loaded; the markers work already."; }, 4000);
    asked
      .then((data) => { show(decoded(data)); told.remove(); then(); })
      .catch(() => { told.textContent = "The land could not be loaded; the markers stand where they belong and work."; })
      .finally(() => clearTimeout(slow));
  }

  return { start, paint, get countries() { return base ? base.countries : []; }, get cities() { return base ? base.cities : []; } };
})();
