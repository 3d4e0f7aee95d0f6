package io.github.kafkagan.gan.preset;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.kafkagan.gan.network.ImageShape;
import io.github.kafkagan.gan.network.Layer;
import io.github.kafkagan.gan.network.PixelRange;
import java.util.List;

/** A family of generators and discriminators for images of any shape. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Mlp.class, name = "mlp"),
  @JsonSubTypes.Type(value = Convolutional.class, name = "convolutional"),
})
public sealed interface Architecture permits Mlp, Convolutional {

  /**
   * From latent vectors to images (channels × rows × columns) in {@code pixels}.
   *
   * @param classes how many labels there are, 0 for an unconditional generator
   * @param references samples of the batch that virtual normalisation refers to
   * @throws IllegalArgumentException if the family has no such generator
   */
  List<Layer> generator(ImageShape image, PixelRange pixels, int classes, int references);

  /**
   * From images (channels × rows × columns) to one logit.
   *
   * @param classes how many labels there are, 0 for an unconditional discriminator
   * @param references samples of the batch that virtual normalisation refers to
   */
  List<Layer> discriminator(ImageShape image, int classes, int references);
}
