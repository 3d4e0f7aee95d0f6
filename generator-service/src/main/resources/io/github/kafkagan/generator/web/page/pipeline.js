// Pipeline: whether everything runs.

import { byId, define, make } from "./dom.js";
import { count, duration } from "./format.js";

const WORDS = { up: "Up", waiting: "Waiting", down: "Down" };
const NONE = "–";

/** Shows the pipeline as it is now. */
export function show(status) {
  byId("unreachable").hidden = true;
  parts(status.parts);
  const { images, training, served, collapses } = status;
  define(byId("figures"), [
    ["Images in the stream", images ? count(images.position) : NONE, images && `${count(images.perSecond)} per second`],
    ["Trained on", training ? count(training.imagesSeen) : NONE, training && `${count(training.perSecond)} per second`],
    ["Not yet trained on", training && training.lag !== undefined ? count(training.lag) : NONE],
    ["Training step", training ? count(training.step) : NONE],
    ["Served step", served ? count(served.step) : NONE],
    [
      "Age of what it knows",
      served && served.stalenessMs !== undefined ? duration(served.stalenessMs) : NONE,
      "since the newest image it has seen",
    ],
    ["Collapses", count(collapses.count), collapses.newest, collapses.count > 0],
  ]);
  define(byId("outcomes"), [
    ...outcomes("Checkpoints", status.swaps),
    ...outcomes("Requests by topic", status.topicRequests),
    ...outcomes("Requests by HTTP", status.httpRequests),
  ]);
}

/** Says that nothing is known any more, since the service does not answer. */
export function unreachable() {
  const notice = byId("unreachable");
  notice.textContent =
    `The generator service does not answer at ${location.host}. It is asked again every two seconds; ` +
    "what is shown below is from before.";
  notice.hidden = false;
  for (const part of document.querySelectorAll("#parts .part")) {
    if (part.dataset.name === "generator") {
      part.dataset.state = "down";
      part.querySelector("b").textContent = WORDS.down;
      part.querySelector("p").textContent = "It does not answer.";
    }
  }
}

function parts(all) {
  byId("parts").replaceChildren(
    ...all.map((part) => {
      const item = make(
        "li",
        { className: "card part" },
        make("strong", {}, part.name),
        make("b", {}, WORDS[part.state]),
        make("p", {}, part.why),
      );
      item.dataset.name = part.name;
      item.dataset.state = part.state;
      return item;
    }),
  );
}

function outcomes(name, counts) {
  const entries = Object.entries(counts).filter(([outcome, times]) => times > 0 || outcome === "ok");
  return entries.map(([outcome, times]) => [name, count(times), outcome.replaceAll("-", " ")]);
}
