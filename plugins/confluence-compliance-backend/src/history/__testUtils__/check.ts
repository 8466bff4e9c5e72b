// SPDX-License-Identifier: Apache-2.0

/** `expect` for helpers that check on behalf of a test. */
export const check: jest.Expect = expect;
