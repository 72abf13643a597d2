/** `*` stands for any text, also for none; everything else for itself. */
export const matchesGlob = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split(/\*+/)
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  ).test(text)
