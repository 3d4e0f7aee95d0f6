// Watch: how training goes.

import { Chart } from "./chart.js";
import { byId, make } from "./dom.js";
import { Sheets } from "./sheets.js";

const NO_EVENTS = "No training yet. It is drawn here as it happens.";
const NO_EVALUATION = "Not measured yet. The first measurement takes a minute or two of training.";
const CLASSES_MOST = 20;

export class Watch {
  constructor() {
    this.sheets = new Sheets();
    this.losses = new Chart(
      byId("loss-chart"),
      [
        { label: "Discriminator", colour: "--first", smooth: true },
        { label: "Generator", colour: "--second", smooth: true },
      ],
      { empty: NO_EVENTS },
    );
    this.scores = new Chart(
      byId("score-chart"),
      [
        { label: "Real pictures", colour: "--first", smooth: true },
        { label: "Drawings", colour: "--second", smooth: true },
      ],
      { range: [0, 1], empty: NO_EVENTS },
    );
    this.distance = new Chart(byId("distance-chart"), [{ label: "Fréchet distance", colour: "--first" }], {
      points: true,
      empty: NO_EVALUATION,
    });
    this.classes = new Chart(byId("classes-chart"), [{ label: "Kinds drawn", colour: "--first" }], {
      points: true,
      stepped: true,
      empty: NO_EVALUATION,
    });
    this.events = [];
  }

  /** Shows another model, or the same one anew. */
  use(model) {
    this.sheets.use(model);
    if (this.model !== model.name) {
      this.model = model.name;
      this.clear();
      this.events.forEach((event) => this.draw(event));
    }
  }

  /** What came before is void. */
  reset() {
    this.events = [];
    this.clear();
  }

  clear() {
    [this.losses, this.scores, this.distance, this.classes].forEach((chart) => chart.clear());
    byId("class-shares").replaceChildren();
  }

  /** An event of any model; all are kept, as long as they are few enough, for when another is chosen. */
  take(event) {
    this.events.push(event);
    if (this.events.length > 20_000) {
      this.events.splice(0, 5_000);
    }
    this.draw(event);
  }

  draw(event) {
    if (event.model !== this.model) {
      return;
    }
    if (event.type === "step") {
      this.losses.add(event.timestamp, event.lossDiscriminator, event.lossGenerator);
      this.scores.add(event.timestamp, event.scoreReal, event.scoreFake);
    } else if (event.type === "evaluation") {
      if (event.figures.frechetDistance !== undefined) {
        this.distance.add(event.timestamp, event.figures.frechetDistance);
      }
      if (event.figures.classes !== undefined) {
        this.classes.add(event.timestamp, event.figures.classes);
      }
      this.shares(event.classShares);
    }
  }

  /** A bar per class; one with less than a tenth of an equal share is missing. */
  shares(shares) {
    const shown = shares.length <= CLASSES_MOST ? shares : [];
    const most = Math.max(...shown, 1e-9);
    byId("class-shares").replaceChildren(
      ...shown.map((share, label) => {
        const bar = make("i");
        bar.style.height = `${(100 * share) / most * 0.7}%`;
        const percent = `${Math.round(100 * share)}%`;
        return make(
          "div",
          { className: share < 0.1 / shares.length ? "missing" : "", title: `${label}: ${percent} of the drawings` },
          make("span", {}, percent),
          bar,
          make("span", {}, `${label}`),
        );
      }),
    );
  }
}
