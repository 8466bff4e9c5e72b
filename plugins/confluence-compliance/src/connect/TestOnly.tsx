// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import theme from '../components/theme.module.css';
import { TestStep } from './TestStep';

/** The test of a connection whose set-up stands in the configuration. */
export function TestOnly({ connection }: { connection: Connection }) {
  return (
    <div className={theme.stack}>
      <TestStep connection={connection} />
    </div>
  );
}
