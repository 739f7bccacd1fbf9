// Both MACs, digit under digit.

import type { VerifyResult } from '../../analysis/engine/contract.ts';
import { alignMacs, differenceText, type MacDigit, rowsOf } from '../view/mac.ts';
import { OctetLink } from './octet-link.tsx';
import { Section } from './section.tsx';

const PER_ROW = 20;

function MacRow({ digits, from }: { digits: readonly MacDigit[]; from: number }) {
  const line = (label: string, of: (d: MacDigit) => string) => (
    <tr>
      <th scope="row">{label}</th>
      {digits.map((d, i) => (
        <td key={from + i} class={`${d.same ? '' : 'mac-differs'}${(from + i) % 4 === 3 ? ' mac-gap' : ''}`}>
          {of(d)}
        </td>
      ))}
    </tr>
  );
  return (
    <tbody>
      {line('Received', (d) => d.received)}
      {line('Computed', (d) => d.computed)}
      <tr class="mac-marks">
        <td />
        {digits.map((d, i) => (
          <td key={from + i} class={(from + i) % 4 === 3 ? 'mac-gap' : ''}>
            {!d.same && <span aria-hidden="true">▴</span>}
          </td>
        ))}
      </tr>
    </tbody>
  );
}

export function Macs({ v }: { v: VerifyResult }) {
  if (v.mac === null && v.expectedMac === null) return null;
  if (v.expectedMac === null || v.mac === null) {
    return (
      <Section title={v.mac === null ? 'MAC that would be right' : 'MAC received'}>
        <p class="mac-alone number">
          <OctetLink range={v.mac === null ? null : v.macRange}>
            {rowsOf([...(v.mac ?? v.expectedMac ?? '')], 4)
              .map((g) => g.join(''))
              .join(' ')}
          </OctetLink>
        </p>
      </Section>
    );
  }
  const digits = alignMacs(v.mac, v.expectedMac);
  return (
    <Section title="Digit by digit">
      <table class="mac" aria-label={`Received and computed MAC: ${differenceText(digits)}`}>
        {rowsOf(digits, PER_ROW).map((row, i) => (
          <MacRow key={String(i)} digits={row} from={i * PER_ROW} />
        ))}
      </table>
      <p class="quiet">
        {differenceText(digits)[0]?.toUpperCase()}
        {differenceText(digits).slice(1)}.{' '}
        {v.macRange !== null && <OctetLink range={v.macRange}>Where the received one stands</OctetLink>}
      </p>
    </Section>
  );
}
