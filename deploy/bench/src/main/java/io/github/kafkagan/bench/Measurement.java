package io.github.kafkagan.bench;

/** What can be measured. */
enum Measurement {
  PRODUCE,
  INGEST,
  STEP,
  PYTORCH,
  ROOFLINE,
  FEED,
  DEFAULTS,
  TOGETHER,
  CHECKPOINTS,
  SERVE,
  SWAPS,
  FAIRNESS,
  FRESHNESS,
  GROWTH,
  START,
  SOAK,
  PRESETS
}
