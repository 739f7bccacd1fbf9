// Messages that other threads interpret: the same report, and a clear end where a thread is lost.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scan } from '../../analysis/engine/scan.ts';
import { judgeService } from '../../analysis/engine/workers/serve.ts';
import type { FromThread, ToThread } from '../../analysis/engine/workers/task.ts';
import { type Thread, type ThreadEvents, ThreadLost, type Threads } from '../../analysis/engine/workers/threads.ts';
import { buildReport, toJson } from '../../analysis/report/index.ts';
import { fromBytes } from '../../captures/source.ts';
import { openThread } from '../../cli/host/threads.ts';

const SAMPLES = fileURLToPath(new URL('../../captures/samples/', import.meta.url));
const KEYS = { imsi: ['262011234567890'], pin: ['4711'] };
const files = readdirSync(SAMPLES).filter((f) => f !== 'manifest.json');
const sources = (names: readonly string[]) =>
  names.map((f) => fromBytes(f, new Uint8Array(readFileSync(join(SAMPLES, f)))));

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** What crosses is cloned, as between threads; `slow`: turns of the event loop before the n-th thread answers. */
function threadsHere(most: number, slow: (n: number) => number, count = { tasks: 0 }): Threads {
  let opened = 0;
  return {
    most,
    after: 0,
    turn,
    open({ reply }: ThreadEvents): Thread {
      const serve = judgeService();
      const turns = slow(opened);
      opened += 1;
      let last = Promise.resolve();
      return {
        post(message, transfer) {
          const task: ToThread = structuredClone(message, { transfer: [...transfer] });
          count.tasks += 1;
          last = last.then(async () => {
            for (let n = 0; n < turns; n += 1) await new Promise((done) => setImmediate(done));
            reply(structuredClone(serve(task)) as FromThread);
          });
        },
        close: () => undefined,
      };
    },
  };
}

async function reportOf(names: readonly string[], threads?: Threads): Promise<string> {
  const scanned = await scan(sources(names), { keys: KEYS, ...(threads === undefined ? {} : { threads }) });
  return toJson(buildReport(scanned.report({})));
}

describe('workers', () => {
  test.each(files.map((f, n) => [f, n % 2 === 0 ? 2 : 4] as const))(
    '%s: the same report with %i',
    async (file, most) => {
      const alone = await reportOf([file]);
      expect(
        await reportOf(
          [file],
          threadsHere(most, (n) => most - n),
        ),
      ).toBe(alone);
    },
  );

  test('a session of all samples, whichever thread is slow', async () => {
    const captures = files.filter((f) => f.endsWith('.pcap') || f.endsWith('.pcapng'));
    const alone = await reportOf(captures);
    const count = { tasks: 0 };
    expect(
      await reportOf(
        captures,
        threadsHere(2, (n) => 5 * n, count),
      ),
    ).toBe(alone);
    expect(
      await reportOf(
        captures,
        threadsHere(4, (n) => 5 * (3 - n), count),
      ),
    ).toBe(alone);
    expect(count.tasks).toBeGreaterThan(4);
  });

  const capture = files.filter((f) => f.endsWith('.pcap') || f.endsWith('.pcapng'));
  const dying = (die: (events: ThreadEvents) => void): Threads => ({
    most: 2,
    after: 0,
    turn,
    open: (events) => ({ post: () => die(events), close: () => undefined }),
  });

  test.each([
    ['at once', (e: ThreadEvents) => e.lost(new ThreadLost('no memory'))],
    ['later', (e: ThreadEvents) => void setImmediate(() => e.lost(new ThreadLost('no memory')))],
  ])('a thread that ends %s ends the reading, and says why', async (_, die) => {
    await expect(reportOf(capture, dying(die))).rejects.toThrow(/ended before its work was done \(no memory\)/);
  });

  test('a host that can open no thread says so', async () => {
    const threads: Threads = {
      most: 2,
      after: 0,
      turn,
      open: () => {
        throw new ThreadLost('no more threads');
      },
    };
    await expect(reportOf(capture, threads)).rejects.toThrow('no more threads');
  });

  test.each([
    ['process.exit(7)', 'exit code 7'],
    ["throw new Error('broken')", 'broken'],
  ])('a thread of Node that runs `%s`', async (script, why) => {
    const folder = mkdtempSync(join(tmpdir(), 'otascope-'));
    const file = join(folder, 'worker.mjs');
    writeFileSync(file, script);
    try {
      const lost = await new Promise<Error>((done) => {
        openThread(file, { reply: () => undefined, lost: done });
      });
      expect(lost.message).toContain(`(${why})`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
