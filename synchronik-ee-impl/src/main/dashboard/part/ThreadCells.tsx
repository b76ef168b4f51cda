interface Threads {
  workers: number;
  busy: number;
  stuck: number;
  label: string;
}

const MOST = 64;

/** One cell for each thread: those that work first, of these the stuck ones. Said in words beside it. */
export function ThreadCells({ workers, busy, stuck, label }: Threads) {
  const cells = Array.from({ length: Math.min(workers, MOST) }, (_, i) =>
    i < stuck ? "bad" : i < busy ? "run" : "",
  );
  return (
    <div class="cells" role="img" aria-label={`${label}: ${busy} / ${workers}`}>
      {cells.map((tone, i) => (
        <i key={i} class={tone} />
      ))}
    </div>
  );
}
