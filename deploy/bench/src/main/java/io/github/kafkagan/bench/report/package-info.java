/** What a run of the benchmarks leaves: figures, and what they were measured on. */
@org.jspecify.annotations.NullMarked
package io.github.kafkagan.bench.report;
