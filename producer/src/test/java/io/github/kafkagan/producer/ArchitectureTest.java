package io.github.kafkagan.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packagesOf = ProducerMain.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dataMovesOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("command")
          .definedBy("io.github.kafkagan.producer")
          .layer("publish")
          .definedBy("..producer.publish..")
          .layer("schedule")
          .definedBy("..producer.schedule..")
          .layer("source")
          .definedBy("..producer.source..")
          .whereLayer("command")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("publish")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("schedule")
          .mayOnlyBeAccessedByLayers("command", "publish");

  @ArchTest
  static final ArchRule onlyPublishingKnowsKafka =
      noClasses()
          .that()
          .resideInAnyPackage("..producer.source..", "..producer.schedule..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "io.github.kafkagan.pipeline..");
}
