/* The switch for the online map, the only thing in this program's pages that asks another host for anything. It is off at
   first, in every session and whatever the address: a link must not make a reader's browser ask anyone. */
"use strict";
window.Online = (function () {
  const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
  const CREDIT = '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap</a> contributors';
  const DEEPEST = 16;
  let tiles = null;

  function element(map, usual, then) {
    const box = document.createElement("label"), tick = document.createElement("input"), note = document.createElement("span");
    box.className = "online";
    box.title = "Streets and towns from openstreetmap.org, which then sees what you look at. Off: no request leaves this app.";
    tick.type = "checkbox";
    tick.setAttribute("role", "switch");
    note.setAttribute("role", "status");
    box.append(tick, document.createTextNode("Online map"), note);
    tick.addEventListener("change", () => {
      if (tiles) tiles.remove();
      tiles = null;
      note.textContent = "";
      map.setMaxZoom(tick.checked ? DEEPEST : usual);
      if (tick.checked) {
        tiles = window.L.tileLayer(TILES, { pane: "tiles", maxZoom: DEEPEST, attribution: CREDIT, referrerPolicy: "strict-origin-when-cross-origin" });
        tiles.once("tileerror", () => { note.textContent = "cannot be reached"; });
        tiles.once("tileload", () => { note.textContent = ""; });
        tiles.addTo(map);
      }
      then();
    });
    window.L.DomEvent.disableClickPropagation(box);
    return box;
  }

  return { element, get on() { return Boolean(tiles); } };
})();
