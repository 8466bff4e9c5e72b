// SPDX-License-Identifier: Apache-2.0
import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { accountsMessages } from './accounts';
import { checksMessages } from './checks';
import { commonMessages } from './common';
import { connectionsMessages } from './connections';

/**
 * Every string of the portal pages, in English.
 *
 * @public
 */
export const confluenceComplianceTranslationRef = createTranslationRef({
  id: 'plugin.confluence-compliance',
  messages: {
    common: commonMessages,
    connections: connectionsMessages,
    accounts: accountsMessages,
    checks: checksMessages,
  },
});
