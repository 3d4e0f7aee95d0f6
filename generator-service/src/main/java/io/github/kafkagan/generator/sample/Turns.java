package io.github.kafkagan.generator.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for clients, who take turns: each has its oldest one, then each its second, so that
 * who asks for much waits for itself and nobody else does. Not thread-safe.
 */
final class Turns<T> {
  /** By client, the one whose turn is next first. */
  private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(String client, T one) {
    waiting.computeIfAbsent(client, name -> new ArrayDeque<>()).add(one);
  }

  /** All that waits, in the order in which it will be had if nothing comes in between. */
  List<T> all() {
    List<T> all = new ArrayList<>();
    List<Iterator<T>> clients =
        new ArrayList<>(waiting.values().stream().map(Collection::iterator).toList());
    while (!clients.isEmpty()) {
      for (Iterator<Iterator<T>> round = clients.iterator(); round.hasNext(); ) {
        Iterator<T> client = round.next();
        if (client.hasNext()) {
          all.add(client.next());
        } else {
          round.remove();
        }
      }
    }
    return all;
  }

  /**
   * Takes what is next; its client's turn is over.
   *
   * @throws java.util.NoSuchElementException if nothing waits
   */
  T next() {
    Map.Entry<String, Deque<T>> client = waiting.entrySet().iterator().next();
    T next = client.getValue().removeFirst();
    pass(client.getKey());
    return next;
  }

  /** Takes one out. */
  void remove(String client, T one) {
    Deque<T> own = waiting.get(client);
    if (own != null && own.remove(one) && own.isEmpty()) {
      waiting.remove(client);
    }
  }

  /** A client has had its turn: the others come first now. */
  void pass(String client) {
    Deque<T> own = waiting.remove(client);
    if (own != null && !own.isEmpty()) {
      waiting.put(client, own);
    }
  }

  void clear() {
    waiting.clear();
  }
}
