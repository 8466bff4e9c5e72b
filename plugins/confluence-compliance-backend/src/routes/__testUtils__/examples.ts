// SPDX-License-Identifier: Apache-2.0
import { accountExamples } from './accountExamples';
import { checkExamples } from './checkExamples';
import { connectionExamples } from './connectionExamples';
import { type Example, noParameters } from './example';
import type { KnownReviews } from './makeReviews';
import { placeExamples } from './placeExamples';
import { policyExamples } from './policyExamples';
import { reviewExamples } from './reviewExamples';

/** What the examples need to know of the synced world. */
export interface Known {
  account: string;
  group: string;
  run: string;
  /** Key of a space. */
  space: string;
  /** The page of the policy infosec. */
  policyPage: { pageId: string; version: number };
  /** Reviews, by what can be done with them. */
  reviews: KnownReviews;
  /** Name of a user of the catalog. */
  person: string;
  /** Exceptions that somebody else asked for, one for each decision; the last is live. */
  exceptions: string[];
  /** Id of a finding that nobody asked to except. */
  finding: string;
  /** A new connection that can be made. */
  newConnection: { id: string; auth: object[] };
}

/** An example of every route, by the id of the route. */
export function examplesOf(known: Known): Record<string, Example> {
  return {
    ...connectionExamples(known),
    ...accountExamples(known),
    ...placeExamples(known),
    ...checkExamples(known),
    ...reviewExamples(known.reviews),
    ...policyExamples(known),
    listChanges: {
      good: '/changes',
      bad: [
        ['/changes?limit=501', 'limit'],
        ['/changes?since=%7B', 'since'],
        ['/changes?form=1', 'form'],
      ],
    },
    getConsumer: {
      good: '/changes/consumers/catalog',
      bad: noParameters('/changes/consumers/catalog'),
    },
    saveConsumer: {
      good: '/changes/consumers/catalog',
      body: { position: '3', fingerprint: 'f' },
      bad: [
        ['/changes/consumers/catalog', 'fingerprint', { position: '3' }],
        ['/changes/consumers/catalog', 'x', { fingerprint: 'f', x: 1 }],
      ],
    },
    getOpenApi: { good: '/openapi.json', bad: noParameters('/openapi.json') },
  };
}
