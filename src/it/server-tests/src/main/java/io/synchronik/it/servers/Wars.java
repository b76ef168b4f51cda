package io.synchronik.it.servers;

import java.io.File;
import java.util.Objects;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Makes the tests' archives. */
final class Wars {
  static final String APP = "io.synchronik.it.servers.app";

  private Wars() {}

  /** Returns a WAR as an application without the plugin would make it. */
  static WebArchive plain(String name, String... packages) {
    WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war");
    for (String part : packages) {
      war.addPackage(APP + "." + part);
    }
    return war;
  }

  /** Returns a WAR with the plugin in WEB-INF/lib and classes that let the test look in. */
  static WebArchive withPlugin(String name, String... packages) {
    return plain(name, packages).addPackage(APP).addAsLibraries(jars());
  }

  /** Returns an EAR of some WARs. */
  static EnterpriseArchive ear(String name, WebArchive... wars) {
    return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear").addAsModules(wars);
  }

  /** Returns a library of classes of one package. */
  static JavaArchive library(String name, Class<?>... classes) {
    return ShrinkWrap.create(JavaArchive.class, name + ".jar").addClasses(classes);
  }

  static WebArchive configured(WebArchive war, String... lines) {
    return war.addAsResource(
        new StringAsset(String.join("\n", lines)), "META-INF/microprofile-config.properties");
  }

  static Asset empty() {
    return EmptyAsset.INSTANCE;
  }

  /** Returns a beans.xml that makes beans of classes without annotations. */
  static Asset allBeans() {
    return new StringAsset(
        """
        <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"
               bean-discovery-mode="all"/>
        """);
  }

  static File[] jars() {
    File directory = new File(System.getProperty("war.libs"));
    return Objects.requireNonNull(directory.listFiles(), directory::toString);
  }
}
