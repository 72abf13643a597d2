/** Stands in a template's leaf that is free for a canary. */
export const SLOT = '{{canary}}'
