// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { AccountPayload } from '../datasets';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { accountFactsOf } from './accountFactsOf';
import { DirectoryEntry, directoryOf, Organizations } from './directory';
import { standing } from './page';

/** Whether an account really gets what is granted; what nobody knows is `perhaps`, never `no`. */
export interface Effect {
  effective: 'yes' | 'no' | 'perhaps';
  /** Why it is not surely so. */
  why?: Reason;
}

/** Everybody on the internet, whoever may sign in or not. */
export const ANONYMOUS = 'anonymous-users';
const SIGNED_IN = 'authenticated-users';
const LICENSED = 'all-licensed-users';
const ADMINS = 'all-product-admins';
/** The access classes of which it can be said who is in them. */
const CLASSES = [ANONYMOUS, SIGNED_IN, LICENSED, ADMINS];
/** Those that nearly everybody is in. */
const WIDE = [ANONYMOUS, SIGNED_IN, LICENSED];

const YES: Effect = { effective: 'yes' };
const no = (code: string, text: string): Effect => ({
  effective: 'no',
  why: { code, text },
});
const perhaps = (why: Reason): Effect => ({ effective: 'perhaps', why });

const GONE = new Map([
  ['closed', no('account-closed', 'The account is deleted.')],
  ['deactivated', no('account-deactivated', 'The account is deactivated.')],
  ['suspended', no('account-suspended', 'The account is suspended.')],
  ['removed', no('account-removed', 'The account is not in the organization.')],
]);
const UNREAD = perhaps({
  code: 'account-unknown',
  text: 'It is not known whether the account is active.',
});
const NO_LICENSE = no('no-license', 'The account has no license here.');
const GUEST = no('guest', 'The account is a guest.');
const NO_ADMIN = no('no-admin', 'The account is no admin of the product.');
const NEW_CLASS = perhaps({
  code: 'class-unknown',
  text: 'Nobody says who is in this access class.',
});

/** What grants come to for some accounts of a connection. */
export class Effects {
  readonly #accounts: Map<string, AccountEffects>;

  constructor(accounts: Map<string, AccountEffects>) {
    this.#accounts = accounts;
  }

  /** What a grant to a principal comes to for an account that is the principal, or in it. */
  of(accountId: string, principal: { type: string; id: string }): Effect {
    const found = this.#accounts.get(accountId);
    if (!found) {
      return UNREAD;
    }
    return principal.type === 'access-class'
      ? found.inClass(principal.id)
      : found.named;
  }

  /** What it comes to for the one of some accounts that gets most of it. */
  best(accountIds: string[], principal: { type: string; id: string }): Effect {
    const all = accountIds.map(id => this.of(id, principal));
    return (
      all.find(({ effective }) => effective === 'yes') ??
      all.find(({ effective }) => effective === 'perhaps') ??
      all[0] ??
      UNREAD
    );
  }

