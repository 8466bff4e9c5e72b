// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  type Excepted,
  type FindingState,
  type Severity,
  severitySchema,
  type Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { FrameworkId } from '../config';
import type { Revision } from '../history';
import { shownControls } from './builtin/controls';
import type { RegisteredCheck } from './CheckRegistry';

/** What a list of findings is asked with. */
export interface FindingsQuery {
  /** The parameters as the caller gave them; a cursor is valid for these only. */
  query: object;
  check?: string;
  /** Default: fail, warning and unknown. */
  verdict?: Verdict;
  /** Default: all. */
  connections?: string[];
  /** Default: those that stand, open and regressed. */
  state?: FindingState;
  severity?: Severity;
  /** As controls name it. */
  framework?: string;
  control?: string;
  /** `nobody` or an entity ref. */
  owner?: string;
  /** The moment that was asked for, where it is not now. */
  asOf?: string;
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

/** The ids of the checks whose findings are asked for, by severity, least severe first. */
export function checksFor(
  query: Pick<FindingsQuery, 'check' | 'severity' | 'framework' | 'control'>,
  all: ReadonlyMap<string, RegisteredCheck>,
  frameworks: readonly FrameworkId[],
): string[][] {
  const { check, severity, framework, control } = query;
  if (check !== undefined && !all.has(check)) {
    throw new InputError(
      `check names no check: use one of ${[...all.keys()].join(', ')}`,
    );
  }
  const shownOf = (registered: RegisteredCheck) =>
    shownControls(registered.check.controls, frameworks);
  const known = new Set(
    [...all.values()].flatMap(shownOf).map(found => found.framework),
  );
  if (framework !== undefined && !known.has(framework)) {
    throw new InputError(
      `framework is not shown: use one of ${[...known].join(', ')}`,
    );
  }
  const isAsked = (registered: RegisteredCheck) =>
    (framework === undefined && control === undefined) ||
    shownOf(registered).some(
      found =>
        (framework === undefined || found.framework === framework) &&
        (control === undefined || found.control === control),
    );
  const asked = [...all.values()].filter(
    registered =>
      (check === undefined || registered.check.id === check) &&
      (severity === undefined || registered.check.severity === severity) &&
      isAsked(registered),
  );
  return severitySchema.options.map(step =>
    asked
      .filter(registered => registered.check.severity === step)
      .map(registered => registered.check.id),
  );
}
