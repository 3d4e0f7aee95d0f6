package io.github.kafkagan.generator.rollout;

import io.github.kafkagan.gan.network.ImageShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A generator of 2×2 images without an engine: a pixel is a mixture of a latent vector's numbers
 * and the label. It can be made to wait, and remembers its batches.
 */
public final class FakeGenerator implements ImageGenerator {
  public static final int LATENT_SIZE = 3;
  public static final ImageShape SHAPE = new ImageShape(2, 2, 1);

  private final int classes;
  private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore permits;
  private volatile boolean closed;
  private volatile boolean failing;

  private FakeGenerator(int classes, Semaphore permits) {
    this.classes = classes;
    this.permits = permits;
  }

  /** One whose first batch fails. */
  public static FakeGenerator failingOnce() {
    FakeGenerator generator = of(0);
    generator.failing = true;
    return generator;
  }

  public static FakeGenerator of(int classes) {
    return new FakeGenerator(classes, new Semaphore(Integer.MAX_VALUE));
  }

  /** One that makes a batch for each permit. */
  public static FakeGenerator waitingFor(Semaphore permits, int classes) {
    return new FakeGenerator(classes, permits);
  }

  /** Images in each batch so far. */
  public List<Integer> batches() {
    return List.copyOf(batches);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public int latentSize() {
    return LATENT_SIZE;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public ImageShape shape() {
    return SHAPE;
  }

  @Override
  public byte[] generate(float[] latents, int[] labels) {
    permits.acquireUninterruptibly();
    if (closed) {
      throw new IllegalStateException("used after it was closed");
    }
    if (failing) {
      failing = false;
      throw new IllegalStateException("out of luck");
    }
    int count = latents.length / LATENT_SIZE;
    batches.add(count);
    byte[] pixels = new byte[count * SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / SHAPE.size();
      float sum = i % SHAPE.size() + (classes == 0 ? 0 : 10 * labels[image]);
      for (int k = 0; k < LATENT_SIZE; k++) {
        sum += 50 * (k + 1) * latents[image * LATENT_SIZE + k];
      }
      pixels[i] = (byte) sum;
    }
    return pixels;
  }

  @Override
  public void close() {
    if (closed) {
      throw new IllegalStateException("closed twice");
    }
    closed = true;
  }
}
