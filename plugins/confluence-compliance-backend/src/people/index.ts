// SPDX-License-Identifier: Apache-2.0
export { endOf } from './employment';
export { LINKS } from './Linker';
export { PEOPLE } from './lane';
export { People } from './People';
export { FileSource } from './FileSource';
export { SourceRegistry } from './SourceRegistry';
