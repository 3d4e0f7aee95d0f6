package io.github.kafkagan.pipeline.process;

import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command with this project's conventions: environment, errors, exit codes. */
public final class Cli {
  private static final Logger log = LoggerFactory.getLogger(Cli.class);

  private Cli() {}

  /** Runs the command; returns the process's exit code. */
  public static int execute(Callable<Integer> command, String... arguments) {
    return execute(command, System.getenv(), arguments);
  }

  static int execute(
      Callable<Integer> command, Map<String, String> environment, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().version(line.getCommandName() + " " + version(command.getClass()));
    return line.setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(Cli::reportUsage)
        .setExecutionExceptionHandler((failure, where, parsed) -> report(failure, where))
        .execute(arguments);
  }

  private static String version(Class<?> command) {
    String inJar = command.getPackage().getImplementationVersion();
    return inJar == null ? "(not from a jar)" : inJar;
  }

  private static int reportUsage(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    line.getErr().println("error: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, line.getErr());
    line.getErr().println("Try '" + line.getCommandName() + " --help'.");
    return ExitCode.USAGE.code();
  }

  private static int report(Exception failure, CommandLine line) {
    if (failure instanceof UserError error) {
      line.getErr().println("error: " + error.getMessage());
      return error.exitCode().code();
    }
    log.atError().setCause(failure).log("Ended by a failure that is not yours to mend");
    return ExitCode.FAILED.code();
  }
}
