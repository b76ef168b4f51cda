import { signal } from "@preact/signals";

export type Theme = "auto" | "light" | "dark";

const KEPT = "synchronik.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export const theme = signal<Theme>(kept());

function kept(): Theme {
  const value = localStorage.getItem(KEPT);
  return value === "light" || value === "dark" ? value : "auto";
}

export function chooseTheme(choice: Theme): void {
  theme.value = choice;
  localStorage.setItem(KEPT, choice);
  applyTheme();
}

export function applyTheme(): void {
  const shown = theme.peek() === "auto" ? (dark.matches ? "dark" : "light") : theme.peek();
  document.documentElement.dataset.theme = shown;
}

dark.addEventListener("change", applyTheme);
