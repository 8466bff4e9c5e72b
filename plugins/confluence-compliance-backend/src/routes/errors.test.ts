// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import {
  ConflictError,
  InputError,
  NotFoundError,
  serializeError,
} from '@backstage/errors';
import {
  CredentialRefusedError,
  MissingScopeError,
  QuotaExceededError,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import { RevisionGoneError, StaleStagingError } from '../history';
import { toApiError } from './errors';

const details = { endpoint: 'GET /rest/api/group', traceId: 'trace-1' };

describe('toApiError', () => {
  const logger = mockServices.logger.mock();

  beforeEach(() => logger.error.mockClear());

  it.each([
    new CredentialRefusedError('unauthenticated', details),
    new MissingScopeError({ granular: ['read:group'] }, details),
    new QuotaExceededError(new Date(0), 'quota', details),
    new UpstreamError('server', { ...details, reason: 'a secret of theirs' }),
    Object.assign(new Error('theirs'), { statusCode: 401 }),
    Object.assign(new Error('theirs'), { status: 403, cause: 'theirs' }),
  ])('keeps what others answered to itself: $name', error => {
    const answer = toApiError(error, logger);
    expect(answer.name).toBe('ServiceUnavailableError');
    expect(answer).not.toHaveProperty('statusCode');
    const said = JSON.stringify(serializeError(answer));
    expect(said).not.toMatch(/theirs|trace-1|rest\/api|read:group/);
  });

  it('says that something is gone, or in conflict', () => {
    expect(toApiError(new RevisionGoneError('pruned'), logger)).toMatchObject({
      name: 'GoneError',
      message: 'pruned',
      statusCode: 410,
    });
    expect(toApiError(new StaleStagingError([]), logger)).toMatchObject({
      name: 'ConflictError',
    });
  });

  it('leaves our own errors as they are', () => {
    for (const error of [
      new InputError('x'),
      new NotFoundError('x'),
      new ConflictError('x'),
      Object.assign(new Error('x'), { name: 'AuthenticationError' }),
    ]) {
      expect(toApiError(error, logger)).toBe(error);
    }
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('says nothing of errors that nobody thought of, and logs them', () => {
    const text = "select * from profiles where email = 'ann@example.com' - no";
    const error = Object.assign(new Error(text), { detail: text });
    const answer = toApiError(error, logger);
    const said = JSON.stringify(serializeError(answer, { includeStack: true }));
    expect(said).toContain('see the log');
    expect(said).not.toMatch(/select|example/);
    expect(logger.error).toHaveBeenCalledWith(expect.any(String), error);
  });
});
