// SPDX-License-Identifier: Apache-2.0

/** The first moment of a day such as `2026-11-29`, where whoever chose it is; as ISO 8601. */
export const startOf = (day: string) =>
  new Date(`${day}T00:00:00`).toISOString();

/** The last moment of a day such as `2026-11-29`, where whoever chose it is; as ISO 8601. */
export const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString();
