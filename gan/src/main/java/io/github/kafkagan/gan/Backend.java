package io.github.kafkagan.gan;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/** The PyTorch engine behind DJL: how it is started, and what is to be said about it. */
public final class Backend {
  private static final String NAME = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  /** As large as glibc's bound allows, its own header included. */
  private static final long KEPT_BYTES = (32L << 20) - (64L << 10);

  private Backend() {}

  /** Starts the engine if it has not been; never calls out to DJL's telemetry. */
  static Engine engine() {
    setDefault("OPT_OUT_TRACKING", "true");
    // Optimised TorchScript differs from its first, profiled runs in the last bits, which would
    // make a resumed run differ from one that was not interrupted.
    setDefault("ai.djl.pytorch.graph_optimizer", "false");
    // Without a GPU DJL warns twice; describe() says what is used.
    setDefault("org.slf4j.simpleLogger.log.ai.djl.util.cuda.CudaUtils", "error");
    return Engine.getEngine(NAME);
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** A manager without parent, to be closed by the caller. */
  public static NDManager newManager(Device device) {
    return engine().newBaseManager(device);
  }

  /**
   * Sets how many threads one operation may use, in the whole process.
   *
   * <p>With one, the same computation gives the same bits in every run.
   *
   * @param threads at least 1
   */
  public static void useThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    System.setProperty(THREADS, Integer.toString(threads));
    engine();
    JniUtils.setNumThreads(threads);
  }

  /**
   * Lets the process keep memory that it will soon need again.
   *
   * <p>glibc gives large blocks back to the system when they are freed, and asks for them again at
   * the next operation: training convolutions spends up to a third of its time on that. It stops
   * for blocks up to the size of one that it has seen come and go, if that is less than 32 MiB.
   * Elsewhere this does nothing.
   */
  public static void keepMemory() {
    try (NDManager manager = newManager(Device.cpu())) {
      manager.create(new Shape(KEPT_BYTES), DataType.UINT8).close();
    }
  }

  /**
   * How many threads suit a process that makes small batches beside others' work: a quarter of the
   * cores, at least 1. Waking more takes longer than they save; the rest is for the others.
   */
  public static int threadsBesideOthers() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
  }

  /** Threads that one operation may use. */
  public static int threads() {
    engine();
    return JniUtils.getNumThreads();
  }

  /** The version of PyTorch. */
  public static String version() {
    return engine().getVersion();
  }

  /**
   * Allows or forbids gradients in the calling thread; where they are not needed they cost time and
   * memory. A new thread begins with them.
   */
  public static void useGradients(boolean wanted) {
    engine();
    if (JniUtils.isGradMode() != wanted) {
      JniUtils.setGradMode(wanted);
    }
  }

  /**
   * One line for the log: engine, device, threads, and how OpenMP's threads wait, which decides the
   * speed where processes share cores.
   */
  public static String describe(Device device) {
    return "PyTorch %s on %s, %d threads, OMP_WAIT_POLICY %s"
        .formatted(version(), device, threads(), waitPolicy(System.getenv("OMP_WAIT_POLICY")));
  }

  private static String waitPolicy(@Nullable String value) {
    return value == null ? "not set (threads spin)" : value;
  }
}
