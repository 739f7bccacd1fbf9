// What was in the capture besides what is read: counters of the hot path, sentences for people.

export interface PortCount {
  readonly port: number;
  readonly frames: number;
}

export interface DriverStats {
  readonly frames: number;
  /** Captured octets. */
  readonly octets: number;
  /** Frames by what they carried: 'tcp', 'udp', 'sctp', 'icmp', 'ip', 'other', 'fragment', 'cut', 'malformed', 'control'. */
  readonly byProtocol: Readonly<Record<string, number>>;
  /** The lower port of each packet is counted; the busiest first. */
  readonly tcpPorts: readonly PortCount[];
  readonly udpPorts: readonly PortCount[];
  /** Sentences: shares, busy ports, what is encrypted, what is on a port without being it. */
  readonly notes: readonly string[];
}

/** What the counters hold, ports as pairs of port and frames. */
export interface CounterValues {
  readonly single: Readonly<Record<string, number>>;
  readonly tcpPorts: Uint32Array;
  readonly udpPorts: Uint32Array;
}

/** Ports of a page: a capture of a few frames shows a few ports. */
const PAGE_BITS = 8;
const PAGE = 1 << PAGE_BITS;

/** How many frames each port was seen in. */
export class PortCounts {
  readonly #pages: (Uint32Array | undefined)[] = new Array<Uint32Array | undefined>(65_536 >> PAGE_BITS).fill(
    undefined,
  );

  add(port: number, frames = 1): void {
    const page = this.#pages[port >> PAGE_BITS] ?? this.#page(port);
    page[port & (PAGE - 1)]! += frames;
  }

  #page(port: number): Uint32Array {
    const page = new Uint32Array(PAGE);
    this.#pages[port >> PAGE_BITS] = page;
    return page;
  }

  /** Ports that were seen, in their order. */
  seen(): PortCount[] {
    const out: PortCount[] = [];
    this.#pages.forEach((page, n) => {
      for (let i = 0; page !== undefined && i < PAGE; i++) {
        const frames = page[i]!;
        if (frames > 0) out.push({ port: (n << PAGE_BITS) + i, frames });
      }
    });
    return out;
  }

  pairs(): Uint32Array {
    return Uint32Array.from(this.seen().flatMap((p) => [p.port, p.frames]));
  }

  restore(pairs: Uint32Array): void {
    this.#pages.fill(undefined);
    for (let i = 0; i + 1 < pairs.length; i += 2) this.add(pairs[i]!, pairs[i + 1]!);
  }
}

/** Busiest ports kept in the statistics. */
const PORTS = 10;

export class Counters {
  frames = 0;
  octets = 0;
  tcp = 0;
  udp = 0;
  sctp = 0;
  icmp = 0;
  /** Other protocols above IP. */
  ip = 0;
  /** Not IP. */
  other = 0;
  fragment = 0;
  cut = 0;
  malformed = 0;
  /** Signalling of tunnels. */
  control = 0;
  readonly tcpPorts = new PortCounts();
  readonly udpPorts = new PortCounts();

  /** All of them, as `restore` takes them. */
  values(): CounterValues {
    const { frames, octets, tcp, udp, sctp, icmp, ip, other, fragment, cut, malformed, control } = this;
    const single = { frames, octets, tcp, udp, sctp, icmp, ip, other, fragment, cut, malformed, control };
    return { single, tcpPorts: this.tcpPorts.pairs(), udpPorts: this.udpPorts.pairs() };
  }

  restore({ single, tcpPorts, udpPorts }: CounterValues): void {
    Object.assign(this, single);
    this.tcpPorts.restore(tcpPorts);
    this.udpPorts.restore(udpPorts);
  }

  stats(notes: readonly string[]): DriverStats {
    const { frames, octets, tcp, udp, sctp, icmp, ip, other, fragment, cut, malformed, control } = this;
    const byProtocol = { tcp, udp, sctp, icmp, ip, other, fragment, cut, malformed, control };
    const tcpPorts = tcp === 0 ? [] : busiest(this.tcpPorts);
    const udpPorts = udp === 0 ? [] : busiest(this.udpPorts);
    const shares = Object.entries(byProtocol)
      .filter(([, n]) => n > 0)
      .sort((a, b) => b[1] - a[1])
      .map(([name, n]) => `${labels[name] ?? name} ${percent(n, frames)}`);
    const ports = [
      ...tcpPorts.slice(0, 3).map((p) => `TCP port ${p.port} ${percent(p.frames, frames)}`),
      ...udpPorts.slice(0, 3).map((p) => `UDP port ${p.port} ${percent(p.frames, frames)}`),
    ];
    return { frames, octets, byProtocol, tcpPorts, udpPorts, notes: [...shares, ...ports, ...notes] };
  }
}

const labels: Readonly<Record<string, string>> = {
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  icmp: 'ICMP',
  ip: 'other IP',
  other: 'not IP',
  fragment: 'IP fragments',
  cut: 'cut inside a header',
  malformed: 'malformed',
  control: 'tunnel signalling',
};

function percent(n: number, of: number): string {
  const share = (100 * n) / of;
  return share > 0 && share < 1 ? '< 1 %' : `${Math.round(share)} %`;
}

function busiest(counts: PortCounts): PortCount[] {
  return counts
    .seen()
    .sort((a, b) => b.frames - a.frames)
    .slice(0, PORTS);
}
