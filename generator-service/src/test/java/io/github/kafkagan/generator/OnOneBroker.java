package io.github.kafkagan.generator;

import io.github.kafkagan.broker.LocalBroker;
import io.github.kafkagan.broker.ScratchFolder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests of a class one broker, which ends with it. */
final class OnOneBroker implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OnOneBroker.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalBroker.class;
  }

  @Override
  public LocalBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(context.getRequiredTestClass(), name -> new Shared(), Shared.class)
        .broker;
  }

  /** What the tests of a class share; JUnit closes it. */
  private static final class Shared implements AutoCloseable {
    private final ScratchFolder folder = ScratchFolder.create();
    private final LocalBroker broker = LocalBroker.start(folder.path());

    @Override
    public void close() {
      broker.close();
      folder.close();
    }
  }
}
