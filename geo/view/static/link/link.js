/* A button that copies the address of exactly this view. */
function address() {
  const here = new URL(window.location.href);
  here.pathname = here.pathname.replace(/\/~\/\+/, ""); // where the app stands in a host's frame, its own address is shorter
  return here.href;
}

/* Browsers give the clipboard to secure pages only; elsewhere the old way still works. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (refused) {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.appendChild(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

export default function (component) {
  const root = component.parentElement;
  if (root.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-link";
  button.textContent = "Copy link";
  button.title = "A link to exactly this view: filters, place and all";
  const note = document.createElement("span");
  note.className = "copy-note";
  note.setAttribute("role", "status");
  root.append(button, note);
  button.addEventListener("click", async () => {
    const text = address(), done = await copied(text);
    note.textContent = done ? "Copied" : text;
    button.dataset.copied = text;
    window.setTimeout(() => { note.textContent = ""; }, done ? 2500 : 20000);
  });
}
