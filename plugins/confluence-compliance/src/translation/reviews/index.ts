// SPDX-License-Identifier: Apache-2.0
import { campaignMessages } from './campaign';
import { delegationMessages } from './delegation';
import { detailsMessages } from './details';
import { draftMessages } from './draft';
import { overdueMessages } from './overdue';
import { peopleMessages } from './people';
import { previewMessages } from './preview';
import { recurringMessages } from './recurring';
import { removalMessages } from './removal';
import { rowsMessages } from './rows';

export const reviewsMessages = {
  ...campaignMessages,
  ...draftMessages,
  ...overdueMessages,
  ...previewMessages,
  ...rowsMessages,
  ...detailsMessages,
  ...delegationMessages,
  ...peopleMessages,
  ...removalMessages,
  ...recurringMessages,
} as const;
