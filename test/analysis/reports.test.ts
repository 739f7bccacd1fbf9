// The forms a report is handed on in: HTML, Markdown, tables, and the frames with comments.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  EXPORT_FORMATS,
  EXPORT_TABLES,
  type ExportChoice,
  type ExportReplies,
} from '../../analysis/engine/contract/export.ts';
import { createSession, type Session } from '../../analysis/engine/session.ts';
import { escaped, isolated } from '../../analysis/report/html/escape.ts';
import { toHtml } from '../../analysis/report/html/index.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { plainMarkdown, toMarkdown } from '../../analysis/report/markdown.ts';
import { toCsvTable } from '../../analysis/report/tables.ts';
import { openCapture } from '../../captures/open.ts';
import { fromBytes } from '../../captures/source.ts';
import { fileSource, root } from '../support/shared.ts';
import { inputOf } from './facts.ts';

const PLAIN = { notes: new Map(), scope: [], figure: () => '', chart: '' } as const;

const HOSTILE =
  '</bdi></style><script>alert(1)</script><img src=x onerror=alert(1)>"\u202e\u0000\u200f=cmd|\'[x](javascript:1)';

async function opened(...samples: readonly string[]): Promise<Session> {
  const session = createSession({ open: () => Promise.reject(new Error('Nothing to open.')), samples: async () => [] });
  await session.openSources(samples.map((s) => fileSource(join(root, 'captures', 'samples', s))));
  return session;
}

const exported = async (s: Session, c: ExportChoice): Promise<ExportReplies['export'] & { readonly text: string }> => {
  const reply = await s.request({ op: 'export', ...c });
  return { ...reply, text: new TextDecoder().decode(reply.bytes) };
};

