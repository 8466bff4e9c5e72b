// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckCriticalSystem,
  CheckOutsiders,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { LinkedPerson, notCoveredAccounts, unread } from './linkedPeople';
import { markOutside } from './outsiders';
import { Judgement, judge, reachesSite } from './systemAccess';
import { Reach } from './systemReach';

const parameters = z.strictObject({}).prefault({});

const ANONYMOUS = 'anonymous-users';
const OUT_OF_SIGHT = 'space-not-visible';

/** What there is to say of a system itself, besides who reaches it. */
function* aboutSystem(
  { ref, missing, gap }: CheckCriticalSystem,
  classes: Set<string>,
  noGroups: string[],
): Iterable<Judgement & { subjectId: string }> {
  const about = { resource: ref };
  const own = (what: string) => ({ subjectId: `${ref}|${what}`, about });
  if (missing) {
    yield { ...own('system'), verdict: 'unknown', reason: missing, facts: {} };
  }
  if (gap) {
    yield { ...own('grants'), verdict: 'unknown', reason: gap, facts: {} };
  }
  if (classes.size > 0) {
    yield {
      ...own('anonymous'),
      verdict: 'fail',
      reason: classes.has(ANONYMOUS) ? 'anonymous-access' : 'class-access',
      facts: { 'grants.principals': [...classes].sort() },
    };
  }
  for (const name of noGroups) {
    yield {
      ...own(`group:${name}`),
      verdict: 'warning',
      reason: 'rule-group-missing',
      facts: { 'groups.name': name },
      restsOnAbsence: true,
      requires: ['groups'],
    };
  }
}

/** What is known of a connection before its systems are judged. */
interface Known {
  connection: string;
  people: ReadonlyMap<string, LinkedPerson>;
  /** Accounts of people whom no source covers any more. */
  notCovered: Set<string>;
  accounts: JudgedAccount[];
  outsiders: CheckOutsiders | undefined;
}

/** An account as its access to systems is judged. */
interface JudgedAccount {
  accountId: string;
  /** Its number in the reach; -1 of one that reaches nothing. */
  number: number;
  account: CheckAccount;
  emailKnown: boolean;
}

/** All accounts of a connection, and whoever has access and was not read as an account. */
async function accountsOf(
  { data, signal }: CheckContext,
  connection: string,
  reach: Reach,
  people: ReadonlyMap<string, LinkedPerson>,
): Promise<JudgedAccount[]> {
  const accounts: JudgedAccount[] = [];
  const read = new Set<number>();
  for await (const rows of data.accounts(connection)) {
    signal.throwIfAborted();
    const unlinked = rows.map(row => row.key).filter(key => !people.has(key));
    const emails = await data.knownEmails(unlinked);
    for (const { key: accountId, payload: account } of rows) {
      const number = reach.numberOf(accountId) ?? -1;
      read.add(number);
      const emailKnown = emails.has(accountId);
      accounts.push({ accountId, number, account, emailKnown });
    }
  }
  for (const [accountId, number] of reach.accounts()) {
    if (!read.has(number)) {
      accounts.push({ accountId, number, account: unread, emailKnown: false });
    }
  }
  return accounts;
}

/** Results on everybody who reaches a system. */
function* judgeAccess(
  { system, reached, allowed, unsettled }: Reach['systems'][number],
  { connection, people, notCovered, accounts, outsiders }: Known,
): Iterable<CheckResult> {
  const isSite = system.spaceId === undefined;
  for (const { accountId, number, account, emailKnown } of accounts) {
    const reaches = reached.has(number);
    if (isSite ? reachesSite(account, reaches) : reaches) {
      const judgement = judge({
        rule: system.rule,
        account,
        person: people.get(accountId),
        notCovered: notCovered.has(accountId),
        allowed: allowed.has(number),
        unsettled: unsettled.has(number),
        everReviewed: system.review.lastAt !== undefined,
        emailKnown,
      });
      yield {
        connection,
        subjectId: `${system.ref}|${accountId}`,
        about: { account: accountId, resource: system.ref },
        ...markOutside(judgement, outsiders, accountId),
        // Who was seen to have access has it, whatever else was not seen.
        ...(judgement.verdict === 'pass' && {
          gap: system.missing ?? system.gap,
        }),
      };
    }
  }
}

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  const { data, signal } = context;
  const people = await data.peopleByAccount();
  const notCovered = await notCoveredAccounts(data, people);
  for (const connection of context.connections) {
    const all = await data.criticalSystems(connection);
    // What stands is mostly in this order, which makes comparing with it quick.
    const sorted = [...all].sort((a, b) =>
      `${a.ref}|` < `${b.ref}|` ? -1 : 1,
    );
    // Who reached a space that is out of sight was not seen to lose it.
    const isJudged = ({ missing }: CheckCriticalSystem) =>
      !missing || missing === OUT_OF_SIGHT;
    const systems = sorted.filter(isJudged);
    for (const system of sorted.filter(one => !isJudged(one))) {
      for (const judgement of aboutSystem(system, new Set(), [])) {
        yield { connection, ...judgement };
      }
    }
    if (systems.length > 0) {
      const reach = await Reach.read(data, connection, systems);
      const outsiders = await data.outsiders(connection);
      const accounts = await accountsOf(context, connection, reach, people);
      const known = { connection, people, notCovered, accounts, outsiders };
      for (const found of reach.systems) {
        signal.throwIfAborted();
        for (const result of judgeAccess(found, known)) {
          yield result;
        }
        const { system, classes, noGroups } = found;
        for (const judgement of aboutSystem(system, classes, noGroups)) {
          yield { connection, ...judgement };
        }
      }
    }
  }
}

/** Whoever reaches a critical system may. */
export const criticalSystemValid: ConfluenceCheck<typeof parameters> = {
  id: 'access.critical-system-valid',
  title: 'Access to critical systems keeps to their rule',
  description:
    'Every account that reaches a critical system keeps to its rule: it belongs to somebody who is employed, or it is in one of the groups that the rule names, or the last access review that is signed off keeps its access. A site is a critical system by default; others are marked under Spaces or named in confluenceCompliance.criticalSystems. Service accounts are judged by a rule of groups only, apps never. A space that is open to everybody fails.',
  severity: 'high',
  subjectKind: 'access',
  where: 'critical-systems',
  requires: ['accounts', 'groups', 'memberships', 'people'],
  improves: ['grants', 'directory'],
  parameters,
  controls: controlsOf('access.critical-system-valid'),
  howToFix: [
    'When the access is right, correct the rule: under Spaces, Critical systems, in confluenceCompliance.criticalSystems, or the groups it names.',
    'When it came through a group, open admin.atlassian.com and choose the organization, then Directory, then Groups; open the group and remove the account from it.',
    'When it was granted in a space, open the space, choose Space settings, and under Space permissions remove it on the tab Users, Groups, Guests or Anonymous access.',
    'When nobody known stands behind the account, settle that first: see the finding on the account itself.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
