// SPDX-License-Identifier: Apache-2.0

/** An account as permissions name it. */
export interface AccountId {
  connection: string;
  accountId: string;
}

/** The resource ref of an account. */
export function accountRef({ connection, accountId }: AccountId): string {
  return `${connection}/${accountId}`;
}

/** The account of a resource ref; ids of connections have no slash. */
export function parseAccountRef(ref: string): AccountId | undefined {
  const slash = ref.indexOf('/');
  return slash > 0 && slash < ref.length - 1
    ? { connection: ref.slice(0, slash), accountId: ref.slice(slash + 1) }
    : undefined;
}
