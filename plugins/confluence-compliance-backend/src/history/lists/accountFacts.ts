// SPDX-License-Identifier: Apache-2.0
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { AccountPayload, IdentityLinkPayload } from '../datasets';
import { readProfiles } from '../profiles';
import type { Revision } from '../words';
import { countRows } from './counts';
import { accountFactsOf } from './accountFactsOf';
import { directoryOf, type Organizations } from './directory';
import { AccountMirror, entityRef, subjectNames } from './entities';
import { standing } from './page';
import { keyOf } from './refs';
import { countVerdictsAbout } from './verdictCounts';
import { outsidersAmong, populationsAt, UserGroups } from './userGroup';

/** What the configuration says of accounts. */
export interface AccountSettings {
  catalog: AccountMirror;
  userGroups: UserGroups;
  organizations: Organizations;
}

/** An account as a list finds it; without a payload it was only seen as a member. */
export interface AccountRow {
  connection: string;
  id: string;
  payload: string | null;
}

const unseen: AccountPayload = {
  accountType: 'unknown',
  accountStatus: 'unknown',
  class: 'person',
  listed: true,
};

/** Adds to accounts what other datasets say of them at the same revision. */
export async function describeAccounts(
  knex: Knex,
  { catalog, userGroups, organizations }: AccountSettings,
  rows: AccountRow[],
  revision: Revision,
  moment?: string,
): Promise<Account[]> {
  const ids = rows.map(({ id }) => id);
  const profiles = await readProfiles(knex, 'account', ids);
  const groups = await countRows(
    knex,
    { table: 'history_memberships', column: 'account_id' },
    rows,
    revision,
  );
  const verdictsOf = await countVerdictsAbout(
    knex,
    'account_id',
    rows,
    revision,
    moment,
  );
  const people = await peopleOf(knex, ids, revision);
  const names = await subjectNames(knex, 'account', rows);
  const isOutside = await outsidersAmong(
    knex,
    await populationsAt(knex, userGroups, connectionsOf(rows), revision),
    rows,
    revision,
  );
  const entryOf = await directoryOf(knex, organizations, rows, revision);
  const titles = new Map(userGroups().map(({ id, title }) => [id, title]));
  return rows.map(({ connection, id, payload }) => {
    const account: AccountPayload = payload ? JSON.parse(payload) : unseen;
    const profile = profiles.get(id);
    const key = keyOf(connection, id);
    const { excepted, findings, unknownVerdicts } = verdictsOf({
      connection,
      id,
    });
    const facts = accountFactsOf(
      account,
      profile,
      entryOf({ connection, id }),
      titles.get(connection) ?? connection,
    );
    return {
      connection,
      accountId: id,
      name: profile?.name ?? profile?.publicName,
      email: facts.email.value,
      emailReason: facts.email.reason,
      facts,
      accountType: account.accountType,
      status: account.accountStatus,
      class: account.class,
      listed: account.listed,
      outsideUserGroup: isOutside({ connection, id }),
      groups: groups.get(key) ?? 0,
      person: people.get(id),
      findings,
      ...(excepted && { excepted }),
      unknownVerdicts,
      entityRef: accountRef(catalog, account, names.get(key)),
    };
  });
}

function connectionsOf(rows: AccountRow[]): string[] {
  return [...new Set(rows.map(({ connection }) => connection))];
}

function accountRef(
  catalog: AccountMirror,
  account: AccountPayload,
  name: string | undefined,
): string | undefined {
  if (catalog.accounts === 'none' || account.accountStatus === 'closed') {
    return undefined;
  }
  const isUser =
    catalog.accounts === 'user' &&
    account.class !== 'service' &&
    account.class !== 'app';
  return entityRef(isUser ? 'user' : 'resource', catalog, name);
}

async function peopleOf(
  knex: Knex,
  accountIds: string[],
  revision: Revision,
): Promise<Map<string, NonNullable<Account['person']>>> {
  const select = knex('history_identity_links as l')
    .where('l.source', 'identity')
    .whereIn('l.key', accountIds)
    .select('l.key', 'l.payload');
  const links: Array<{ key: string; payload: string }> = await standing(
    select,
    'l',
    revision,
  );
  return new Map(
    links.map(({ key, payload }) => {
      const { person, how }: IdentityLinkPayload = JSON.parse(payload);
      return [key, { ref: person, how, confidence: confidenceOf(how) }];
    }),
  );
}

/** An email can change hands; an account id and somebody's word are about this account only. */
function confidenceOf(how: IdentityLinkPayload['how']) {
  return how === 'email' ? 'likely' : 'certain';
}
