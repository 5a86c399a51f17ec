// Signing up: who has a place elsewhere at the same time hears it once, and signs up with a second tap.
import { computed, ref } from 'vue'
import { useForm } from './form'
import { Refused } from './http'
import { askForProgress } from './phoneMessages'
import { activities } from './teams'

/** One's own sign-up; `again` is true once the server has named the other activity. `done` is called after each try. */
export function useSignUp(id: () => string, done: () => void) {
  const overlapping = ref('') // the activity for which the overlap was named
  const again = computed(() => overlapping.value === id())
  const { state, submit } = useForm(() => ({}), async () => {
    const to = id()
    try {
      await activities.signUp(to, { overlap: again.value })
      overlapping.value = ''
    } catch (e) {
      if (e instanceof Refused && e.reason === 'signup_overlap') overlapping.value = to
      throw e
    } finally {
      done()
    }
  }, askForProgress)
  return { state, submit, again }
}
