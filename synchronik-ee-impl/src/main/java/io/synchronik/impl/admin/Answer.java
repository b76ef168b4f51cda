package io.synchronik.impl.admin;

/** What the resources answer with: records that {@link AnswerWriter} writes, and nobody else. */
interface Answer {}
