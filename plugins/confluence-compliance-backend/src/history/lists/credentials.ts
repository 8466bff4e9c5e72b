// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  AccountCredential,
  AccountCredentials,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { readCredentialDetails } from '../credentialDetails';
import type { CredentialPayload } from '../datasets';
import type { Revision } from '../words';
import type { Organizations } from './directory';
import { standing } from './page';
import { whyNotWhole } from './readWhole';

type Kind = CredentialPayload['kind'];

const kinds: Kind[] = ['api-token', 'service-account'];

/** Tokens that are shown; who has more has too many to read. */
const MOST = 100;

const CONTAINERS: Record<Kind, string> = {
  'api-token': 'api-tokens',
  'service-account': 'service-accounts',
};

const REASONS = {
  app: reason('app-account', 'Atlassian does not report this of apps.'),
  unmanaged: reason(
    'not-managed',
    'This account is not managed by your organization, and Atlassian lists the API tokens of managed accounts only.',
  ),
  managedUnknown: reason(
    'managed-unknown',
    'It is not known whether your organization manages this account, and Atlassian lists the API tokens of managed accounts only.',
  ),
  serviceTokens: reason(
    'service-tokens',
    'The API tokens of service accounts stand in lists of their own, which are not read.',
  ),
  never: reason('never-read', 'This list was never read.'),
};

/** The credentials of an account that its organization tells of, and why there may be more. */
export async function credentialsOf(
  knex: Knex,
  organizations: Organizations,
  account: Account,
  revision: Revision,
): Promise<AccountCredentials> {
  const { connection, accountId } = account;
  const source = (await organizations()).find(
    found => found.connection === connection,
  )?.source;
  if (source === undefined || account.class === 'app') {
    const why =
      account.class === 'app' ? REASONS.app : account.facts.mfa.reason;
    const unknown = kinds.map(kind => ({ kind, reason: why ?? REASONS.never }));
    return { items: [], total: 0, unknown };
  }
  const found = () =>
    standing(
      knex('history_credentials as c').where({
        'c.source': source,
        'c.account_id': accountId,
      }),
      'c',
      revision,
    );
  const rows: Array<{ key: string; payload: string }> = await found()
    .orderBy([
      { column: 'c.kind', order: 'desc' },
      { column: 'c.row_id', order: 'desc' },
    ])
    .limit(MOST)
    .select('c.key', 'c.payload');
  const [{ total }] = await found().count({ total: '*' });
  const details = await readCredentialDetails(
    knex,
    source,
    rows.map(({ key }) => key),
  );
  const items = rows.map(({ key, payload }): AccountCredential => {
    const { kind, status, createdAt, createdBy, expiresAt }: CredentialPayload =
      JSON.parse(payload);
    const { label, lastUsedAt } = details.get(key) ?? {};
    return {
      kind,
      label,
      status: status ?? undefined,
      createdAt: createdAt ?? undefined,
      createdBy: createdBy ?? undefined,
      expiresAt: expiresAt ?? undefined,
      lastUsedAt,
    };
  });
  const unknown: AccountCredentials['unknown'] = [];
  for (const kind of kinds) {
    const key = CONTAINERS[kind];
    const list = { source, dataset: 'credentials', key };
    const why =
      (await whyNotWhole(knex, list, revision)) ??
      (kind === 'api-token' ? whyMore(account, items) : undefined);
    if (why) {
      unknown.push({ kind, reason: why });
    }
  }
  return { items, total: Number(total), unknown };
}

/** Why a list that was read whole does not tell of all tokens of an account. */
function whyMore(
  { facts }: Account,
  items: readonly AccountCredential[],
): Reason | undefined {
  if (items.some(({ kind }) => kind === 'service-account')) {
    return REASONS.serviceTokens;
  }
  // Whoever stands in the list is managed.
  if (facts.managed.value === 'managed' || items.length > 0) {
    return undefined;
  }
  return facts.managed.value === 'unmanaged'
    ? REASONS.unmanaged
    : REASONS.managedUnknown;
}

function reason(code: string, text: string): Reason {
  return { code, text };
}