  /** Those accounts that names and groups may give something. */
  named(): string[] {
    return [...this.#accounts]
      .filter(([, { named }]) => named.effective !== 'no')
      .map(([id]) => id);
  }

  /**
   * The access classes that give something to any of the accounts.
   *
   * @param surely - only where it is known, or nearly everybody is in the class
   */
  classes({ surely }: { surely: boolean }): Classes {
    const seen = [...this.#accounts.values()].filter(account => account.seen);
    const gives = (name: string, effect: Effect['effective']) =>
      seen.some(account => account.inClass(name).effective === effect);
    if (seen.every(({ signIn }) => signIn.effective === 'no')) {
      // Nobody needs to sign in for what is open to the internet.
      return { only: seen.length > 0 ? [ANONYMOUS] : [] };
    }
    const only = CLASSES.filter(
      name =>
        gives(name, 'yes') ||
        (gives(name, 'perhaps') && (!surely || WIDE.includes(name))),
    );
    return surely
      ? { only }
      : { except: CLASSES.filter(name => !only.includes(name)) };
  }
}

/** Access classes by their names. */
export type Classes = { only: string[] } | { except: string[] };

interface AccountEffects {
  /** Whether the account itself was read. */
  seen: boolean;
  signIn: Effect;
  named: Effect;
  inClass(name: string): Effect;
}

/** Works out, from what site and organization say of accounts, what grants come to for them. */
export async function effectsOf(
  knex: Knex,
  organizations: Organizations,
  options: { connection: string; accountIds: string[]; revision: Revision },
): Promise<Effects> {
  const { connection, accountIds, revision } = options;
  const payloads = new Map<string, AccountPayload>();
  for (const part of chunks(accountIds)) {
    const rows: Array<{ key: string; payload: string }> = await standing(
      knex('history_accounts as a')
        .where('a.source', connection)
        .whereIn('a.key', part)
        .select('a.key', 'a.payload'),
      'a',
      revision,
    );
    rows.forEach(({ key, payload }) => payloads.set(key, JSON.parse(payload)));
  }
  const refs = accountIds.map(id => ({ connection, id }));
  const entryOf = await directoryOf(knex, organizations, refs, revision);
  return new Effects(
    new Map(
      accountIds.map(id => [
        id,
        effectsOn(payloads.get(id), entryOf({ connection, id }), connection),
      ]),
    ),
  );
}

function effectsOn(
  account: AccountPayload | undefined,
  said: DirectoryEntry,
  connection: string,
): AccountEffects {
  if (!account) {
    const inClass = (name: string) => (name === ANONYMOUS ? YES : UNREAD);
    return { seen: false, signIn: UNREAD, named: UNREAD, inClass };
  }
  // What a directory said that could not be read since may be over.
  const entry = said.notWhole ? { ...said, payload: undefined } : said;
  const facts = accountFactsOf(account, undefined, entry, connection);
  const signIn = signInOf(facts.status, account, entry);
  const license = licenseOf(facts.license, entry);
  const first = (...effects: Effect[]) =>
    effects.find(({ effective }) => effective === 'no') ??
    effects.find(({ effective }) => effective === 'perhaps') ??
    YES;
  const isAdmin = adminOf(facts.role, entry);
  return {
    seen: true,
    signIn,
    named: first(signIn, license),
    inClass: name => {
      switch (name) {
        case ANONYMOUS:
          return YES;
        case SIGNED_IN:
          return signIn;
        case LICENSED:
          return first(signIn, account.class === 'guest' ? GUEST : license);
        case ADMINS:
          return first(signIn, account.class === 'guest' ? GUEST : isAdmin);
        default:
          return first(signIn, NEW_CLASS);
      }
    },
  };
}

/** Only the organization says that an account is not suspended; it says nothing of apps. */
function signInOf(
  { value = '' }: { value?: string },
  account: AccountPayload,
  { notWhole }: DirectoryEntry,
): Effect {
  const gone = GONE.get(value);
  if (gone || value !== 'active') {
    return gone ?? UNREAD;
  }
  return notWhole && account.class !== 'app' ? perhaps(notWhole) : YES;
}

const ORG_ADMIN: Reason = {
  code: 'org-admin',
  text: 'An admin of the organization can give itself access.',
};
const ROLES_UNKNOWN: Reason = {
  code: 'not-said',
  text: 'Atlassian does not say which roles the account has.',
};

/** Whoever is, or may be, an admin of the organization can give itself what it lacks. */
function orgAdmin({ payload }: DirectoryEntry): Effect | undefined {
  if (!payload?.platformRoles) {
    return perhaps(ROLES_UNKNOWN);
  }
  const isAdmin = payload.platformRoles.includes('atlassian/org-admin');
  return isAdmin ? perhaps(ORG_ADMIN) : undefined;
}

function licenseOf(
  { value, reason }: { value?: string; reason?: Reason },
  entry: DirectoryEntry,
): Effect {
  if (value === undefined) {
    return perhaps(reason as Reason);
  }
  return value === 'none' ? orgAdmin(entry) ?? NO_LICENSE : YES;
}

function adminOf(
  { value, reason }: { value?: string; reason?: Reason },
  entry: DirectoryEntry,
): Effect {
  const { payload, resource } = entry;
  if (resource && payload?.roles.includes(`${resource} atlassian/admin`)) {
    return YES;
  }
  if (value === undefined) {
    return perhaps(reason as Reason);
  }
  return orgAdmin(entry) ?? NO_ADMIN;
}
