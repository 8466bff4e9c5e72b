// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';

/**
 * Told by name and shape: two copies of `@backstage/errors` in one app have two classes.
 */
export function isResponseError(error: unknown): error is ResponseError {
  return (
    error instanceof Error &&
    error.name === 'ResponseError' &&
    'statusCode' in error &&
    'body' in error
  );
}

/** What the backend said, in its own words; never a bare status. */
export function errorMessage(error: unknown): string {
  if (isResponseError(error)) {
    return error.cause?.message || error.body?.error?.message || error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/** The permission that the backend named when it refused. */
export function namedPermission(error: unknown): string | undefined {
  return errorMessage(error).match(
    /confluence-compliance(?:\.[a-z]+(?:-[a-z]+)*)+/,
  )?.[0];
}

export function isForbidden(error: unknown): boolean {
  return isResponseError(error) && error.statusCode === 403;
}

export function isNotFound(error: unknown): boolean {
  return isResponseError(error) && error.statusCode === 404;
}

/** The connection that was asked for does not exist. */
export function isUnknownConnection(error: unknown): boolean {
  return (
    isResponseError(error) &&
    error.statusCode === 400 &&
    /^connection\b/.test(errorMessage(error))
  );
}

/** Nothing was known yet at the date that was asked for. */
export function isBeforeFirst(error: unknown): boolean {
  return (
    isBeforeHistory(error) && /: nothing is known\b/.test(errorMessage(error))
  );
}

/** The date that was asked for lies before everything that is kept, or cannot be read. */
export function isBeforeHistory(error: unknown): boolean {
  return (
    isResponseError(error) &&
    (error.statusCode === 410 ||
      (error.statusCode === 400 && /^asOf\b/.test(errorMessage(error))))
  );
}
