// SPDX-License-Identifier: Apache-2.0
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { CheckMetrics, Checks } from './checks';
import type { Lists } from './history';

const prefix = 'backstage.confluence-compliance';

/** How long the ledger is, and how far readers of the changes are behind. */
export function observeHistory({
  metrics,
  lists,
}: {
  metrics: MetricsService;
  lists: Lists;
}): void {
  metrics
    .createObservableGauge(`${prefix}.ledger.height`, {
      description: 'Entries of the ledger',
    })
    .addCallback(async gauge => gauge.observe(await lists.ledgerHeight()));
  metrics
    .createObservableGauge(`${prefix}.feed.lag`, {
      description: 'Revisions that a consumer of the changes has not seen yet',
    })
    .addCallback(async gauge => {
      for (const { consumer, lag } of await lists.feedLags()) {
        gauge.observe(lag, { consumer });
      }
    });
}

/** How much of what checks found is excepted at the moment: exceptions begin and end between runs. */
export function observeExcepted({
  metrics,
  checks,
}: {
  metrics: MetricsService;
  checks: Pick<Checks, 'excepted'>;
}): void {
  metrics
    .createObservableGauge(`${prefix}.checks.excepted`, {
      description: 'Results of a check that are excepted now, by verdict',
    })
    .addCallback(async gauge => {
      for (const [check, counts] of await checks.excepted()) {
        for (const [verdict, count] of Object.entries(counts)) {
          gauge.observe(count, { check, verdict });
        }
      }
    });
}

/** Verdicts by check, as its last run found them, with what is excepted. */
export function createCheckMetrics(metrics: MetricsService): CheckMetrics {
  const verdicts = metrics.createGauge(`${prefix}.checks.verdicts`, {
    description: 'Results of the last run of a check by verdict',
  });
  const failures = metrics.createCounter(`${prefix}.checks.failed.total`, {
    description: 'Runs of a check that failed',
  });
  return {
    published(check, counts) {
      for (const [verdict, count] of Object.entries(counts)) {
        verdicts.record(count, { check, verdict });
      }
    },
    failed: check => failures.add(1, { check }),
  };
}
