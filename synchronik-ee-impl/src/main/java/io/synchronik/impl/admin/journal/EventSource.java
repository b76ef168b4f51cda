package io.synchronik.impl.admin.journal;

import io.synchronik.JournalQuery;
import io.synchronik.SynchronikManager;
import io.synchronik.event.EventType;
import io.synchronik.event.JournalEntry;
import io.synchronik.event.Subscription;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of the journal that a stream shows. */
interface EventSource {
  /** How many entries {@link #behind} returns at most; with fewer there are no more. */
  int PAGE = 200;

  /** Returns the position of the latest entry of the journal. */
  long present();

  /** Reads what stands behind a position. */
  List<JournalEntry> behind(long position);

  /** Hands on what stands behind a position and what comes. */
  Subscription follow(long position, Consumer<JournalEntry> listener);

  /** The journal narrowed to a unit, null for all, and to types, empty for all. */
  record Journal(SynchronikManager manager, @Nullable String unit, Set<EventType> types)
      implements EventSource {
    @Override
    public long present() {
      return manager.journalPosition();
    }

    @Override
    public List<JournalEntry> behind(long position) {
      return manager.readJournal(new JournalQuery(position, unit, types, PAGE));
    }

    @Override
    public Subscription follow(long position, Consumer<JournalEntry> listener) {
      return manager.followJournal(
          position,
          entry -> {
            if (shows(entry)) {
              listener.accept(entry);
            }
          });
    }

    private boolean shows(JournalEntry entry) {
      return (types.isEmpty() || types.contains(entry.event().type()))
          && (unit == null
              || (entry.event().origin().unit() != null
                  && unit.equals(entry.event().origin().unit().value())));
    }
  }
}
