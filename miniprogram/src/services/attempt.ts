// What a tap on a page tries at once, without a form: the page says why it failed, and shows what is the case then.
import { ref } from 'vue'
import { sentenceOf } from './errors'

/** `load` reads the page anew, whatever came of it. */
export function useAttempt(load: () => Promise<void>) {
  const failed = ref('')
  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    failed.value = ''
    try {
      await deed()
    } catch (e) {
      failed.value = sentenceOf(e)
    }
    await load()
  }
  return { failed, attempt }
}
