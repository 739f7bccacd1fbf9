// Provisioning documents for tests out of XML text, with ranges that count its characters.

import type {
  Characteristic,
  DocumentElement,
  DocumentNode,
  Parm,
  ProvisioningDocument,
} from '../../dissectors/content/document.ts';

const TOKEN = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string => text.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

interface Open extends DocumentElement {
  length: number;
  readonly children: DocumentNode[];
}

/** The element of XML text without comments, declarations or single quotes: what the tests write. */
export function elementOf(xml: string): DocumentElement {
  const stack: Open[] = [];
  let root: Open | undefined;
  for (const m of xml.matchAll(TOKEN)) {
    const [all, end, name = '', attributes = '', empty, text] = m;
    const start = m.index;
    const top = stack.at(-1);
    if (text !== undefined) {
      top?.children.push({ kind: 'text', text: plain(text), start, length: all.length });
      continue;
    }
    if (end === '/') {
      const open = stack.pop();
      if (open !== undefined) open.length = start + all.length - open.start;
      continue;
    }
    const at = start + all.indexOf(attributes);
    const e: Open = {
      kind: 'element',
      name,
      start,
      length: all.length,
      children: [],
      attributes: [...attributes.matchAll(ATTRIBUTE)].map((a) => {
        const from = at + a.index;
        const valueRange = { start: from + a[0].indexOf('"') + 1, length: (a[2] ?? '').length };
        return { name: a[1] ?? '', value: plain(a[2] ?? ''), start: from, length: a[0].length, valueRange };
      }),
    };
    top?.children.push(e);
    root ??= e;
    if (empty !== '/') stack.push(e);
  }
  if (root === undefined) throw new Error(`no element in ${xml}`);
  return root;
}

const textOf = (e: DocumentElement, name: string): string | null =>
  e.attributes.find((a) => a.name === name)?.value ?? null;

function characteristic(e: DocumentElement): Characteristic {
  const inside = e.children.filter((c) => c.kind === 'element');
  return {
    type: textOf(e, 'type') ?? '',
    start: e.start,
    length: e.length,
    parms: inside
      .filter((c) => c.name === 'parm')
      .map((c): Parm => {
        const value = c.attributes.find((a) => a.name === 'value');
        const valueRange = value?.valueRange ?? { start: c.start, length: 0 };
        return {
          name: textOf(c, 'name') ?? '',
          value: value?.value ?? null,
          start: c.start,
          length: c.length,
          valueRange,
        };
      }),
    characteristics: inside.filter((c) => c.name === 'characteristic').map(characteristic),
  };
}

export function provisioningOf(xml: string): ProvisioningDocument {
  const root = elementOf(xml);
  return {
    version: textOf(root, 'version'),
    characteristics: root.children
      .filter((c) => c.kind === 'element')
      .filter((c) => c.name === 'characteristic')
      .map(characteristic),
  };
}
