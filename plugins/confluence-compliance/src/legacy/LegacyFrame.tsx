// SPDX-License-Identifier: Apache-2.0
import { compatWrapper } from '@backstage/core-compat-api';
import type { PropsWithChildren } from 'react';
import { QueryWrapper } from '../queryClient';
import { TabRoutes } from './TabRoutes';

/** What the new frontend system puts around every extension, for a classic app. */
export function LegacyFrame({ children }: PropsWithChildren) {
  return compatWrapper(
    <TabRoutes>
      <QueryWrapper>{children}</QueryWrapper>
    </TabRoutes>,
  );
}
