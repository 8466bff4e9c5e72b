// SPDX-License-Identifier: Apache-2.0
import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/**
 * Writes an audit event around an act: that it was tried, and how it ended.
 * `madeOf` says what of the result the event tells.
 */
export async function audited<T>(
  auditor: AuditorService,
  request: Request,
  event: { id: string; meta: JsonObject; madeOf?(result: T): JsonObject },
  act: () => Promise<T>,
): Promise<T> {
  const auditing = await auditor.createEvent({
    eventId: event.id,
    severityLevel: 'medium',
    request,
    meta: event.meta,
  });
  try {
    const result = await act();
    await auditing.success({ meta: event.madeOf?.(result) });
    return result;
  } catch (error) {
    await auditing.fail({ error: toError(error) as Error });
    throw error;
  }
}
