// SPDX-License-Identifier: Apache-2.0
export { Reviews } from './Reviews';
export { ReviewFacts } from './ReviewFacts';
export { type MadeReview, MadeReviews, Templates } from './templates';
export { Removals } from './removals';
export { type Reminder, Reminders } from './Reminders';
