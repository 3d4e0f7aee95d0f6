/**
 * How good generated images are, measured while their generator learns.
 *
 * <p>An {@link Evaluation} makes images from latent vectors that never change and compares them
 * with as many real ones, in slices that fit between steps of training. Most figures compare what a
 * small {@link Classifier}, trained from the same labelled stream, sees in both. Without labels
 * there is no such classifier, and the report says which figures are left out and why. The keys
 * below are {@link Figure#key}.
 *
 * <dl>
 *   <dt>{@code frechetDistance}
 *   <dd>How far the distribution of generated features is from that of real ones, in mean and in
 *       spread; 0 is perfect. The figure to follow and to choose the best generator by, since
 *       blurred, wrong and missing images all raise it. It is not the FID of publications, whose
 *       features are another network's: compare it only between evaluations with the same
 *       classifier and the same number of images (fewer images, higher distance). What it is
 *       between two sets of real images is as low as it can be expected to get.
 *   <dt>{@code inceptionScore}
 *   <dd>Near the number of classes if each image is clearly of one class and all classes are met
 *       equally often, near 1 if not. It knows no real images: one perfect picture per class scores
 *       best. High with a high distance means collapse within classes.
 *   <dt>{@code classes}
 *   <dd>Classes with at least a tenth of an equal share (1 % of all images with ten classes). Fewer
 *       than the stream has means mode collapse; the report has each class's share. A conditional
 *       generator is asked for every class, so that a class it lacks is one it does not draw
 *       recognisably.
 *   <dt>{@code classifierAccuracy}
 *   <dd>How far to trust everything the classifier says: its accuracy on the real images here.
 *   <dt>{@code labelAccuracy}
 *   <dd>How often a conditional generator's image is classified as what was asked for. Low with
 *       good other figures means that it ignores its labels.
 *   <dt>{@code density}
 *   <dd>How deep generated images lie among real ones: about 1 for a perfect generator, near 0 for
 *       images like no real one, more than 1 where it keeps to the most typical images. It measures
 *       fidelity, and does not drop when variety is lost.
 *   <dt>{@code coverage}
 *   <dd>The share of real images that have a generated one near, at most 1. It measures variety:
 *       low coverage with good density is mode collapse, also within a class.
 *   <dt>{@code nearestImageDistance}, {@code nearestImageRatio}
 *   <dd>How far a generated image is from its nearest real one, in pixels, and the same as a
 *       multiple of what real images are from each other. Near 1 is right; near 0 means that
 *       training images are copied. It is only seen for copies of images that the evaluation was
 *       given. Blurred images are near everything: read it beside the distance.
 *   <dt>{@code discriminatorAccuracy}
 *   <dd>The share of images that the discriminator takes for what they are. Near 1 it wins and may
 *       give the generator nothing to learn from; near 0.5 it cannot tell, because the generator is
 *       good or because itself is not: the distance says which. A Wasserstein critic's logits have
 *       no such boundary.
 * </dl>
 */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.quality;
