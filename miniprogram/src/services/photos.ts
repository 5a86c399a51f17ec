// Pictures that a form takes: sent as soon as they are chosen, so that the draft has them when it is opened again.
import { reactive } from 'vue'
import type { Source } from '@/platform'
import { pickPictures } from './device'
import { sentenceOf } from './errors'
import { Refused, upload } from './http'
import type { Photo } from './types'

/** A chosen picture that the server does not have yet. */
export interface Sending {
  key: number
  path: string
  failed: string // why it did not arrive; empty while it is under way
}

const longest = 10 * 2 ** 20 // bytes, as the server takes them
let keys = 0
let last: Promise<unknown> = Promise.resolve() // one after the other: in their order, and fair to a slow network

/** The pictures of a form; `shown` is the draft's own list, which grows as they arrive. */
export function usePhotos(shown: () => Photo[], max: number) {
  const state = reactive({ sending: [] as Sending[], refused: '' })
  const room = () => max - shown().length - state.sending.length
  const forget = (job: Sending) => (state.sending = state.sending.filter((x) => x.key !== job.key))

  async function send(job: Sending): Promise<void> {
    if (!state.sending.some((x) => x.key === job.key)) return // taken away while it waited
    try {
      const photo = await upload<Photo>('/media', job.path)
      if (state.sending.some((x) => x.key === job.key)) shown().push(photo)
      forget(job)
    } catch (e) {
      const later = !(e instanceof Refused) || e.status === 429 || e.status >= 500
      if (later) {
        job.failed = sentenceOf(e)
        return
      }
      state.refused = sentenceOf(e) // another try would be refused again
      forget(job)
    }
  }
  function queue(job: Sending): void {
    job.failed = ''
    last = last.then(() => send(job))
  }
  async function pick(from: Source): Promise<void> {
    state.refused = ''
    for (const file of await pickPictures(from, room())) {
      if (file.size > longest) {
        state.refused = '有一张图片超过 10 MB，请换一张小一些的。'
        continue
      }
      state.sending.push({ key: ++keys, path: file.path, failed: '' })
      queue(state.sending[state.sending.length - 1]!) // the reactive one
    }
  }
  function remove(photo: Photo): void {
    const list = shown()
    list.splice(list.findIndex((p) => p.id === photo.id), 1)
  }
  /** What to say before the form is sent, or nothing. */
  const unfinished = (): string => {
    if (state.sending.some((x) => !x.failed)) return '还有图片正在传，请等一等。'
    return state.sending.length ? '有图片没有传上去，请再传一次，或者去掉它。' : ''
  }
  return { state, max, shown, room, pick, queue, forget, remove, unfinished }
}

export type Photos = ReturnType<typeof usePhotos>
