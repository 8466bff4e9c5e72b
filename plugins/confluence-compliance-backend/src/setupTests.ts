// SPDX-License-Identifier: Apache-2.0

// A busy machine is slow, not wrong.
jest.setTimeout(60_000);
