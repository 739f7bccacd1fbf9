// What a page may ask about the phone itself: what it holds after each message, what differs, and a table to copy.

import type { ByteRange, Time, Verdict } from '../contract.ts';

/** Subscribers who were sent settings, in order of first appearance; `find` is part of a number or an IMSI. */
export type DevicesRequest = {
  readonly op: 'devices';
  readonly from: number;
  readonly count: number;
  readonly find?: string;
};

/** A phone after one of its messages, and what changed since another step. */
export type DeviceRequest = {
  readonly op: 'device';
  /** `DeviceRow.id`. */
  readonly subscriber: string;
  /** 0-based; left out: after the last one. */
  readonly step?: number;
  /** Step to compare with, -1: before the first; left out: the one before `step`. */
  readonly against?: number;
  readonly secrets?: boolean;
};

/** Two messages as settings, whatever the order and the encoding of their documents. */
export type DiffRequest = {
  readonly op: 'diff';
  readonly a: string;
  readonly b: string;
  readonly secrets?: boolean;
};

/** Settings to type into another phone: those of a message, or all that a subscriber's phone holds. */
export type TableRequest = {
  readonly op: 'table';
  readonly message?: string;
  readonly subscriber?: string;
  /** Of the subscriber; left out: after the last message. */
  readonly step?: number;
  readonly format: TableFormat;
  readonly secrets?: boolean;
};

/** What one message did to the phone it went to. */
export type EffectRequest = { readonly op: 'effect'; readonly message: string };

/** All that may be asked about phones. */
export type PhoneRequest = DevicesRequest | DeviceRequest | DiffRequest | TableRequest | EffectRequest;

export type TableFormat = 'text' | 'csv' | 'tsv' | 'md' | 'json';
export const TABLE_FORMATS: readonly TableFormat[] = ['text', 'csv', 'tsv', 'md', 'json'];

/**
 * On what a sentence rests. 'message': the message says so. 'clients': seen in the source of clients, which are named.
 * 'remembered': the specification as remembered; nothing public confirms it.
 */
export type Basis = 'message' | 'clients' | 'remembered';

export interface Origin {
  /** Id and index of the message. */
  readonly message: string;
  readonly index: number;
  readonly range: ByteRange | null;
}

export interface Reason {
  /** One sentence. */
  readonly text: string;
  readonly basis: Basis;
  readonly origin: Origin | null;
}

/** One line of the list of subscribers. */
export interface DeviceRow {
  readonly id: string;
  readonly label: string;
  /** Messages with settings, those that never arrived among them. */
  readonly messages: number;
  /** Index of its first message. */
  readonly first: number;
  /** The worst that a verification said of them. */
  readonly verdict: Verdict;
}

/** How a message says that it may change the phone. 'trusted': a push of the server that owns the context. */
export type Bootstrap =
  | 'card'
  | 'NETWPIN'
  | 'USERPIN'
  | 'USERNETWPIN'
  | 'USERPINMAC'
  | 'trusted'
  | 'none'
  | 'settings'
  | 'file'
  | 'unknown';

/**
 * 'taken': accepted. 'assumed': accepted if something fits that is not known here, or by phones that are lax. 'refused':
 * a phone that follows the standard drops it. 'lost': it never arrived in a form that can be read.
 */
export type StepOutcome = 'taken' | 'assumed' | 'refused' | 'lost';

export interface DeviceStep {
  /** 0-based. */
  readonly step: number;
  readonly message: string;
  readonly index: number;
  readonly time: Time;
  readonly bootstrap: Bootstrap;
  /** 'IMSI (NETWPIN)'. */
  readonly by: string;
  readonly outcome: StepOutcome;
  /** 'Adds 3 settings, replaces 1'. */
  readonly headline: string;
  /** `DeviceContext.id` of where it went; null where it changed nothing. */
  readonly context: string | null;
  /** Why it was taken or not, the deciding one first. */
  readonly reasons: readonly Reason[];
  /** What the user was asked, one sentence; null: nothing. */
  readonly asked: Reason | null;
  /** Other sightings of the same delivery. */
  readonly sightings: readonly string[];
}

/**
 * 'added', 'replaced': the phone holds it from then on. 'same': it held exactly that before. 'kept': it holds what it
 * held. 'dropped': the message has it, but a phone doesn't install it. 'withheld': in a message that was refused or lost.
 */
export type ChangeKind = 'added' | 'replaced' | 'same' | 'kept' | 'dropped' | 'withheld';

export interface ValueChange {
  readonly label: string;
  readonly parm: string;
  /** null: not there. Masked where secret. */
  readonly before: string | null;
  readonly after: string | null;
  readonly secret: boolean;
  readonly beforeOrigin: Origin | null;
  readonly afterOrigin: Origin | null;
}

