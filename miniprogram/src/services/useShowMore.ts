// The elder view shows a few of a list, and more when asked; others see all of what is loaded.
import { computed, ref, watch } from 'vue'
import { person } from './me'

/** The part of a list that is shown; `more` shows as many again, and asks for more where the list has an end to come. */
export function useShowMore<T>(list: () => T[], ask: () => unknown = () => undefined, few = 3) {
  const most = ref(few)
  watch(() => list()[0], () => (most.value = few))
  const shown = computed(() => (person.elder ? list().slice(0, most.value) : list()))
  const left = computed(() => list().length - shown.value.length)
  function more(): void {
    most.value += few
    if (left.value < few) ask()
  }
  return { shown, left, more }
}
