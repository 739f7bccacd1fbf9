// Palette, keys of one's own, bookmarks, what a field of the tree can do, silenced rules: rules first, then in a browser.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TreeNode } from '../../analysis/engine/contract.ts';
import { chordOf, chordsOf, conflicts } from '../../ui/view/chords.ts';
import { fuzzy } from '../../ui/view/fuzzy.ts';
import { type Binding, commandFor, KEYS, type KeyPress } from '../../ui/view/keys.ts';
import { filterTerm } from '../../ui/view/term.ts';
import { textLines, tokensOf } from '../../ui/view/tokens.ts';
import { eventually, type Pages, selectedTitle, startPages, violations, waitForMessages } from './harness/page.ts';

describe('letters find commands', () => {
  const cases: readonly { query: string; text: string; at: readonly number[] | null }[] = [
    { query: 'verif', text: 'Next failed verification', at: [12, 13, 14, 15, 16] },
    { query: 'nfv', text: 'Next failed verification', at: [0, 5, 12] },
    { query: 'ne fa', text: 'Next failed verification', at: [0, 1, 5, 6] },
    { query: 'verif', text: 'Over IMS, with a phone that was gone for a moment', at: null },
    { query: '', text: 'Anything', at: [] },
    { query: 'İ', text: 'xyz', at: null },
  ];
  for (const c of cases)
    test(`${c.query} in ${c.text}`, () => expect(fuzzy(c.query, c.text)?.at ?? null).toEqual(c.at));
  test('a run at the start beats letters apart', () => {
    expect(fuzzy('list', 'List')?.score).toBeGreaterThan(fuzzy('list', 'Lanes in some time')?.score ?? 0);
  });
  test('long repetitions end', () => expect(fuzzy('aaaaaaaaaaab', 'a '.repeat(2000))).toBe(null));
});

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});

describe('keys of the user’s own', () => {
  const bound = (command: string, chords: Binding['chords']): Binding[] =>
    KEYS.map((b) => (b.command === command && b.scope === 'any' ? { ...b, chords } : b));

  test('every press that makes a chord is found again by it', () => {
    for (const e of [
      press('q'),
      press('Q', { shiftKey: true }),
      press('j', { ctrlKey: true }),
      press('ö'),
      press('F8'),
      press(' '),
      press('œ', { altKey: true, code: 'KeyQ' }),
    ]) {
      const chord = chordOf(e);
      expect(chord, e.key).not.toBe(null);
      expect(commandFor(e, { chart: false, inText: false }, bound('verify', chord === null ? [] : [chord]))).toBe(
        'verify',
      );
    }
  });
  test('modifiers alone, Tab and Esc can’t be bound', () => {
    for (const key of ['Shift', 'Control', 'Tab', 'Escape', 'Dead']) expect(chordOf(press(key))).toBe(null);
  });
  test('the table itself has no two commands on one key at one place', () => {
    for (const b of KEYS)
      expect(
        conflicts(b, KEYS).map((o) => o.command),
        b.label,
      ).toEqual([]);
  });
  test('a key that is taken is told', () => {
    const all = bound('verify', [{ key: 'f', cap: 'f' }]);
    const verify = all.find((b) => b.command === 'verify');
    expect(verify === undefined ? [] : conflicts(verify, all).map((o) => o.command)).toEqual(['centre']);
  });
  test('what was kept is checked', () => {
    expect(chordsOf({ a: [{ cap: 'x', key: 'x', alt: 'yes', evil: 1 }, null, { cap: 3 }], b: 'no' })).toEqual({
      a: [{ cap: 'x', key: 'x' }],
    });
    expect(chordsOf(null)).toEqual({});
  });
});

describe('a value becomes a term', () => {
  const cases = [
    { path: 'wsp.pduType', value: 'Push (0x06)', example: 'wsp.pduType == "Push"', out: 'wsp.pduType == "Push"' },
    { path: 'a.n', value: '47 octets', example: 'a.n == 1', out: 'a.n == 47' },
    { path: 'a.x', value: '0x0B', example: 'a.x == 1', out: 'a.x == 0x0B' },
    { path: 'a.b', value: '05 04', example: 'a.b contains 05', out: 'a.b == "0504"' },
    { path: 'a.b', value: '05 04 … 60 octets', example: 'a.b contains 05', out: 'a.b contains "0504"' },
    { path: 'a.t', value: 'a"b\\c', example: 'a.t contains 05', out: 'a.t == "a\\"b\\\\c"' },
    { path: 'a.t', value: 'one\ntwo', example: 'a.t contains 05', out: 'a.t contains "one"' },
    { path: 'a.t', value: 'x'.repeat(500), example: 'a.t contains 05', out: `a.t contains "${'x'.repeat(120)}"` },
    { path: 'a.t', value: '', example: 'a.t == 1', out: 'a.t' },
  ];
  for (const c of cases) test(c.out.slice(0, 40), () => expect(filterTerm(c.path, c.value, c.example)).toBe(c.out));
});

