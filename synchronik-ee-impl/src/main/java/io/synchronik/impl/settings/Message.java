package io.synchronik.impl.settings;

import java.util.Locale;

/** The catalogue of numbered messages. Numbers are never reused. */
public enum Message {
  // Definitions
  DUPLICATE_ID(7, "Two units have the id '%s': %s and %s"),
  BAD_ID(8, "%s: the id '%s' must be 1 to 128 of letters, digits, '.', '_', '-', ':'"),
  NO_WORK(
      9,
      "Worker '%s' (%s) implements none of Work, Action, ItemWork, ChunkWork, ManualItems, and no"
          + " method of it has @Worker"),
  BAD_METHOD(10, "Worker '%s' (%s): the method must not be %s"),
  BAD_SCOPE(
      11,
      "%s '%s' (%s): no session or conversation is active in a run, so a bean with @%s cannot"
          + " work"),
  BAD_SETTING_OF_UNIT(12, "%s '%s' (%s): %s"),
  NOT_RESOLVABLE(13, "%s '%s' (%s) is not a bean: %s"),
  BAD_PARAMETER(14, "Worker '%s' (%s): parameter %s cannot be injected: %s"),
  BAD_TRANSACTION(
      15,
      "Worker '%s' (%s): @Transactional(%s) cannot join the run's transaction; use REQUIRED or"
          + " MANDATORY, or none"),
  NO_VALUE(16, "the expression '%s' has no value and no default"),
  DEFINITION_ERRORS(17, "%d definition error(s), nothing was started:%n%s"),
  BAD_PROCESS(18, "Process '%s' (%s): %s"),
  MODE_OF_GRAPH(
      19, "Process '%s' (%s): its workers depend on one another, so its run mode cannot be %s"),
  MODE_WITHOUT_GRAPH(
      20, "Process '%s' (%s): its run mode is GRAPH, but no worker depends on another"),
  WORKERS_AND_STEPS(21, "Process '%s' (%s): workers and steps are both set; take one of both"),
  BAD_STEP(22, "Process '%s' (%s): step %d %s"),
  CLASS_WITHOUT_WORKER(23, "Process '%s' (%s): the class %s declares no worker"),
  CLASS_OF_SEVERAL_WORKERS(
      24, "Process '%s' (%s): the class %s declares several workers; name one of %s by its id"),
  NO_PROCESS(25, "The bean %s of the type Process gave no process: %s"),

  NO_PAYLOAD_TYPE(
      26, "Worker '%s' (%s): the type of its items' payloads is not given; name it in its class"),
  WORK_AND_ITEMS(27, "Worker '%s' (%s) has items and is Work or Action too; take one of both"),
  BAD_CHUNK(28, "Worker '%s' (%s): a chunk has 1 to %d items, not %d"),
  CHUNK_WITHOUT_WORK(29, "Worker '%s' (%s) has @Chunk but is no ChunkWork"),

  UNREADABLE_PAYLOADS(
      176, "Worker '%s' (%s): its items' payloads, %s, cannot be read from JSON: %s"),
  LEFT_OUT(
      170,
      "%s has @Worker or @WorkerProcess, but CDI made no bean of it, so that it is no unit: %s"),
  NO_BEAN_TYPE(171, "Worker '%s' (%s) cannot be called by any type of its bean, which has: %s"),
  NO_PROXY(172, "Worker '%s' (%s): no proxy of it can be made, which @%s needs: %s"),
  HIDDEN_METHOD(
      173, "Worker '%s' (%s) can never be called: %s; make it public, or protected in a bean"),
  JAR_OUTSIDE(
      174,
      "The Synchronik jar is outside of the application '%s' and starts nothing there; move it from"
          + " the lib directory of the EAR, or of the server, to WEB-INF/lib of each WAR that has"
          + " units"),
  NO_UNITS(
      175,
      "No bean is a worker or a process: nothing runs but what is registered by a call. Classes"
          + " with @Worker are named above, if there are any"),

  // Settings
  BAD_SETTING(30, "The setting %s has the value '%s': %s"),
  SETTING_CLASH(31, "The settings %s and %s do not go together: %s"),

  // Start
  NO_DATASOURCE(40, "There is no datasource '%s'; name one with synchronik.datasource"),
  NO_TRANSACTION_MANAGER(41, "No JTA transaction manager was found (tried %s)"),
  NO_APPLICATION(42, "synchronik.application must be set in Java SE"),
  IN_MEMORY(43, "The database '%s' is in memory: all state is lost when the server stops"),
  UNKNOWN_DATABASE(
      44,
      "The database '%s' of the datasource '%s' is not supported; H2 from 2 on and PostgreSQL are"),
  SCHEMA_DIFFERS(
      45, "The schema is not what this version needs (synchronik.schema is 'validate'): %s"),
  SCHEMA_FAILED(46, "The schema could not be brought up to date or checked: %s"),
  NO_PERSISTENCE_PROVIDER(47, "No Jakarta Persistence provider took the entities (asked %s)"),

