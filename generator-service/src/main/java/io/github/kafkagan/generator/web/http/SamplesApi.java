package io.github.kafkagan.generator.web.http;

import io.github.kafkagan.generator.rollout.ServedModels;
import io.github.kafkagan.generator.web.feed.History;
import io.github.kafkagan.generator.web.feed.SampleSheet;
import io.javalin.http.Context;
import java.util.List;

/** The contact sheets of fixed latent vectors, over time. */
final class SamplesApi {
  private final History<SampleSheet> sheets;
  private final ServedModels models;

  SamplesApi(History<SampleSheet> sheets, ServedModels models) {
    this.sheets = sheets;
    this.models = models;
  }

  /** A model's sheets, oldest first. */
  private record Listing(String model, List<Entry> sheets) {}

  private record Entry(long offset, long step, long images, long timestamp, String url) {
    /** The time in the address tells a sheet from one of a topic that was created anew. */
    static Entry of(SampleSheet sheet) {
      return new Entry(
          sheet.offset(),
          sheet.step(),
          sheet.images(),
          sheet.timestamp(),
          "/api/samples/%d.png?t=%d".formatted(sheet.offset(), sheet.timestamp()));
    }
  }

  void list(Context context) {
    String model = Answers.query(context, "model").orElse(models.defaultModel());
    Answers.json(context, new Listing(model, sheets.lane(model).stream().map(Entry::of).toList()));
  }

  void file(Context context) {
    long offset = number(context.pathParam("offset"));
    SampleSheet sheet =
        sheets
            .find(offset)
            .filter(found -> isMeant(context, found))
            .orElseThrow(
                () ->
                    new WebException(
                        404, "not-found", "there is no such sheet, or it is remembered no more"));
    Answers.forever(context, "image/png", sheet.png());
  }

  private static boolean isMeant(Context context, SampleSheet sheet) {
    return Answers.query(context, "t")
        .map(time -> time.equals(Long.toString(sheet.timestamp())))
        .orElse(true);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new WebException(404, "not-found", "a sheet is named by its offset, such as 12.png");
    }
  }
}
