// docs/rules.md and docs/provisioning-model.md, from the rules and the model.

import type { CharacteristicModel, Occurs, ParmModel } from '../../analysis/conformance/model/types.ts';
import { CHARACTERISTICS, ROOT } from '../../analysis/conformance/model.ts';
import { PROFILES } from '../../analysis/conformance/profiles.ts';
import type { Entry, Shown } from './catalogue.ts';

const HEAD = `<!-- Made by "npm run rules". Change the rules, not this page. -->`;

/** Title of a group and how the codes in it begin. */
const GROUPS: readonly (readonly [string, readonly string[], string])[] = [
  ['Provisioning documents', ['CP'], 'What a Client Provisioning document says, whether it came as WBXML or as text.'],
  ['WBXML', ['WBXML'], 'How a document is encoded.'],
  ['XML', ['XML'], 'Documents that are sent as text.'],
  ['Older settings', ['OTA', 'SYNCSET', 'NOKIA'], 'Settings and bookmarks from before Client Provisioning.'],
  [
    'Bootstrap: SEC and MAC',
    ['WSP-SEC', 'WSP-MAC', 'MAC', 'SEC'],
    'What protects a document, and what the secrets say of it.',
  ],
  ['Security review', ['AUD'], 'What an audit asks of a capture.'],
  [
    'Other pushes',
    [
      'CONTENT',
      'SI',
      'SIA',
      'SL',
      'CO',
      'EMN',
      'DM',
      'DS',
      'DRM',
      'MMS',
      'SUPL',
      'VOBJECT',
      'MULTIPART',
      'MIME',
      'PUSH',
    ],
    'Content that is no provisioning document.',
  ],
  ['Push headers', ['WSP'], 'WSP and its headers.'],
  [
    'Messages and their parts',
    ['TPDU', 'UDH', 'CONCAT', 'SMS', 'SMRP', 'SMCP', 'WDP', 'WTP', 'SESSION'],
    'Short messages, datagrams and what they are joined from.',
  ],
  ['Deliveries', ['FLOW', 'HOP', 'TRANSACTION'], 'What became of a message, seen over all hops.'],
];
const OTHERS = ['Bearers, networks and files', 'What carries messages, and the files that they come in.'] as const;

const groupOf = (code: string): string =>
  [...GROUPS]
    .flatMap(([title, prefixes]) => prefixes.map((p) => [p, title] as const))
    .sort(([a], [b]) => b.length - a.length)
    .find(([p]) => code.startsWith(`${p}-`))?.[1] ?? OTHERS[0];

const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

/** Lines of an example that are worth showing, and how long each. */
const MOST_LINES = 14;
const LONGEST = 110;

/** A document with each tag on its line. */
function lines(xml: string): string[] {
  let depth = 0;
  return xml
    .replace(/></g, '>\n<')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth -= 1;
      const out = `${'  '.repeat(Math.max(depth, 0))}${line}`;
      if (/^<[^/!?][^>]*[^/]>$/.test(line)) depth += 1;
      return out.length > LONGEST ? `${out.slice(0, LONGEST)} ...` : out;
    });
}

/** From the lines of one to those of the other: '-' goes, '+' comes, two lines around stay. */
export function diff(from: readonly string[], to: readonly string[]): string[] {
  const longest = from.map(() => new Array<number>(to.length + 1).fill(0));
  longest.push(new Array<number>(to.length + 1).fill(0));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      longest[i]![j] =
        from[i] === to[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const all: string[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      all.push(` ${from[i]}`);
      i += 1;
      j += 1;
    } else if (i < from.length && (j === to.length || longest[i + 1]![j]! >= longest[i]![j + 1]!)) {
      all.push(`-${from[i]}`);
      i += 1;
    } else {
      all.push(`+${to[j]}`);
      j += 1;
    }
  }
  const near = all.map((_, n) => all.slice(Math.max(0, n - 2), n + 3).some((l) => !l.startsWith(' ')));
  const out = all.filter((_, n) => near[n]);
  return out.length > MOST_LINES ? [...out.slice(0, MOST_LINES - 1), '...'] : out;
}

const isText = (example: string): boolean => example.startsWith('<');
const shortHex = (hex: string): string => {
  const plain = hex.replace(/\s+/g, ' ').trim();
  return plain === '' ? '(no octets)' : plain.length > LONGEST ? `${plain.slice(0, LONGEST)} ...` : plain;
};

function exampleLines({ passes, fails, says }: Shown): string[] {
  const text = isText(passes) || isText(fails);
  const body = text ? diff(lines(fails), lines(passes)) : [`-${shortHex(fails)}`, `+${shortHex(passes)}`];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what would break the page
  const printable = body.map((l) => l.replace(/[\x00-\x08\x0b-\x1f]/g, '?'));
  return ['', `Reported: "${oneLine(says).replaceAll('<', '&lt;')}"`, '', '```diff', ...printable, '```'];
}

