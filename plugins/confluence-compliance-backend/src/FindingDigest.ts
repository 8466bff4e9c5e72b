// SPDX-License-Identifier: Apache-2.0
import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Checks } from './checks';
import type { ComplianceConfig } from './config';

const TASK = 'findings-digest';

/** Tells a team now and then how its findings stand; nobody where the configuration names none. */
export async function startFindingDigest({
  config,
  checks,
  scheduler,
}: {
  config: Pick<ComplianceConfig, 'findings'>;
  checks: Pick<Checks, 'tellDigest'>;
  scheduler: SchedulerService;
}): Promise<void> {
  const { digest } = config.findings;
  if (digest) {
    await scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { days: digest.days },
      timeout: { minutes: 10 },
      // After the checks of a fresh start.
      initialDelay: { minutes: 10 },
      fn: () => checks.tellDigest(digest.to, digest.days),
    });
  }
}
