package io.github.kafkagan.generator.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
  private static final AccessRules LOCAL = new AccessRules(true, Set.of());
  private static final AccessRules OPEN = new AccessRules(false, Set.of("GAN.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:8080",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:8080"
      })
  void givenALocalPageThenItAnswersToTheNamesOfThisMachine(String host) {
    assertThat(code(LOCAL, read(host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.7:8080",
        "[::2]:8080",
        ""
      })
  void givenALocalPageThenNoOtherNameLeadsToIt(String host) {
    assertThat(code(LOCAL, read(host))).contains("foreign-host");
  }

  @Test
  void givenNoHostThenItIsRefused() {
    assertThat(code(OPEN, new AccessRules.Request(false, none(), none(), none())))
        .contains("foreign-host");
  }

  @Test
  void givenALocalPageBehindAProxyThenItAnswersToItsName() {
    AccessRules named = new AccessRules(true, Set.of("gan.example"));

    assertThat(code(named, read("gan.example"))).isEmpty();
    assertThat(code(named, read("192.168.1.7:8080"))).contains("foreign-host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gan.example:8080",
        "Gan.Example",
        "localhost:8080",
        "192.168.1.7:8080",
        "[fe80::1]:8080",
        "[::ffff:10.0.0.1]"
      })
  void givenAPageForTheNetworkThenItAnswersToItsNamesAndToAddresses(String host) {
    assertThat(code(OPEN, read(host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:8080",
        "gan.example.evil.example",
        "10.0.0.1.evil.example",
        "1.2.3",
        "[evil]",
        "cafe",
        ""
      })
  void givenAPageForTheNetworkThenNoOtherSitesNameLeadsToIt(String host) {
    assertThat(code(OPEN, read(host))).contains("foreign-host");
  }

  @Test
  void givenAPageForAnyNameThenItAnswersToAll() {
    assertThat(code(new AccessRules(false, Set.of("*")), read("evil.example"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, same-origin",
    "http://LOCALHOST:8080, same-origin",
    ", none",
    ",",
  })
  void givenAnOwnPageOrAProgramThenItsRequestsAreAnswered(
      @Nullable String origin, @Nullable String site) {
    assertThat(code(LOCAL, change("localhost:8080", origin, site))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, cross-site",
    "http://evil.example,",
    "http://localhost:3000, same-site",
    "http://localhost:3000,",
    "http://localhost,",
    "null,",
    "'http://a b',",
    ", cross-site",
    ", same-site",
    "http://localhost:8080, cross-site",
  })
  void givenAnotherSiteThenItsRequestsAreRefused(@Nullable String origin, @Nullable String site) {
    assertThat(code(LOCAL, change("localhost:8080", origin, site))).contains("foreign-origin");
    assertThat(code(OPEN, change("localhost:8080", origin, site))).contains("foreign-origin");
  }

  @Test
  void givenAnotherSitesLinkThenThePageIsShown() {
    assertThat(
            code(
                LOCAL,
                new AccessRules.Request(
                    false, Optional.of("localhost"), none(), Optional.of("cross-site"))))
        .isEmpty();
  }

  private static AccessRules.Request read(String host) {
    return new AccessRules.Request(false, Optional.of(host), none(), none());
  }

  private static AccessRules.Request change(
      String host, @Nullable String origin, @Nullable String site) {
    return new AccessRules.Request(
        true, Optional.of(host), Optional.ofNullable(origin), Optional.ofNullable(site));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Optional<String> code(AccessRules rules, AccessRules.Request request) {
    return rules.refusal(request).map(WebException::code);
  }
}
