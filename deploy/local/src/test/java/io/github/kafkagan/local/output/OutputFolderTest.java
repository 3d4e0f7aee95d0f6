package io.github.kafkagan.local.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kafkagan.pipeline.process.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path parent;

  @Test
  void aNewRunDeletesWhatTheLastOneLeftAndNothingElse() throws IOException {
    // Given a folder with a run's leavings and a file of the user's
    Path folder = leaveARun();
    Files.writeString(folder.resolve("notes.txt"), "mine");

    try (OutputFolder opened = OutputFolder.open(folder, false)) {
      assertThat(opened.resumed()).isFalse();
      assertThat(folder.resolve("notes.txt")).exists();
      assertThat(folder.resolve("sheet-12.png")).doesNotExist();
      assertThat(folder.resolve("trainer.log")).doesNotExist();
      assertThat(opened.kafka()).doesNotExist();
    }
  }

  @Test
  void aRunThatKeepsGoesOnWithAllOfIt() throws IOException {
    Path folder = leaveARun();

    try (OutputFolder opened = OutputFolder.open(folder, true)) {
      assertThat(opened.resumed()).isTrue();
      assertThat(folder.resolve("sheet-12.png")).exists();
      assertThat(opened.kafka().resolve("log/data")).exists();
    }
  }

  @Test
  void keepingNothingIsANewRun() throws IOException {
    try (OutputFolder opened = OutputFolder.open(parent.resolve("new/folder"), true)) {
      assertThat(opened.resumed()).isFalse();
    }
  }

  @Test
  void twoRunsDoNotShareAFolder() throws IOException {
    OutputFolder first = OutputFolder.open(parent, false);
    assertThatThrownBy(() -> OutputFolder.open(parent, true))
        .isInstanceOf(UserError.class)
        .hasMessage("another demo is running with " + parent + "; stop it first");

    first.close();
    OutputFolder.open(parent, true).close();
  }

  @Test
  void aFileIsReplacedWhole() throws IOException {
    try (OutputFolder opened = OutputFolder.open(parent, false)) {
      opened.write("latest.png", "a long first picture".getBytes(UTF_8));
      opened.write("latest.png", "short".getBytes(UTF_8));

      assertThat(parent.resolve("latest.png")).hasContent("short");
      assertThat(parent).isDirectoryNotContaining("glob:**.part");
    }
  }

  private Path leaveARun() throws IOException {
    try (OutputFolder run = OutputFolder.open(parent, false)) {
      run.write("sheet-12.png", new byte[1]);
      Files.writeString(run.log("trainer"), "log");
      Files.createDirectories(run.kafka().resolve("log"));
      Files.writeString(run.kafka().resolve("log/data"), "records");
      return run.path();
    }
  }
}
