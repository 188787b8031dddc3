// Draws land, cells and points on a canvas. No tiles, no borders, nothing fetched from elsewhere.
import type { Cells, Land, Sites, Window } from "./plane";

/** From few to many; cividis, which colour-blind readers can tell apart too. */
const RAMP = ["#c9d3e6", "#93a7c7", "#5f7aa3", "#3b527e", "#22335a", "#0d1838"];

export function place(window: Window, width: number, height: number): (x: number, y: number) => [number, number] {
  return (x, y) => [(x - window.x) * window.scale + width / 2, (y - window.y) * window.scale + height / 2];
}

export function drawLand(ink: CanvasRenderingContext2D, land: Land, window: Window, width: number, height: number): void {
  ink.fillStyle = "#e9eef2";
  ink.fillRect(0, 0, width, height);
  const scale = window.scale / 65535;
  const [offsetX, offsetY] = [width / 2 - window.x * window.scale, height / 2 - window.y * window.scale];
  ink.beginPath();
  let start = 0;
  for (const end of land.ends) {
    drawRing(ink, land.points, start, end, scale, offsetX, offsetY, width, height);
    start = end;
  }
  ink.fillStyle = "#fbfaf7";
  ink.fill("evenodd");
  ink.strokeStyle = "#b9c2c9";
  ink.lineWidth = 0.6;
  ink.stroke();
}

/** Adds one ring, if any of it can be in sight; points nearer than half a pixel are left out. */
function drawRing(
  ink: CanvasRenderingContext2D,
  points: Uint16Array,
  start: number,
  end: number,
  scale: number,
  offsetX: number,
  offsetY: number,
  width: number,
  height: number,
): void {
  let [minX, minY, maxX, maxY] = [65535, 65535, 0, 0];
  for (let i = start; i < end; i++) {
    const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  if (maxX * scale + offsetX < 0 || minX * scale + offsetX > width) return;
  if (maxY * scale + offsetY < 0 || minY * scale + offsetY > height) return;
  if ((maxX - minX) * scale < 1 && (maxY - minY) * scale < 1) return;
  let [lastX, lastY] = [NaN, NaN];
  for (let i = start; i < end; i++) {
    const x = points[2 * i]! * scale + offsetX;
    const y = points[2 * i + 1]! * scale + offsetY;
    if (i === start) ink.moveTo(x, y);
    else if (Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
    else ink.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
  ink.closePath();
}

export function largest(cells: Cells): number {
  let most = 0;
  for (let i = 2; i < cells.length; i += 3) if (cells[i]! > most) most = cells[i]!;
  return most;
}

/** The colour of a count, on a logarithmic scale up to the largest. */
export function shade(count: number, most: number): string {
  const share = most > 1 ? Math.log(count) / Math.log(most) : 1;
  return RAMP[Math.min(RAMP.length - 1, Math.floor(share * RAMP.length))]!;
}

export function drawCells(
  ink: CanvasRenderingContext2D,
  cells: Cells,
  across: number,
  window: Window,
  width: number,
  height: number,
): void {
  const most = largest(cells);
  const side = window.scale / across;
  const at = place(window, width, height);
  for (let i = 0; i < cells.length; i += 3) {
    const [x, y] = at(cells[i]! / across, cells[i + 1]! / across);
    if (x < -side || y < -side || x > width || y > height) continue;
    ink.fillStyle = shade(cells[i + 2]!, most);
    ink.fillRect(x + 0.5, y + 0.5, Math.max(1, side - 1), Math.max(1, side - 1));
  }
}

export function drawPoints(
  ink: CanvasRenderingContext2D,
  sites: Sites,
  day: number,
  window: Window,
  width: number,
  height: number,
): number {
  const radius = 3;
  let drawn = 0;
  ink.fillStyle = "#1c5d99cc";
  ink.strokeStyle = "#ffffff";
  ink.lineWidth = 0.7;
  ink.beginPath();
  const { x, y, opened, closed } = sites;
  for (let i = 0; i < x.length; i++) {
    if (opened[i]! > day || closed[i]! <= day) continue;
    const px = (x[i]! - window.x) * window.scale + width / 2;
    const py = (y[i]! - window.y) * window.scale + height / 2;
    if (px < -radius || py < -radius || px > width + radius || py > height + radius) continue;
    ink.moveTo(px + radius, py);
    ink.arc(px, py, radius, 0, 2 * Math.PI);
    drawn++;
  }
  ink.fill();
  ink.stroke();
  return drawn;
}

/** How many sites of a day are in sight. */
export function inSight(sites: Sites, day: number, window: Window, width: number, height: number): number {
  const [w, h] = [width / 2 / window.scale, height / 2 / window.scale];
  let count = 0;
  for (let i = 0; i < sites.x.length; i++)
    if (
      sites.opened[i]! <= day &&
      sites.closed[i]! > day &&
      Math.abs(sites.x[i]! - window.x) <= w &&
      Math.abs(sites.y[i]! - window.y) <= h
    )
      count++;
  return count;
}
