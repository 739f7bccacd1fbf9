// OMA-Download-DRMREL-V1_0: a rights object, what may be done with a content and how often. Its keys are secrets.

import { rules } from '../../../captures/finding.ts';
import type { Cursor } from '../../base/cursor.ts';
import { elementsOf, textDetail } from '../details.ts';
import type { DecodedDocument, DocumentElement } from '../document.ts';
import type { Detail, DocumentDecoder } from '../kinds.ts';

const SPEC = 'OMA-Download-DRMREL-V1_0';

export const RIGHTS = rules({
  noContent: {
    code: 'DRM-NO-CONTENT',
    severity: 'warning',
    basis: 'remembered',
    title: 'The rights name no content',
    clause: SPEC,
    receivers: 'Phones cannot tie the rights to anything they hold.',
  },
  noPermission: {
    code: 'DRM-NO-PERMISSION',
    severity: 'warning',
    basis: 'remembered',
    title: 'The rights permit nothing',
    clause: SPEC,
    receivers: 'The content stays locked.',
  },
  key: {
    code: 'DRM-KEY-IN-CLEAR',
    severity: 'note',
    basis: 'remembered',
    title: 'The key of the content travels in clear',
    clause: 'OMA-Download-DRM-V1_0, separate delivery',
    receivers: 'Separate delivery is meant so; whoever sees the message can open the content.',
  },
});

const PERMISSIONS: Readonly<Record<string, string>> = {
  'o-dd:play': 'play',
  'o-dd:display': 'display',
  'o-dd:execute': 'execute',
  'o-dd:print': 'print',
  'o-dd:export': 'export',
};

const CONSTRAINTS: Readonly<Record<string, (text: string) => string>> = {
  'o-dd:count': (t) => `${t} ${t === '1' ? 'time' : 'times'}`,
  'oma-dd:timed-count': (t) => `${t} timed uses`,
  'o-dd:start': (t) => `from ${t}`,
  'o-dd:end': (t) => `until ${t}`,
  'o-dd:interval': (t) => `for ${t} from first use`,
  'o-dd:accumulated': (t) => `${t} of use in all`,
  'o-dd:individual': (t) => `on ${t} only`,
};

const KEYS: ReadonlySet<string> = new Set(['ds:KeyValue', 'xenc:CipherValue']);

const under = (e: DocumentElement): DocumentElement[] => {
  const out: DocumentElement[] = [];
  const stack = [...e.children];
  for (let c = stack.pop(); c !== undefined; c = stack.pop()) {
    if (c.kind !== 'element') continue;
    out.push(c);
    stack.push(...c.children);
  }
  return out.reverse();
};

const range = ({ start, length }: DocumentElement) => ({ start, length });

function permission(e: DocumentElement, what: string): Detail {
  const limits = under(e).flatMap((c) => {
    const say = CONSTRAINTS[c.name];
    const value = textDetail(c, '')[0]?.value;
    return say === undefined || value === undefined || value === '' ? [] : [say(value)];
  });
  const value = limits.length === 0 ? `${what}, without limit` : `${what}, ${limits.join(', ')}`;
  return { label: 'Permission', value, range: range(e) };
}

function details(document: DecodedDocument): Detail[] {
  const out: Detail[] = [];
  for (const e of elementsOf(document)) {
    const what = PERMISSIONS[e.name];
    if (what !== undefined) out.push(permission(e, what));
    else if (e.name === 'o-dd:uid') out.push(...textDetail(e, 'Content'));
    else if (e.name === 'o-dd:version') out.push(...textDetail(e, 'Version'));
    else if (KEYS.has(e.name)) out.push(...textDetail(e, 'Key').map((d) => ({ ...d, secret: true as const })));
  }
  return out;
}

function check({ root }: DecodedDocument, c: Cursor): void {
  if (root === null) return;
  const all = under(root);
  const tell = (rule: (typeof RIGHTS)[keyof typeof RIGHTS], e: DocumentElement, message: string): void =>
    c.report(rule, e.start, Math.min(e.length, 1), message);
  if (!all.some((e) => e.name === 'o-dd:uid' && textDetail(e, '')[0]?.value))
    tell(RIGHTS.noContent, root, 'No content is named');
  if (!all.some((e) => PERMISSIONS[e.name] !== undefined)) tell(RIGHTS.noPermission, root, 'No permission is given');
  const key = all.find((e) => KEYS.has(e.name));
  if (key !== undefined) c.report(RIGHTS.key, key.start, key.length, `<${key.name}> holds the key`);
}

export const DRM_RIGHTS: DocumentDecoder = {
  form: 'document',
  kind: 'drm-rights',
  mediaTypes: [
    'application/vnd.oma.drm.rights+wbxml',
    'application/vnd.oma.drm.rights+xml',
    'application/vnd.oma.drm.ro+xml',
  ],
  roots: ['o-ex:rights'],
  details,
  check,
};