  // Calls
  UNKNOWN_UNIT(60, "No unit has the id '%s'"),
  UNKNOWN_RUN(
      61, "No run has the id '%s'; its transaction was rolled back or retention removed it"),
  NOT_RUNNABLE(62, "Unit '%s' is %s; force the run to start it all the same"),
  NOT_RUNNING(63, "The engine of application '%s' is not running on this node"),
  RUN_TIMEOUT(64, "Run %s was not final after %s; it goes on"),
  JOIN_IN_TRANSACTION(
      65, "Run %s can only start after the commit of this transaction, which waits for it"),
  STATUS_BY_HAND(66, "Unit '%s' cannot be set to %s by hand%s"),
  PAYLOAD_TOO_LARGE(
      67, "%s has %d bytes as JSON, more than the %d allowed (synchronik.payload-limit)"),
  PAYLOAD_UNWRITABLE(68, "%s cannot be written as JSON: %s"),
  PAYLOAD_UNREADABLE(69, "The JSON cannot be read as %s: %s"),
  UNKNOWN_FIELD(70, "A %s has no setting '%s'; there are %s"),
  BAD_FIELD(71, "%s"),
  MILESTONE_ID(72, "A milestone id has 1 to 200 characters, not %d"),
  ORPHANED(73, "Unit '%s' is not known to this node, and its code stands on no other live node"),
  MODE_AND_LINKS(76, "Process '%s' %s dependencies: the run mode %s does not fit"),
  NO_PROCESS_RUN(77, "Run %s is neither of a process nor of a worker with items"),
  NOT_RETRYABLE(78, "Run %s is %s: only what failed or was cancelled can be run again"),
  USED_BY(79, "Worker '%s' is part of the process(es) %s and cannot be released"),
  WRONG_KIND(75, "Unit '%s' is a %s, not a %s"),
  NO_UNIT(74, "'%s' is neither a worker nor a process: its definition has the type %s"),

  ITEMS_CLOSED(85, "Run %s has ended: no items can be added to it"),
  DUPLICATE_ITEM(86, "Run %s has an item with the key '%s' already"),
  UNKNOWN_ITEM(87, "No item has the id '%s'"),
  NO_ITEMS(88, "Run %s is of a worker without items"),
  ITEM_STATE(89, "Item %s is %s and cannot be %s"),
  NOT_MANUAL(90, "Item %s is worked on by its worker and not from outside"),
  ITEM_RUN_ENDED(91, "Item %s belongs to a run that has ended; run that again"),

  LIMITS_WITHOUT_ITEMS(
      98,
      "concurrency, nodeConcurrency, queue and rate limit the work on items, and this worker does"
          + " none; overlap says how its runs follow one another"),
  UNIQUE_WITHOUT_ITEMS(
      226, "uniqueFor is about the keys of items, and this worker does no work on items"),
  KEPT_ITEM(
      227,
      "Run %s can have no item with the key '%s': keys of '%s' are unique for %s, and an item of"
          + " another run has it"),
  ITEMS_OVER(97, "Run %s has ended; run it again to try what did not succeed"),

  // Runs
  TIMED_OUT(80, "The attempt was interrupted after its timeout of %s"),
  LOST(81, "The run was lost with its node %d times; work that ends its JVM is not tried again"),
  ROLLED_BACK(82, "The attempt's transaction was marked for rollback"),
  RESULT(83, "The result of the run cannot be stored: %s"),
  LOST_AND_OVER(
      84, "The run was lost with its node; its worker is not to be begun twice (onNodeLoss)"),
  ITEM_WITHOUT_KEY(
      92, "The first item of run %s has a key, so that all are worked on at once: each needs one"),
  ITEMS_TAKEN_OVER(93, "Run %s was cancelled or taken over while its items were added"),
  ITEMS_FAILED(94, "%d of %d items failed"),
  DEADLINE(95, "The deadline %s has passed"),
  POLICY_FAILED(96, "The policy failed: %s"),