describe('text of a capture', () => {
  test('is text in HTML', () => {
    expect(escaped('<a href="x">&\'</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;');
    expect(escaped('a\u202eb\u0000c\ud800d\ne')).toBe('a‹U+202E›b‹U+0000›c‹U+D800›d\ne');
    expect(isolated('<')).toBe('<bdi>&lt;</bdi>');
  });
  test('is text in Markdown', () => {
    expect(plainMarkdown('a|b\n`c` [x](y) <b> *z*')).toBe('a\\|b \\`c\\` \\[x\\]\\(y\\) \\<b\\> \\*z\\*');
    expect(plainMarkdown('http://x.example')).not.toContain('http://');
  });
  test('starts nothing in a whole report, wherever it stands', () => {
    const input = inputOf();
    const [first] = [...input.messages];
    if (first === undefined) throw new Error('There is no message to spoil.');
    const hostile = {
      ...input,
      inputs: input.inputs.map((i) => ({ ...i, file: HOSTILE, error: HOSTILE })),
      messages: [
        {
          ...first,
          summary: HOSTILE,
          findings: first.findings.map((f) => ({ ...f, message: HOSTILE })),
        },
      ],
    };
    const report = buildReport(hostile);
    const html = toHtml(report, { ...PLAIN, scope: [HOSTILE] });
    expect(html).not.toMatch(/<(script|img)/);
    expect(html).not.toMatch(/[\u202e\u200f]/);
    expect(html.match(/<\/style>/g)?.length).toBe(1);
    expect(html).toContain("default-src 'none'");
    const markdown = toMarkdown(report, []);
    expect(markdown).not.toMatch(/[^\\]<script|[^\\]\[x/);
    expect(markdown).not.toContain('\u202e');
    for (const table of EXPORT_TABLES) expect(toCsvTable(report, table)).not.toMatch(/(^|,)"?=/m);
  });
});

describe('what is exported', () => {
  test('every form of every sample is made, and says how large it is', async () => {
    const s = await opened('mixed-day.pcapng', 'modem-log.log');
    for (const format of EXPORT_FORMATS) {
      const reply = await exported(s, { format });
      const size = await s.request({ op: 'exportSize', format });
      expect(reply.bytes.length, format).toBeGreaterThan(100);
      if (size.exact) expect(size.bytes, format).toBe(reply.bytes.length);
      expect(reply.name).toMatch(/^otascope-[a-z]+\.[a-z]+$/);
    }
    for (const table of EXPORT_TABLES) {
      const { text } = await exported(s, { format: 'csv', table });
      const lines = text.trimEnd().split('\r\n');
      expect(lines[0], table).toMatch(/^[a-zA-Z,]+$/);
    }
  });

  test('a choice of messages holds these and nothing else', async () => {
    const s = await opened('mixed-day.pcapng');
    const ids = async (c: Omit<ExportChoice, 'format'>): Promise<string[]> => {
      const { text } = await exported(s, { format: 'json', ...c });
      return (JSON.parse(text) as { messages: { id: string }[] }).messages.map((m) => m.id);
    };
    expect(await ids({})).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(await ids({ messages: ['m2'] })).toEqual(['m2']);
    expect(await ids({ filter: 'kind == client-provisioning' })).toEqual(['m1', 'm5']);
    const { messages } = await s.request({ op: 'rows', table: 'messages', from: 1, count: 1 });
    const { firstTime: t0, lastTime: t1 } = messages[0]!;
    expect(await ids({ range: { t0, t1 } })).toContain('m2');
    expect(await ids({ range: { t0, t1 }, filter: 'kind == client-provisioning', messages: ['m5'] })).toEqual([]);
  });

  test('numbers and secrets are hidden as asked, in every form of text', async () => {
    const s = await opened('management-call.pcap');
    const { messages } = await s.request({ op: 'rows', table: 'messages', from: 0, count: 1 });
    const to = messages[0]!.to!;
    const secret = (await s.request({ op: 'detail', message: 'm1', secrets: true })).settings.find(
      (x) => x.secret,
    )!.value;
    expect(secret).toBe('srv-example');
    for (const format of EXPORT_FORMATS) {
      if (format === 'pcapng') continue;
      const named = (await exported(s, { format, numbers: 'named' })).text;
      expect(named, format).not.toContain(to);
      expect(named, format).not.toContain(secret);
      const last4 = (await exported(s, { format, numbers: 'last4' })).text;
      expect(last4, format).not.toContain(to);
      expect(last4, format).toContain(`…${to.slice(-4)}`);
      expect((await exported(s, { format })).text, format).toContain(to);
    }
    expect((await exported(s, { format: 'html', secrets: true })).text).toContain(secret);
  });

  test('a slice holds the frames of the messages, as captured, with the findings beside them', async () => {
    const s = await opened('part-missing.pcap');
    const { bytes, left } = await exported(s, { format: 'pcapng', messages: ['m1'] });
    expect(left).toEqual([]);
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain('otascope m1:');
    const again = createSession({ open: () => Promise.reject(new Error('No.')), samples: async () => [] });
    await again.openSources([fromBytes('slice.pcapng', bytes)]);
    const [was] = (await s.request({ op: 'rows', table: 'messages', from: 0, count: 1 })).messages;
    const [is] = (await again.request({ op: 'rows', table: 'messages', from: 0, count: 1 })).messages;
    expect({ ...is, firstTime: 0, lastTime: 0 }).toMatchObject({ ...was, firstTime: 0, lastTime: 0 });
    const reader = await openCapture(fromBytes('slice.pcapng', bytes));
    if ('unreadable' in reader) throw new Error('The slice can’t be read.');
    expect(reader.findings).toEqual([]);
  });

  test('what is no frame is said to be left out', async () => {
    const s = await opened('modem-log.log');
    const { left } = await exported(s, { format: 'pcapng' });
    expect(left.join(' ')).toMatch(/records came from a text log and are no frames/);
  });
});

describe('drawings', () => {
  test('the chart and the ladder of a message, with numbers as hidden as asked', async () => {
    const s = await opened('throttled-retry.pcap');
    const { messages } = await s.request({ op: 'rows', table: 'messages', from: 0, count: 1 });
    const to = messages[0]!.to!;
    const chart = await exported(s, { format: 'svg' });
    const ladder = await exported(s, { format: 'svg', messages: ['m1'] });
    expect([chart.name, ladder.name]).toEqual(['otascope-chart.svg', 'otascope-ladder.svg']);
    expect(chart.text).toContain(to);
    expect(ladder.text).toContain('submit_sm');
    for (const messages2 of [undefined, ['m1']]) {
      const choice = {
        format: 'svg',
        numbers: 'named',
        ...(messages2 === undefined ? {} : { messages: messages2 }),
      } as const;
      const { text } = await exported(s, choice);
      expect(text).not.toContain(to.slice(1));
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
    }
    const html = await exported(s, { format: 'html', numbers: 'named' });
    expect(html.text.match(/<svg /g)?.length).toBe(2);
    expect(html.text).not.toContain(to.slice(1));
    expect(html.text).not.toMatch(/\b198\.51\.100\.\d+|\b192\.0\.2\.(?!80)\d+/);
  });
});
