package io.synchronik.it.testkit;

/** The databases that everything is tested on; made for {@code @EnumSource}. */
public enum DatabaseKind {
  /** In memory. */
  H2 {
    @Override
    public Database create(String name) {
      return new H2Database(name, "");
    }
  },

  /** The shared embedded server without durability; see {@link PostgresServer}. */
  POSTGRESQL {
    @Override
    public Database create(String name) {
      return PostgresServer.shared().create(name);
    }
  };

  /**
   * Creates an empty database.
   *
   * @param name begins its name; made unique
   * @return the database; whoever creates it closes it
   */
  public abstract Database create(String name);
}
