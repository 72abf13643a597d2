import { functionName } from '../../invokers/environment.js'
import { ConfigError, type Target } from '../../model/index.js'
import { Refusal } from './refusal.js'

/** AWS: a name, a partial ARN or a full one, each with or without a qualifier. */
const REFERENCE =
  /^(?:arn:aws[a-z-]*:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?([A-Za-z0-9_.-]+)(?::(\$LATEST|[A-Za-z0-9_-]+))?$/

/** Functions by the name they see as AWS_LAMBDA_FUNCTION_NAME, and by their id in the project. */
export class FunctionNames {
  readonly names: readonly string[]
  #targets = new Map<string, Target>()

  constructor(targets: readonly Target[]) {
    for (const target of targets) {
      for (const name of new Set([functionName(target), target.id])) {
        const other = this.#targets.get(name)
        if (other !== undefined)
          throw new ConfigError(`Two functions would be served as '${name}': ${other.file} and ${target.file}. Name one of them`)
        this.#targets.set(name, target)
      }
    }
    this.names = targets.map(functionName)
  }

  /** The function that a request names. Region, account and a qualifier may be any: there is one of each here. */
  find(reference: string, qualifier: string | null): Target {
    const whole = this.#targets.get(reference)
    if (whole !== undefined) return whole
    const parsed = REFERENCE.exec(reference)
    if (parsed === null) throw new Refusal('InvalidParameterValueException', `'${reference.slice(0, 200)}' is no function name`)
    const [, name = '', derived] = parsed
    if (derived !== undefined && qualifier !== null && derived !== qualifier)
      throw new Refusal(
        'InvalidParameterValueException',
        'The derived qualifier from the function name does not match the specified qualifier.',
      )
    const found = this.#targets.get(name)
    if (found === undefined) throw new Refusal('ResourceNotFoundException', this.#unknown(name))
    return found
  }

  #unknown(name: string): string {
    return `Function not found: arn:aws:lambda:us-east-1:000000000000:function:${name} (served here: ${this.names.join(', ')})`
  }
}
