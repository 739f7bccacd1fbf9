import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { buildReport } from '../../analysis/report/index.ts';
import { fromBytes } from '../../captures/source.ts';
import { manifest, stories } from './samples.ts';

const folder = new URL('../../captures/samples/', import.meta.url);
const all = stories();

describe('the committed samples are what the generator makes', () => {
  for (const s of all) {
    test(s.file, () => {
      const committed = new Uint8Array(readFileSync(new URL(s.file, folder)));
      expect(Buffer.compare(committed, s.bytes), 'run `node scripts/samples.mjs`').toBe(0);
    });
  }

  test('manifest.json, and no file besides', () => {
    expect(readFileSync(new URL('manifest.json', folder), 'utf8')).toBe(manifest(all));
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', ...all.map((s) => s.file)].sort());
  });

  test('the same every time', () => {
    expect(stories().map((s) => Buffer.from(s.bytes).toString('base64'))).toEqual(
      all.map((s) => Buffer.from(s.bytes).toString('base64')),
    );
  });

  test('a story is one sentence', () => {
    for (const { story } of all) {
      expect(story[0]).toMatch(/[A-Z]/);
      expect(story.indexOf('. ')).toBe(-1);
      expect(story.endsWith('.')).toBe(true);
    }
  });
});

describe('what each story shows', () => {
  for (const s of all) {
    test(s.id, async () => {
      const { keys, expect: due } = s;
      const result = await scan([fromBytes(s.file, s.bytes)], {
        keys: { imsi: [...keys.imsi], pin: [...keys.pin] },
        includeText: true,
      });
      const report = buildReport(result.report({ showSecrets: true, includeText: true }));
      const pushes = report.messages.filter((m) => m.kind !== 'text');
      const seen = pushes.map((m) => ({
        kind: m.kind,
        state: m.state,
        to: m.to,
        parts: [new Set(m.segments.map((x) => x.part)).size, m.segments[0]?.of],
        missing: m.missingParts,
        verdict: m.security.verdict,
      }));
      expect(seen).toEqual(
        due.messages.map((m) => ({
          kind: m.kind,
          state: m.state,
          to: m.to,
          parts: m.parts,
          missing: m.missing ?? [],
          verdict: m.verdict,
        })),
      );
      expect(report.messages.length - pushes.length).toBe(due.texts ?? 0);
      due.messages.forEach((m, i) => {
        const found = pushes[i]!;
        const codes = found.findings.map((f) => f.code);
        expect(codes).toEqual(expect.arrayContaining([...(m.findings ?? [])]));
        if (m.method !== undefined && m.state === 'complete') expect(found.security.method).toBe(m.method);
        expect(found.security.matchesOtherDerivation).toBe(m.matchesOtherDerivation ?? null);
        const errors = found.findings.filter((f) => f.severity === 'error').map((f) => f.code);
        if (m.errors !== undefined) expect(errors).toEqual(m.errors);
      });
      if (due.outcomes !== undefined) expect(report.transactions.map((t) => t.outcome)).toEqual(due.outcomes);
      expect(report.findings.filter((f) => f.severity === 'error')).toEqual([]);
    });
  }
});
