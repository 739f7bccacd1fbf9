// What a target is given: one PDU, or several of one conversation in their order.

export interface Step {
  /** Direction of a PDU, link type of a frame, index of a content type: what the target makes of it. */
  readonly way: number;
  readonly bytes: Uint8Array;
}

export type Input = readonly Step[];

const toHex = (b: Uint8Array): string => Buffer.from(b.buffer, b.byteOffset, b.length).toString('hex');

/** One line of a corpus file: `way:hex way:hex`. */
export const printInput = (input: Input): string => input.map((s) => `${s.way}:${toHex(s.bytes)}`).join(' ');

/** Throws TypeError for a line that `printInput` did not write. */
export function parseInput(line: string): Input {
  return line.split(' ').map((word) => {
    const m = /^(\d+):((?:[0-9a-f]{2})*)$/.exec(word);
    if (m === null) throw new TypeError(`not a step of an input: ${word.slice(0, 40)}`);
    return { way: Number(m[1]), bytes: new Uint8Array(Buffer.from(m[2] ?? '', 'hex')) };
  });
}

export const octetsOf = (input: Input): number => input.reduce((n, s) => n + s.bytes.length, 0);
