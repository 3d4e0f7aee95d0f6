package io.github.kafkagan.gan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class DeterministicKernelsTest {
  @AfterEach
  void leaveTheOtherTestsAlone() {
    DeterministicKernels.set(false);
  }

  @Test
  void pytorchItselfSaysThatTheyAreUsedOnceTheyAreAskedFor() {
    assertThat(DeterministicKernels.areUsed()).isFalse();

    DeterministicKernels.use();

    assertThat(DeterministicKernels.areUsed()).isTrue();
  }
}
