package io.github.kafkagan.trainer;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.broker.ScratchFolder;
import io.github.kafkagan.pipeline.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test {@link TestTrainers} with topics and a folder of their own; all of a class share
 * a broker, which ends with it.
 */
final class OnOneBroker implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OnOneBroker.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestTrainers.class;
  }

  @Override
  public TestTrainers resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(context.getRequiredTestClass(), name -> new Shared(), Shared.class)
        .trainers();
  }

  /** What the tests of a class share; JUnit closes it. */
  private static final class Shared implements AutoCloseable {
    private final ScratchFolder folder = ScratchFolder.create();
    private final LocalBroker broker = LocalBroker.start(folder.path().resolve("broker"));
    private final AtomicInteger tests = new AtomicInteger();

    TestTrainers trainers() {
      String name = "test-" + tests.incrementAndGet();
      try {
        return new TestTrainers(
            new TestStream(broker.bootstrapServers(), new Topics(name + ".")),
            Files.createDirectory(folder.path().resolve(name)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      broker.close();
      folder.close();
    }
  }
}
