package io.github.kafkagan.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StrikeTest {
  @Test
  void givenASeedThenTheRoundCanBeRepeatedAndAnotherSeedGivesAnother() {
    assertThat(Strike.plan(3, 40)).isEqualTo(Strike.plan(3, 40)).isNotEqualTo(Strike.plan(4, 40));
  }

  @Test
  void givenARoundThenEachProcessHasItsShareOfIt() {
    List<Strike> round = Strike.plan(5, 102);

    Map<Victim, Long> counts =
        round.stream()
            .map(Strike::victim)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts).containsOnlyKeys(Victim.values());
    assertThat(counts.values()).allMatch(count -> count == 25 || count == 26);
    assertThat(round).anyMatch(Strike::awaited).anyMatch(strike -> !strike.awaited());
  }
}
