package io.github.kafkagan.pipeline.process;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option is also an environment variable: {@code --ops-port} is {@code GAN_OPS_PORT}. Options
 * about Kafka have no prefix of ours: {@code --bootstrap-servers} is {@code
 * KAFKA_BOOTSTRAP_SERVERS}.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  static String variable(String option) {
    String name = option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    return name.equals("BOOTSTRAP_SERVERS") ? "KAFKA_" + name : "GAN_" + name;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (argument instanceof OptionSpec option) {
      String value = environment.get(variable(option.longestName()));
      return value == null || value.isEmpty() ? null : value;
    }
    return null;
  }
}
