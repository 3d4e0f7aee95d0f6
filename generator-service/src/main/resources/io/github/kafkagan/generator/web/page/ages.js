// One seed, drawn by each checkpoint that is kept.

import { Newest } from "./api.js";
import { byId, pictureOf, say } from "./dom.js";

export class Ages {
  constructor(draw) {
    this.draw = draw;
    this.pictures = new Newest();
    byId("ages-show").addEventListener("click", () => this.ask());
  }

  async ask() {
    const message = byId("ages-message");
    try {
      const one = this.draw.request();
      const request = { ...one, count: 1, labels: one.labels.slice(0, 1), checkpoint: "all" };
      const reply = await this.pictures.generate(request);
      if (!reply) {
        return;
      }
      byId("ages-result").replaceChildren(
        ...reply.images.map((image, i) => pictureOf(image, reply.labels?.[i], reply.checkpoints[i].step)),
      );
      say(message, reply.images.length === 1 ? "Only one checkpoint is kept so far." : "");
    } catch (error) {
      say(message, error.message, true);
    }
  }
}
