// What a filter can ask of the phone's own settings: what a message changed of what the phone held before it. They are
// no columns: a phone is followed from its first message on, when a filter or a column asks.

import type { FilterField } from './fields.ts';

const FIELD_LIST = [
  {
    path: 'changed.proxy',
    label: 'Change of a proxy the phone held',
    type: 'text',
    example: 'changed.proxy',
    many: true,
    deep: true,
  },
  {
    path: 'changed.accessPoint',
    label: 'Change of an access point the phone held',
    type: 'text',
    example: 'changed.accessPoint contains internet',
    many: true,
    deep: true,
  },
  {
    path: 'changed.application',
    label: 'Change of an application the phone held, and of its server',
    type: 'text',
    example: 'changed.application contains "home page"',
    many: true,
    deep: true,
  },
  {
    path: 'changed.other',
    label: 'Change of anything else the phone held',
    type: 'text',
    example: 'changed.other contains context',
    many: true,
    deep: true,
  },
  {
    path: 'changes',
    label: 'All it adds, changes and takes away on the phone',
    type: 'text',
    example: 'changes contains proxy',
    many: true,
    deep: true,
  },
  {
    path: 'adds',
    label: 'What the phone held nothing of before',
    type: 'text',
    example: 'adds contains "access point"',
    many: true,
    deep: true,
  },
  {
    path: 'removes',
    label: 'Values that the phone no longer holds after it',
    type: 'text',
    example: 'removes contains port',
    many: true,
    deep: true,
  },
  {
    path: 'phone',
    label: 'Does the phone take it?',
    type: 'choice',
    example: 'phone == refused',
    choices: ['taken', 'assumed', 'refused', 'lost'],
    aliases: { perhaps: 'assumed' },
    many: true,
    deep: true,
  },
] as const satisfies readonly FilterField[];

export type ChangePath = (typeof FIELD_LIST)[number]['path'];
export const CHANGE_FIELDS: readonly (FilterField & { readonly path: ChangePath })[] = FIELD_LIST;

const paths: ReadonlySet<string> = new Set(CHANGE_FIELDS.map((f) => f.path));

export const isChangePath = (path: string): path is ChangePath => paths.has(path);
