// The Mercator plane and the window of it that is drawn.
export interface Window {
  /** Centre on the plane, 0 … 1. */
  x: number;
  y: number;
  /** Pixels for the width of the plane. */
  scale: number;
}

export interface Land {
  ends: Uint32Array;
  points: Uint16Array;
}

export function landOf(raw: ArrayBuffer): Land {
  const rings = new Int32Array(raw, 0, 1)[0] ?? 0;
  const lengths = new Int32Array(raw, 4, rings);
  const ends = new Uint32Array(rings);
  let total = 0;
  lengths.forEach((length, at) => (ends[at] = total += length));
  return { ends, points: new Uint16Array(raw, 4 * (rings + 1)) };
}

export interface Sites {
  x: Float32Array;
  y: Float32Array;
  opened: Int32Array;
  closed: Int32Array;
}

export function sitesOf(raw: ArrayBuffer, count: number): Sites {
  return {
    x: new Float32Array(raw, 0, count),
    y: new Float32Array(raw, 4 * count, count),
    opened: new Int32Array(raw, 8 * count, count),
    closed: new Int32Array(raw, 12 * count, count),
  };
}

/** Counts in cells: column, row, count, one after the other. */
export type Cells = Int32Array;

/** Counts the sites that stand on a day, in cells of the window. */
export function cellsOf(sites: Sites, day: number, across: number, window: Window, width: number, height: number): Cells {
  const left = Math.floor((window.x - width / 2 / window.scale) * across) - 1;
  const top = Math.floor((window.y - height / 2 / window.scale) * across) - 1;
  const columns = Math.ceil((width / window.scale) * across) + 3;
  const rows = Math.ceil((height / window.scale) * across) + 3;
  const counts = new Uint32Array(columns * rows);
  const { x, y, opened, closed } = sites;
  for (let i = 0; i < x.length; i++) {
    if (opened[i]! > day || closed[i]! <= day) continue;
    const column = Math.floor(x[i]! * across) - left;
    const row = Math.floor(y[i]! * across) - top;
    if (column >= 0 && column < columns && row >= 0 && row < rows) counts[row * columns + column]!++;
  }
  const found: number[] = [];
  counts.forEach((count, at) => {
    if (count) found.push(left + (at % columns), top + Math.floor(at / columns), count);
  });
  return Int32Array.from(found);
}

/** The number of cells around the world that makes a cell about ``pixels`` wide: a power of two. */
export function acrossAt(scale: number, pixels: number): number {
  return Math.min(2 ** 22, 2 ** Math.max(0, Math.round(Math.log2(scale / pixels))));
}
