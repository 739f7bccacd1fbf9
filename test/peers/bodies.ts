// Every document body there is to compare: samples, recorded captures, vectors, published messages.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { interpret } from '../../analysis/engine/interpret.ts';
import { scan } from '../../analysis/engine/scan.ts';
import { fileSource, namesIn, readJson, root, sharedFolder } from '../support/shared.ts';

export interface Body {
  /** Where it is; of equal bodies the first. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Media type, where something says it. */
  readonly contentType: string | null;
}

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replace(/\s+/g, ''), 'hex'));

async function ofSamples(): Promise<Body[]> {
  const folder = join(root, 'captures', 'samples');
  const bodies: Body[] = [];
  const samples = readJson<readonly { file: string }[]>(join(folder, 'manifest.json'));
  for (const { file } of samples) {
    const { loaded } = await scan([fileSource(join(folder, file))], { keys: { imsi: [], pin: [] } });
    for (const r of loaded.records) {
      const { body, contentType } = interpret(r.joined);
      bodies.push({ name: `${file} ${r.id}`, bytes: body.bytes, contentType });
    }
  }
  return bodies;
}

interface TruthMessage {
  readonly id: string;
  readonly bodyHex?: string;
  readonly contentType?: string;
}

function ofCaptures(): Body[] {
  const folder = sharedFolder('captures', 'bodies of recorded captures');
  if (folder === null) return [];
  return namesIn(folder, '.truth.json').flatMap(
    (name) =>
      readJson<{ messages?: readonly TruthMessage[] }>(join(folder, name))
        .messages?.filter((m) => m.bodyHex !== undefined)
        .map((m) => ({
          name: `${name.replace('.truth.json', '')} ${m.id}`,
          bytes: octets(m.bodyHex!),
          contentType: m.contentType ?? null,
        })) ?? [],
  );
}

function ofVectors(): Body[] {
  const folder = sharedFolder('vectors', 'documents of other decoders');
  if (folder === null) return [];
  return ['gecko-wappush', 'libwbxml', 'mihini-sms', 'nokia-s40-example', 'sailfish-provisioning'].flatMap((part) => [
    ...namesIn(join(folder, part), '.wbxml').map((n) => ({
      name: `${part}/${n}`,
      bytes: new Uint8Array(readFileSync(join(folder, part, n))),
      contentType: n.startsWith('ota') ? 'application/x-wap-prov.browser-settings' : null,
    })),
    ...namesIn(join(folder, part), '.json').flatMap((n) => {
      const { wbxml_hex: hex } = readJson<{ wbxml_hex?: string }>(join(folder, part, n));
      return hex === undefined ? [] : [{ name: `${part}/${n}`, bytes: octets(hex), contentType: null }];
    }),
  ]);
}

function ofSpec(): Body[] {
  const folder = sharedFolder('spec', 'published bootstrap messages');
  if (folder === null) return [];
  return readJson<readonly { id: string; body_hex: string }[]>(join(folder, 'test-vectors.json')).map((v) => ({
    name: v.id,
    bytes: octets(v.body_hex),
    contentType: null,
  }));
}

/** WBXML bodies, each once. Text and other binaries are not among them. */
export async function wbxmlBodies(): Promise<readonly Body[]> {
  const all = [...(await ofSamples()), ...ofCaptures(), ...ofVectors(), ...ofSpec()];
  const seen = new Set<string>();
  return all.filter(({ bytes, contentType }) => {
    const key = Buffer.from(bytes).toString('hex');
    const wbxml = bytes.length > 0 && bytes[0]! <= 3 && !(contentType ?? '').includes('mms');
    if (!wbxml || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
