// SPDX-License-Identifier: Apache-2.0
export { MadeReviews, type MadeReview } from './MadeReviews';
export { Templates } from './Templates';
