// Filters by what a message changed on the phone, not by what it says.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { fromBytes } from '../../captures/source.ts';
import { CHANGED_PHONE, changedProxy, NEW_PROXY, OLD_PROXY } from '../generator/stories/proxies.ts';
import { fileSource, root } from '../support/shared.ts';

const session = (): Session =>
  createSession({ open: () => Promise.reject(new Error('Nothing to open.')), samples: async () => [] });

async function proxies(): Promise<Session> {
  const s = session();
  await s.openSources([fromBytes('proxies.pcap', changedProxy())]);
  return s;
}

async function fitting(s: Session, text: string): Promise<string[]> {
  for (let i = 0; i < 1000; i += 1) {
    const reply = await s.request({ op: 'filter', text, decode: true });
    if (reply.decoding === null) break;
  }
  const { messages } = await s.request({ op: 'rows', table: 'messages', from: 0, count: 500, filter: text });
  return messages.map((m) => m.id);
}

describe('four phones with a proxy, one of which is changed', () => {
  test.each<readonly [string, readonly string[]]>([
    ['parm.PXADDR', ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']],
    ['changed.proxy', ['m6']],
    [`changed.proxy contains ${NEW_PROXY}`, ['m6']],
    ['changed.application', ['m7']],
    ['changed.accessPoint', []],
    ['changes contains proxy', ['m1', 'm2', 'm3', 'm4', 'm6']],
    ['adds contains proxy', ['m1', 'm2', 'm3', 'm4']],
    ['changes', ['m1', 'm2', 'm3', 'm4', 'm6', 'm7']],
    ['not changes', ['m5']],
    ['removes', []],
    ['phone == perhaps', ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']],
    ['phone in {refused, lost}', []],
    ['changed.proxy and parm.PXADDR', ['m6']],
  ])('%s', async (text, ids) => expect(await fitting(await proxies(), text)).toEqual(ids));

  test('as a column, and as what the message did', async () => {
    const s = await proxies();
    const grid = await s.request({ op: 'grid', from: 0, count: 10, columns: ['changed.proxy', 'adds', 'parm.PXADDR'] });
    expect(grid.cells.map((c) => c[0] !== '')).toEqual([false, false, false, false, false, true, false]);
    expect(grid.cells[5]?.[0]).toContain(`${OLD_PROXY} → ${NEW_PROXY}`);
    expect(grid.cells[0]?.[1]).toMatch(/^Access point internet\.example\.com, Proxy 192\.0\.2\.80, Browser/);
    expect(grid.cells[6]?.[2]).toBe(OLD_PROXY);

    const { effect } = await s.request({ op: 'effect', message: 'm6' });
    expect(effect).toMatchObject({ subscriber: CHANGED_PHONE, of: 2, first: true, step: { step: 1 } });
    expect(effect?.consequences).toEqual([
      `Browser now goes through proxy ${NEW_PROXY} port 8080 instead of proxy ${OLD_PROXY} port 8080.`,
    ]);
    expect(effect?.changes.filter((c) => c.what === 'replaced').map((c) => c.kind)).toEqual(['proxy']);
    const first = await s.request({ op: 'effect', message: 'm2' });
    expect([first.effect?.step.step, first.effect?.consequences]).toEqual([0, []]);
  });

  test('messages are sorted by it, those that changed something first', async () => {
    const s = await proxies();
    const fields = await s.request({ op: 'fields' });
    expect(
      fields.filter((f) => /^(changed\.|changes$|adds$|removes$|phone$)/.test(f.path)).map((f) => f.sorts),
    ).toEqual(Array(8).fill(true));
    const sorted = async (by: string, down: boolean): Promise<string[]> => {
      const { messages } = await s.request({ op: 'grid', from: 0, count: 10, columns: [], by, down });
      return messages.map((m) => m.id);
    };
    expect((await sorted('changed.proxy', false))[0]).toBe('m6');
    expect((await sorted('changed.proxy', true))[0]).toBe('m6');
    expect((await sorted('changed.application', false))[0]).toBe('m7');
    expect((await sorted('phone', false)).toSorted()).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']);
    const place = await s.request({ op: 'place', index: 5, by: 'changed.proxy' });
    expect(place.place).toBe(0);
    await expect(s.request({ op: 'grid', from: 0, count: 1, columns: [], by: 'wsp.headers' })).rejects.toThrow();
  });

  test('it is asked about, and only messages with settings are followed', async () => {
    const s = session();
    await s.openSources([fileSource(join(root, 'captures', 'samples', 'phone-life.pcap'))]);
    const { needsDecode } = await s.request({ op: 'check', text: 'changed.proxy' });
    const all = await s.request({ op: 'rows', table: 'messages', from: 0, count: 1 });
    expect(needsDecode?.messages).toBe(5);
    expect(all.total).toBeGreaterThanOrEqual(5);
    // Keys turn what was perhaps into what is.
    expect(await fitting(s, 'phone == taken')).toEqual([]);
    await s.request({ op: 'keys', keys: { imsi: ['001010000000230'], pin: ['5524'] } });
    expect(await fitting(s, 'phone == taken')).toEqual(['m1', 'm2', 'm4']);
    expect(await fitting(s, 'phone == lost')).toEqual(['m3']);
  });

  test('secrets are compared, but not told', async () => {
    const s = session();
    await s.openSources([fileSource(join(root, 'captures', 'samples', 'phone-life.pcap'))]);
    const { cells } = await s.request({ op: 'grid', from: 0, count: 10, columns: ['changes', 'removes', 'adds'] });
    const { xml } = await s.request({ op: 'detail', message: 'm1', secrets: true });
    const secrets = [...(xml ?? '').matchAll(/name="(?:AUTHSECRET|AUTHNAME)" value="([^"]+)"/g)].map((m) => m[1]!);
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(cells.flat().join('\n')).not.toContain(secret);
  });

  test('short words of a path are offered first', async () => {
    const s = await proxies();
    for (const typed of ['pr', 'prox', 'changed']) {
      const { completions } = await s.request({ op: 'check', text: typed });
      expect(completions[0]?.insert).toBe('changed.proxy');
    }
  });
});
