// SPDX-License-Identifier: Apache-2.0
import type { IdentityApi } from '@backstage/core-plugin-api';

const KEY = 'demo.person';

/** Who this tab is signed in as. */
export function chosenPerson(): string | undefined {
  return window.sessionStorage.getItem(KEY) ?? undefined;
}

/** Remembers who this tab is signed in as, until it is closed or signs out. */
export function rememberPerson(id: string): void {
  window.sessionStorage.setItem(KEY, id);
}

/** Lets this tab choose again. */
export function forgetPerson(): void {
  window.sessionStorage.removeItem(KEY);
}

/** The identity of a session that ends when they sign out. */
export function untilSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      forgetPerson();
      await identity.signOut();
    },
  };
}
