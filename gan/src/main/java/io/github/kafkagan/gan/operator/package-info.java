/** PyTorch operators that DJL's binding lacks, as TorchScript kept in text resources. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.gan.operator;
