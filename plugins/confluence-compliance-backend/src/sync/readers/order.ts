// SPDX-License-Identifier: Apache-2.0

/**
 * How many requests are taken to follow those of a list that others wait for, so that it goes before
 * lists that nothing waits for.
 */
export const TO_FOLLOW = {
  /** Accounts wait for the members of every group and the grants of every space. */
  access: 50,
  /** All accounts are looked up once it has ended. */
  userSearch: 20,
};
