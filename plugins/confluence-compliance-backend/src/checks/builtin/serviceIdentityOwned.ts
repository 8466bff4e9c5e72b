// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { Judgement, unused } from './judgement';
import { statusByPerson } from './linkedPeople';
import { judgeOwner, type ToldOwner, toldOwner } from './toldOwner';

const parameters = z
  .strictObject({
    /** Entity refs of the people who answer for service accounts, by account id. */
    owners: z.record(z.string(), z.string().min(1)).optional(),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** Whether the owner is there, or why nobody knows one. */
function judge(owner: ToldOwner | undefined, isListed: boolean): Judgement {
  if (owner) {
    return judgeOwner(owner);
  }
  return isListed
    ? {
        verdict: 'fail',
        reason: 'no-owner',
        facts: {},
        restsOnAbsence: true,
        requires: ['people'],
      }
    : { verdict: 'unknown', reason: 'service-owners-not-told', facts: {} };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data, signal } = context;
  const { owners } = context.parameters;
  const linked = await data.peopleByAccount();
  const statuses = await statusByPerson(data);
  for (const connection of context.connections) {
    for await (const rows of data.accounts(connection)) {
      signal.throwIfAborted();
      const named = await data.owners(
        rows
          .filter(({ payload }) => payload.class === 'service')
          .map(({ key }) => key),
      );
      for (const { key, payload } of rows) {
        if (payload.class === 'service') {
          const person = linked.get(key);
          const owner =
            toldOwner(owners?.[key] ?? named.get(key), statuses) ??
            (person && { isTeam: false, status: person.status });
          yield {
            connection,
            subjectId: key,
            ...(unused({ account: payload }) ??
              judge(owner, owners !== undefined)),
          };
        }
      }
    }
  }
}

/** Somebody answers for what no person signs in with. */
export const serviceIdentityOwned: ConfluenceCheck<typeof parameters> = {
  id: 'nhi.service-identity-owned',
  title: 'Somebody employed answers for every service account',
  description:
    'Every service account of the site has an owner who is employed: the person it is linked to, the person or team that somebody named in the portal, or the one that the parameter owners names by account id. Until owners is told, a service account without a link is unknown. Purpose and reviews of service accounts, keys of the organization, OAuth clients and apps are not judged.',
  severity: 'high',
  subjectKind: 'account',
  requires: ['accounts', 'people'],
  listedBy: ['accounts'],
  improves: [],
  parameters,
  controls: controlsOf('nhi.service-identity-owned'),
  howToFix: [
    'Find out what the service account is for: open admin.atlassian.com, choose the organization, then Directory, then Service accounts.',
    'Say in the portal who answers for it: open Accounts, then the account. Or write the entity ref of the person who answers for it into owners under confluenceCompliance.checks.nhi.service-identity-owned in the configuration, by its account id.',
    'When nobody needs it, revoke its credentials there and delete it.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
