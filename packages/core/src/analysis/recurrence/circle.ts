/** A value on a circle of `size`, 0 ≤ result < size. */
export function modulo(value: number, size: number): number {
  const rest = value % size;
  return rest < 0 ? rest + size : rest;
}

/** The way from `from` to `to` around a circle, −size/2 ≤ result < size/2. */
export function offsetOn(size: number, from: number, to: number): number {
  return modulo(to - from + size / 2, size) - size / 2;
}
