// SPDX-License-Identifier: Apache-2.0
export { CriticalSystems } from './CriticalSystems';
export type { SystemState } from './CriticalSystems';
