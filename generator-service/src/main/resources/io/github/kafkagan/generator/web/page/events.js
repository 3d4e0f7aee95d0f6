// Follows training: a relay of the training topic, by server-sent events.

const TYPES = ["step", "evaluation", "mode", "collapse"];

/**
 * Calls onEvent with each event, the remembered ones first, and onReset when those before are void. The browser
 * connects again by itself, and goes on where it was.
 */
export function follow(onEvent, onReset) {
  const source = new EventSource("/api/events");
  for (const type of TYPES) {
    source.addEventListener(type, (message) => onEvent(JSON.parse(message.data)));
  }
  source.addEventListener("reset", onReset);
  source.addEventListener("error", () => {
    // Refused rather than interrupted, for instance because too many follow: then it is for the page to try again.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => {
        onReset();
        follow(onEvent, onReset);
      }, 5000);
    }
  });
}
