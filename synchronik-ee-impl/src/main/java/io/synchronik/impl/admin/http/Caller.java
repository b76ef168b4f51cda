package io.synchronik.impl.admin.http;

import io.synchronik.impl.admin.json.ProblemException;
import io.synchronik.impl.admin.json.Sight;
import io.synchronik.impl.audit.Asking;
import io.synchronik.impl.settings.AdminSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, once {@link AccessFilter} has let the request in. Resources answer nobody without it,
 * so that an application that registers them and forgets the filter opens nothing.
 */
@RequestScoped
public class Caller {
  @Inject AdminSettings settings;

  private Admission admission = Admission.UNKNOWN;
  private String name = "";
  private @Nullable String address;
  private @Nullable String reason;

  void admit(Admission granted, String principal) {
    admission = granted;
    name = principal;
  }

  /**
   * Says more of who asks.
   *
   * @param from the address that the request comes from
   * @param why as it is said, null when nothing is
   */
  void asks(@Nullable String from, @Nullable String why) {
    address = from;
    reason = why;
  }

  /** Returns who asks for what is done now. */
  Asking.Asker asker() {
    return new Asking.Asker(name, address, reason);
  }

  void requireAdmitted() {
    if (!admission.granted()) {
      throw new ProblemException(admission.problem());
    }
  }

  public String name() {
    return name;
  }

  /** Whether it has the role that may do more than look. */
  public boolean isAdmin() {
    return admission == Admission.ADMIN;
  }

  /** Whether nobody may do more than look. */
  public boolean readOnly() {
    return settings.readOnly();
  }

  public Sight sight(boolean detailed) {
    return new Sight(admission == Admission.ADMIN || settings.viewersSeePayloads(), detailed);
  }
}
