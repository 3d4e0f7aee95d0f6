package io.github.kafkagan.generator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(4);

  @Test
  void givenAClientWithHalfOfAllThenOthersHaveRoomAndItHasNone() {
    assertThat(admission.enter("busy", 1)).isTrue();
    assertThat(admission.enter("busy", 1)).isTrue();

    assertThat(admission.enter("busy", 1)).isFalse();
    assertThat(admission.enter("other", 3)).isFalse();
    assertThat(admission.enter("other", 2)).isTrue();

    admission.leave("busy", 1);
    assertThat(admission.enter("busy", 1)).isTrue();
  }

  @Test
  void givenManyClientsThenThereIsABoundForAllOfThem() {
    for (String client : new String[] {"a", "b", "c", "d"}) {
      assertThat(admission.enter(client, 1)).isTrue();
    }

    assertThat(admission.enter("e", 1)).isFalse();
    admission.leave("a", 1);
    assertThat(admission.enter("e", 1)).isTrue();
  }
}
