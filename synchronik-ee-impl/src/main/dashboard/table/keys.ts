/** Moves the focus among the links of a table's rows. */
export function moveRow(body: ParentNode | null, by: 1 | -1): void {
  const links = [...(body?.querySelectorAll<HTMLElement>("tr .row-link") ?? [])];
  const row = document.activeElement?.closest("tr");
  const at = links.findIndex((one) => row?.contains(one));
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

/** Chooses the row with the focus, or takes that back. */
export function chooseRow(): void {
  document.activeElement?.closest("tr")?.querySelector<HTMLElement>(".pick input")?.click();
}

/** Goes to what can be done: to what is chosen, or to the row with the focus, or to the screen. */
export function toActions(): void {
  if (document.querySelector(".choice .actions button") === null) {
    chooseRow();
  }
  // What was chosen just now has its buttons when it has been drawn.
  setTimeout(() => {
    const buttons =
      document.querySelector<HTMLElement>(".choice .actions button:enabled") ??
      document.querySelector<HTMLElement>("main .actions button:enabled");
    buttons?.focus();
  });
}
