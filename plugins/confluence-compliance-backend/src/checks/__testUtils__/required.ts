// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { ObservedRow } from '../../history';
import { criticalSystemValid } from '../builtin/criticalSystemValid';
import { documentSetUp } from '../builtin/documentSetUp';
import { userIdentified } from '../builtin/userIdentified';
import { createTestChecks } from '.';

/** A company, and the checks of its accounts, systems and policies. */
export async function startChecks(knex: Knex) {
  const t = await createTestChecks(
    knex,
    userIdentified,
    criticalSystemValid,
    documentSetUp,
  );
  await t.company();
  return t;
}

export const space = (id: string, key: string): ObservedRow => ({
  key: id,
  payload: { key, name: `Space ${key}`, type: 'global', status: 'current' },
});

export function grant(
  spaceId: string,
  principalType: string,
  principalId: string,
): ObservedRow {
  const rest = { operation: 'read', target: 'space' };
  return {
    key: [spaceId, principalType, principalId, ...Object.values(rest)].join(
      '/',
    ),
    payload: { spaceId, principalType, principalId, ...rest, role: null },
  };
}

export function page(
  id: string,
  spaceId: string,
  title: string,
  status = 'current',
): ObservedRow {
  return {
    key: id,
    payload: {
      spaceId,
      title,
      status,
      parentId: null,
      ownerId: null,
      version: 1,
      versionAt: null,
      versionBy: null,
    },
  };
}

export const withEmail = (row: ObservedRow): ObservedRow => ({
  ...row,
  profile: { ...row.profile, email: `${row.key}@example.com` } as never,
});
