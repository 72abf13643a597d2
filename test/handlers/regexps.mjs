const made = (...args) => new RegExp(...args)
const called = (...args) => RegExp(...args)

/** What a function may see of the RegExp constructor: all of it must be as without us. */
export const looks = {
  instanceOf: () => [/a/ instanceof RegExp, made('a') instanceof RegExp, called('a') instanceof RegExp],
  constructor: () => [/a/.constructor === RegExp, made('a').constructor === RegExp],
  same: () => {
    const one = /a/g
    return [called(one) === one, made(one) === one, made(one, 'i').flags]
  },
  shape: () => [RegExp.name, RegExp.length, typeof RegExp, String(made('/')), Object.prototype.toString.call(made(''))],
  lastMatch: () => {
    'a1b2'.match(/([a-z])(\d)/)
    return [RegExp.$1, RegExp.$2, RegExp.lastMatch, RegExp.rightContext]
  },
  species: () => ['a-b'.split(made('-')), [...'a1b2'.matchAll(made('\\d', 'g'))].map(([text]) => text)],
  subclass: () => {
    class Own extends RegExp {
      test(text) {
        return !super.test(text)
      }
    }
    const own = new Own('a', 'i')
    return [
      own instanceof Own,
      own instanceof RegExp,
      own.test('A'),
      own.flags,
      own.constructor === Own,
      Own[Symbol.species] === Own,
    ]
  },
  errors: () => {
    try {
      return made('(')
    } catch (error) {
      return [error.name, error.message]
    }
  },
  statics: () => Object.getOwnPropertyNames(RegExp).sort(),
  clone: () => structuredClone({ a: made('x', 'g') }).a.source,
}

export const handler = async () => Object.fromEntries(Object.entries(looks).map(([name, look]) => [name, attempt(look)]))

const attempt = (look) => {
  try {
    return look()
  } catch (error) {
    return String(error)
  }
}
