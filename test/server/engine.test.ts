import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Status } from '../../analysis/engine/contract.ts';
import { type HostEngine, hostEngine } from '../../cli/host/engine.ts';
import { IMSI, pushOctets } from '../cli/messages.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));
const push = join(folder, 'push.wsp');
writeFileSync(push, pushOctets());

async function settled(engine: HostEngine): Promise<Status> {
  let status = await engine.request({ op: 'status' });
  while (status.phase === 'loading') status = await engine.request({ op: 'status', after: status.version });
  return status;
}

describe('an engine on this machine', () => {
  test('keys that come while it still opens count', async () => {
    const engine = hostEngine();
    const opening = engine.openPaths([push]);
    await engine.request({ op: 'keys', keys: { imsi: [IMSI], pin: [] } });
    await opening;
    expect((await settled(engine)).totals.byVerdict).toEqual({ valid: 1 });
  });

  test('a page that knew an engine before it is not kept waiting', async () => {
    const engine = hostEngine();
    expect(await engine.request({ op: 'status', after: 40 })).toMatchObject({ phase: 'empty', version: 1 });
  });

  test('names files shortly, and apart where they have one name', async () => {
    const other = mkdtempSync(join(folder, 'second-'));
    writeFileSync(join(other, 'push.wsp'), pushOctets());
    const engine = hostEngine();
    await engine.openPaths([push, join(other, 'push.wsp')]);
    const { inputs } = await settled(engine);
    expect(inputs.map((i) => i.name)).toEqual(['push.wsp', join(other.slice(folder.length + 1), 'push.wsp')]);
  });

  test('a sample nobody knows is an input that can not be read', async () => {
    const engine = hostEngine();
    await engine.request({ op: 'open', inputs: [{ sample: '../../../etc/passwd' }] });
    expect((await settled(engine)).inputs[0]?.error).toBe(
      "../../../etc/passwd can't be read: there is no such sample.",
    );
  });

  test('every sample of the manifest opens and has its messages', async () => {
    const engine = hostEngine();
    const samples = await engine.request({ op: 'samples' });
    expect(samples.length).toBeGreaterThanOrEqual(6);
    for (const { id, title, story } of samples) {
      expect([title.length > 0, story.endsWith('.')]).toEqual([true, true]);
      await engine.request({ op: 'open', inputs: [{ sample: id }] });
      const status = await settled(engine);
      expect([id, status.inputs[0]?.error, status.messages > 0]).toEqual([id, null, true]);
    }
  });
});
