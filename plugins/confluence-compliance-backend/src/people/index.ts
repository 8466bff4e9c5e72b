// SPDX-License-Identifier: Apache-2.0
export { endOf } from './employment';
export { LINKS } from './Linker';
export { People, PEOPLE } from './People';
