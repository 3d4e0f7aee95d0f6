package io.github.kafkagan.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service in a process of its own, on this process's class path, as tests start it: to be asked,
 * stopped and killed. Closing it kills it.
 */
public final class JavaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(20);

  /** Services log where they serve metrics and health. */
  private static final Pattern OPS = Pattern.compile("(?:ops|metrics)=(http://[^/\\s]+)");

  private final String name;
  private final Process process;
  private final Path log;

  private JavaProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the program of a main class.
   *
   * @param log what its output is appended to
   * @param environment is added to this process's own
   * @param heap as {@code -Xmx} takes it, such as {@code 256m}
   */
  public static JavaProcess start(
      Class<?> main, String heap, Map<String, String> environment, Path log, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(ChildProcess.java());
    // They live for seconds: the optimising compiler would only take the cores from them.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + heap));
    command.add(main.getName());
    command.addAll(options);
    Map<String, String> all = new HashMap<>(environment);
    all.put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      return new JavaProcess(main.getSimpleName(), ChildProcess.start(command, all, log), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it has written so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it answers under this path of its metrics server, once it serves at all. */
  public HttpResponse<String> get(String path) {
    URI address = URI.create(ops() + path);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not answer:\n" + log(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String ops() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        Matcher ops = OPS.matcher(log());
        if (ops.find()) {
          return ops.group(1);
        }
        if (process.waitFor(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError(name + " has ended:\n" + log());
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throw new AssertionError(name + " has not said where it serves metrics:\n" + log());
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Stops it as a supervisor does, by SIGTERM; returns its exit code. */
  public int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Waits until it has ended. */
  public int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " did not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError(e);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
