// Where the page starts: one view at a time, the state of everything above it.

import { get } from "./api.js";
import { byId, make } from "./dom.js";
import { count } from "./format.js";
import { Draw } from "./draw.js";
import { follow } from "./events.js";
import * as pipeline from "./pipeline.js";
import { Watch } from "./watch.js";

const VIEWS = ["watch", "draw", "pipeline"];
const ASK_MS = 2000;

const watch = new Watch();
const draw = new Draw();
let chosen;

function openView() {
  const wanted = location.hash.slice(1);
  const view = VIEWS.includes(wanted) ? wanted : VIEWS[0];
  for (const name of VIEWS) {
    byId(name).hidden = name !== view;
    const link = document.querySelector(`nav a[href="#${name}"]`);
    if (name === view) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  if (view === "draw") {
    draw.open();
  }
}

/** Takes the chosen model, or the service's own, and lets the views know. */
function useModels(models) {
  const model = models.find(({ name }) => name === chosen) ?? models.find(({ isDefault }) => isDefault) ?? models[0];
  if (!model) {
    return;
  }
  chosen = model.name;
  const select = byId("model");
  if (models.map(({ name }) => name).join() !== [...select.options].map(({ value }) => value).join()) {
    select.replaceChildren(...models.map(({ name }) => make("option", { value: name }, name)));
  }
  select.value = chosen;
  byId("model-choice").hidden = models.length < 2;
  watch.use(model);
  draw.use(model);
}

/** Words change only when the state does, so that they are not read out every two seconds. */
function sayState(state, sentence) {
  const element = byId("state");
  if (element.textContent !== sentence) {
    element.textContent = sentence;
    element.dataset.state = state;
  }
}

function summary(status) {
  const down = status.parts.filter(({ state }) => state === "down").map(({ name }) => name);
  if (down.length > 0) {
    return ["down", `${down.join(" and ")} ${down.length > 1 ? "are" : "is"} down`];
  }
  const waiting = status.parts.find(({ state }) => state === "waiting");
  return waiting
    ? ["waiting", `Waiting for the ${waiting.name}`]
    : ["up", "Live"];
}

async function ask() {
  try {
    const { models } = await get("/api/models");
    useModels(models);
    const status = await get(chosen ? `/api/status?model=${encodeURIComponent(chosen)}` : "/api/status");
    pipeline.show(status);
    sayState(...summary(status));
    byId("served").textContent = status.served ? `· step ${count(status.served.step)} is served` : "";
  } catch {
    pipeline.unreachable();
    sayState("down", "The service does not answer");
    byId("served").textContent = "";
  }
}

async function keepAsking() {
  await ask();
  setTimeout(keepAsking, ASK_MS);
}

byId("model").addEventListener("change", (event) => {
  chosen = event.target.value;
  ask();
});
addEventListener("hashchange", openView);
openView();
keepAsking();
follow((event) => watch.take(event), () => watch.reset());
