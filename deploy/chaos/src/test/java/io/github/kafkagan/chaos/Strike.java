package io.github.kafkagan.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One process to be killed.
 *
 * @param pause before it, since the strike before it or the recovery from that
 * @param awaited whether the process works again before the next strike; if not, that one meets a
 *     pipeline that is still recovering
 */
record Strike(Victim victim, Duration pause, boolean awaited) {
  private static final int LONGEST_PAUSE_MS = 2_500;

  /** How many of a hundred are followed by the next at once. */
  private static final int UNAWAITED_PERCENT = 20;

  /**
   * A round's strikes; each process is struck as often as the others, give or take one.
   *
   * @param seed the same one gives the same strikes
   */
  static List<Strike> plan(long seed, int count) {
    Random random = new Random(seed);
    List<Victim> victims = new ArrayList<>();
    Victim[] all = Victim.values();
    for (int i = 0; i < count; i++) {
      victims.add(all[i % all.length]);
    }
    Collections.shuffle(victims, random);
    return victims.stream()
        .map(
            victim ->
                new Strike(
                    victim,
                    Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MS)),
                    random.nextInt(100) >= UNAWAITED_PERCENT))
        .toList();
  }
}
