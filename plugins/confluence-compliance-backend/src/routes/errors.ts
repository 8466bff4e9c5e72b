// SPDX-License-Identifier: Apache-2.0
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  CustomErrorBase,
  isError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { AtlassianError } from '@confluence-compliance/atlassian-client';
import { RevisionGoneError, StaleStagingError } from '../history';

/** What was asked for is not kept any more. */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;
  readonly statusCode = 410;
}

/**
 * Names of errors that somebody wrote for whoever asks. Names, since services of the platform may
 * throw the errors of another copy of the library.
 */
const meant = new Set([
  'AuthenticationError',
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'NotImplementedError',
  'ServiceUnavailableError',
]);

/**
 * The errors of the rooms as answers of the API. What Atlassian, another plugin or the database
 * answered is never our answer, neither its status nor its words.
 */
export function toApiError(
  error: unknown,
  logger: Pick<LoggerService, 'error'>,
): Error {
  if (error instanceof RevisionGoneError) {
    return new GoneError(error.message);
  }
  if (error instanceof AtlassianError) {
    return new ServiceUnavailableError(
      'Confluence does not answer as it should: try again later, or look at the connection',
    );
  }
  if (error instanceof StaleStagingError) {
    return new ConflictError(error.message);
  }
  if (error instanceof Error && hasStatus(error)) {
    return new ServiceUnavailableError(
      'A service that is needed for this does not answer as it should: try again later',
    );
  }
  if (isError(error) && meant.has(error.name)) {
    return error;
  }
  logger.error('A request failed', toError(error) as Error);
  return new Error('Something went wrong here; see the log');
}

function hasStatus(error: Error): boolean {
  return 'status' in error || 'statusCode' in error;
}
