package io.github.kafkagan.docker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.github.kafkagan.pipeline.contract.TopicDefinition;
import io.github.kafkagan.pipeline.contract.Topics;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesFilesTest {
  private static final Path FOLDER = Compose.HOME.resolve("deploy/kubernetes");

  /** Kinds with Java classes; KEDA's and Kustomize's have none. */
  private static final Map<String, Class<?>> CLASSES =
      Map.of(
          "ConfigMap", ConfigMap.class,
          "Deployment", Deployment.class,
          "Kafka", Kafka.class,
          "KafkaNodePool", KafkaNodePool.class,
          "KafkaTopic", KafkaTopic.class,
          "Namespace", Namespace.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "PodMonitor", PodMonitor.class,
          "Service", Service.class,
          "StatefulSet", StatefulSet.class);

  @ParameterizedTest
  @ValueSource(strings = {"base", "gpu"})
  void everyFieldIsOneThatItsKindHas(String folder) throws IOException {
    for (JsonNode resource : Manifests.in(FOLDER.resolve(folder))) {
      String kind = resource.get("kind").asText();
      if (!kind.equals("Kustomization")) {
        assertThat(CLASSES).containsKey(kind);
        Manifests.as(requireNonNull(CLASSES.get(kind)), resource);
      }
    }
  }

  @Test
  void misspelledFieldWouldBeFound() throws IOException {
    JsonNode trainer = of("Deployment", "trainer");
    ((ObjectNode) trainer.at("/spec/template/spec")).put("terminationGracePeriod", 30);

    assertThatThrownBy(() -> Manifests.as(Deployment.class, trainer))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @Test
  void topicsAreThoseOfTheServices() throws IOException {
    Map<String, TopicDefinition> wanted =
        new Topics(Topics.DEFAULT_PREFIX)
            .all().stream().collect(Collectors.toMap(TopicDefinition::name, topic -> topic));
    Map<String, TopicDefinition> described = new HashMap<>();
    for (JsonNode resource : Manifests.in(FOLDER.resolve("base"))) {
      if (resource.get("kind").asText().equals("KafkaTopic")) {
        KafkaTopic topic = Manifests.as(KafkaTopic.class, resource);
        Map<String, String> settings = new HashMap<>();
        topic.getSpec().getConfig().forEach((name, value) -> settings.put(name, value.toString()));
        String name = topic.getMetadata().getName();
        described.put(name, new TopicDefinition(name, topic.getSpec().getPartitions(), settings));
      }
    }

    assertThat(described).isEqualTo(wanted);
  }

  @Test
  void podsHaveNoRights() throws IOException {
    for (PodSpec pod :
        List.of(
            deployment("producer").getSpec().getTemplate().getSpec(),
            deployment("trainer").getSpec().getTemplate().getSpec(),
            Manifests.as(StatefulSet.class, of("StatefulSet", "generator-service"))
                .getSpec()
                .getTemplate()
                .getSpec())) {
      var container = pod.getContainers().get(0);
      assertThat(pod.getAutomountServiceAccountToken()).isFalse();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getResources().getLimits()).containsKey("memory");
      assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
      assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    }
  }

  @Test
  void thereIsNeverASecondTrainerOrProducer() throws IOException {
    for (String name : List.of("producer", "trainer")) {
      assertThat(deployment(name).getSpec().getStrategy().getType()).isEqualTo("Recreate");
      assertThat(deployment(name).getSpec().getReplicas()).isEqualTo(1);
    }
  }

  @Test
  void autoscalerFollowsTheRequestsOfThisServiceUpToTheirPartitions() throws IOException {
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    JsonNode scaled =
        Manifests.in(FOLDER.resolve("autoscaling")).stream()
            .filter(resource -> resource.get("kind").asText().equals("ScaledObject"))
            .findFirst()
            .orElseThrow();

    assertThat(scaled.at("/spec/triggers/0/metadata/topic").asText())
        .isEqualTo(topics.requests().name());
    assertThat(scaled.at("/spec/maxReplicaCount").asInt())
        .isEqualTo(topics.requests().partitions());
    assertThat(of("StatefulSet", scaled.at("/spec/scaleTargetRef/name").asText())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "gpu", "autoscaling"})
  void kustomizeBuildsEveryVariant(String folder) throws IOException {
    assumeTrue(Program.works("kubectl", "version", "--client"), "needs kubectl");
    Program.Result built =
        Program.run(FOLDER, Map.of(), List.of("kubectl", "kustomize", FOLDER + "/" + folder));

    assertThat(built.exitCode()).as(built.output()).isZero();
    for (JsonNode resource : Manifests.parse(built.output())) {
      Class<?> type = CLASSES.get(resource.get("kind").asText());
      if (type != null) {
        Manifests.as(type, resource);
      }
      assertThat(resource.at("/metadata/namespace").asText("kafka-gan")).isIn("kafka-gan", "");
    }
  }

  private static Deployment deployment(String name) throws IOException {
    return Manifests.as(Deployment.class, of("Deployment", name));
  }

  private static JsonNode of(String kind, String name) throws IOException {
    return Manifests.in(FOLDER.resolve("base")).stream()
        .filter(resource -> resource.get("kind").asText().equals(kind))
        .filter(resource -> resource.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
