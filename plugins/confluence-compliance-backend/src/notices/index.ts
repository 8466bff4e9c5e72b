// SPDX-License-Identifier: Apache-2.0
export { AttestationNotices } from './AttestationNotices';
export { ConnectionNotices } from './ConnectionNotices';
export { ExceptionNotices } from './ExceptionNotices';
export { MadeReviewNotices } from './MadeReviewNotices';
export { ReviewNotices } from './ReviewNotices';
