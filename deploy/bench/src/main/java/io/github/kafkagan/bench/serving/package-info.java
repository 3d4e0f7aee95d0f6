/** What is measured about the generator service, as a process of its own. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.serving;
