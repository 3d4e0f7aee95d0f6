package io.github.kafkagan.pipeline.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How a reply carries its images. */
public enum ImageFormat {
  /** One PNG file per image. */
  PNG,
  /** All images on one contact sheet, one PNG file. */
  GRID,
  /** Raw pixels per image: uint8, row-major, the channels of a pixel side by side. */
  U8;

  /** The format's name on the wire. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of this name.
   *
   * @throws RequestException if there is none
   */
  static ImageFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RequestException(
                    ErrorCode.UNKNOWN_FORMAT,
                    "format must be png, grid or u8, was '" + RequestFields.shortened(name) + "'"));
  }
}
