package io.github.kafkagan.gan;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where networks compute. */
public final class Devices {
  private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,3})");

  private Devices() {}

  /**
   * Chooses a device.
   *
   * @param name {@code cpu}, {@code gpu:N}, or {@code auto} for the first GPU if there is one
   * @throws IllegalArgumentException if the name is not one of these, or there is no such GPU
   */
  public static Device choose(String name) {
    Engine engine = Backend.engine();
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    if (name.equals("auto")) {
      return engine.getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }
    Matcher matcher = GPU.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a device is auto, cpu or gpu:N, was \"" + name + "\"");
    }
    int number = Integer.parseInt(matcher.group(1));
    if (number >= engine.getGpuCount()) {
      throw new IllegalArgumentException(
          "there is no device " + name + ": PyTorch sees " + engine.getGpuCount() + " GPUs");
    }
    return Device.gpu(number);
  }
}
