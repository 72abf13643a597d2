import { isNamed } from '../computed.js'
import { canonical, resourceTypeOf } from '../resource-types.js'
import { type Compilation, type Compiler, copied } from './compilation.js'
import { eventCompilers } from './events.js'
import { httpCompilers } from './http.js'
import { iamCompilers } from './iam.js'
import { lambdaCompilers } from './lambda.js'
import { restCompilers } from './rest.js'
import { storageCompilers } from './storage.js'

const COMPILERS: Readonly<Record<string, Compiler>> = {
  ...lambdaCompilers,
  ...iamCompilers,
  ...restCompilers,
  ...httpCompilers,
  ...eventCompilers,
  ...storageCompilers,
}

/** Writes all instances into the template. */
export function compileAll(compilation: Compilation): void {
  for (const instance of compilation.instances) {
    const { kind } = instance.origin.block
    const type = canonical(instance.type)
    // A function or a policy that is only looked up is not the project's; other things that are looked up have names.
    if (kind === 'data' && (/^aws_(?:lambda_function|iam_policy)/.test(type) || !isNamed(instance))) continue
    const compiler = Object.hasOwn(COMPILERS, type) ? COMPILERS[type]! : undefined
    const other = resourceTypeOf(type)
    if (compiler !== undefined) compiler(instance, compilation)
    else if (other !== undefined) compilation.add(instance, other.type, copied(instance, { Name: 'name' }))
  }
}