const oneLine = (s: string): string => s.replace(/\s+/g, ' ').slice(0, 200);

const entryLines = (e: Entry): string[] => [
  `### ${e.code}`,
  '',
  `**${e.severity}.** ${e.title.replaceAll('<', '&lt;')}.`,
  '',
  ...e.facts.map(([label, t]) => `- ${label}: ${t.replaceAll('<', '&lt;')}`),
  ...(e.example === null ? [] : exampleLines(e.example)),
  '',
];

export function rulesPage(all: ReadonlyMap<string, Entry>): string {
  const groups = [...GROUPS.map(([title, , about]) => [title, about] as const), OTHERS].map(([title, about]) => ({
    title,
    about,
    entries: [...all.values()].filter((e) => groupOf(e.code) === title),
  }));
  const shown = [...all.values()].filter((e) => e.example !== null).length;
  return [
    HEAD,
    '',
    '# Rules',
    '',
    `What otascope can find wrong: ${all.size} rules. ${shown} of them have examples, which the tests run: lines with \`-\` are`,
    'what is reported, lines with `+` what is accepted in their place. Codes stay: they are never renamed and never reused.',
    '',
    'An **error** is something that receivers refuse or that can not work, a **warning** something that works with some',
    'receivers only, a **note** something worth knowing. A rule says what it rests on where that is not the text of a',
    'standard: what clients, gateways and published messages were seen to do; what is remembered of a specification whose',
    'text was not at hand (such a rule is never an error, and names no clause by number); or practice.',
    '',
    'What may stand in a provisioning document is on a page of its own: [the model](provisioning-model.md).',
    '',
    ...groups.map((g) => `- [${g.title}](#${anchor(g.title)}) (${g.entries.length})`),
    '',
    ...groups.flatMap((g) => [`## ${g.title}`, '', g.about, '', ...g.entries.flatMap(entryLines)]),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

const OCCURS: Readonly<Record<Occurs, string>> = {
  '1': 'once',
  '?': 'at most once',
  '*': 'any number',
  '+': 'at least once',
};

function kind(m: ParmModel): string {
  if (m.values !== undefined) return m.values.join(', ');
  if (m.type === 'flag') return 'flag: its presence is its value';
  if (m.type === 'number') return m.most === undefined || m.most > 0xfffffff ? 'number' : `number up to ${m.most}`;
  if (m.type === 'hex') return 'hex digits';
  return m.type === 'opaque' ? 'text, may be empty' : 'text';
}

function model(type: string, m: CharacteristicModel): string[] {
  const inside = Object.entries(m.characteristics);
  return [
    `### ${type}`,
    '',
    ...(m.later === true ? ['Came with version 1.1.', ''] : []),
    ...(m.open === true ? ['May hold other parms as well.', ''] : []),
    ...(inside.length === 0 ? [] : [`Inside: ${inside.map(([t, o]) => `${t} (${OCCURS[o]})`).join(', ')}.`, '']),
    ...(Object.keys(m.parms).length === 0
      ? []
      : [
          '| parm | times | value | without it |',
          '| --- | --- | --- | --- |',
          ...Object.entries(m.parms).map(
            ([n, p]) => `| ${n} | ${OCCURS[p.occurs]} | ${kind(p)} | ${p.default ?? ''} |`,
          ),
          '',
        ]),
  ];
}

export function modelPage(): string {
  return [
    HEAD,
    '',
    '# What may stand in a provisioning document',
    '',
    'The model that the [rules](rules.md) go by: characteristics of Client Provisioning 1.0 and 1.1, how often each may stand,',
    'and their parms. Where a parm that may stand once stands more often, the first one counts.',
    '',
    '## Characteristics',
    '',
    `At the top level: ${Object.entries(ROOT.characteristics)
      .map(([t, o]) => `${t} (${OCCURS[o]})`)
      .join(', ')}.`,
    '',
    ...Object.entries(CHARACTERISTICS).flatMap(([type, m]) => model(type, m)),
    '## Applications',
    '',
    'What single applications take beyond the parms that every APPLICATION may have. Needed is what known clients drop the',
    'application without.',
    '',
    '| APPID | application | parms of its own | characteristics | needed | told apart by | ports |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...[...PROFILES].map(
      ([id, p]) =>
        `| ${id} | ${p.title}${p.basis === 'remembered' ? ' (remembered)' : ''} | ${p.parms.join(', ')} | ${p.characteristics.join(', ')} | ${p.needs?.join(', ') ?? ''} | ${p.key === null ? 'nothing: there is one' : (p.key ?? '')} | ${p.ports === undefined ? '' : `${p.ports.plain}, TLS ${p.ports.secure}`} |`,
    ),
    '',
  ].join('\n');
}
