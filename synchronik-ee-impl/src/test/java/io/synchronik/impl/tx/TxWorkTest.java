package io.synchronik.impl.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synchronik.impl.settings.DatabaseClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxWorkTest {
  /** Else what was claimed or ended would be taken for held. */
  @Test
  void signalsAreGivenThoughTheEventsCannotBeHandedOn() {
    Ledger struck =
        new Ledger() {
          @Override
          public void write(Tx tx) {}

          @Override
          public void mark(Tx tx) {}

          @Override
          public void ended(Tx tx, Tx.End end) {
            throw new InternalError("test");
          }
        };
    TxWork inside = new TxWork(() -> null, new DatabaseClock(), struck);
    Tx tx = inside.begin(null, Tx.Owner.ENGINE);
    List<String> given = new ArrayList<>();
    tx.afterCommit(() -> given.add("committed"));
    tx.afterRollback(() -> given.add("rolled back"));

    assertThatThrownBy(() -> inside.ended(tx, Tx.End.COMMITTED)).isInstanceOf(InternalError.class);

    assertThat(given).containsExactly("committed");
  }
}
