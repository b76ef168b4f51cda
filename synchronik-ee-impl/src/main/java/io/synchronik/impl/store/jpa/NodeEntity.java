package io.synchronik.impl.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sk_node}; the id is the incarnation. */
@Entity
@Table(name = "sk_node")
@IdClass(AppKey.class)
public class NodeEntity {
  @Id String app;

  @Id
  @Column(name = "incarnation")
  String id;

  String name;
  String version;
  int workers;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "heartbeat_at")
  Instant heartbeatAt;

  @Column(name = "lease_until")
  Instant leaseUntil;

  @Column(name = "announced_to")
  String announcedTo;

  @Column(name = "recovered_by")
  @Nullable String recoveredBy;

  @Column(name = "draining_since")
  @Nullable Instant drainingSince;

  @Column(name = "draining_by")
  @Nullable String drainingBy;

  @Column(name = "empty_since")
  @Nullable Instant emptySince;

  @Nullable Integer busy;
  @Nullable Integer stuck;
  @Nullable Integer threads;

  @Column(name = "heap_bytes")
  @Nullable Long heapBytes;

  @Column(name = "heap_max_bytes")
  @Nullable Long heapMaxBytes;

  @Nullable Double cpu;
  @Nullable Integer connections;

  @Column(name = "clock_offset_ms")
  @Nullable Long clockOffsetMillis;
}
