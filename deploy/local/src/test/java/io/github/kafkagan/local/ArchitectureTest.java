package io.github.kafkagan.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.kafkagan.local",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsTheServicesByTheirCommandLinesOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.kafkagan.producer..",
              "io.github.kafkagan.trainer..",
              "io.github.kafkagan.generator..",
              "io.github.kafkagan.gan..",
              "ai.djl..");

  @ArchTest
  static final ArchRule theViewKnowsNeitherKafkaNorProcesses =
      noClasses()
          .that()
          .resideInAnyPackage("..local.view..", "..local.figures..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "..local.process..", "..local.samples..");
}
