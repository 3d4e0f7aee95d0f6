package io.github.kafkagan.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kafkagan.broker.ChildProcess;
import io.github.kafkagan.pipeline.codec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The packaged demo as a process, as deploy/demo.sh starts it. */
public final class DemoRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process process;
  private final Path output;
  private final Path terminal;

  private DemoRun(Process process, Path output, Path terminal) {
    this.process = process;
    this.output = output;
    this.terminal = terminal;
  }

  /** Starts a demo that leaves its output in {@code folder/output}. */
  public static DemoRun start(Path folder, String... options) throws IOException {
    return start(folder, Map.of(), options);
  }

  /** Starts one whose processes have more in their environment than this one. */
  public static DemoRun start(Path folder, Map<String, String> environment, String... options)
      throws IOException {
    Path terminal = folder.resolve("terminal.txt");
    Path output = folder.resolve("output");
    List<String> line =
        new ArrayList<>(List.of(ChildProcess.java(), "-jar", "target/local.jar", "--home=../.."));
    line.add("--output=" + output);
    line.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(terminal.toFile()));
    builder.environment().putAll(environment);
    return new DemoRun(builder.start(), output, terminal);
  }

  Path output() {
    return output;
  }

  /** What the terminal would show. */
  public String terminal() {
    try {
      return Files.readString(terminal);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the end and returns the exit code. */
  int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the demo ends; it said:%n%s", terminal())
        .isTrue();
    return process.exitValue();
  }

  public void await(String what, BooleanSupplier condition) throws InterruptedException {
    await(() -> what, condition);
  }

  /**
   * Waits as long as the demo runs.
   *
   * @param what is waited for; asked for only if it does not come
   */
  public void await(Supplier<String> what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(process.waitFor(100, TimeUnit.MILLISECONDS))
          .as(() -> "ended while waiting until %s; it said:%n%s".formatted(what.get(), terminal()))
          .isFalse();
      assertThat(System.nanoTime())
          .as(() -> "waiting until %s; the demo says:%n%s".formatted(what.get(), terminal()))
          .isLessThan(deadline);
    }
  }

  /** {@code pipeline.json} as it is now; an empty object before there is one. */
  public JsonNode pipeline() {
    Path file = output.resolve("pipeline.json");
    try {
      return Json.read(
          Files.exists(file) ? Files.readAllBytes(file) : new byte[] {'{', '}'}, JsonNode.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The processes that the demo has started so far. */
  List<ProcessHandle> children() {
    List<ProcessHandle> children = new ArrayList<>();
    pipeline()
        .path("processes")
        .forEach(child -> ProcessHandle.of(child.get("pid").asLong()).ifPresent(children::add));
    return children;
  }

  public void awaitAllProcesses() throws InterruptedException {
    await("all processes run", () -> pipeline().path("processes").size() == 4);
  }

  /** What Ctrl-C and `kill` do. */
  void terminate() {
    process.destroy();
  }

  /** What nobody can react to. */
  void kill() {
    process.destroyForcibly();
  }

  static void assertAllEnd(List<ProcessHandle> processes) {
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    assertAllEnd(children());
  }
}
