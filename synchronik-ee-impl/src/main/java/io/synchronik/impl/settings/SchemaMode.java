package io.synchronik.impl.settings;

/** What is done about the schema at start. */
public enum SchemaMode {
  /** Missing migrations are applied. */
  MIGRATE,
  /** A missing or changed migration fails the start. */
  VALIDATE,
  /** Nothing: somebody else sees to it. */
  NONE
}
