// SPDX-License-Identifier: Apache-2.0
import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { accountsMessages } from './accounts';
import { cardsMessages } from './cards';
import { checksMessages } from './checks';
import { commonMessages } from './common';
import { connectMessages } from './connect';
import { connectionsMessages } from './connections';
import { controlsMessages } from './controls';
import { criticalMessages } from './critical';
import { csvMessages } from './csv';
import { decisionsMessages } from './decisions';
import { directoryMessages } from './directory';
import { exceptionsMessages } from './exceptions';
import { findingsMessages } from './findings';
import { groupsMessages } from './groups';
import { identifyMessages } from './identify';
import { overviewMessages } from './overview';
import { peopleMessages } from './people';
import { policiesMessages } from './policies';
import { reviewsMessages } from './reviews';
import { scopeMessages } from './scope';
import { spacesMessages } from './spaces';
import { timelineMessages } from './timeline';

export const messages = {
  common: commonMessages,
  scope: scopeMessages,
  overview: overviewMessages,
  decisions: decisionsMessages,
  directory: directoryMessages,
  critical: criticalMessages,
  csv: csvMessages,
  accounts: accountsMessages,
  identify: identifyMessages,
  people: peopleMessages,
  groups: groupsMessages,
  spaces: spacesMessages,
  timeline: timelineMessages,
  checks: checksMessages,
  findings: findingsMessages,
  exceptions: exceptionsMessages,
  policies: policiesMessages,
  reviews: reviewsMessages,
  controls: controlsMessages,
  connections: connectionsMessages,
  connect: connectMessages,
  cards: cardsMessages,
} as const;

/**
 * Every string of the portal pages, in English.
 *
 * @public
 */
export const confluenceComplianceTranslationRef = createTranslationRef({
  id: 'plugin.confluence-compliance',
  messages,
});
