const PRODUCTION = /^(?:prod|production|prd|live|main|master|release|stable|www)\d*$/i

/** A word of the name is one that people give to what their customers use: `shop-prod`, `ordersProd`, `prod2`, `www`. */
export const looksLikeProduction = (name: string): boolean => wordsOf(name).some((word) => PRODUCTION.test(word))

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .split(/[^A-Za-z0-9]+/)
