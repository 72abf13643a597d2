/**
 * How template engines begin the source that they compile: in a bundle no file name tells them. Without one, compiled source is
 * the function's own.
 */
const ENGINES: readonly (readonly [name: string, source: RegExp])[] = [
  ['handlebars', /^\(function anonymous\(container,depth0,helpers,partials,data/],
  ['ejs', /var __line = 1|var __output = ""|__append\(/],
  ['pug', /pug_html = ""|pug_attr|function template\(locals\)/],
  ['nunjucks', /function root\(env, context, frame, runtime, cb\)/],
  ['lodash', /\b__p = ''|__p \+= '/],
  ['underscore', /var __t,__p='',__j=Array\.prototype\.join/],
  ['doT', /var out='|let out='/],
  ['eta', /let __eta = \{|var tR='/],
]

/** The engine that compiled a source, or undefined. */
export const engineOf = (source: string): string | undefined => ENGINES.find(([, pattern]) => pattern.test(source))?.[0]
