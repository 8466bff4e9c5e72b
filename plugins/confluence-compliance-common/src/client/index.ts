// SPDX-License-Identifier: Apache-2.0
export { ConfluenceComplianceClient } from './ConfluenceComplianceClient';
export { ConnectionsClient } from './ConnectionsClient';
export { CriticalSystemsClient } from './CriticalSystemsClient';
export { ExceptionsClient } from './ExceptionsClient';
export {
  PeopleClient,
  type PeopleQuery,
  type UnidentifiedQuery,
} from './PeopleClient';
export { PoliciesClient } from './PoliciesClient';
export type * from './queries';
export {
  type CallOptions,
  type Query,
  Requests,
  type SendRequest,
} from './Requests';
export { ReviewsClient } from './ReviewsClient';
export { ReviewTemplatesClient } from './ReviewTemplatesClient';
