// Numbers and times as people read them.

const whole = new Intl.NumberFormat("en");

/** A count, with its thousands apart. */
export function count(number) {
  return whole.format(Math.round(number));
}

/** A figure with three or so digits that matter. */
export function figure(number) {
  if (number === null || number === undefined) {
    return "–";
  }
  const size = Math.abs(number);
  return size >= 1000 || Number.isInteger(number) ? count(number) : number.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** How long a number of milliseconds is. */
export function duration(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 120) {
    return `${Math.round(seconds)} s`;
  }
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}

/** How long ago a time is. */
export function ago(timestamp) {
  const passed = Date.now() - timestamp;
  return passed < 5000 ? "just now" : `${duration(passed)} ago`;
}
