// SPDX-License-Identifier: Apache-2.0
export { Cursors } from './cursor';
export { Lists } from './Lists';
export type { ListsOptions } from './Lists';
export type { CatalogOptions } from './names';
export { containing, countUpTo, readPage, standing } from './page';
export type { ListOptions, ListPlan, Part } from './page';