  // Pools
  POOL_NAME(100, "A pool's name must be 1 to 128 of letters, digits, '.', '_', '-', ':', not '%s'"),
  POOL_SIZE(101, "The size of pool '%s' must be 1 to %d, not %d"),
  UNKNOWN_POOL(102, "No pool has the name '%s'"),
  TASK_NAME(
      103,
      "The name of a task of pool '%s' must have 1 to 200 characters, none of them a control"
          + " character; this one has %d"),
  TASK_NAME_TAKEN(104, "Pool '%s' has a task '%s' already: task %d is %s"),
  UNKNOWN_TASK(
      105, "Pool '%s' has no task %d; its transaction was rolled back or retention removed it"),
  TASK_NOT_WAITING(106, "Task %d ('%s') of pool '%s' is %s: only a pending task can be %s"),
  CLASS_OF_NO_WORKER(107, "The class %s declares no worker"),
  CLASS_OF_WORKERS(108, "The class %s declares several workers; name one of %s by its id"),
  TASK_WORKER_GONE(109, "Worker '%s' was released before the task could begin"),
  TASK_RUN_GONE(110, "Run %s of the task is gone without an end: its worker was released"),
  TASK_RUN_SKIPPED(111, "Run %s of the task did not start: %s"),
  TASK_CODE_GONE(112, "The code of the task of run %s is not in the memory of this node"),
  WORKER_RELEASED(113, "Worker '%s' is being released"),

  // Application code
  TRANSACTION_LEFT(
      130,
      "The code began a transaction and left it open; it was rolled back: whoever begins one ends"
          + " it"),
  TRANSACTION_ENDED(
      131,
      "The code ended or suspended the transaction that it was called in; what it did in it is"
          + " lost"),

  // Time
  UNBALANCED(140, "the expression '%s' in '%s' has no end: each '{' needs its '}'"),
  NO_KEY(141, "the expression '%s' needs a key: '${key}' or '${key:default}'"),
  FIRING_WITHOUT_EFFECT(
      142,
      "Unit '%s' is due since %s, and firing it changes nothing: its schedule stands as before."
          + " It is tried again, at least each %s"),
  CLOCK_BACK(
      143,
      "The database's clock was put back by %s; this node's time goes on, more slowly, until both"
          + " agree"),

  CLOCK_FAR(
      228,
      "The clock of this machine is %s %s the database's. The engine goes by the database's time;"
          + " what the application compares with its own clock, and logs, differ"),

  LOST_OUTPUT(229, "What an attempt of run %s has said could not be kept: %s"),
  UNTAPPED_LOG(
      230,
      "What workers log cannot be kept with their runs, as the logging of the server lets nobody"
          + " listen: %s"),

  // Coming and going
  NO_CONNECTION(150, "The datasource '%s' gives no connection: %s"),
  START_WAITS(
      151, "The start of application '%s' waits, up to %s (synchronik.start-wait), as of now: %s"),
  START_WAITED_IN_VAIN(
      152, "The start of application '%s' waited %s (synchronik.start-wait) in vain: %s"),
  H2_MODE(
      153,
      "H2 in the mode %s, as the URL of the datasource '%s' has it, does not run the statements of"
          + " the engine; leave MODE out, or take PostgreSQL, MySQL, MariaDB or LEGACY"),
  UNKNOWN_SETTING(154, "The setting %s is read by nobody%s"),
  DATABASE_AWAY(
      155,
      "Node '%s' of application '%s' does not reach its database (datasource '%s'); its work goes"
          + " on when that is back: %s"),
  DATABASE_BACK(
      156,
      "Node '%s' of application '%s' reaches its database again, after %s; meanwhile %d"
          + " transactions of the engine failed"),
  SETTING_OF_NO_UNIT(
      177,
      "The setting %s is of no unit that the code declares%s; it counts for one that is registered"
          + " by a call"),
  SETTING_OF_NO_QUEUE(
      178,
      "The setting %s is of a queue that no declared worker has%s; it counts for workers that are"
          + " registered by a call"),

  // Transactions that stay open
  CALLER_OPEN(
      132,
      "The thread '%s' of application '%s' keeps a transaction open, for %s now, that has changed"
          + " what the engine works with: that waits for its end, and all else goes on%s"),
  CALLER_OVER(133, "The transaction of the thread '%s' has ended, after %s; what waited goes on"),
  TRANSACTION_OPEN(
      134,
      "The database connection %d (%s, from %s) keeps a transaction open, for %s now, that holds"
          + " rows of the engine: what they are about waits for its end, and all else goes on"),
  TRANSACTION_OVER(
      135,
      "The transaction of the database connection %d (%s, from %s) has ended; what waited goes on"),
  HELD(
      136,
      "Another transaction holds what this is about and was not over in %s; call again when it is"),
  NONE_LEFT_FOR_MEMORY(
      192,
      "The worker of tasks in memory could not be registered in time: the pool of connections has"
          + " none left beside those of callers' transactions; add the task again"),
  APART_FAILED(191, "%s could not be done; its caller had waited for it in vain and has gone on"),
  RETRY_GOES_ON(
      190,
      "Of the failed items of run %s, %d are tried again; others hold the rest, or what it takes,"
          + " and nothing went on for %s. The command is recorded and goes on by itself"),

