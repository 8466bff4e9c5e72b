// SPDX-License-Identifier: Apache-2.0
import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import type { HumanDuration, JsonObject } from '@backstage/types';
import { Duration } from 'luxon';
import { z } from 'zod';

/** A duration as Backstage writes it: `{ hours: 6 }`, `6h` or `PT6H`; longer than nothing. */
export function durationSchema<S extends HumanDuration | undefined>(
  standard: S,
) {
  return z
    .unknown()
    .optional()
    .transform((value, context): HumanDuration | S => {
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

/** Nothing is due, or kept, any longer: so far no calendar goes. */
const MOST_YEARS = 100;

/** An ISO 8601 duration as it is written, longer than nothing; the example is one that may stand there. */
export function isoDuration(example: string) {
  const message = `must be an ISO 8601 duration longer than nothing and at most ${MOST_YEARS} years, such as ${example}`;
  return z.string(message).refine(isIsoDuration, message);
}

/** The same, with a default. */
export function isoDurationSchema(standard: string) {
  return isoDuration(standard).default(standard);
}

function isIsoDuration(value: string): boolean {
  const duration = Duration.fromISO(value);
  return (
    duration.isValid &&
    duration.toMillis() > 0 &&
    duration.as('years') <= MOST_YEARS
  );
}
