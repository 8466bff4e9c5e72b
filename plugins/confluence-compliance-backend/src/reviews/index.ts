// SPDX-License-Identifier: Apache-2.0
export { Reviews } from './Reviews';
export { ReviewFacts } from './ReviewFacts';
export { type Reminder, Reminders } from './Reminders';
