package io.github.kafkagan.producer.source;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set known by name: its training half, 60,000 labelled images of 28×28, and where it is
 * published.
 */
public enum NamedDataset {
  /** Handwritten digits (LeCun, Cortes, Burges). */
  MNIST("mnist"),

  /** Articles of clothing (Xiao, Rasul, Vollgraf, 2017). */
  FASHION_MNIST("fashion-mnist");

  private final String label;

  NamedDataset(String label) {
    this.label = label;
  }

  /** The data set of that name; empty if there is none. */
  public static Optional<NamedDataset> named(String name) {
    return Arrays.stream(values()).filter(dataset -> dataset.label.equals(name)).findFirst();
  }

  /** All names, separated by commas. */
  public static String names() {
    return Arrays.stream(values()).map(NamedDataset::label).collect(Collectors.joining(", "));
  }

  /** The name on the command line, in records and in the cache. */
  public String label() {
    return label;
  }

  PublishedFiles files() {
    return switch (this) {
      case MNIST ->
          new PublishedFiles(
              "train-images-idx3-ubyte",
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              "train-labels-idx1-ubyte",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");
      case FASHION_MNIST ->
          new PublishedFiles(
              "train-images-idx3-ubyte",
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
              "train-labels-idx1-ubyte",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");
    };
  }

  /** Base addresses under which each file lies with {@code .gz} at its end. */
  List<URI> mirrors() {
    return switch (this) {
      case MNIST ->
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));
      case FASHION_MNIST ->
          List.of(
              URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
              URI.create(
                  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"));
    };
  }
}
