// The sheet of fixed latent vectors, and the slider through its time.

import { get } from "./api.js";
import { byId, make } from "./dom.js";
import { ago, count } from "./format.js";

const ASK_MS = 2500;
const FRAME_MS = 90;
const COLUMNS_MOST = 20;

export class Sheets {
  constructor() {
    this.image = byId("sheet");
    this.slider = byId("sheet-time");
    this.play = byId("sheet-play");
    this.live = byId("sheet-live");
    this.sheets = [];
    this.follows = true;
    this.slider.addEventListener("input", () => {
      this.stop();
      this.follows = this.index() === this.sheets.length - 1;
      this.show();
    });
    this.live.addEventListener("click", () => {
      this.stop();
      this.goLive();
    });
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    setInterval(() => this.ask(), ASK_MS);
    setInterval(() => this.caption(), 1000);
  }

  /** Shows another model, or the same one anew. */
  use(model) {
    if (this.model !== model.name) {
      this.model = model.name;
      this.sheets = [];
      this.follows = true;
      this.ask();
    }
    const classes = model.served?.classes ?? 0;
    if (this.classes !== classes) {
      this.classes = classes;
      const labels = classes <= COLUMNS_MOST ? Array.from({ length: classes }, (_, label) => `${label}`) : [];
      byId("sheet-classes").replaceChildren(...labels.map((label) => make("span", {}, label)));
    }
  }

  async ask() {
    if (this.model === undefined || document.hidden) {
      return;
    }
    const model = this.model;
    try {
      const listing = await get(`/api/samples?model=${encodeURIComponent(model)}`);
      if (model === this.model) {
        this.take(listing.sheets);
      }
    } catch {
      // The state above says that the service is away; what is here stays here.
    }
  }

  take(sheets) {
    const shown = this.sheets[this.index()];
    this.sheets = sheets;
    this.slider.max = Math.max(0, sheets.length - 1);
    if (this.follows) {
      this.goLive();
    } else {
      // Sheets before it may be gone: the same one stays shown, at another place.
      const same = sheets.findIndex((sheet) => sheet.offset >= (shown?.offset ?? 0));
      this.slider.value = same < 0 ? sheets.length - 1 : same;
      this.show();
    }
  }

  index() {
    return Number(this.slider.value);
  }

  goLive() {
    this.follows = true;
    this.slider.value = this.sheets.length - 1;
    this.show();
  }

  start() {
    if (this.sheets.length < 2) {
      return;
    }
    this.follows = false;
    this.slider.value = 0;
    this.play.textContent = "Stop";
    this.timer = setInterval(() => {
      if (this.index() >= this.sheets.length - 1) {
        this.stop();
        this.goLive();
      } else {
        this.slider.value = this.index() + 1;
        this.show();
      }
    }, FRAME_MS);
    this.show();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.play.textContent = "Play";
  }

  show() {
    const sheet = this.sheets[this.index()];
    this.image.hidden = sheet === undefined;
    byId("sheet-none").hidden = sheet !== undefined;
    byId("sheet-controls").hidden = sheet === undefined;
    byId("sheet-classes").hidden = sheet === undefined;
    this.live.setAttribute("aria-pressed", `${this.follows}`);
    if (sheet && this.image.getAttribute("src") !== sheet.url) {
      this.image.src = sheet.url;
      this.image.alt = `Pictures of fixed random numbers after training step ${count(sheet.step)}`;
      this.slider.setAttribute("aria-valuetext", `Step ${count(sheet.step)}`);
    }
    this.caption();
  }

  caption() {
    const sheet = this.sheets[this.index()];
    byId("sheet-caption").textContent = sheet
      ? `Step ${count(sheet.step)} · ${count(sheet.images)} real pictures seen · ${ago(sheet.timestamp)}`
      : "";
  }
}
