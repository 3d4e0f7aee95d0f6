// The pictures between two seeds.

import { Newest, newSeed } from "./api.js";
import { byId, make, picture, say } from "./dom.js";
import { count } from "./format.js";

const FRAMES = 33;

export class Path {
  constructor(draw) {
    this.draw = draw;
    this.frames = new Newest();
    this.from = byId("path-from");
    this.to = byId("path-to");
    this.position = byId("path-position");
    this.from.value = newSeed();
    this.to.value = newSeed();
    this.position.max = FRAMES - 1;
    this.position.value = (FRAMES - 1) / 2;
    this.position.addEventListener("input", () => this.show());
    for (const field of [this.from, this.to, byId("path-class")]) {
      field.addEventListener("change", () => this.ask());
    }
    byId("path-form").addEventListener("submit", (event) => event.preventDefault());
    byId("path-new").addEventListener("click", () => {
      this.from.value = this.to.value;
      this.to.value = newSeed();
      this.position.value = 0;
      this.ask();
    });
  }

  /** Offers the labels of a model. */
  choose(classes) {
    byId("path-class").replaceChildren(
      ...Array.from({ length: classes }, (_, label) => make("option", { value: `${label}` }, `${label}`)),
    );
    byId("path-class-choice").hidden = classes === 0;
    this.reply = undefined;
    byId("path").hidden = true;
  }

  /** There is a network to ask, or there is none yet. */
  isServed(served) {
    this.served = served;
    this.open();
  }

  open() {
    if (this.draw.isOpen && this.served && !this.reply && !this.asking) {
      this.ask();
    }
  }

  async ask() {
    const label = byId("path-class").value;
    this.asking = true;
    try {
      const reply = await this.frames.generate({
        ...this.draw.base(),
        interpolate: { from: Number(this.from.value), to: Number(this.to.value), frames: FRAMES },
        labels: label === "" ? [] : [Number(label)],
      });
      if (!reply) {
        return;
      }
      this.reply = reply;
      say(byId("path-message"), "");
      byId("path").hidden = false;
      this.show();
    } catch (error) {
      say(byId("path-message"), error.message, true);
    } finally {
      this.asking = false;
    }
  }

  show() {
    if (!this.reply) {
      return;
    }
    const frame = Number(this.position.value);
    const share = Math.round((100 * frame) / (FRAMES - 1));
    const image = byId("path-picture");
    image.src = picture(this.reply.images[frame]);
    image.alt = `A picture ${share} percent of the way from one seed to the other`;
    this.position.setAttribute("aria-valuetext", `${share} percent`);
    byId("path-caption").textContent = `${share} % of the way · step ${count(this.reply.checkpoint.step)}`;
  }
}
