// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ContainerReport,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Up to this many containers with one reason are told one by one. */
const TOLD_APART = 3;

/** A container as it is shown. */
export interface ShownContainer {
  connection: Connection;
  container: ContainerReport;
}

/** What became of the last read, where a container that is not visible says just that. */
export function shownOutcome({
  presence,
  outcome,
}: ContainerReport): ContainerReport['outcome'] {
  return presence === 'not-visible' ? 'not-visible' : outcome;
}

/** Containers of one dataset with one reason and one scope stand together, and more than three of them in one line. */
export function foldByReason(
  all: readonly ShownContainer[],
): ShownContainer[][] {
  const groups = new Map<string, ShownContainer[]>();
  for (const item of all) {
    const { dataset, reason, scope } = item.container;
    const name = JSON.stringify([
      item.connection.id,
      dataset,
      shownOutcome(item.container),
      reason?.text,
      scope,
    ]);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups.values()].flatMap(group =>
    group.length > TOLD_APART ? [group] : group.map(item => [item]),
  );
}
