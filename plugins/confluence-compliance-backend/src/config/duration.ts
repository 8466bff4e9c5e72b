// SPDX-License-Identifier: Apache-2.0
import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import type { HumanDuration, JsonObject } from '@backstage/types';
import { Duration } from 'luxon';
import { z } from 'zod';

/** A duration as Backstage writes it: `{ hours: 6 }`, `6h` or `PT6H`; longer than nothing. */
export function durationSchema(standard: HumanDuration) {
  return z
    .unknown()
    .optional()
    .transform((value, context): HumanDuration => {
      if (value === undefined) {
        return standard;
      }
      const duration = readDuration(value);
      if (!duration) {
        context.addIssue({
          code: 'custom',
          message:
            "must be a duration such as { hours: 6 }, '6h' or 'PT6H', longer than nothing",
        });
        return z.NEVER;
      }
      return duration;
    });
}

function readDuration(value: unknown): HumanDuration | undefined {
  try {
    const duration = readDurationFromConfig(
      new ConfigReader({ duration: value } as JsonObject),
      { key: 'duration' },
    );
    return Duration.fromObject(duration).toMillis() > 0 ? duration : undefined;
  } catch {
    return undefined;
  }
}
