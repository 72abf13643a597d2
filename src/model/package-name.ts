/** What npm takes for the name of a package: never a path out of node_modules. */
export const isPackageName = (text: string): boolean => /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/.test(text)
