package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.Site.Reply;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application's own endpoints, errors and JSON are the same without the plugin and with it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class UnchangedIT {
  private static final String WITHOUT = "shop-without";
  private static final String WITH = "shop-with";

  @Deployment(name = WITHOUT, testable = false)
  static WebArchive without() {
    return Wars.plain(WITHOUT, "shop");
  }

  @Deployment(name = WITH, testable = false)
  static WebArchive with() {
    return Wars.plain(WITH, "shop").addAsLibraries(Wars.jars());
  }

  @ArquillianResource
  @OperateOnDeployment(WITHOUT)
  URL withoutBase;

  @ArquillianResource
  @OperateOnDeployment(WITH)
  URL withBase;

  private Site without;
  private Site with;

  @BeforeEach
  void sites() {
    without = Site.at(withoutBase);
    with = Site.at(withBase);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, api/articles, 200",
    "GET, api/articles/stock?least=3, 200",
    "GET, api/articles/stock?least=many, 404",
    "GET, api/articles/fails/mapped, 409",
    "GET, api/articles/fails/unmapped, 500",
    "GET, api/articles/fails/missing, 404",
    "GET, api/articles/fails/otherwise, 418",
    "GET, api/nothing, 404",
    "GET, api/, 404",
    "DELETE, api/articles, 405",
    "OPTIONS, api/articles, 200",
    "GET, synchronik/own, 200",
    "GET, synchronik/nothing, 404",
  })
  void answersAreTheSame(String method, String path, int status) {
    Reply expected = without.send(method, path, "");

    assertThat(expected.status()).isEqualTo(status);
    assertThat(bare(with.send(method, path, ""))).isEqualTo(bare(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"article-name\":\"Nut\",\"since\":\"01.03.2021\",\"extra\":1}",
        "application/json | {\"stock\":101}",
        "application/json | {\"stock\":",
        "application/json | {\"since\":\"tomorrow\"}",
        "text/plain | Nut",
      })
  void bodiesAreReadTheSame(String type, String body) {
    Reply expected = without.with("Content-Type", type).send("POST", "api/articles", body);

    assertThat(bare(with.with("Content-Type", type).send("POST", "api/articles", body)))
        .isEqualTo(bare(expected));
  }

  @Test
  void jsonIsWrittenByJsonBinding() {
    assertThat(with.text("api/articles"))
        .contains("\"article-name\":\"Bolt\"", "\"29.02.2020\"", "\"maybe\":\"there\"")
        .doesNotContain("hidden", "nothing");
  }

  @Test
  void whatIsNotAcceptedIsTheSame() {
    Reply expected = without.with("Accept", "image/png").get("api/articles");

    assertThat(expected.status()).isEqualTo(406);
    assertThat(bare(with.with("Accept", "image/png").get("api/articles")))
        .isEqualTo(bare(expected));
  }

  @Test
  void onlyTheAdminResourceIsNew() {
    assertThat(without.get("api/synchronik/units").status()).isEqualTo(404);
    assertThat(with.get("api/synchronik/units").status()).isEqualTo(401);
  }

  /** Without the context path, and the lines of stack traces, which number generated classes. */
  private static Reply bare(Reply reply) {
    String body =
        reply
            .body()
            .replace(WITHOUT, "shop")
            .replace(WITH, "shop")
            .replaceAll("(?m)^\\s+at .*$\\R?", "");
    return new Reply(reply.status(), reply.type(), reply.challenges(), body, reply.headers());
  }
}
