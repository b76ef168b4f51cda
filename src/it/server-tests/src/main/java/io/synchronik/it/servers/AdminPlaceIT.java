package io.synchronik.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.synchronik.it.servers.app.Api;
import io.synchronik.it.servers.app.listing.ListingApi;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The line in the log that says where the admin resource is, or why nowhere. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AdminPlaceIT {
  private static final String WITH = "with-rest";
  private static final String WITHOUT = "without-rest";
  private static final String LISTING = "listing";

  @Deployment(name = WITH, testable = false)
  static WebArchive with() {
    return Wars.withPlugin(WITH, "second");
  }

  @Deployment(name = WITHOUT, testable = false, managed = false)
  static WebArchive without() {
    return Wars.plain(WITHOUT, "second").addAsLibraries(Wars.jars());
  }

  @Deployment(name = LISTING, testable = false, managed = false)
  static WebArchive listing() {
    return Wars.plain(LISTING, "second", "listing").addAsLibraries(Wars.jars());
  }

  @ArquillianResource Deployer deployer;

  @ArquillianResource
  @OperateOnDeployment(WITH)
  URL base;

  /** Hears what is logged for all applications of the server. */
  private Site site;

  @BeforeEach
  void site() {
    site = Site.at(base);
  }

  private void assertTold(String number, String... parts) {
    String start = "told " + number;
    assertThat(site.awaitNotes(notes -> notes.stream().anyMatch(note -> note.startsWith(start))))
        .filteredOn(note -> note.startsWith(start))
        .singleElement()
        .asString()
        .contains(parts);
  }

  @Test
  void belowThePathOfTheApplication() {
    assertTold("SYNC-0210", " is at /with-rest/api/synchronik ", Api.class.getName());
    assertThat(site.get("api/synchronik/units").status()).isEqualTo(401);
  }

  @Test
  void nowhereWithoutAnApplication() {
    deployer.deploy(WITHOUT);
    try {
      assertTold("SYNC-0211", "'/without-rest' has no admin resource");
    } finally {
      deployer.undeploy(WITHOUT);
    }
  }

  @Test
  void whereTheApplicationListsIt() {
    deployer.deploy(LISTING);
    try {
      assertTold("SYNC-0212", " is at /listing/listed/synchronik if ", ListingApi.class.getName());
      assertThat(site.neighbour(LISTING).get("listed/synchronik/units").status()).isEqualTo(401);
    } finally {
      deployer.undeploy(LISTING);
    }
  }
}
