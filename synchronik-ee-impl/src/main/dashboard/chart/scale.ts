/** The smallest of 1, 2 and 5 times a power of ten that is at least the value. */
export function roundUp(value: number): number {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const times = value / power;
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
}

/** 1500 as 1.5 k. */
export function brief(value: number): string {
  const [power, unit] = value >= 1e6 ? [1e6, " M"] : value >= 1e3 ? [1e3, " k"] : [1, ""];
  return `${Math.round((value / power) * 10) / 10}${unit}`;
}
