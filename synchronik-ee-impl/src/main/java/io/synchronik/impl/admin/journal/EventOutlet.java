package io.synchronik.impl.admin.journal;

import io.synchronik.event.JournalEntry;
import io.synchronik.impl.admin.json.RecordJson;
import io.synchronik.impl.admin.json.Sight;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/** Where the events of a stream go. One thread at a time. */
interface EventOutlet {
  /** Sends an event; the stage ends when the server has passed it on. */
  CompletionStage<?> send(JournalEntry entry);

  /** Sends a comment. */
  CompletionStage<?> comment(String text);

  /** Ends the response. May wait for the client while something is on its way. */
  void close();

  /** Ends the response at once, whatever is on its way. */
  void abandon();

  /** A client's response. */
  record Client(SseEventSink sink, Sse sse, Sight sight, AsyncContext response)
      implements EventOutlet {
    @Override
    public CompletionStage<?> send(JournalEntry entry) {
      EventJson json = EventJson.of(entry, sight);
      OutboundSseEvent event =
          sse.newEventBuilder()
              .id(Long.toString(json.position()))
              .name(json.type())
              .data(RecordJson.write(json))
              .build();
      return sink.send(event);
    }

    @Override
    public CompletionStage<?> comment(String text) {
      return sink.send(sse.newEventBuilder().comment(text).build());
    }

    @Override
    public void close() {
      sink.close();
    }

    @Override
    public void abandon() {
      response.complete();
    }
  }
}
