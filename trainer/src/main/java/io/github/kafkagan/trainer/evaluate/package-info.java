/**
 * What is thought of the generator while it learns: evaluations beside training, and the guard that
 * watches them for a collapse.
 *
 * <p>Nothing here changes what is trained on or how, but for a rollback that the user asked for.
 */
@NullMarked
package io.github.kafkagan.trainer.evaluate;

import org.jspecify.annotations.NullMarked;
