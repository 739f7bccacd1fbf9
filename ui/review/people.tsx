// Who sent, and which phones are concerned.

import type { AuditSenderRow, AuditSeverity, AuditVictimRow } from '../../analysis/engine/contract/audit.ts';
import { SeverityGlyph } from '../parts/glyph.tsx';
import { prefs } from '../state/prefs.ts';
import { selectIndex } from '../state/selection.ts';
import { status } from '../state/session.ts';
import { formatCount, plural } from '../view/format.ts';
import { formatTime } from '../view/time.ts';
import { withSender } from './ours.tsx';
import { morePeople, naming, ours, senders, victims } from './state.ts';
import { GLYPH_OF, methodsText, SEVERITY_WORD, verdictsText } from './words.ts';

const Worst = ({ severity }: { severity: AuditSeverity | null }) =>
  severity === null ? (
    <span class="quiet">Nothing</span>
  ) : (
    <span class="review-worst">
      <SeverityGlyph severity={GLYPH_OF[severity]} quiet />
      {SEVERITY_WORD[severity]}
    </span>
  );

const TYPE_WORD = {
  number: 'telephone number',
  code: 'short code',
  name: 'freely chosen name',
  host: 'address',
} as const;

const More = ({ shown, total }: { shown: number; total: number }) =>
  shown >= total ? null : (
    <button type="button" class="button button-small review-more" onClick={() => void morePeople(true)}>
      {formatCount(Math.min(50, total - shown))} of {formatCount(total - shown)} more
    </button>
  );

const First = ({ index, children }: { index: number; children: string }) => (
  <button type="button" class="review-who" title="Open the first message" onClick={() => void selectIndex(index)}>
    {children}
  </button>
);

/** Fills the dialog with the sender and its servers: nothing is taken for one's own unseen. */
const MarkOurs = ({ s }: { s: AuditSenderRow }) =>
  s.ours ? (
    <small>named as your own</small>
  ) : (
    <button
      type="button"
      class="review-mark"
      title="Name this sender, and the servers it sets, as your own"
      onClick={() => {
        naming.value = withSender(ours.value, s);
      }}
    >
      Mark as ours…
    </button>
  );

export function Senders() {
  const all = senders.value;
  if (all === null) return null;
  const { time } = prefs.value;
  const { base } = status.value;
  return (
    <>
      <p class="review-about">
        Each sender as the messages name it. Names and numbers of senders can be made up; what a MAC proves stands
        beside them.
      </p>
      <section
        class="review-table"
        aria-label="Senders"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its room scrolls
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Sender</th>
              <th scope="col">Worst finding</th>
              <th scope="col">Messages</th>
              <th scope="col">Phones</th>
              <th scope="col">Protection</th>
              <th scope="col">MACs</th>
              <th scope="col">Servers it sets</th>
              <th scope="col">First to last</th>
            </tr>
          </thead>
          <tbody>
            {all.rows.map((s) => (
              <tr key={s.name ?? ''}>
                <th scope="row">
                  <First index={s.first}>{s.name ?? 'Not known'}</First>
                  {s.type !== null && <small>{TYPE_WORD[s.type]}</small>}
                  <MarkOurs s={s} />
                </th>
                <td>
                  <Worst severity={s.worst} />
                </td>
                <td class="number">{formatCount(s.messages)}</td>
                <td class="number">{formatCount(s.victims)}</td>
                <td>{methodsText(s.methods)}</td>
                <td>{verdictsText(s.verdicts)}</td>
                <td class="review-hosts">{s.hosts.length === 0 ? '–' : s.hosts.join(', ')}</td>
                <td class="number review-times">
                  {formatTime(s.firstTime, time, base, 0)}
                  {s.messages > 1 && ` to ${formatTime(s.lastTime, time, base, 0)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More shown={all.rows.length} total={all.total} />
    </>
  );
}

/** What is known of the messages' fate. */
export function arrivedText(v: AuditVictimRow): string {
  const parts = [
    v.arrived > 0 ? `${v.arrived} arrived` : '',
    v.accepted > 0 ? `${v.accepted} taken by the network` : '',
    v.failed > 0 ? `${v.failed} failed` : '',
    v.unknown > 0 ? `${v.unknown} not known` : '',
  ].filter((t) => t !== '');
  return parts.join(', ');
}

/** What documents that nothing proves would change comes first. */
function Stake({ v }: { v: AuditVictimRow }) {
  const rest = v.atStake.filter((a) => !v.unproven.includes(a));
  if (v.atStake.length === 0) return <>–</>;
  return (
    <>
      {v.unproven.length > 0 && (
        <p>
          <b>Unproven:</b> {v.unproven.join(', ')}
        </p>
      )}
      {rest.length > 0 && <p>{rest.join(', ')}</p>}
    </>
  );
}

export function Victims() {
  const all = victims.value;
  if (all === null) return null;
  if (all.total === 0) return <p class="quiet review-none">No message names its recipient.</p>;
  return (
    <>
      <p class="review-about">
        What was sent to each phone and what it would change. That a message arrived does not mean that it was
        installed.
      </p>
      <section
        class="review-table"
        aria-label="Phones"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its room scrolls
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Phone</th>
              <th scope="col">Worst finding</th>
              <th scope="col">At stake</th>
              <th scope="col">Did it arrive?</th>
              <th scope="col">From</th>
              <th scope="col">Messages</th>
            </tr>
          </thead>
          <tbody>
            {all.rows.map((v) => (
              <tr key={v.name}>
                <th scope="row">
                  <First index={v.first}>{v.name}</First>
                </th>
                <td>
                  <Worst severity={v.worst} />
                </td>
                <td class="review-stake">
                  <Stake v={v} />
                </td>
                <td>{arrivedText(v)}</td>
                <td>{v.senders.length === 0 ? 'Not known' : v.senders.slice(0, 3).join(', ')}</td>
                <td class="number">{formatCount(v.messages)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More shown={all.rows.length} total={all.total} />
      <p class="unseen">{plural(all.total, 'phone')}</p>
    </>
  );
}
