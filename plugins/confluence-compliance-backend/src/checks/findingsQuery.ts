// SPDX-License-Identifier: Apache-2.0
import type {
  Excepted,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Revision } from '../history';

/** What a list of findings is asked with. */
export interface FindingsQuery {
  /** The parameters as the caller gave them; a cursor is valid for these only. */
  query: object;
  check?: string;
  /** Default: fail, warning and unknown. */
  verdict?: Verdict;
  /** Default: all. */
  connections?: string[];
  subject?: string;
  account?: string;
  resource?: string;
  /** Default all. */
  excepted?: Excepted;
  /** The revision of the first page; a cursor brings its own. */
  revision: Revision;
  /** ISO time at which exceptions are judged; default now. A cursor brings its own. */
  moment?: string;
  cursor?: string;
  limit: number;
  sort: 'severity' | '-severity';
}
