// SPDX-License-Identifier: Apache-2.0
export { CriticalSystems } from './CriticalSystems';
export type { ReviewSummary, SystemReviews } from './reviewsOf';
export type { SystemState } from './CriticalSystems';
export { Markings } from './Markings';
