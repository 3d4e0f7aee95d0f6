package io.github.kafkagan.generator.sample;

import java.util.HashMap;
import java.util.Map;

/** How much of something there may be at a time: so much at most, and half of it per client. */
public final class Admission {
  private final int most;
  private final Map<String, Integer> byClient = new HashMap<>();
  private int all;

  public Admission(int most) {
    this.most = most;
  }

  /** Whether a client may have so much more; then {@link #leave} has to follow. */
  public synchronized boolean enter(String client, int amount) {
    int own = byClient.getOrDefault(client, 0);
    if (all + amount > most || own + amount > most / 2) {
      return false;
    }
    byClient.put(client, own + amount);
    all += amount;
    return true;
  }

  /** A client has so much less. */
  public synchronized void leave(String client, int amount) {
    byClient.computeIfPresent(client, (name, own) -> own == amount ? null : own - amount);
    all -= amount;
  }
}
