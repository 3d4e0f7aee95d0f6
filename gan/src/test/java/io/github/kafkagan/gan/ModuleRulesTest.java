package io.github.kafkagan.gan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.kafkagan.gan",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
  @ArchTest
  static final ArchRule ganKnowsNoKafka =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "io.github.kafkagan.pipeline..");

  @ArchTest
  static final ArchRule checkpointBytesAreReadWithoutAnEngine =
      classes()
          .that()
          .resideInAPackage("..checkpoint")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "org.jspecify..",
              "io.github.kafkagan.gan.checkpoint");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.kafkagan.gan.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyOperatorsReachBehindDjl =
      noClasses()
          .that()
          .resideOutsideOfPackage("..operator")
          .and()
          .doNotHaveSimpleName("Backend")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.pytorch..");
}
