const NAV = {
  overview: "M2 2h5v6H2zM9 2h5v4H9zM9 8h5v6H9zM2 10h5v4H2z",
  units: "M3 3h10v3H3zM3 8h10v2H3zM3 12h7v1.5H3z",
  runs: "M4 2.5l9 5.5-9 5.5z",
  calendar: "M2 3.5h12v10H2zM2 6.5h12M5 2v3M11 2v3M5 9h1M8 9h1M11 9h1M5 11.5h1M8 11.5h1",
  pools: "M2 5h12M2 8h12M2 11h12M5 2v12M11 2v12",
  nodes: "M2 3h12v4H2zM2 9h12v4H2zM4.5 5h1M4.5 11h1",
  events: "M2 4h12M2 8h8M2 12h10",
  engine: "M2 13V8M6 13V3M10 13V6M14 13v-3",
  audit: "M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.5 8l2 2 3-3.5",
  search: "M7 3a4 4 0 100 8 4 4 0 000-8zM10 10l3.5 3.5",
} as const;

export type IconName = keyof typeof NAV;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="icon">
      <path d={NAV[name]} />
    </svg>
  );
}

export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" class="logo">
      <circle cx="12" cy="12" r="9.5" class="logo-ring" />
      <path d="M12 6.5V12l4 2.4" class="logo-ring" />
      <circle cx="12" cy="2.6" r="2.2" class="fill-ok" />
      <circle cx="20.2" cy="16.8" r="2.2" class="fill-run" />
      <circle cx="3.8" cy="16.8" r="2.2" class="fill-warn" />
    </svg>
  );
}
