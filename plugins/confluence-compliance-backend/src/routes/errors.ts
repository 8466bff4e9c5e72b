// SPDX-License-Identifier: Apache-2.0
import {
  ConflictError,
  CustomErrorBase,
  ServiceUnavailableError,
} from '@backstage/errors';
import { AtlassianError } from '@confluence-compliance/atlassian-client';
import { RevisionGoneError, StaleStagingError } from '../history';

/** What was asked for is not kept any more. */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;
  readonly statusCode = 410;
}

/**
 * The errors of the rooms as answers of the API. What Atlassian or another plugin answered is never
 * our answer, neither its status nor its words.
 */
export function toApiError(error: unknown): unknown {
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
  return error;
}

function hasStatus(error: Error): boolean {
  return 'status' in error || 'statusCode' in error;
}
