// The settings of a document as a table, grouped as the menus of a phone are.

import type { Finding } from '../../captures/finding.ts';
import type { Parm, ProvisioningDocument, Range } from '../../dissectors/content/document.ts';
import { isSecretParm } from '../../dissectors/content/provisioning/secrets.ts';
import { facts, type Place, textOf } from '../conformance/facts.ts';
import { checkDocument } from '../conformance/index.ts';
import type { ByteRange, Setting } from '../engine/contract.ts';
import { maskValue } from '../report/mask.ts';
import { provisioningOf } from './cut.ts';
import type { SummaryInput } from './input.ts';
import { LABELS } from './labels.ts';
import { short } from './words.ts';

export interface SettingsOptions {
  readonly showSecrets: boolean;
  /** What was found in the document, for marks beside its settings; absent: the rules are asked. */
  readonly findings?: readonly Finding[];
}

const ofBody = (r: Range): ByteRange => ({ buffer: 'body', start: r.start, length: r.length });

const APPLICATION_GROUPS: ReadonlyMap<string, string> = new Map([
  ['w2', 'Browser'],
  ['w4', 'Messaging'],
  ['ap0005', 'Messaging'],
  ['w5', 'Synchronisation'],
  ['w7', 'Device management'],
  ['wA', 'Instant messaging'],
  ['25', 'Mail'],
  ['110', 'Mail'],
  ['143', 'Mail'],
  ['554', 'Streaming'],
  ['ap0004', 'Location'],
]);

const GROUPS: ReadonlyMap<string, string> = new Map([
  ['NAPDEF', 'Connection'],
  ['PXLOGICAL', 'Proxy'],
  ['BOOTSTRAP', 'Bootstrap'],
  ['CLIENTIDENTITY', 'Identity'],
  ['VENDORCONFIG', 'Vendor'],
  ['ACCESS', 'Access rules'],
  ['WLAN', 'Wireless LAN'],
]);

/** Order of groups in the table. */
export const GROUP_ORDER: readonly string[] = [
  'Connection',
  'Wireless LAN',
  'Proxy',
  'Browser',
  'Messaging',
  'Mail',
  'Synchronisation',
  'Device management',
  'Instant messaging',
  'Streaming',
  'Location',
  'Application',
  'Bootstrap',
  'Access rules',
  'Identity',
  'Vendor',
  'Other',
];

/** The menu a characteristic of the top level stands in. */
export function groupOf(top: Pick<Place, 'type'>, applicationId: string | undefined): string {
  if (top.type !== 'APPLICATION') return GROUPS.get(top.type) ?? 'Other';
  return APPLICATION_GROUPS.get(applicationId ?? '') ?? 'Application';
}

const nameOf = (top: Place): string =>
  textOf(top, 'NAME') ?? textOf(top, 'NAPID') ?? textOf(top, 'PROXY-ID') ?? textOf(top, 'APPID') ?? '';

/** What a finding of the rules means for the row it points at. */
function markOf(f: Finding): string | null {
  const { code } = f.rule;
  if (code.includes('DANGLING')) return 'dangling';
  if (code.includes('DUPLICATE') || code.includes('REPEATED')) return 'duplicate';
  if (code === 'CP-UNKNOWN-PARM' || code === 'CP-NAME-CASE') return 'unknown';
  if (code === 'CP-SECRET-IN-CLEAR') return null;
  return f.rule.severity === 'note' ? null : 'wrong';
}

function marksOf(findings: readonly Finding[]): Map<string, string> {
  const marks = new Map<string, string>();
  for (const f of findings) {
    if (f.of !== 'body') continue;
    const mark = markOf(f);
    const key = `${f.start}+${f.length}`;
    if (mark !== null && f.length > 0 && !marks.has(key)) marks.set(key, mark);
  }
  return marks;
}

const key = (r: Range): string => `${r.start}+${r.length}`;

/** Rows of a provisioning document in the order of GROUP_ORDER; of other content what its decoder said. */
export function settings(about: Pick<SummaryInput, 'content'>, options: SettingsOptions): Setting[] {
  const { content } = about;
  if (content === null) return [];
  const document = provisioningOf(content);
  if (document === null) {
    return content.details.map((d) => ({
      group: 'Content',
      label: d.label,
      value: options.showSecrets ? d.value : maskValue(d.value, d.secret === true && d.value !== ''),
      parm: d.label,
      secret: d.secret === true,
      range: d.range === null ? null : ofBody(d.range),
      mark: null,
    }));
  }
  return rows(document, options);
}

function rows(document: ProvisioningDocument, options: SettingsOptions): Setting[] {
  const marks = marksOf(options.findings ?? checkDocument(document));
  const f = facts(document);
  const tops = f.places.filter((p) => p.parent === null);
  const perGroup = new Map<string, number>();
  const menuOf = (top: Place): string => groupOf(top, textOf(top, 'APPID'));
  for (const top of tops) perGroup.set(menuOf(top), (perGroup.get(menuOf(top)) ?? 0) + 1);
  const order = (g: string): number => (GROUP_ORDER.includes(g) ? GROUP_ORDER.indexOf(g) : GROUP_ORDER.length);
  const out: { readonly at: number; readonly row: Setting }[] = [];
  for (const top of tops) {
    const group = menuOf(top);
    const name = nameOf(top);
    const several = (perGroup.get(group) ?? 0) > 1 && name !== '';
    const title = several ? `${group}: ${short(name, 40)}` : group;
    const walk = (p: Place): void => {
      const seen = new Set<string>();
      for (const q of p.characteristic.parms) {
        out.push({ at: order(group), row: row(p, q, title, marks, seen.has(q.name), options) });
        seen.add(q.name);
      }
      for (const c of p.children) walk(c);
    };
    walk(top);
  }
  // Array.prototype.sort is stable: inside a group the document's order stays.
  return out.sort((a, b) => a.at - b.at).map((o) => o.row);
}

/** Parms that may stand more often than once say so by their model; the others are ignored after the first. */
const single = (p: Place, name: string): boolean => {
  const occurs = p.model?.parms[name]?.occurs;
  return occurs === '1' || occurs === '?';
};

function row(
  p: Place,
  q: Parm,
  group: string,
  marks: ReadonlyMap<string, string>,
  again: boolean,
  options: SettingsOptions,
): Setting {
  const secret = isSecretParm(q.name);
  const flag = p.model?.parms[q.name]?.type === 'flag';
  const value = q.value === null || (flag && q.value === '') ? (flag ? 'yes' : '') : q.value;
  const ignored = p.ignored ? 'ignored' : null;
  const repeated = again && single(p, q.name) ? 'duplicate' : null;
  return {
    group,
    label: LABELS.get(`${p.type}/${q.name}`) ?? LABELS.get(q.name) ?? q.name,
    value: options.showSecrets ? value : maskValue(value, secret && value !== ''),
    parm: q.name,
    secret,
    range: ofBody(q.valueRange.length > 0 ? q.valueRange : q),
    mark: repeated ?? marks.get(key(q.valueRange)) ?? marks.get(key(q)) ?? ignored,
  };
}
