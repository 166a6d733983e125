/* Names on the map: places of claims first, then countries and cities, as many as have room. */
"use strict";
window.Names = (function () {
  function node(style, words, x, y, centred) {
    const out = document.createElement("div");
    out.className = "name " + style;
    out.textContent = words;
    out.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)` + (centred ? " translate(-50%, -50%)" : " translateY(-50%)");
    return out;
  }

  function dot(at) {
    const out = document.createElement("div");
    out.className = "city-dot";
    out.style.transform = `translate(${Math.round(at.x) - 2}px, ${Math.round(at.y) - 2}px)`;
    return out;
  }

  /* `marks` are [{name, lat, lng, r, aside}], the most important first; a mark without a name only takes room. */
  function write(map, marks, online) {
    const view = map.getBounds(), zoom = map.getZoom(), scale = window.Marks.scale(), taken = [], out = document.createDocumentFragment(), known = new Set();
    const put = (words, lat, lng, style, dx, near, tall, aside = [0, 0]) => {
      const width = near * scale, high = tall * scale;
      if (!view.contains([lat, lng])) return false;
      const at = map.latLngToLayerPoint([lat, lng]).add(aside), box = [at.x + dx - (dx ? 2 : width / 2), at.y - high / 2, width, high];
      if (taken.some((b) => box[0] < b[0] + b[2] && b[0] < box[0] + box[2] && box[1] < b[1] + b[3] && b[1] < box[1] + box[3])) return false;
      taken.push(box);
      out.appendChild(node(style, words, at.x + dx, at.y, !dx));
      return true;
    };
    const frame = map.getContainer().getBoundingClientRect();
    map.getContainer().querySelectorAll(".leaflet-control").forEach((control) => {
      const box = control.getBoundingClientRect(), at = map.containerPointToLayerPoint([box.left - frame.left, box.top - frame.top]);
      if (box.width) taken.push([at.x - 3, at.y - 3, box.width + 6, box.height + 6]);
    });
    marks.forEach(({ lat, lng, r, aside }) => {
      const at = map.latLngToLayerPoint([lat, lng]).add(aside || [0, 0]);
      taken.push([at.x - r, at.y - r, 2 * r, 2 * r]);
    });
    if (zoom >= 5)
      marks.forEach(({ name, lat, lng, r, aside }) => {
        if (name && put(name, lat, lng, "claimed", r + 5, name.length * 6.6 + 4, 15, aside)) known.add(name);
      });
    if (!online) {
      window.Land.countries.forEach(([words, lng, lat, from]) => {
        if (zoom >= from && zoom <= from + 5) put(words, lat, lng, "country", 0, words.length * 8.2, 16);
      });
      window.Land.cities.forEach(([words, lng, lat, from]) => {
        if (zoom >= from && !known.has(words) && put(words, lat, lng, "city", 6, words.length * 6 + 6, 14)) out.appendChild(dot(map.latLngToLayerPoint([lat, lng])));
      });
    }
    map.getPane("names").replaceChildren(out);
  }

  return { write };
})();
