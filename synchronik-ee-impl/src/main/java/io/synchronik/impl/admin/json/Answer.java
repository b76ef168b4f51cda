package io.synchronik.impl.admin.json;

/** What the resources answer with: records that {@link AnswerWriter} writes, and nobody else. */
public interface Answer {}
