// Lines over time, that grow, fit their place and follow the colours of the page.

import uPlot from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";
import { figure } from "./format.js";
import { make } from "./dom.js";

const HEIGHT = 190;
const MOST_POINTS = 4000;
const REDRAW_MS = 250;
const dark = matchMedia("(prefers-color-scheme: dark)");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The sum of what was, less and less, and what is: a line that shows where noise goes. */
function smoothed(values) {
  let average = null;
  return values.map((value) => {
    if (value === null) {
      return null;
    }
    average = average === null ? value : average + 0.08 * (value - average);
    return average;
  });
}

/** Times of day; with seconds where ticks are closer than a minute. */
function clock(_, times, _axis, _space, step) {
  const parts = step < 60 ? "{HH}:{mm}:{ss}" : step < 86_400 ? "{HH}:{mm}" : "{D}.{M}.";
  const text = uPlot.fmtDate(parts);
  return times.map((time) => text(new Date(time * 1000)));
}

/** What the legend tells while nobody points at the chart. */
function newest(values) {
  return values.findLast((value) => value !== null);
}

export class Chart {
  /**
   * place: element to fill. lines: [{label, colour, smooth}]. options: {range: [low, high], points, empty, stepped}.
   */
  constructor(place, lines, options) {
    this.place = place;
    this.lines = lines;
    this.options = options;
    this.clear();
    new ResizeObserver(() => this.fit()).observe(place);
    dark.addEventListener("change", () => this.rebuild());
  }

  clear() {
    this.times = [];
    this.values = this.lines.map(() => []);
    this.rebuild();
  }

  /** Adds a point per line; milliseconds, in their order. */
  add(timestamp, ...values) {
    const time = timestamp / 1000;
    if (this.times.length > 0 && time <= this.times[this.times.length - 1]) {
      return;
    }
    this.times.push(time);
    values.forEach((value, line) => this.values[line].push(Number.isFinite(value) ? value : null));
    if (this.times.length > MOST_POINTS) {
      const kept = (_, index) => index > MOST_POINTS / 2 || index % 2 === 0;
      this.times = this.times.filter(kept);
      this.values = this.values.map((line) => line.filter(kept));
    }
    this.drawSoon();
  }

  /** Many events may come at once; they are drawn together. */
  drawSoon() {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      if (this.plot) {
        this.plot.setData(this.data());
      } else {
        this.rebuild();
      }
    }, REDRAW_MS);
  }

  data() {
    return [
      this.times,
      ...this.lines.flatMap((line, i) => (line.smooth ? [this.values[i], smoothed(this.values[i])] : [this.values[i]])),
    ];
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = undefined;
    if (this.times.length === 0) {
      this.place.replaceChildren(make("p", { className: "empty" }, this.options.empty));
      return;
    }
    this.place.replaceChildren();
    this.plot = new uPlot(this.settings(), this.data(), this.place);
    this.fit();
  }

  fit() {
    const width = Math.floor(this.place.clientWidth);
    if (this.plot && width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height: HEIGHT });
    }
  }

  settings() {
    const axis = {
      stroke: colour("--muted"),
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { stroke: colour("--line"), width: 1, size: 4 },
      font: "11px system-ui, sans-serif",
    };
    return {
      width: Math.max(200, this.place.clientWidth),
      height: HEIGHT,
      padding: [8, 8, 0, 0],
      cursor: { drag: { x: false, y: false }, y: false },
      scales: { y: { range: this.options.range ?? ((_, low, high) => uPlot.rangeNum(Math.min(0, low), high, 0.1, true)) } },
      axes: [{ ...axis, space: 70, size: 34, values: clock }, { ...axis, size: 44, values: (_, ticks) => ticks.map((tick) => `${tick}`) }],
      series: [{ class: "time" }, ...this.lines.flatMap((line) => this.series(line))],
    };
  }

  series(line) {
    const drawn = {
      label: line.label,
      stroke: colour(line.colour),
      width: 2,
      spanGaps: true,
      points: { show: this.options.points ?? false, size: 5, fill: colour("--card") },
      value: (plot, value, index, at) => figure(at === null ? newest(plot.data[index]) : value),
      ...(this.options.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
    };
    return line.smooth
      ? [{ ...drawn, class: "raw", label: `${line.label}, each step`, width: 1, alpha: 0.25 }, drawn]
      : [drawn];
  }
}
