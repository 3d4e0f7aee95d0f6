/** What the generator service is compared with. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.peer;
