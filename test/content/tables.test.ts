// Token tables against the list of facts they were written from.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageOf, type TokenTable } from '../../dissectors/content/wbxml/table.ts';
import { OTA_SETTINGS, SYNC_SETTINGS } from '../../dissectors/content/wbxml/tables/ota.ts';
import { PROV } from '../../dissectors/content/wbxml/tables/prov.ts';
import { CO, DRMREL, EMN, SI, SL } from '../../dissectors/content/wbxml/tables/push.ts';
import { TOKEN_TABLES } from '../../dissectors/content/wbxml/tables.ts';
import { readJson, sharedFolder } from '../support/shared.ts';

interface Tag {
  readonly page: number;
  readonly token: string;
  readonly name: string;
}

interface Facts {
  readonly public_id: string;
  readonly public_id_text?: string;
  readonly tags: readonly Tag[];
  readonly attribute_starts?: readonly (Tag & { readonly value_prefix: string | null })[];
  readonly attribute_values?: readonly { readonly page: number; readonly token: string; readonly value: string }[];
  readonly syncsettings_tags?: readonly Tag[];
}

describe('every table', () => {
  for (const t of TOKEN_TABLES) {
    test(t.id, () => {
      for (const [, p] of t.pages) {
        for (const token of [...p.tags.keys()]) expect(token >= 5 && token <= 0x3f).toBe(true);
        for (const token of [...p.starts.keys()])
          expect(token < 0x80 && (token % 0x40 > 4 || token >= 0x40)).toBe(true);
        for (const token of [...p.values.keys()]) expect(token > 0x84 && token <= 0xff).toBe(true);
      }
      const names = [...t.pages.values()].flatMap((p) => [...p.tags.values()]);
      expect(names).toContain(t.root);
    });
  }

  test('no two claim the same public identifier, media type or root', () => {
    const ids = TOKEN_TABLES.flatMap((t) => (t.publicId === null ? [] : [t.publicId]));
    const types = TOKEN_TABLES.flatMap((t) => t.mediaTypes);
    // Versions of one type share their root.
    const roots = TOKEN_TABLES.filter((t) => !/^(?:syncml|devinf)1[01]$/.test(t.id)).map((t) => t.root);
    for (const list of [ids, types, roots]) expect(new Set<unknown>(list).size).toBe(list.length);
  });
});

const spec = sharedFolder('spec', 'the token tables');

if (spec === null) {
  test('shared token facts absent: 8 tables not compared', () => expect(spec).toBeNull());
} else {
  const facts = readJson<Record<string, Facts>>(join(spec, 'wbxml-tokens.json'));
  const tables: Readonly<Record<string, TokenTable>> = {
    PROV,
    SI,
    SL,
    CO,
    EMN,
    DRMREL,
    NOKIA_OTA_SETTINGS: OTA_SETTINGS,
  };
  for (const [name, table] of Object.entries(tables)) {
    test(`facts of ${name}`, () => {
      const f = facts[name]!;
      if (table.publicId !== null) {
        expect(table.publicId).toBe(Number(f.public_id));
        expect(table.publicIdText).toBe(f.public_id_text);
      }
      for (const t of f.tags) expect(pageOf(table, t.page).tags.get(Number(t.token)), t.token).toBe(t.name);
      for (const a of f.attribute_starts ?? []) {
        const own = pageOf(table, a.page).starts.get(Number(a.token));
        expect(own, `${a.page}:${a.token}`).toEqual({ name: a.name, prefix: a.value_prefix ?? '' });
      }
      for (const v of f.attribute_values ?? []) {
        // 0x80 to 0x83 of an early table: they are global tokens and can't be values.
        if (Number(v.token) < 0x85) continue;
        expect(pageOf(table, v.page).values.get(Number(v.token)), `${v.page}:${v.token}`).toBe(v.value);
      }
      const count = [...table.pages.values()].reduce((n, p) => n + p.starts.size, 0);
      expect(count).toBe(f.attribute_starts?.length ?? 0);
    });
  }

  test('facts of SyncSettings', () => {
    for (const t of facts.NOKIA_OTA_SETTINGS?.syncsettings_tags ?? []) {
      expect(pageOf(SYNC_SETTINGS, 0).tags.get(Number(t.token)), t.token).toBe(t.name);
    }
  });
}