describe('octets piece by piece', () => {
  const node = (id: number, parent: number, start: number, length: number): TreeNode => ({
    id,
    parent,
    label: `n${id}`,
    value: '',
    path: 'x',
    range: { buffer: 'body', start, length },
    secret: false,
    clause: null,
  });
  test('every octet is in one piece: leaves, own octets of what has leaves, what nobody read', () => {
    const tree = [node(0, -1, 0, 10), node(1, 0, 1, 5), node(2, 1, 3, 1), node(3, 1, 3, 1), node(4, 1, 4, 2)];
    const tokens = tokensOf(tree, 'body', 10);
    expect(tokens.map((t) => [t.start, t.length, t.nodes.map((n) => n.id)])).toEqual([
      [0, 1, []],
      [1, 2, [1]],
      [3, 1, [2, 3]],
      [4, 2, [4]],
      [6, 4, []],
    ]);
  });
  test('ranges beyond the buffer end with it', () => {
    const tokens = tokensOf([node(0, -1, 8, 50)], 'body', 10);
    expect(tokens.map((t) => [t.start, t.length])).toEqual([
      [0, 8],
      [8, 2],
    ]);
  });
  test('lines of text know their octets', () => {
    const bytes = new TextEncoder().encode('<a>\r\n\n é</a>');
    expect(textLines(bytes)).toEqual([
      { text: '<a>', start: 0, length: 3 },
      { text: '', start: 5, length: 0 },
      { text: ' é</a>', start: 6, length: 7 },
    ]);
  });
});

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

describe('in the page', { retry: 2 }, () => {
  test('the palette: by key and by >, goes to messages, runs commands, the last used come first', async () => {
    const { page, complaints } = await pages.open({ hash: 'sample=gateway' });
    await waitForMessages(page);
    await page.keyboard.press('Control+k');
    await page.locator('.palette input:focus').waitFor();
    await page.keyboard.type('m7');
    await eventually(() => page.locator('.palette-offer').first().textContent()).toContain('Go to message m7');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await eventually(() => page.locator('.status-bar').textContent()).toContain('m7 ·');
    await page.keyboard.press('/');
    await page.locator('.filter input:focus').waitFor();
    await page.keyboard.type('>');
    await page.locator('.palette input:focus').waitFor();
    await page.keyboard.type('comp');
    await eventually(() => page.locator('.palette input').inputValue()).toBe('comp');
    await page.getByRole('option', { name: /Rows: compact/ }).click();
    await eventually(() => page.evaluate(() => document.documentElement.dataset.density)).toBe('compact');
    // The filter has the focus again, from where the palette was opened.
    await page.locator('.filter input:focus').waitFor();
    await page.locator('.filter input').blur();
    await page.keyboard.press('3');
    await eventually(async () => (await page.locator('#list-row-0').boundingBox())?.height).toBe(20);
    await page.keyboard.press('Control+k');
    await eventually(() => page.locator('.palette-offer').first().textContent()).toContain('Rows: compact');
    expect(await page.evaluate(() => localStorage.getItem('otascope.page'))).not.toContain('m7');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a key is bound, a conflict is told, and all is reset', async () => {
    const { page, complaints } = await pages.open({ hash: 'sample=gateway&m=m1' });
    await waitForMessages(page);
    await page.keyboard.press('Control+,');
    const key = page.getByRole('button', { name: /^Key for Verify the MAC/ });
    await key.click();
    await page.keyboard.press('f');
    await eventually(() => page.locator('.key-conflict').count()).toBe(2);
    expect(await page.locator('.key-conflict').first().textContent()).toMatch(/Also:/);
    await key.click();
    await page.keyboard.press('q');
    await eventually(() => page.locator('.key-conflict').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('q');
    await eventually(() => page.locator('#inspector-tab-verify').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await eventually(() => page.locator('.keys div', { hasText: 'Verify the MAC' }).locator('kbd').textContent()).toBe(
      'q',
    );
    await page.getByRole('button', { name: 'Change keys' }).click();
    await page.getByRole('button', { name: 'Reset all keys' }).click();
    await eventually(() => key.textContent()).toBe('v');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a bookmark with a note is in the list, the inspector and the drawer, and on no disk unless asked', async () => {
    const { page, complaints } = await pages.open({ hash: 'sample=gateway&m=m3&view=list' });
    await page.locator('#list-row-0').waitFor();
    await eventually(() => selectedTitle(page).textContent()).toContain('to');
    await page.keyboard.press('b');
    await page.keyboard.type('ask +49 about it');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await eventually(() => page.locator('.inspector-note').textContent()).toBe('ask +49 about it');
    expect(await page.locator('tr .bookmark-sign').count()).toBe(1);
    await page.keyboard.press('Shift+B');
    await eventually(() => page.locator('.bookmark-rows').textContent()).toContain('ask +49 about it');
    expect(await violations(page)).toEqual([]);
    const kept = () => page.evaluate(() => JSON.stringify(localStorage));
    expect(await kept()).not.toContain('ask +49');
    await page.keyboard.press('Control+,');
    await page.getByLabel(/Keep bookmarks/).check();
    await eventually(kept).toContain('ask +49');
    await page.keyboard.press('Escape');
    await page.reload();
    await eventually(() => page.locator('.inspector-note').textContent()).toBe('ask +49 about it');
    await page.keyboard.press('Control+,');
    await page.getByLabel(/Keep bookmarks/).uncheck();
    await eventually(kept).not.toContain('ask +49');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a rule is silenced, counted, and heard again', async () => {
    const { page } = await pages.open({ hash: 'sample=gateway&tab=findings' });
    await waitForMessages(page);
    await page.keyboard.press('e');
    const first = page.locator('.finding').first();
    const code = (await first.locator('code').textContent()) ?? '';
    const before = await page.locator('.finding').count();
    await page
      .getByRole('button', { name: `Silence ${code}` })
      .first()
      .click();
    await eventually(() => page.locator('.finding').count()).toBeLessThan(before);
    expect(await page.locator('.inspector .finding-silenced').textContent()).toMatch(/^\d+ findings? of 1 rule/);
    await page.keyboard.press('g');
    await eventually(() => page.locator('.drawer .finding-silenced').textContent()).toContain(code);
    await page
      .locator('.inspector')
      .getByRole('button', { name: `Hear ${code} again` })
      .click();
    await eventually(() => page.locator('.finding').count()).toBe(before);
    await page.context().close();
  });
});
