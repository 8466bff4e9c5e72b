// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type {
  checksQuerySchema,
  findingsQuerySchema,
  trendQuerySchema,
} from '../schemas/checks';
import type { containersQuerySchema } from '../schemas/connections';
import type {
  accountsQuerySchema,
  grantsQuerySchema,
  groupsQuerySchema,
  membersQuerySchema,
  pagesQuerySchema,
  spacesQuerySchema,
} from '../schemas/directory';
import type { exceptionsQuerySchema } from '../schemas/exceptions';
import type { reviewHistoryQuerySchema } from '../schemas/reviewPeople';
import type { delegationsQuerySchema } from '../schemas/reviewRecord';
import type {
  ownReviewItemsQuerySchema,
  reviewItemsQuerySchema,
} from '../schemas/reviewItems';
import type { remediationsQuerySchema } from '../schemas/reviewRemediations';
import type { reviewsQuerySchema } from '../schemas/reviews';
import type { timelineQuerySchema } from '../schemas/timeline';
import type { refusedQuerySchema, runsQuerySchema } from '../schemas/runs';

/** Parameters of the list of accounts. @public */
export type AccountsQuery = z.input<typeof accountsQuerySchema>;
/** Parameters of the list of groups. @public */
export type GroupsQuery = z.input<typeof groupsQuerySchema>;
/** Parameters of the list of spaces. @public */
export type SpacesQuery = z.input<typeof spacesQuerySchema>;
/** Parameters of the list of pages. @public */
export type PagesQuery = z.input<typeof pagesQuerySchema>;
/** Parameters of the list of findings. @public */
export type FindingsQuery = z.input<typeof findingsQuerySchema>;
/** Parameters of the list of checks. @public */
export type ChecksQuery = z.input<typeof checksQuerySchema>;
/** Parameters of the trend of findings. @public */
export type TrendQuery = z.input<typeof trendQuerySchema>;
/** Parameters of who can do what. @public */
export type GrantsQuery = z.input<typeof grantsQuerySchema>;
/** Parameters of the containers of a connection. @public */
export type ContainersQuery = z.input<typeof containersQuerySchema>;
/** Parameters of the runs of a connection. @public */
export type RunsQuery = z.input<typeof runsQuerySchema>;
/** Parameters of what a refused shrink would close. @public */
export type RefusedQuery = z.input<typeof refusedQuerySchema>;
/** Parameters of the members of a group. @public */
export type MembersQuery = z.input<typeof membersQuerySchema>;
/** Parameters of what changed. @public */
export type TimelineQuery = z.input<typeof timelineQuerySchema>;
/** Parameters of the list of exceptions. @public */
export type ExceptionsQuery = z.input<typeof exceptionsQuerySchema>;
/** Parameters of the list of reviews. @public */
export type ReviewsQuery = z.input<typeof reviewsQuerySchema>;
/** Parameters of the items of a review. @public */
export type ReviewItemsQuery = z.input<typeof reviewItemsQuerySchema>;
/** Parameters of the items that one has to decide. @public */
export type OwnReviewItemsQuery = z.input<typeof ownReviewItemsQuerySchema>;
/** Parameters of what was done with a review. @public */
export type ReviewHistoryQuery = z.input<typeof reviewHistoryQuerySchema>;
/** Parameters of the lists of delegations. @public */
export type DelegationsQuery = z.input<typeof delegationsQuerySchema>;
/** Parameters of the remediations of a review. @public */
export type RemediationsQuery = z.input<typeof remediationsQuerySchema>;
