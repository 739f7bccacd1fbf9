// Words first, then the facts they stand on.

import type { ComponentChildren } from 'preact';
import type { Detail, EventRow, SegmentRow } from '../../analysis/engine/contract.ts';
import { prefs } from '../state/prefs.ts';
import { status } from '../state/session.ts';
import { formatDuration, formatInstant, formatTime } from '../view/time.ts';
import { kindWord, STATE_WORD } from '../view/words.ts';
import { Effect } from './effect.tsx';
import { Hops } from './hops.tsx';
import { OctetLink } from './octet-link.tsx';
import { Section } from './section.tsx';
import { Way } from './way.tsx';
import { Wrong } from './wrong.tsx';

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Facts({ d }: { d: Detail }) {
  const { time } = prefs.value;
  const { base } = status.value;
  const { row, ports } = d;
  return (
    <dl class="facts">
      <Fact name="Kind">
        {kindWord(row.kind)}, {STATE_WORD[row.state].toLowerCase()}
      </Fact>
      <Fact name="From">{row.from ?? 'not given'}</Fact>
      <Fact name="To">{row.to ?? 'not given'}</Fact>
      <Fact name="IMSI">{row.imsi ?? 'not in this input'}</Fact>
      <Fact name="Carried by">
        {row.bearer}
        {ports !== null && `, port ${ports.destination}${ports.source === null ? '' : ` from ${ports.source}`}`}
      </Fact>
      <Fact name="Content">{row.contentType ?? 'not named'}</Fact>
      <Fact name="First part">
        <span class="number">{formatInstant(row.firstTime, time, base)}</span>
      </Fact>
      <Fact name="Last part">
        <span class="number">{formatInstant(row.lastTime, time, base)}</span>
        {row.lastTime > row.firstTime && ` (${formatDuration(row.lastTime - row.firstTime)} later)`}
      </Fact>
      <Fact name="Outcome">{row.outcome ?? 'unknown'}</Fact>
      {d.chosen.length > 0 && (
        <Fact name="Read as">
          <ul class="plain">
            {d.chosen.map((c, i) => (
              <li key={`${i}${c}`}>{c}</li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
  );
}

const STATUS_WORD: Readonly<Record<string, string>> = {
  used: 'used',
  duplicate: 'duplicate',
  conflict: 'in conflict',
  late: 'too late',
};

function Segments({ segments }: { segments: readonly SegmentRow[] }) {
  const { time } = prefs.value;
  const { base } = status.value;
  return (
    <table class="small-table">
      <thead>
        <tr>
          <th scope="col" class="number">
            Part
          </th>
          <th scope="col" class="number">
            Time
          </th>
          <th scope="col" class="number">
            Octets
          </th>
          <th scope="col">Frames</th>
          <th scope="col">Use</th>
          <th scope="col">Answer</th>
        </tr>
      </thead>
      <tbody>
        {segments.map((s, i) => (
          <tr key={`${s.part}-${i}`}>
            <td class="number">
              {s.part} / {s.of}
            </td>
            <td class="number">{formatTime(s.time, time, base, 3)}</td>
            <td class="number">{s.length}</td>
            <td class="number-list">{s.frames.join(', ')}</td>
            <td class={s.status === 'used' ? '' : 'bad'}>{STATUS_WORD[s.status] ?? s.status}</td>
            <td>{s.answer ?? 'none seen'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Events({ events }: { events: readonly EventRow[] }) {
  const { time } = prefs.value;
  const { base } = status.value;
  return (
    <table class="small-table">
      <thead>
        <tr>
          <th scope="col" class="number">
            Time
          </th>
          <th scope="col" class="number">
            Frame
          </th>
          <th scope="col">What</th>
          <th scope="col" class="number">
            Part
          </th>
          <th scope="col">Said</th>
        </tr>
      </thead>
      <tbody>
        {events.map((e, i) => (
          <tr key={`${e.time}-${i}`}>
            <td class="number">{formatTime(e.time, time, base, 3)}</td>
            <td class="number">{e.frame ?? '–'}</td>
            <td class={e.ok === false ? 'nowrap bad' : 'nowrap'}>
              {e.ok === true ? '✓ ' : e.ok === false ? '✕ ' : ''}
              {e.what}
            </td>
            <td class="number">{e.part ?? ''}</td>
            <td>
              {e.text}
              {e.code !== null && !e.text.includes(e.code) && ` (${e.code})`}
              <small> {e.by}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const Summary = ({ d }: { d: Detail }) => (
  <>
    <div class="sentences">
      {d.summary.map((s, i) => (
        <p key={`${i}${s.text}`}>
          <OctetLink range={s.range}>{s.text}</OctetLink>
        </p>
      ))}
    </div>
    <Way key={`way ${d.row.id}`} d={d} />
    <Effect key={d.row.id} d={d} />
    <Wrong d={d} />
    <Facts d={d} />
    {d.hops.length > 0 && (
      <Section title="Hops">
        <Hops d={d} />
      </Section>
    )}
    {d.segments.length > 0 && (
      <Section title="Parts">
        <Segments segments={d.segments} />
      </Section>
    )}
    {d.events.length > 0 && (
      <Section title="What happened">
        <Events events={d.events} />
      </Section>
    )}
    {d.headers.length > 0 && (
      <Section title="Push headers">
        <dl class="facts">
          {d.headers.map((h, i) => (
            <Fact key={`${i}${h.name}`} name={h.name}>
              <OctetLink range={h.range}>{h.value}</OctetLink>
            </Fact>
          ))}
        </dl>
      </Section>
    )}
  </>
);
