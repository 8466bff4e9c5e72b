// SPDX-License-Identifier: Apache-2.0
import { accountClassSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckAccount,
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';
import {
  aboutSpace,
  principalsBySpace,
  someOf,
  SpaceSubject,
  spacesOf,
} from './spaceSubjects';

const parameters = z
  .strictObject({
    /** Classes of accounts that may be named in permissions; apps cannot be in a group. */
    except: z.array(accountClassSchema).default(['app']),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

function judge(
  { space, gap }: SpaceSubject,
  named: string[],
  accounts: Map<string, CheckAccount>,
  except: Parameters['except'],
): Judgement {
  if (space.type === 'personal') {
    return {
      verdict: 'not-applicable',
      reason: 'personal-space',
      facts: { 'spaces.type': space.type },
    };
  }
  const unread = named.filter(id => !accounts.has(id));
  const direct = named.filter(id => {
    const account = accounts.get(id);
    return account && !except.includes(account.class);
  });
  if (direct.length > 0) {
    return {
      verdict: 'fail',
      reason: 'direct-grants',
      facts: someOf('grants.accounts', direct),
    };
  }
  return unread.length > 0
    ? {
        verdict: 'unknown',
        reason: 'account-not-read',
        facts: someOf('grants.accounts', unread),
      }
    : {
        verdict: 'pass',
        reason: 'groups-only',
        facts: {},
        requires: ['accounts'],
        gap,
      };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data, parameters: chosen } = context;
  for (const connection of context.connections) {
    const named = await principalsBySpace(data, connection, {
      principalType: 'account',
    });
    for await (const subject of spacesOf(context, connection)) {
      const { spaceId } = subject;
      const ids = named.of(spaceId).map(({ principalId }) => principalId);
      const accounts = await data.accountsOf(connection, ids);
      yield {
        connection,
        subjectId: spaceId,
        about: aboutSpace(spaceId),
        requires: [],
        ...judge(subject, ids, accounts, chosen.except),
      };
    }
  }
}

/** Permissions go to groups, which come and go with the job. */
export const noDirectGrants: ConfluenceCheck<typeof parameters> = {
  id: 'access.no-direct-grants',
  title: 'Permissions of spaces go to groups, not to individuals',
  description:
    'The permissions of no space name a single account, apart from classes of the parameter except: by default apps, which cannot be in a group. Personal spaces are not judged: they belong to one person.',
  severity: 'low',
  subjectKind: 'space',
  requires: ['spaces', 'grants', 'accounts'],
  listedBy: ['spaces'],
  improves: [],
  parameters,
  controls: controlsOf('access.no-direct-grants'),
  howToFix: [
    'Open admin.atlassian.com, choose the organization, then Directory, then Groups, and find or create a group of those who need the space.',
    'Open the space, choose Space settings, then Space permissions, and on the tab Groups give the group what it needs.',
    'On the tab Users remove every single account.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
