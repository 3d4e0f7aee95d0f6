// Draw: pictures on request.

import { Newest, generateFile, newSeed } from "./api.js";
import { byId, make, pictureOf, say } from "./dom.js";
import { count } from "./format.js";
import { Ages } from "./ages.js";
import { Path } from "./path.js";

export class Draw {
  constructor() {
    this.pictures = new Newest();
    this.message = byId("draw-message");
    this.download = byId("draw-download");
    this.truncation = byId("draw-truncation");
    this.seed = byId("draw-seed");
    this.seed.value = newSeed();
    this.path = new Path(this);
    this.ages = new Ages(this);
    byId("draw-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    byId("draw-new-seed").addEventListener("click", () => {
      this.seed.value = newSeed();
      this.ask();
    });
    this.truncation.addEventListener("input", () => {
      byId("draw-truncation-text").textContent = Number(this.truncation.value).toFixed(2);
    });
    this.download.addEventListener("click", () => this.save());
  }

  /** Asks another model, or the same one, which may be served only now. */
  use(model) {
    const classes = model.served?.classes ?? 0;
    if (this.model !== model.name || this.classes !== classes) {
      this.classes = classes;
      const chips = Array.from({ length: classes }, (_, label) =>
        make("label", {}, make("input", { type: "checkbox", value: `${label}` }), make("span", {}, `${label}`)),
      );
      const choice = byId("draw-classes");
      choice.replaceChildren(choice.querySelector("legend"), ...chips);
      choice.hidden = classes === 0;
      this.path.choose(classes);
    }
    const first = model.served && (this.model !== model.name || !this.wasServed);
    this.model = model.name;
    this.wasServed = Boolean(model.served);
    this.path.isServed(this.wasServed);
    if (first && this.isOpen) {
      this.ask();
    } else if (!this.wasServed) {
      say(this.message, "There is no network to draw with yet. One comes with the first checkpoint of the trainer.");
    }
  }

  /** The view is looked at now. */
  open() {
    const first = !this.isOpen;
    this.isOpen = true;
    if (first && this.wasServed) {
      this.ask();
    }
    this.path.open();
  }

  /** What every request of this view says. */
  base() {
    return { model: this.model, truncation: Number(this.truncation.value) };
  }

  /** The chosen labels, over and over. */
  labels(howMany) {
    const chosen = [...byId("draw-classes").querySelectorAll("input:checked")].map((chip) => Number(chip.value));
    return chosen.length === 0 ? [] : Array.from({ length: howMany }, (_, i) => chosen[i % chosen.length]);
  }

  request() {
    const howMany = Number(byId("draw-count").value);
    return { ...this.base(), count: howMany, seed: Number(this.seed.value), labels: this.labels(howMany) };
  }

  async ask() {
    const request = this.request();
    say(this.message, "Drawing…");
    try {
      const reply = await this.pictures.generate(request);
      if (!reply) {
        return;
      }
      byId("draw-result").replaceChildren(
        ...reply.images.map((image, i) => pictureOf(image, reply.labels?.[i], reply.checkpoint.step)),
      );
      this.last = { ...request, checkpoint: { step: reply.checkpoint.step } };
      this.download.hidden = false;
      say(this.message, `Drawn by step ${count(reply.checkpoint.step)}.`);
    } catch (error) {
      say(this.message, error.message, true);
    }
  }

  /** The same pictures, so from the same step, as long as the service still has it. */
  async save() {
    try {
      const file = await generateFile({ ...this.last, format: "grid" });
      const address = URL.createObjectURL(file);
      const name = `${this.model}-step-${this.last.checkpoint.step}-seed-${this.last.seed}.png`;
      make("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    } catch (error) {
      say(this.message, error.message, true);
    }
  }
}
