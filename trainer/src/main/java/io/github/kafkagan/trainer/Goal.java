package io.github.kafkagan.trainer;

import io.github.kafkagan.pipeline.process.Durations;
import io.github.kafkagan.trainer.checkpoint.Progress;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When a run has done what it was asked for. */
sealed interface Goal {
  /**
   * Whether it is reached.
   *
   * @param progress of the model, earlier runs included
   * @param running how long this run has been at it
   */
  boolean reached(Progress progress, Duration running);

  /** So many real images, those of earlier runs included. */
  record Images(long images) implements Goal {
    @Override
    public boolean reached(Progress progress, Duration running) {
      return progress.imagesSeen() >= images;
    }
  }

  /** So many steps, those of earlier runs included. */
  record Steps(long steps) implements Goal {
    @Override
    public boolean reached(Progress progress, Duration running) {
      return progress.step() >= steps;
    }
  }

  /** So much time of this run. */
  record Time(Duration time) implements Goal {
    @Override
    public boolean reached(Progress progress, Duration running) {
      return running.compareTo(time) >= 0;
    }
  }

  /** Reads {@code images=60000}, {@code steps=1000} or {@code time=5m}. */
  final class Converter implements ITypeConverter<Goal> {
    private static final Pattern FORM = Pattern.compile("(images|steps|time)=(\\w+)");
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    @Override
    public Goal convert(String text) {
      Matcher form = FORM.matcher(text);
      if (form.matches() && form.group(1).equals("time")) {
        return new Time(new Durations().convert(form.group(2)));
      }
      if (form.matches() && COUNT.matcher(form.group(2)).matches()) {
        long count = Long.parseLong(form.group(2));
        return form.group(1).equals("images") ? new Images(count) : new Steps(count);
      }
      throw new TypeConversionException(
          "'" + text + "' is not a goal such as images=60000, steps=1000 or time=5m");
    }
  }
}
