package io.synchronik.impl.admin.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The login that a {@code web.xml} configures.
 *
 * @param method such as {@code BASIC}, in upper case
 * @param realm empty when there is none
 */
record LoginConfig(String method, String realm) {

  /**
   * Reads it.
   *
   * @throws IOException if this is no XML
   */
  static Optional<LoginConfig> read(InputStream descriptor) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(descriptor);
      String method = "";
      String realm = "";
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "auth-method" -> method = xml.getElementText().strip().toUpperCase(Locale.ROOT);
            case "realm-name" -> realm = xml.getElementText().strip();
            default -> {}
          }
        }
      }
      return method.isEmpty() ? Optional.empty() : Optional.of(new LoginConfig(method, realm));
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  String challenge() {
    return switch (method) {
      case "BASIC" -> LoginChallenge.basic(realm);
      case "MP-JWT", "BEARER_TOKEN" -> "Bearer";
      default -> LoginChallenge.NEUTRAL;
    };
  }
}
