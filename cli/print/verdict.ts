// Why a MAC is right or wrong: how the key was made, and both MACs one under the other.

import type { VerifyResult } from '../../analysis/engine/contract.ts';
import { printable } from '../../analysis/report/text.ts';
import { type Page, paragraph, verdictTone } from './message.ts';

export function verdictText(v: VerifyResult, page: Page): string[] {
  const { style } = page;
  const lead = [v.method, v.verdict].filter((w) => w !== null).join(': ');
  const lines = [`  ${style[verdictTone(v.verdict)](lead)}`, ...paragraph(page, v.explanation, 2)];
  for (const step of v.keySteps) lines.push(`    ${printable(step)}`);
  lines.push(...aligned(v, page));
  if (v.covered !== null) lines.push(style.faint(`  over ${v.covered.length} octets of ${v.covered.buffer}`));
  if (v.matchesOtherDerivation !== null) {
    lines.push(style.doubt(`  made with another recipe: ${printable(v.matchesOtherDerivation)}`));
  }
  for (const note of v.notes ?? []) lines.push(style.doubt(`  ${printable(note)}`));
  if (v.fix != null) lines.push(...paragraph(page, `To mend it: ${v.fix}`, 2));
  if (v.needs.length > 0) lines.push(`  to check it, give ${v.needs.map((n) => `--${n}`).join(' and ')}`);
  return lines;
}

/** Four digits a group; carets under the digits that differ. */
function aligned(v: VerifyResult, page: Page): string[] {
  if (v.mac === null) return [];
  const grouped = (mac: string) => (printable(mac).match(/.{1,4}/gu) ?? []).join(' ');
  const lines = [`  received  ${grouped(v.mac)}`];
  if (v.expectedMac === null) return lines;
  lines.push(`  expected  ${grouped(v.expectedMac)}`);
  const width = Math.max(v.mac.length, v.expectedMac.length);
  let marks = '';
  for (let i = 0; i < width; i++) {
    if (i > 0 && i % 4 === 0) marks += ' ';
    marks += v.mac[i] === v.expectedMac[i] ? ' ' : '^';
  }
  if (marks.trim() !== '') lines.push(page.style.bad(`            ${marks.trimEnd()}`));
  return lines;
}
