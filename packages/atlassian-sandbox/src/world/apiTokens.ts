// SPDX-License-Identifier: Apache-2.0
import { WORLD_NOW } from './activity';
import { DEMO_API_TOKENS } from './demo/apiTokens';
import { accountIdOf, uuidOf } from './ids';
import { Account, ApiToken } from './types';
import { World } from './World';

const DAY = 86400;

/** Makes a token of an account; it is the newest. */
export function addApiToken(
  world: World,
  token: Omit<ApiToken, 'id' | 'position'>,
): ApiToken {
  const position = (world.apiTokens.at(-1)?.position ?? 0) + 1;
  const added = { ...token, position, id: uuidOf(`api-token:${position}`) };
  world.apiTokens.push(added);
  return added;
}

/** The tokens of the fixed company, then one for a few in a hundred of the generated managed accounts. */
export function buildApiTokens(world: World): void {
  for (const demo of DEMO_API_TOKENS) {
    const { owner, label, status = 'ALLOWED', made, ends, used } = demo;
    const account = world.accounts.get(accountIdOf(owner));
    if (!account) throw new Error(`A token names nobody called "${owner}".`);
    addApiToken(world, {
      owner: account,
      label,
      status,
      createdAt: WORLD_NOW - made * DAY,
      expiresAt: WORLD_NOW + ends * DAY,
      lastActiveAt: used === undefined ? undefined : WORLD_NOW - used * DAY,
    });
  }
  const generated = [...world.accounts.values()].slice(world.fixedAccounts);
  generated.forEach((owner, n) => {
    if (n % 40 === 3 && owner.managed)
      addApiToken(world, generatedToken(owner, n));
  });
}

function generatedToken(
  owner: Account,
  n: number,
): Omit<ApiToken, 'id' | 'position'> {
  const made = 1 + (n % 360);
  return {
    owner,
    label: `Script ${n}`,
    status: owner.status === 'active' ? 'ALLOWED' : 'BLOCKED',
    createdAt: WORLD_NOW - made * DAY,
    expiresAt: WORLD_NOW + (365 - made) * DAY,
    lastActiveAt: n % 9 === 0 ? undefined : WORLD_NOW - (n % made) * DAY,
  };
}
