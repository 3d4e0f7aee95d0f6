package io.github.kafkagan.chaos;

import io.github.kafkagan.broker.FreePort;
import io.github.kafkagan.local.process.Service;
import io.github.kafkagan.local.process.ServiceCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the pipeline's processes across its lives, as a supervisor keeps it: started again at once
 * after a kill, and after an end with exit code 1. All lives write to one log.
 */
final class Member implements AutoCloseable {
  /** The project's folder, seen from this module's. */
  private static final Path HOME = Path.of("..", "..");

  /** What a process may take to end when it is told to. */
  private static final Duration STOP = Duration.ofSeconds(10);

  private static final int FAILED = 1;

  /**
   * Threads that wait leave two cores to others, and so does a compiler that does not optimise. A
   * heap whose pages were all touched cannot pass for memory that grows.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_WAIT_POLICY",
          "PASSIVE",
          "JAVA_TOOL_OPTIONS",
          "-XX:TieredStopAtLevel=1 -XX:+AlwaysPreTouch");

  private final String module;
  private final String heap;
  private final Path log;
  private final List<String> options;
  private final HttpClient client;
  private Service service;
  private int ownEnds;
  private boolean stopped;

  private Member(String module, String heap, Path log, List<String> options, HttpClient client) {
    this.module = module;
    this.heap = heap;
    this.log = log;
    this.options = List.copyOf(options);
    this.client = client;
    service = launch();
  }

  /**
   * Starts a process.
   *
   * @param log what its output is appended to
   * @param options of its command line, without its operations port
   */
  static Member start(
      String module, String heap, Path log, List<String> options, HttpClient client) {
    return new Member(module, heap, log, options, client);
  }

  private Service launch() {
    // Another port for each life, so that none answers for another.
    int port = FreePort.find();
    List<String> line = new ArrayList<>(options);
    line.add("--ops-port=" + port);
    ServiceCommand command = new ServiceCommand(module, heap, ENVIRONMENT, line);
    try {
      return Service.start(
          command, HOME, URI.create("http://127.0.0.1:" + port), log, this::complain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its operations server, in its present life. */
  Ops ops() {
    return new Ops(service.opsUrl(), client);
  }

  long pid() {
    return service.pid();
  }

  boolean isAlive() {
    return service.isAlive();
  }

  int exitCode() {
    return service.exitCode();
  }

  /** How often it ended by itself with an exit code after which it is started again. */
  int ownEnds() {
    return ownEnds;
  }

  /** Everything it has written so far, in all its lives. */
  List<String> log() {
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL; returns when it is gone. */
  void kill() {
    service.kill();
  }

  /** Begins its next life. */
  void restart() {
    service = launch();
  }

  /**
   * Does as a supervisor.
   *
   * @throws AssertionError if it has ended in a way after which it must not be started again
   */
  void supervise() {
    if (stopped || service.isAlive()) {
      return;
    }
    if (service.exitCode() != FAILED) {
      throw new AssertionError(obituary());
    }
    ownEnds++;
    restart();
  }

  /**
   * SIGTERM; returns how long it took to end.
   *
   * @throws AssertionError if it takes more than 10 s or its exit code is another
   */
  Duration stop(int exitCode) {
    stopped = true;
    long begin = System.nanoTime();
    service.close();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (service.exitCode() != exitCode || took.compareTo(STOP) > 0) {
      throw new AssertionError("%s, %d ms after SIGTERM".formatted(obituary(), took.toMillis()));
    }
    return took;
  }

  /** Waits until it has ended by itself, with exit code 0. */
  void awaitDone(Duration patience) {
    Await.until(module + " is done", patience, () -> !service.isAlive());
    if (service.exitCode() != 0) {
      throw new AssertionError(obituary());
    }
  }

  /** How it ended, and the last lines of its log. */
  String obituary() {
    try {
      return service.obituary();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void complain(String notice) {
    System.err.println(notice);
  }

  @Override
  public void close() {
    service.kill();
  }
}
