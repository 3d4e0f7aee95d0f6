package io.github.kafkagan.gan.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of one image; its bytes are uint8, row by row, the channels of a pixel side by side.
 *
 * <p>In JSON it is its {@link #toString text}.
 *
 * @param rows 1 to 4096
 * @param cols 1 to 4096
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record ImageShape(int rows, int cols, int channels) {
  private static final int MAX_SIDE = 4096;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d)");

  public ImageShape {
    if (rows < 1 || rows > MAX_SIDE || cols < 1 || cols > MAX_SIDE) {
      throw new IllegalArgumentException(
          "image sides must be 1 to " + MAX_SIDE + ", were " + rows + " and " + cols);
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("image channels must be 1 or 3, was " + channels);
    }
  }

  /** Bytes of one image. */
  public int size() {
    return rows * cols * channels;
  }

  /** Reads {@code "28x28x1"}: rows, columns, channels. */
  @JsonCreator
  public static ImageShape parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "an image shape is rows x columns x channels, like 28x28x1, was \"" + text + "\"");
    }
    return new ImageShape(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  @JsonValue
  @Override
  public String toString() {
    return rows + "x" + cols + "x" + channels;
  }
}
