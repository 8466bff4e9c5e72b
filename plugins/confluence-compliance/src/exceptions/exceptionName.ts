// SPDX-License-Identifier: Apache-2.0
import type { Exception } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { findingName } from '../components/findingName';

/** What an exception is called: as its finding. */
export const exceptionName = ({ subject, account, resource }: Exception) =>
  findingName({ subject, account, resource } as Parameters<
    typeof findingName
  >[0]);
