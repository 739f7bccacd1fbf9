// A capture that encode writes, in tshark.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { otascope } from '../cli/terminal.ts';
import { SETTINGS } from '../encode/support.ts';
import { peer } from '../project/peers.ts';
import { tsharkFields } from './tshark.ts';

const dir = mkdtempSync(join(tmpdir(), 'otascope-capture-'));
afterAll(() => rmSync(dir, { recursive: true }));

const tshark = peer('tshark', 'tshark', 'captures that encode writes');

if (tshark !== undefined) {
  const document = join(dir, 'settings.xml');
  writeFileSync(document, SETTINGS);
  for (const form of ['pcap', 'pcapng']) {
    test(form, async () => {
      const path = join(dir, `x.${form}`);
      const argv = [
        '--sec',
        'userpin',
        '--pin',
        '1234',
        '--from',
        '12345',
        '--to',
        '+491700000000',
        '--reference',
        '77',
      ];
      expect((await otascope(['encode', document, ...argv, '-o', path])).err).toBe('');
      const fields = [
        'smpp.command_id',
        'smpp.destination_addr',
        'smpp.source_addr',
        'gsm_sms_ud.fragment.count',
        'gsm_sms.udh.mm.msg_id',
        'gsm_sms.udh.mm.msg_part',
        'wsp.pdu_type',
        'wbxml.version',
        'wbxml.public_id.known',
        '_ws.malformed',
        '_ws.expert.severity',
        'tcp.checksum.status',
        'ip.checksum.status',
      ];
      const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
      const frames = [...tsharkFields(tshark, path, fields, checks).values()];
      const all = (field: string): string[] => frames.flatMap((f) => f.get(field) ?? []);
      // bind_transceiver, submit_sm twice and unbind, each with its answer (SMPP 3.4 5.1.2.1).
      expect(all('smpp.command_id').map((v) => Number(v).toString(16))).toEqual([
        '9',
        '80000009',
        '4',
        '80000004',
        '4',
        '80000004',
        '6',
        '80000006',
      ]);
      expect(new Set(all('smpp.destination_addr'))).toEqual(new Set(['491700000000']));
      expect(new Set(all('smpp.source_addr'))).toEqual(new Set(['12345']));
      expect(all('wsp.pdu_type').map(Number)).toEqual([6]);
      expect(all('wbxml.version').map(Number)).toEqual([3]);
      expect(all('_ws.malformed')).toEqual([]);
      expect(new Set([...all('tcp.checksum.status'), ...all('ip.checksum.status')])).toEqual(new Set(['1']));
    });
  }
}
