package io.github.kafkagan.trainer.step;

import io.github.kafkagan.gan.Backend;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One thread: for the same bits in every run, and not to wait for each other on busy machines. */
final class OneThread implements BeforeEachCallback, AfterEachCallback {
  private final int threads = Backend.threads();

  @Override
  public void beforeEach(ExtensionContext test) {
    Backend.useThreads(1);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Backend.useThreads(threads);
  }
}
