/* What the map's frame and the page around it tell each other: Streamlit's protocol for components, as far as a map needs
   it. What comes in is numbers (geo/view/map.py); what goes out is the ids of what was chosen. */
"use strict";
(function () {
  const Atlas = window.Atlas;
  let dressed = false, shown = "";

  function say(type, more) {
    window.parent.postMessage({ isStreamlitMessage: true, type: "streamlit:" + type, ...more }, "*");
  }

  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || !data || data.type !== "streamlit:render") return;
    const { layer, drawing } = data.args, theme = data.theme && data.theme.base === "dark" ? "dark" : "light";
    if (!dressed) Atlas.dress(JSON.parse(drawing), theme, (value) => say("setComponentValue", { value, dataType: "json" }));
    else Atlas.paint(theme);
    dressed = true;
    if (layer !== shown) Atlas.show(JSON.parse(layer));
    shown = layer;
  });

  try {
    window.frameElement.title = "Map of the places of claims";
  } catch (error) {
    // a host that keeps its page to itself
  }
  say("componentReady", { apiVersion: 1 });
  say("setFrameHeight", { height: 560 });
})();
