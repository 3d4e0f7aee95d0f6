package io.github.kafkagan.generator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns<String> turns = new Turns<>();

  @Test
  void givenSeveralClientsThenEachHasItsOldestBeforeAnyHasItsSecond() {
    add("a", "a1", "a2", "a3");
    add("b", "b1");
    add("c", "c1", "c2");

    assertThat(turns.all()).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
  }

  @Test
  void givenWhatIsTakenThenOthersComeFirst() {
    add("a", "a1", "a2", "a3");
    add("b", "b1", "b2");

    assertThat(turns.next()).isEqualTo("a1");
    assertThat(turns.all()).containsExactly("b1", "a2", "b2", "a3");
    assertThat(turns.next()).isEqualTo("b1");
    add("c", "c1");
    assertThat(turns.all()).containsExactly("a2", "b2", "c1", "a3");
  }

  @Test
  void givenNothingLeftOfAClientThenItIsForgotten() {
    add("a", "a1");
    add("b", "b1");

    turns.remove("a", "a1");
    turns.pass("a");
    turns.remove("nobody", "a1");
    assertThat(turns.next()).isEqualTo("b1");

    assertThat(turns.isEmpty()).isTrue();
    assertThat(turns.all()).isEmpty();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(turns::next);
  }

  private void add(String client, String... all) {
    for (String one : all) {
      turns.add(client, one);
    }
  }
}
