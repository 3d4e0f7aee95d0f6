package io.github.kafkagan.generator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.kafkagan.generator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.kafkagan.generator.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theEngineIsKnownWhereGeneratorsAreLoadedOnly =
      noClasses()
          .that()
          .resideInAnyPackage("..request..", "..sample..", "..reply..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..");

  @ArchTest
  static final ArchRule samplingKnowsNothingOfKafka =
      noClasses()
          .that()
          .resideInAPackage("..sample..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule httpIsThePages =
      noClasses()
          .that()
          .resideOutsideOfPackage("..web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule trainingIsTheTrainers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.github.kafkagan.trainer..", "io.github.kafkagan.producer..");
}
