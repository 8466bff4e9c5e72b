// SPDX-License-Identifier: Apache-2.0
import type {
  Check,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Where a check stands in one connection. */
export interface CheckStand {
  check: Check;
  /** Why nothing that it found can be taken for a pass any more, even where it fails for others. */
  doubt?: Reason;
}
