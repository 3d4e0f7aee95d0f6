// What the page asks of its service.

const ANSWER_MS = 5_000;
const IMAGES_MS = 65_000;

async function read(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The service does not answer.");
  }
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    throw new Error(sentence(answer.error?.message ?? `The service answered ${response.status}.`));
  }
  return response;
}

function sentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return text.endsWith(".") ? text : `${text}.`;
}

function asked(request, accept) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: accept },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(IMAGES_MS),
  };
}

/** The answer to a question, such as /api/status; throws an Error with a sentence. */
export async function get(path) {
  return (await read(path, { signal: AbortSignal.timeout(ANSWER_MS) })).json();
}

async function generate(request) {
  return (await read("/api/generate", asked(request, "application/json"))).json();
}

/** Asks again and again, and gets only what the newest request brings, however late those before it are. */
export class Newest {
  asked = 0;

  /** The reply, or nothing if there is a newer request by then; throws an Error with a sentence. */
  async generate(request) {
    this.asked++;
    const number = this.asked;
    try {
      const reply = await generate(request);
      return number === this.asked ? reply : undefined;
    } catch (error) {
      if (number === this.asked) {
        throw error;
      }
      return undefined;
    }
  }
}

/** The same images as one PNG file. */
export async function generateFile(request) {
  return (await read("/api/generate", asked(request, "image/png"))).blob();
}

/** A seed for people, which is not too long to be told to somebody. */
export function newSeed() {
  return Math.floor(Math.random() * 1_000_000);
}
