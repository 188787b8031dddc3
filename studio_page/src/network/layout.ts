// Places firms and alliances: a force layout from fixed starts, so that the same record looks the same.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { Schemas } from "../api/client";

export interface Node {
  kind: "firm" | "alliance";
  at: number;
  x: number;
  y: number;
}

const ROUNDS = 220;

/** Returns a place for each firm, then for each alliance. */
export function layout(network: Schemas["NetworkView"]): Node[] {
  const firms = network.firms.length;
  const nodes: Node[] = [
    ...network.firms.map((_, at): Node => ({ kind: "firm", at, ...start(at) })),
    ...network.alliances.map((_, at): Node => ({ kind: "alliance", at, ...start(firms + at) })),
  ];
  const links = network.memberships.map((m) => ({ source: m.firm, target: firms + m.alliance }));
  const size = Math.sqrt(nodes.length);
  forceSimulation(nodes)
    .randomSource(lcg())
    .force("links", forceLink(links).distance(26).strength(0.5))
    .force("apart", forceManyBody().strength(-38).distanceMax(40 * size))
    .force("whole", forceCollide(9))
    .force("x", forceX(0).strength(0.03))
    .force("y", forceY(0).strength(0.05))
    .stop()
    .tick(ROUNDS);
  return nodes;
}

/** A spiral: no two nodes begin at one place. */
function start(at: number): { x: number; y: number } {
  const [radius, angle] = [12 * Math.sqrt(at + 0.5), at * 2.399963];
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
}

function lcg(): () => number {
  let seed = 1;
  return () => (seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296;
}