export interface DeviceChange {
  readonly what: ChangeKind;
  readonly kind: ObjectKind;
  /** 'Access point internet.example'. */
  readonly title: string;
  readonly reason: Reason;
  readonly origin: Origin;
  readonly values: readonly ValueChange[];
}

export type ObjectKind =
  | 'access-point'
  | 'wlan'
  | 'proxy'
  | 'application'
  | 'access'
  | 'bootstrap'
  | 'identity'
  | 'vendor'
  | 'other';

export interface DeviceContext {
  readonly id: string;
  readonly name: string;
  /** 'card' and 'home' are privileged. */
  readonly kind: 'card' | 'home' | 'other';
  readonly origin: Origin;
  /** What holds for it: owner, further contexts, trusted proxies and masters. */
  readonly reasons: readonly Reason[];
}

export interface DeviceValue {
  readonly label: string;
  readonly value: string;
  readonly parm: string;
  readonly secret: boolean;
  readonly origin: Origin;
}

export interface DeviceObject {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly context: string;
  /** Menu of a phone it would stand in: 'Connection', 'Mail'. */
  readonly group: string;
  readonly title: string;
  readonly origin: Origin;
  /** Rests on a message whose key is not known, or that only lax phones take. */
  readonly assumed: boolean;
  readonly values: readonly DeviceValue[];
  readonly notes: readonly Reason[];
}

export interface RouteHop {
  readonly kind: 'application' | 'proxy' | 'access-point' | 'server';
  readonly title: string;
  /** Address, port. */
  readonly text: string;
  /** `DeviceObject.id`; null where the phone holds none. */
  readonly object: string | null;
  readonly reason: Reason;
}

export interface DeviceRoute {
  readonly object: string;
  readonly title: string;
  readonly group: string;
  readonly context: string;
  /** What is used: application, proxy if any, access point, server if one is named. */
  readonly hops: readonly RouteHop[];
  /** What is tried when that fails, in order, each as 'proxy P over access point A'. */
  readonly otherwise: readonly string[];
  readonly notes: readonly Reason[];
  /** It leads somewhere: every link exists. */
  readonly whole: boolean;
}

export interface DeviceReply {
  readonly subscriber: DeviceRow;
  readonly steps: readonly DeviceStep[];
  readonly step: number;
  readonly against: number;
  /** Of the message of `step`. */
  readonly changes: readonly DeviceChange[];
  readonly contexts: readonly DeviceContext[];
  readonly objects: readonly DeviceObject[];
  readonly routes: readonly DeviceRoute[];
  /** From `against` to `step`. */
  readonly diff: SettingsDiff;
  /** Earlier messages of this subscriber that were not looked at. */
  readonly skipped: number;
}

export interface DiffEntry {
  readonly what: 'added' | 'removed' | 'changed' | 'reordered';
  readonly kind: ObjectKind;
  readonly title: string;
  readonly values: readonly ValueChange[];
}

export interface SettingsDiff {
  /** Nothing that a phone would act on differs. */
  readonly same: boolean;
  /** What it means for who uses the phone, one sentence each, the gravest first. */
  readonly consequences: readonly string[];
  readonly entries: readonly DiffEntry[];
}

export interface DiffReply extends SettingsDiff {
  /** Why there is nothing to compare; else null. */
  readonly problem: string | null;
}

export interface TableRow {
  readonly group: string;
  readonly label: string;
  /** Masked where secret, unless asked for. */
  readonly value: string;
  readonly secret: boolean;
  readonly origin: Origin;
}

export interface TableReply {
  readonly title: string;
  readonly rows: readonly TableRow[];
  /** All of it in the format asked for. */
  readonly text: string;
}

export interface DeviceEffect {
  /** `DeviceRow.id`. */
  readonly subscriber: string;
  readonly step: DeviceStep;
  /** Messages with settings that this phone got. */
  readonly of: number;
  /** The first of them was looked at, too: there are not more than are followed. */
  readonly first: boolean;
  readonly changes: readonly DeviceChange[];
  /** What it means for what the phone held before, one sentence each, the gravest first. */
  readonly consequences: readonly string[];
}

export interface EffectReply {
  /** null: the message holds no settings, or stands before those of this phone that are followed. */
  readonly effect: DeviceEffect | null;
}

export interface DeviceReplies {
  devices: { readonly total: number; readonly rows: readonly DeviceRow[] };
  device: DeviceReply;
  diff: DiffReply;
  table: TableReply;
  effect: EffectReply;
}
