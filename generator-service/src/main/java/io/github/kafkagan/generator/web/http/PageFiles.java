package io.github.kafkagan.generator.web.http;

import io.github.kafkagan.pipeline.checkpoint.Sha256;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The page's own files and those of its libraries, all from the class path. A name is a plain one
 * in a fixed folder, so that nothing else on the class path can be asked for.
 */
final class PageFiles {
  private static final String OWN = "/io/github/kafkagan/generator/web/page/";
  private static final String LIBRARIES = "/META-INF/resources/webjars/uplot/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z-]*(\\.[a-z]+){1,2}");
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){1,3}");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  private PageFiles() {}

  /** The page. */
  static void index(Context context) {
    own(context, "index.html");
  }

  /** What belongs to it. */
  static void part(Context context) {
    own(context, context.pathParam("file"));
  }

  /** The description of the API. */
  static void openApi(Context context) {
    own(context, "openapi.json");
  }

  /** A file of the charts' library; another version has another address. */
  static void library(Context context) {
    String version = context.pathParam("version");
    String name = context.pathParam("file");
    if (!VERSION.matcher(version).matches()) {
      throw absent();
    }
    Answers.forever(context, type(name), read(LIBRARIES + version + "/dist/", name));
  }

  private static void own(Context context, String name) {
    byte[] file = read(OWN, name);
    // Weak, since the answer may be compressed or not.
    String etag = "W/\"" + Sha256.of(file).substring(0, 32) + "\"";
    Answers.revalidated(context, type(name), file, etag);
  }

  private static byte[] read(String folder, String name) {
    if (!NAME.matcher(name).matches()) {
      throw absent();
    }
    try (InputStream file = PageFiles.class.getResourceAsStream(folder + name)) {
      if (file == null) {
        throw absent();
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    return Optional.ofNullable(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
        .orElseThrow(PageFiles::absent);
  }

  private static WebException absent() {
    return new WebException(404, "not-found", "there is no such file");
  }
}
