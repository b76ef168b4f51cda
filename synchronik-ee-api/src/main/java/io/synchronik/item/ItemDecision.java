package io.synchronik.item;

/** What the ends of items mean for their run. */
public enum ItemDecision {
  /** It goes on; when all items are final, it completes. */
  CONTINUE,
  /** It completes; items that are not final are withdrawn. */
  COMPLETE,
  /** It fails; items that are not final are withdrawn. */
  FAIL,
  /** It is cancelled, and so are items that are not final. */
  CANCEL
}
