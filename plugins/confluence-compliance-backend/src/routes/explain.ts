// SPDX-License-Identifier: Apache-2.0
import type {
  Check,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { connectionsOf, type Rooms } from './rooms';

type Explain = (reason: Reason, connection?: string) => Reason;

/** Codes of data that is not known whole begin with the dataset. */
const gap = /^([a-z]+)-(failed|incomplete|never-read|not-visible|stale)$/;

/**
 * Adds to "could not be read" why: what the credentials of a connection cannot do, such as the scope that
 * is missing. Without a connection, the first one that tells is taken.
 */
export async function explainer({
  connections,
}: Pick<Rooms, 'connections'>): Promise<Explain> {
  const known = new Map(
    await Promise.all(
      connections.list().map(async ({ id }) => {
        const { capabilities } = await connections.states.get(id);
        return [id, capabilities] as const;
      }),
    ),
  );
  return (reason, connection) => {
    const dataset = gap.exec(reason.code)?.[1];
    if (!dataset) {
      return reason;
    }
    const asked = connection ? [known.get(connection)] : [...known.values()];
    const problem = asked
      .map(capabilities => capabilities?.[dataset]?.problem)
      .find(found => found);
    return problem
      ? { ...reason, text: `${reason.text} ${sentence(problem.text)}` }
      : reason;
  };
}

/** The checks over a connection, or over all, with what their reasons come from. */
export async function explainedChecks(
  rooms: Pick<Rooms, 'checks' | 'connections'>,
  connection?: string,
): Promise<Check[]> {
  const found = await rooms.checks.list({
    connections: connectionsOf(rooms, connection),
  });
  const explain = await explainer(rooms);
  return found.map(check => ({
    ...check,
    reason: check.reason && explain(check.reason, connection),
  }));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
