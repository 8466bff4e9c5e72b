// SPDX-License-Identifier: Apache-2.0
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_ACCOUNT,
  RESOURCE_TYPE_CONNECTION,
  RESOURCE_TYPE_REVIEW,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';

const pluginId = 'confluence-compliance';

/** An account as rules see it. @public */
export interface AccountResource {
  connection: string;
  accountId: string;
  /** Ref of the person it belongs to now, such as `user:default/ana`. */
  person?: string;
}

/** Accounts that belong to one of these people now; entity refs in lower case. @public */
export interface AccountFilter {
  people: string[];
}

/** Accounts that somebody may see, as criteria of filters. @public */
export type AccountCriteria = PermissionCriteria<AccountFilter>;

/** A connection as rules see it. @public */
export interface ConnectionResource {
  id: string;
  /** Ref of the team that looks after it, as configured. */
  owner?: string;
}

/** Connections with one of these owners; entity refs in lower case. @public */
export interface ConnectionFilter {
  owners: string[];
}

/** Names accounts to permission rules, by `<connection>/<account id>`. @public */
export const accountResourceRef = createPermissionResourceRef<
  AccountResource,
  AccountFilter
>().with({ pluginId, resourceType: RESOURCE_TYPE_ACCOUNT });

/** Names connections to permission rules, by their id. @public */
export const connectionResourceRef = createPermissionResourceRef<
  ConnectionResource,
  ConnectionFilter
>().with({ pluginId, resourceType: RESOURCE_TYPE_CONNECTION });

/** An access review as rules see it. @public */
export interface ReviewResource {
  id: string;
  /** Refs of whoever has items of it to decide, and of who stands for them now. */
  reviewers: string[];
}

/** Reviews with items of one of these people; entity refs in lower case. @public */
export interface ReviewFilter {
  reviewers: string[];
}

/** Names access reviews to permission rules, by their id. @public */
export const reviewResourceRef = createPermissionResourceRef<
  ReviewResource,
  ReviewFilter
>().with({ pluginId, resourceType: RESOURCE_TYPE_REVIEW });

const claims = z.object({
  claims: z
    .array(z.string())
    .describe('Entity refs to match, such as the ownership of a user'),
});

/** Entity refs do not differ by case. */
const fold = (ref: string) => ref.toLocaleLowerCase('en-US');

const isOwnAccount = createPermissionRule({
  name: 'IS_OWN_ACCOUNT',
  description: 'Allow accounts that belong to one of the given people',
  resourceRef: accountResourceRef,
  paramsSchema: claims,
  apply: ({ person }, params) =>
    person !== undefined && params.claims.map(fold).includes(fold(person)),
  toQuery: params => ({ people: params.claims.map(fold) }),
});

const isConnectionOwner = createPermissionRule({
  name: 'IS_CONNECTION_OWNER',
  description: 'Allow connections that one of the given teams or people own',
  resourceRef: connectionResourceRef,
  paramsSchema: claims,
  apply: ({ owner }, params) =>
    owner !== undefined && params.claims.map(fold).includes(fold(owner)),
  toQuery: params => ({ owners: params.claims.map(fold) }),
});

const isReviewer = createPermissionRule({
  name: 'IS_REVIEWER',
  description: 'Allow reviews in which one of the given people decides',
  resourceRef: reviewResourceRef,
  paramsSchema: claims,
  apply: ({ reviewers }, params) => {
    const known = params.claims.map(fold);
    return reviewers.some(ref => known.includes(fold(ref)));
  },
  toQuery: params => ({ reviewers: params.claims.map(fold) }),
});

/** The rules of accounts; `isOwnAccount`: it belongs to one of the claims. @public */
export const accountRules = { isOwnAccount };

/** The rules of connections; `isConnectionOwner`: one of the claims owns it. @public */
export const connectionRules = { isConnectionOwner };

/** The rules of reviews; `isReviewer`: one of the claims decides in it. @public */
export const reviewRules = { isReviewer };

const account = createConditionExports({
  resourceRef: accountResourceRef,
  rules: accountRules,
});

const connection = createConditionExports({
  resourceRef: connectionResourceRef,
  rules: connectionRules,
});

/** Conditions on accounts, for permission policies. @public */
export const accountConditions = account.conditions;

/** A decision on a permission of accounts under conditions. @public */
export const createAccountConditionalDecision =
  account.createConditionalDecision;

/** Conditions on connections, for permission policies. @public */
export const connectionConditions = connection.conditions;

/** A decision on a permission of connections under conditions. @public */
export const createConnectionConditionalDecision =
  connection.createConditionalDecision;

const review = createConditionExports({
  resourceRef: reviewResourceRef,
  rules: reviewRules,
});

/** Conditions on access reviews, for permission policies. @public */
export const reviewConditions = review.conditions;

/** A decision on a permission of access reviews under conditions. @public */
export const createReviewConditionalDecision = review.createConditionalDecision;
