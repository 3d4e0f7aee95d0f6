// The few things that the views do with elements.

import { count } from "./format.js";

/** The element of this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A new element with properties, and children that are elements or texts. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Shows a sentence where a view says what it does; an error looks like one. */
export function say(element, sentence, isError = false) {
  if (element.textContent !== sentence) {
    element.textContent = sentence; // Only then, so that it is read out once.
  }
  element.classList.toggle("error", isError);
}

/** Terms and what they are, as the content of a list of definitions. */
export function define(list, entries) {
  list.replaceChildren(
    ...entries.map(([term, value, note, bad]) =>
      make(
        "div",
        {},
        make("dt", {}, term),
        make("dd", { className: bad ? "bad" : "" }, value, ...(note ? [" ", make("small", {}, note)] : [])),
      ),
    ),
  );
}

/** A generated picture, base64, with what it is and the training step that it comes from. */
export function pictureOf(image, label, step) {
  const text = label === undefined ? `step ${count(step)}` : `${label} · step ${count(step)}`;
  const alt = label === undefined ? "A generated picture" : `A generated ${label}`;
  return make("figure", {}, make("img", { src: picture(image), alt }), make("figcaption", {}, text));
}

/** The address of a picture that came inside of a reply. */
export function picture(base64) {
  return `data:image/png;base64,${base64}`;
}
