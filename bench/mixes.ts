// What the captures of `bench scan` are made of, and what is to be shown on each.

import { generateMixed } from './generate.ts';
import { generateSmpp } from './heavy.ts';
import { short } from './lib/figures.ts';
import { generateSigtran } from './sigtran.ts';

export interface MixSize {
  readonly bytes: number;
  readonly pushes: number;
  /** null: as many as the mix usually has. */
  readonly messages: number | null;
  readonly seed: number;
}

export interface Made {
  readonly about: string;
  /** Messages that otascope has to find. */
  readonly pushes: number;
  /** Short messages, answers not counted; 0 where they are not what the capture is made of. */
  readonly messages: number;
  readonly pin: string;
}

export interface Mix {
  readonly title: string;
  /** Name in bench/data. */
  readonly file: string;
  /** It is measured as pcapng, too. */
  readonly pcapng: boolean;
  /** Targets of issue 6, by the clock: at least so many times tshark, at most so much of the time of tcpdump. */
  readonly timesTshark: number;
  readonly ofTcpdump: number | null;
  write(path: string, size: MixSize): Made;
}

const megabytes = (bytes: number): string => `${short(bytes / 1e6)} MB`;

function sigtran(path: string, { messages, seed }: MixSize, answers: boolean): Made {
  const f = generateSigtran(path, { forwards: messages ?? 1_000_000, settings: 1, answers, seed });
  const about = `${f.frames} frames, ${megabytes(f.bytes)}, ${f.forwards} forwards${answers ? ', each answered' : ''}`;
  return { about: `${about}, ${f.pushes} pushes in them`, pushes: f.pushes, messages: f.frames, pin: f.pin };
}

type MixName = 'ip' | 'smpp' | 'sigtran' | 'sigtran-answered';

export const MIXES: Readonly<Record<MixName, Mix>> = {
  ip: {
    title: 'web traffic with few pushes',
    file: 'mixed',
    pcapng: true,
    timesTshark: 20,
    ofTcpdump: 1.5,
    write(path, { bytes, pushes, seed }) {
      const f = generateMixed(path, { bytes, pushes, seed });
      const about = `${f.frames} frames, ${megabytes(f.bytes)}, ${pushes} pushes in ${f.parts} parts and ${f.udpPushes} datagrams`;
      return { about, pushes, messages: 0, pin: f.pin };
    },
  },
  smpp: {
    title: 'an SMPP connection of texts, one message of ten thousand settings',
    file: 'smpp',
    pcapng: false,
    timesTshark: 30,
    ofTcpdump: null,
    write(path, { messages, seed }) {
      const f = generateSmpp(path, { submits: messages ?? 300_000, settings: 0.01, seed });
      const about = `${f.submits} submit_sm, ${megabytes(f.bytes)}, ${f.texts} texts and ${f.settings} pushes`;
      return { about, pushes: f.settings, messages: f.submits, pin: f.pin };
    },
  },
  sigtran: {
    title: 'an SCTP association of MAP forwards, one of a thousand a part of settings',
    file: 'sigtran',
    pcapng: false,
    timesTshark: 20,
    ofTcpdump: null,
    write: (path, size) => sigtran(path, size, false),
  },
  'sigtran-answered': {
    title: 'the same with an answer to each forward',
    file: 'sigtran-answered',
    pcapng: false,
    timesTshark: 20,
    ofTcpdump: null,
    write: (path, size) => sigtran(path, { ...size, messages: size.messages ?? 500_000 }, true),
  },
};

export const isMix = (text: string): text is MixName => Object.hasOwn(MIXES, text);
