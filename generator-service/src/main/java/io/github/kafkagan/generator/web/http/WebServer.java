package io.github.kafkagan.generator.web.http;

import io.github.kafkagan.pipeline.process.UserError;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the page and its API. */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  private final Javalin server;
  private final String host;

  private WebServer(Javalin server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Where the server listens.
   *
   * @param port 0 takes a free one
   * @param names that the page has besides this machine's, without ports; {@code *} for any
   * @param maxRequestBytes longer requests for images are refused
   */
  public record Settings(String host, int port, Set<String> names, int maxRequestBytes) {
    public Settings {
      names = Set.copyOf(names);
    }
  }

  /**
   * Starts the server.
   *
   * @throws UserError if the port is taken or the host is none of this machine's
   */
  public static WebServer start(Settings settings, Routes routes) {
    AccessRules rules = new AccessRules(isLocal(settings.host()), settings.names());
    Javalin server = Javalin.create(config -> configure(config, settings, rules, routes.all()));
    return new WebServer(server.start(), settings.host());
  }

  /** Opened before the server starts, so that a port that is taken is an error of one line. */
  private static Connector connector(Server jetty, HttpConfiguration http, Settings settings) {
    http.setUriCompliance(UriCompliance.DEFAULT);
    ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    try {
      connector.open();
      return connector;
    } catch (IOException | IllegalArgumentException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw UserError.failed(
          "cannot serve the page at %s:%d: %s; --http-port chooses another port"
              .formatted(settings.host(), settings.port(), reason.getMessage()));
    }
  }

  private static boolean isLocal(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw UserError.failed("--http-host: there is no such address: " + host);
    }
  }

  private static void configure(
      JavalinConfig config, Settings settings, AccessRules rules, List<Routes.Route> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = settings.maxRequestBytes();
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = false;
    config.jetty.modifyServer(jetty -> SlowClients.bound(jetty, settings.maxRequestBytes()));
    config.jetty.addConnector((jetty, http) -> connector(jetty, http, settings));
    config.router.javaLangErrorHandler(WebServer::died);
    config.routes.before(SecurityHeaders::add);
    config.routes.before(context -> requireAccess(rules, context));
    routes.forEach(
        route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
    config.routes.exception(
        WebException.class,
        (e, context) -> Answers.error(context, e.status(), e.code(), e.getMessage()));
    config.routes.exception(HttpResponseException.class, WebServer::refused);
    config.routes.exception(IOException.class, WebServer::endedEarly);
    config.routes.exception(Exception.class, WebServer::failed);
  }

  private static void requireAccess(AccessRules rules, Context context) {
    AccessRules.Request request =
        new AccessRules.Request(
            !READING.contains(context.method()) || context.path().equals(Routes.EVENTS),
            Answers.header(context, "Host"),
            Answers.header(context, "Origin"),
            Answers.header(context, "Sec-Fetch-Site"));
    rules
        .refusal(request)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** What Javalin itself refuses: unknown paths, other methods, too long bodies. */
  private static void refused(HttpResponseException e, Context context) {
    int status = e.getStatus();
    String allowed = e.getDetails().get("availableMethods");
    if (allowed != null) {
      context.header("Allow", allowed);
    }
    switch (status) {
      case 404 -> Answers.error(context, status, "not-found", "there is nothing at this address");
      case 405 -> Answers.error(context, status, "method-not-allowed", "not by this method");
      case 413 -> Answers.error(context, status, "request-too-large", "the request is too long");
      default -> Answers.error(context, status, "refused", String.valueOf(e.getMessage()));
    }
  }

  /** Whoever sent it has gone, or was cut off for being silent: nobody's failure here. */
  private static void endedEarly(IOException e, Context context) {
    log.atDebug()
        .addKeyValue("path", context.path())
        .setCause(e)
        .log("An HTTP request ended early");
    Answers.error(context, 400, "request-incomplete", "the request ended early");
  }

  private static void failed(Exception e, Context context) {
    log.atError().addKeyValue("path", context.path()).setCause(e).log("An HTTP request failed");
    Answers.error(context, 500, "internal-error", "the service failed; its log says how");
  }

  private static void died(HttpServletResponse response, Error e) {
    log.atError().setCause(e).log("An HTTP request failed");
    response.setStatus(500);
  }

  /** Where the page is, such as {@code http://127.0.0.1:8080}. */
  public String url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "http://%s:%d".formatted(name, server.port());
  }

  @Override
  public void close() {
    server.stop();
  }
}
