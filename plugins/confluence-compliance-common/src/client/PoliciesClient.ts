// SPDX-License-Identifier: Apache-2.0
import type {
  AcknowledgeInput,
  Acknowledgement,
  AcknowledgementProgress,
  OwnAcknowledgements,
  Reminded,
} from '../schemas/acknowledgements';
import type { Page } from '../schemas/lists';
import type {
  Policy,
  PolicyApproval,
  PolicyApprovalInput,
  PolicyDetail,
  PolicyDifference,
  PolicyDocument,
} from '../schemas/policies';
import type { PolicyEditors } from '../schemas/policyEditors';
import type {
  PolicyMappingInput,
  PolicyPages,
  PolicyPagesQuery,
} from '../schemas/policyMappings';
import { CriticalSystemsClient } from './CriticalSystemsClient';
import { type CallOptions, path } from './Requests';

/** The part of the client that is about policies. @public */
export class PoliciesClient extends CriticalSystemsClient {
  /** Documents that the organization must have. */
  listPolicies(options?: CallOptions): Promise<Page<Policy>> {
    return this.get('/policies', {}, options);
  }

  /** Documents that the chosen frameworks ask for, and which are there. */
  listPolicyDocuments(options?: CallOptions): Promise<Page<PolicyDocument>> {
    return this.get('/policy-documents', {}, options);
  }

  /** One of them, with its approvals and what the checks say. */
  getPolicy(id: string, options?: CallOptions): Promise<PolicyDetail> {
    return this.get(path`/policies/${id}`, {}, options);
  }

  /** Who may edit its page, of what was read. */
  getPolicyEditors(id: string, options?: CallOptions): Promise<PolicyEditors> {
    return this.get(path`/policies/${id}/editors`, {}, options);
  }

  /** Which pages a rule finds at this moment. */
  findPolicyPages(
    query: PolicyPagesQuery,
    options?: CallOptions,
  ): Promise<PolicyPages> {
    return this.get('/policy-pages', query, options);
  }

  /** Chooses the page of a document that frameworks ask for, or another one. */
  mapPolicy(
    id: string,
    mapping: PolicyMappingInput,
    options?: CallOptions,
  ): Promise<PolicyDetail> {
    return this.write('PUT', path`/policies/${id}/mapping`, mapping, options);
  }

  /** Takes off the page that was chosen in the portal. */
  async unmapPolicy(id: string, options?: CallOptions): Promise<void> {
    const url = path`/policies/${id}/mapping`;
    await this.request(url, { method: 'DELETE', signal: options?.signal });
  }

  /** What was approved against what is published at this moment. */
  getPolicyDifference(
    id: string,
    options?: CallOptions,
  ): Promise<PolicyDifference> {
    return this.get(path`/policies/${id}/difference`, {}, options);
  }

  /** Approves the version of its page that is published now. */
  approvePolicy(
    id: string,
    approval: PolicyApprovalInput,
    options?: CallOptions,
  ): Promise<PolicyApproval> {
    return this.write(
      'POST',
      path`/policies/${id}/approvals`,
      approval,
      options,
    );
  }

  /** Who has acknowledged a policy; a page of those who have not. */
  getAcknowledgements(
    id: string,
    query: { cursor?: string; limit?: number } = {},
    options?: CallOptions,
  ): Promise<AcknowledgementProgress> {
    return this.get(path`/policies/${id}/acknowledgements`, query, options);
  }

  /** Acknowledges the approved version of its page, for oneself. */
  acknowledgePolicy(
    id: string,
    read: AcknowledgeInput,
    options?: CallOptions,
  ): Promise<Acknowledgement> {
    return this.write(
      'POST',
      path`/policies/${id}/acknowledgements`,
      read,
      options,
    );
  }

  /** Reminds those who have not acknowledged it; once a day. */
  remindOfPolicy(id: string, options?: CallOptions): Promise<Reminded> {
    return this.write('POST', path`/policies/${id}/reminders`, {}, options);
  }

  /** The policies that concern whoever asks. */
  listOwnAcknowledgements(options?: CallOptions): Promise<OwnAcknowledgements> {
    return this.get('/acknowledgements', {}, options);
  }
}
