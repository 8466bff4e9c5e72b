// SPDX-License-Identifier: Apache-2.0
import { NamedChange } from '../control/changeNames';

/** What goes wrong. @public */
export type FaultKind =
  /** Answers a status instead: 404, 401 (missing scope), 429, 500, 503 and so on. */
  | {
      kind: 'status';
      status: number;
      retryAfter?: number;
      reset?: string;
      reason?: string;
    }
  /** A list without rows and without a next link. */
  | { kind: 'empty' }
  /** A list without its last rows, or without its next link, while more exist. */
  | { kind: 'truncate'; drop?: number; omitNext?: boolean }
  /** No answer until released. */
  | { kind: 'stall' }
  /** The answer comes this much later. */
  | { kind: 'slow'; ms: number }
  /** The connection breaks without an answer. */
  | { kind: 'reset' }
  /** A page of HTML with status 200 (or another). */
  | { kind: 'html'; status?: number }
  /** JSON that breaks off in the middle. */
  | { kind: 'invalid-json' }
  /** One row has null (or, with `value`, something else) in a field. */
  | { kind: 'field'; field: string; row?: number; value?: unknown }
  /** The next link leads back to the page it stands on. */
  | { kind: 'repeat-cursor' }
  /** The server answers fewer rows a page than asked. */
  | { kind: 'lower-limit'; limit: number }
  /** After the answer the world changes, as when a member leaves between two pages. */
  | ({ kind: 'change' } & NamedChange);

/** A fault and when it strikes. @public */
export type FaultSpec = FaultKind & {
  /** Endpoint as counters name it, for example `GET /wiki/api/v2/pages`; `*` is any. */
  endpoint: string;
  /** Only requests with this value in a path or query parameter. */
  match?: string;
  /** Only from the nth matching request on, counted from 1. Default 1. */
  nth?: number;
  /** How often it strikes. Default: once for `change`, else until cleared. */
  times?: number;
};

/** A fault as it stands: how many requests it saw and how often it struck. @public */
export interface Fault {
  id: string;
  spec: FaultSpec;
  seen: number;
  struck: number;
}