  // What is told to application code
  TELLING_BLOCKED(
      180,
      "%s has lasted for %s; what follows for the same unit waits for it, all else goes on. The"
          + " thread is in %s"),
  ALL_TELLING_BLOCKED(
      181,
      "All %d threads that tell observers, hooks, subscribers, followers and continuations of"
          + " application '%s' are blocked by these; what happens is told when one of them"
          + " returns"),
  ITEM_HOOKS_BEHIND(
      182,
      "The hooks of items of '%s' do not keep up: what there is no room for is not told until they"
          + " have caught up"),

  // What application code is asked
  QUESTION_UNANSWERED(
      160,
      "%s (%s) of unit '%s', run %s, has not answered within %s (synchronik.answer-limit), since"
          + " %s: its thread is interrupted, and the run goes on as if it had failed"),
  QUESTION_NOT_ASKED(
      161,
      "%s of unit '%s' is not asked and counts as failed: %d earlier calls of the unit's code"
          + " ignore their interrupt"),
  CONDITION_GONE(
      162,
      "'%s' is not begun: whether '%s' runs after it, in run %s of process '%s', is decided by a"
          + " condition that the code has no longer (it has changed since the run began)"),
  // Waits that never end
  JOIN_OF_ITSELF(
      200, "Run %s ends only after this work, which is part of it: waiting for it here never ends"),
  JOIN_BEHIND_ITSELF(
      201,
      "Run %s of '%s' begins only after the run that this work is part of (its overlap is QUEUE):"
          + " waiting for it here never ends"),

  JOIN_BEFORE_BEGIN(
      184,
      "Run %s begins only after the application has started: waiting for it on the thread that"
          + " starts the application never ends"),

  // When the application has started
  START_NOT_SAID(
      183,
      "In %s nobody has said that application '%s' has started: its engine begins to work now"),

  // What the environment lacks
  NO_CONFIG(
      207,
      "There is no MicroProfile Config (%s). The server has to provide it, version 3 or later:"
          + " WildFly by the subsystem microprofile-config-smallrye, Open Liberty by the feature"
          + " mpConfig, Payara and GlassFish always; Java SE by a library such as SmallRye Config"),
  NOT_PROVIDED(
      208,
      "There is no %s (%s). The server has to provide Jakarta EE 10 or later, at least its Web"
          + " Profile; Java SE by libraries"),
  NO_BEAN(209, "In Java SE the application provides one bean of the type %s for the engine: %s"),

  // Where the admin resource is
  ADMIN_AT(210, "The admin resource is at %s (%s lists no classes)"),
  ADMIN_NOWHERE(
      211,
      "The application '%s' has no admin resource, as it has no Application with"
          + " @ApplicationPath: one that lists no classes has it below its path, one that lists its"
          + " classes adds those of AdminClasses.all()"),
  ADMIN_OF_LIST(
      212,
      "The admin resource is at %s if %s, which lists its classes, lists those of"
          + " AdminClasses.all(); else it is not there"),

  // Bulk actions
  BULK_COUNT(
      213,
      "It would be done to %d now, not to %d as expected: nothing is done. Look again, and ask for"
          + " as many as there are"),
  UNKNOWN_BULK(214, "No bulk action has the id '%s'"),

  // Nodes
  UNKNOWN_NODE(220, "No node has the incarnation '%s'"),
  DRAINS(221, "Node %s takes nothing more in, as it was asked to"),
  IS_EMPTY(222, "Node %s takes nothing in, and nothing is left on it"),
  TAKES_IN(223, "Node %s takes work in again"),

  // Commits
  COMMIT_IN_DOUBT(
      196,
      "The connection to the database was lost while it committed, and in %s it could not be asked"
          + " whether that came true. The engine goes on asking; look at what was to be changed"
          + " before you ask for it again, or ask with the same key"),

  STATEMENT_FAILED(224, "The database failed: %s, at: %s"),
  NOT_TRIED(163, "The database is away, and it is tried again for all together: %s"),

  // Texts and times that no database keeps
  MILESTONE_TEXT(205, "A milestone id has neither NUL nor unpaired surrogates"),
  TIME_RANGE(206, "%s must be in the years 1 to 9999, not %s");

  private final int number;
  private final String form;

  Message(int number, String form) {
    this.number = number;
    this.form = form;
  }

  /** Returns the numbered text with its values. */
  public String with(Object... values) {
    return String.format(Locale.ROOT, "SYNC-%04d %s", number, bare(values));
  }

  /** Returns the text without its number. */
  public String bare(Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
