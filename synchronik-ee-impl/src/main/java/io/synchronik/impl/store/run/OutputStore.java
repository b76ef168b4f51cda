package io.synchronik.impl.store.run;

import io.synchronik.impl.store.jdbc.OutputText;
import io.synchronik.impl.store.jdbc.Session;
import io.synchronik.run.OutputLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sk_output}: what attempts say, inserted in pieces. */
public final class OutputStore {
  /**
   * Lines of an attempt that follow one another.
   *
   * @param lines at least one
   * @param leftOut how many before the first one are not kept
   */
  public record Piece(List<OutputLine> lines, long leftOut) {
    public Piece {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Keeps pieces of an attempt that are not kept yet, unless its run is gone: whoever does not know
   * whether it has may do so again.
   */
  public void insertIfMissing(Session session, RunStore.Claimed claim, List<Piece> pieces) {
    session.batch(
        """
        insert into sk_output (app, run, claim, line, lines, left_out, text)
        select r.app, r.id, cast(? as bigint), cast(? as bigint), cast(? as integer),
          cast(? as bigint), cast(? as varchar)
        from sk_run r where r.app = ? and r.id = ? and not exists (
          select 1 from sk_output o
          where o.app = r.app and o.run = r.id and o.claim = ? and o.line = ?)
        """,
        pieces.stream().map(piece -> row(session, claim, piece)).toList());
  }

  private static @Nullable Object[] row(Session session, RunStore.Claimed claim, Piece piece) {
    long first = piece.lines.get(0).number();
    return new @Nullable Object[] {
      claim.fence(),
      first,
      piece.lines.size(),
      piece.leftOut,
      OutputText.write(piece.lines),
      session.app(),
      claim.run(),
      claim.fence(),
      first
    };
  }
}
