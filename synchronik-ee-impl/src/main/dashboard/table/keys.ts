/** Moves the focus among the first links of a table's rows. */
export function moveRow(body: ParentNode | null, by: 1 | -1): void {
  const links = [...(body?.querySelectorAll<HTMLElement>("tr > td:first-child a") ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

export function onKeys(event: KeyboardEvent, body: ParentNode | null): void {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    moveRow(body, event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
  }
}
