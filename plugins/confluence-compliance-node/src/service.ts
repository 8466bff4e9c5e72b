// SPDX-License-Identifier: Apache-2.0
import {
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  Changes,
  Consumer,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { HttpConfluenceComplianceService } from './HttpConfluenceComplianceService';

/** Options of every call of the service. @public */
export interface ConfluenceComplianceServiceOptions {
  /** On whose behalf; the service of these credentials must be named in `confluenceCompliance.services`. */
  credentials: BackstageCredentials;
  signal?: AbortSignal;
}

/**
 * What other backend plugins may ask of Confluence Compliance.
 *
 * @remarks
 * Every method throws a `ResponseError` when the backend does not answer with success.
 *
 * @public
 */
export interface ConfluenceComplianceService {
  /**
   * One page of the changes feed, in feed order, one entry per subject.
   *
   * @remarks
   * Without `since` it starts from the beginning and so speaks of every subject. A `ResponseError`
   * with status 410 means that the position is not known any more: start from the beginning.
   */
  listChanges(
    request: { since?: string; limit?: number },
    options: ConfluenceComplianceServiceOptions,
  ): Promise<Changes>;

  /** How far a consumer has come; undefined when it has never been here. */
  getConsumer(
    id: string,
    options: ConfluenceComplianceServiceOptions,
  ): Promise<Consumer | undefined>;

  /** Stores how far a consumer has come; without a position it starts from the beginning. */
  saveConsumer(
    id: string,
    consumer: Consumer,
    options: ConfluenceComplianceServiceOptions,
  ): Promise<void>;
}

/** Access to Confluence Compliance from other backend plugins. @public */
export const confluenceComplianceServiceRef =
  createServiceRef<ConfluenceComplianceService>({
    id: 'confluence-compliance.service',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { auth: coreServices.auth, discovery: coreServices.discovery },
        factory: deps => new HttpConfluenceComplianceService(deps),
      }),
  });
