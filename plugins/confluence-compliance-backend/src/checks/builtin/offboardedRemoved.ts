// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckDirectoryEntry,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import { leftAccess, NOTHING_LEFT } from './leftAccess';
import { notCoveredAccounts, unread } from './linkedPeople';
import { BASE, judge } from './offboarding';
import { markOutside } from './outsiders';

const parameters = z
  .strictObject({
    /** How long after departure access may still stand. */
    sla: z
      .strictObject({
        days: z.number().min(0).optional(),
        hours: z.number().min(0).optional(),
        minutes: z.number().min(0).optional(),
      })
      .default({ hours: 24 }),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data, signal } = context;
  const terms = {
    now: DateTime.fromJSDate(context.now),
    sla: Duration.fromObject(context.parameters.sla),
  };
  const people = await data.peopleByAccount();
  const notCovered = await notCoveredAccounts(data, people);
  for (const connection of context.connections) {
    const left = await leftAccess(context, connection, people);
    const outsiders = await data.outsiders(connection);
    const entryGap = data.gap(connection, 'directory');
    const resultOf = (
      subjectId: string,
      account: CheckAccount,
      entry: CheckDirectoryEntry | undefined,
      own = NOTHING_LEFT,
    ): CheckResult => {
      const person = people.get(subjectId);
      const access = {
        ...own,
        account,
        entry,
        entryGap,
        person,
        notCovered: notCovered.has(subjectId),
      };
      return {
        connection,
        subjectId,
        ...markOutside(judge(access, terms), outsiders, subjectId),
      };
    };
    /** Of those who are not employed only: they are few. */
    const entriesOf = (ids: string[]) => {
      const asked = ids.filter(
        id => people.has(id) && people.get(id)?.status !== 'employed',
      );
      return asked.length > 0
        ? data.directoryOf(connection, asked)
        : new Map<string, CheckDirectoryEntry>();
    };
    for await (const rows of data.accounts(connection)) {
      signal.throwIfAborted();
      const entries = await entriesOf(rows.map(({ key }) => key));
      for (const { key, payload } of rows) {
        yield resultOf(key, payload, entries.get(key), left.get(key));
        left.delete(key);
      }
    }
    // Whoever has access and was not read as an account must not go unseen; a token alone is none here.
    const unseen = [...left].filter(
      ([, { groups, spaces }]) => groups.length > 0 || spaces.length > 0,
    );
    const entries = await entriesOf(unseen.map(([id]) => id));
    for (const [subjectId, own] of unseen) {
      yield resultOf(subjectId, unread, entries.get(subjectId), own);
    }
  }
}

/** Whoever left has no access any more. */
export const offboardedRemoved: ConfluenceCheck<typeof parameters> = {
  id: 'access.offboarded-removed',
  title: 'People who left have no access to Confluence',
  description:
    'No active account, no group membership, no permission of a space and no API token is left for a person whose employment ended, once the agreed time has passed. What is left of a deactivated account is a warning: nobody can use it, and whoever turns it on again can. An account that belongs to nobody known is unknown, never a pass.',
  severity: 'critical',
  subjectKind: 'account',
  requires: [...BASE, 'spaces', 'grants'],
  improves: ['directory', 'credentials'],
  parameters,
  controls: controlsOf('access.offboarded-removed'),
  howToFix: [
    'Open admin.atlassian.com and choose the organization.',
    'Open Directory, then Users, and find the account.',
    'Under Actions choose Deactivate account when the account is managed by your organization, otherwise Remove user. Suspend access is reversible and does not settle this finding.',
    'Open Directory, then Groups, and remove the account from every group it is still in.',
    'Where permissions of a space still name it, open the space, choose Space settings, then Space permissions, and remove it on the tab Users.',
    'Where an API token is left, open Security, then API tokens, find the token and press Revoke.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
