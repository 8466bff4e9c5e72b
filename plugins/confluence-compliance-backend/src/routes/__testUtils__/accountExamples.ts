// SPDX-License-Identifier: Apache-2.0
import {
  changes,
  type Example,
  listErrors,
  noParameters,
  pinnedErrors,
  searchErrors,
} from './example';
import type { Known } from './examples';

/** An example of every route about people and accounts. */
export function accountExamples({
  account,
  person,
}: Pick<Known, 'account' | 'person'>): Record<string, Example> {
  const accountId = decodeURIComponent(account);
  const of = { connection: 'northwind', accountId };
  const erase = `/accounts/northwind/${account}/erase`;
  const link = `/accounts/northwind/${account}/link`;
  const classed = `/accounts/northwind/${account}/class`;
  const grants = `/accounts/northwind/${account}/access`;
  return {
    listPeople: {
      good: '/people?search=a&limit=200',
      bad: [
        ...pinnedErrors('/people'),
        ['/people?search=', 'search'],
        ['/people?search=%00', 'search'],
      ],
    },
    listPeopleSources: {
      good: '/people/sources',
      bad: noParameters('/people/sources'),
    },
    confirmDeparture: {
      // Nobody has gone, so that this one has no good request here.
      good: '',
      body: { person: 'user:default/nobody-at-all', reason: 'Has left' },
      bad: [
        ['/people/departures', 'person', { reason: 'x' }],
        ['/people/departures', 'reason', { person: 'p', reason: ' ' }],
        ['/people/departures?x=1', 'x'],
      ],
      missing: '/people/departures',
    },
    acceptPeopleShrink: {
      // Nothing was refused, so that this one has no good request here.
      good: '',
      body: { reason: 'A spin-off' },
      bad: [
        ['/people/sources/catalog/accept', 'reason', {}],
        ['/people/sources/catalog/accept', 'more', { reason: 'x', more: 1 }],
      ],
      missing: '/people/sources/nowhere/accept',
    },
    listUnidentified: {
      good: '/accounts/unidentified?limit=200',
      bad: [
        ...listErrors('/accounts/unidentified'),
        ['/accounts/unidentified?connection=nowhere', 'connection'],
        ['/accounts/unidentified?asOf=1', 'asOf'],
      ],
    },
    getAccountDecisions: {
      good: `/accounts/northwind/${account}/decisions`,
      bad: noParameters(`/accounts/northwind/${account}/decisions`),
      missing: '/accounts/northwind/nobody/decisions',
    },
    linkAccount: {
      good: link,
      body: { to: 'nobody', reason: 'Nobody knows it' },
      bad: [
        [link, 'to', {}],
        [link, 'reason', { to: 'undo' }],
        [link, 'reason', { to: 'nobody', reason: ' ' }],
        [link, 'person', { to: 'person', source: 's', reason: 'x' }],
        [
          link,
          'person',
          {
            to: 'person',
            source: 'people:catalog',
            person: 'user:default/nobody-at-all',
            reason: 'x',
          },
        ],
        [link, 'more', { to: 'undo', reason: 'x', more: 1 }],
        [`${link}?x=1`, 'x'],
      ],
      missing: '/accounts/northwind/nobody/link',
    },
    classifyAccount: {
      good: classed,
      body: { class: 'service', purpose: 'Exports' },
      bad: [
        [classed, 'class', { class: 'robot' }],
        [classed, 'owner', { class: 'service', owner: 'a:b:c' }],
        [classed, 'owner', { class: 'service', owner: 'group:default/none' }],
        [classed, 'purpose', { class: 'service', purpose: ' ' }],
        [classed, 'more', { more: 1 }],
      ],
      missing: '/accounts/northwind/nobody/class',
    },
    linkAccounts: {
      good: '/accounts/links',
      body: { links: [{ ...of, to: 'nobody' }], reason: 'Nobody knows it' },
      bad: [
        ['/accounts/links', 'links', { links: [], reason: 'x' }],
        [
          '/accounts/links',
          'links',
          {
            links: Array.from({ length: 101 }, (_, i) => ({
              connection: 'northwind',
              accountId: `a${i}`,
              to: 'nobody',
            })),
            reason: 'x',
          },
        ],
        ['/accounts/links', 'reason', { links: [{ ...of, to: 'undo' }] }],
        [
          '/accounts/links',
          'named twice',
          {
            links: [
              { ...of, to: 'nobody' },
              { ...of, to: 'undo' },
            ],
            reason: 'x',
          },
        ],
        [
          '/accounts/links',
          accountId,
          {
            links: [
              {
                ...of,
                to: 'person',
                source: 'people:catalog',
                person: 'user:default/nobody-at-all',
              },
            ],
            reason: 'x',
          },
        ],
      ],
      missing: '/accounts/links',
      missingBody: {
        links: [
          { ...of, to: 'nobody' },
          { connection: 'northwind', accountId: 'nobody', to: 'nobody' },
        ],
        reason: 'x',
      },
    },
    classifyAccounts: {
      good: '/accounts/classes',
      body: { accounts: [of], class: 'service', purpose: 'Exports' },
      bad: [
        ['/accounts/classes', 'accounts', { accounts: [], class: 'app' }],
        ['/accounts/classes', 'named twice', { accounts: [of, of] }],
        ['/accounts/classes', 'class', { accounts: [of], class: 'robot' }],
        [
          '/accounts/classes',
          'owner',
          { accounts: [of], class: 'app', owner: 'group:default/none' },
        ],
        ['/accounts/classes?x=1', 'x', { accounts: [of] }],
      ],
      missing: '/accounts/classes',
      missingBody: {
        accounts: [of, { connection: 'northwind', accountId: 'nobody' }],
        class: 'app',
      },
    },
    listAccounts: {
      good: '/accounts?q=a&limit=200',
      bad: [
        ...searchErrors('/accounts'),
        ['/accounts?class=robot', 'class'],
        ['/accounts?person=maybe', 'person'],
        ['/accounts?findings=none', 'findings'],
        ['/accounts?q=', 'q'],
        ['/accounts?q=%00', 'q'],
      ],
    },
    getAccount: {
      good: `/accounts/northwind/${account}`,
      bad: [
        [`/accounts/northwind/${account}?asOf=x`, 'asOf'],
        [`/accounts/northwind/a%00b`, 'accountId'],
        [`/accounts/northwind/${'a'.repeat(300)}`, 'accountId'],
      ],
      missing: '/accounts/northwind/nobody',
    },
    listAccountGrants: {
      good: `${grants}?limit=200`,
      bad: [...pinnedErrors(grants), [`${grants}?connection=a`, 'connection']],
      missing: '/accounts/northwind/nobody/access',
    },
    listAccountChanges: changes(
      `/accounts/northwind/${account}`,
      '/accounts/northwind/nobody',
    ),
    eraseAccount: {
      good: erase,
      body: { reason: 'Asked for by the person' },
      bad: [
        [erase, 'reason', {}],
        [erase, 'reason', { reason: ' ' }],
        [erase, 'more', { reason: 'x', more: 1 }],
        [`${erase}?x=1`, 'x'],
        ['/accounts/northwind/a%00b/erase', 'accountId'],
      ],
      missing: '/accounts/northwind/nobody/erase',
    },
    getAccess: {
      good: `/access?entityRef=user:default/${person}`,
      bad: [
        ['/access', 'entityRef'],
        ['/access?entityRef=ada', 'entityRef'],
        [
          '/access?entityRef=user:default/a&entityRef=user:default/b',
          'entityRef',
        ],
        ['/access?entityRef=user:default/a%00', 'entityRef'],
        [`/access?entityRef=user:default/${'a'.repeat(600)}`, 'entityRef'],
        ['/access?entityRef=user:default/a&asOf=1', 'asOf'],
      ],
      missing: '/access?entityRef=user:default/nobody-at-all',
    },
  };
}
