package io.github.kafkagan.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.kafkagan.trainer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule STEPS_KNOW_NO_KAFKA =
      noClasses()
          .that()
          .resideInAPackage("..trainer.step..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "io.github.kafkagan.pipeline..");

  @ArchTest
  static final ArchRule ONLY_STEPS_KNOW_TENSORS =
      noClasses()
          .that()
          .resideInAnyPackage("..trainer.ingest..", "..trainer.checkpoint..", "..trainer.observe..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.github.kafkagan.trainer.(*)..").should().beFreeOfCycles();
}
