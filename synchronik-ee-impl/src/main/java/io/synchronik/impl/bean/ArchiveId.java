package io.synchronik.impl.bean;

import java.security.CodeSource;

/**
 * Ids of beans that the extension adds. WildFly shares the contexts of an EAR's WARs, so the same
 * jar in two of them needs different ones; and the same ones after a restart, for passivated beans.
 */
public final class ArchiveId {
  private ArchiveId() {}

  public static String of(Class<?> type) {
    CodeSource source = ArchiveId.class.getProtectionDomain().getCodeSource();
    Object archive =
        source == null || source.getLocation() == null
            ? System.identityHashCode(ArchiveId.class.getClassLoader())
            : source.getLocation();
    return type.getName() + "@" + archive;
  }
}
