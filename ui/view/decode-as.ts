// Choices of who reads a port, as the engine writes them: 'udp.port=5000:wdp'.

import type { Decoder } from '../../analysis/engine/contract.ts';

export interface Choice {
  readonly table: Decoder['table'];
  readonly port: number;
  readonly decoder: string;
}

export const formatChoice = (c: Choice): string => `${c.table}=${c.port}:${c.decoder}`;

/** null: not of this form. */
export function parseChoice(text: string): Choice | null {
  const m = /^(udp|tcp)\.port=(\d{1,5}):(.+)$/.exec(text);
  const port = Number(m?.[2]);
  if (m === null || !isPort(port)) return null;
  return { table: m[1] === 'udp' ? 'udp.port' : 'tcp.port', port, decoder: m[3] ?? '' };
}

export const isPort = (n: number): boolean => Number.isInteger(n) && n > 0 && n < 65536;

/** `choice` in force, in place of another for the same port. */
export const withChoice = (all: readonly string[], choice: Choice): string[] => [
  ...all.filter((text) => {
    const c = parseChoice(text);
    return c === null || c.table !== choice.table || c.port !== choice.port;
  }),
  formatChoice(choice),
];

/** 'UDP port 5000 as WDP'. */
export function choiceWords(text: string, decoders: readonly Decoder[]): string {
  const c = parseChoice(text);
  if (c === null) return text;
  const title = decoders.find((d) => d.id === c.decoder && d.table === c.table)?.title ?? c.decoder;
  return `${c.table === 'udp.port' ? 'UDP' : 'TCP'} port ${c.port} as ${title}`;
}
