// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** It can still be late: nobody has to do anything in others. */
export const isOpen = ({ state }: Pick<Review, 'state'>): boolean =>
  state !== 'completed' && state !== 'cancelled';

/** It was started and has not ended. */
export const isRunning = ({ state }: Pick<Review, 'state'>): boolean =>
  state === 'in-progress' || state === 'remediation';
