// The phone's own things as pages use them. Nothing is said to be done that was not, and no button does nothing: what the
// phone refuses or cannot do is told at the foot of the page, with what works instead.
import { reactive } from 'vue'
import { address, phone, type Outcome, type Source } from '@/platform'
import { leaving } from './go'
import { byView } from './me'
import { mayUse } from './privacy'

/** What is to be told; `text` stands below it to be read and copied by hand. */
export const notice = reactive({ words: '', text: '' })

export function silence(): void {
  notice.words = ''
  notice.text = ''
}

leaving.push(silence)

const setting = '要用的话，点右上角“…”，在“设置”里打开。'

interface Words {
  refused: string // without the permission
  failed: string // for whatever other reason
  text?: string
}

async function tell<T>(outcome: Promise<Outcome<T>>, words: Words): Promise<T | undefined> {
  silence()
  const is = await outcome
  if (is.done) return is.value
  if (is.why === 'cancelled') return undefined
  notice.words = is.why === 'refused' ? words.refused : words.failed
  notice.text = words.text ?? ''
  return undefined
}

/** After the privacy agreement, which the person may refuse. */
async function agreed<T>(start: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  return (await mayUse()) ? start() : { done: false, why: 'refused' }
}

/** Copies a text. False: it was not, and the person has been told. */
export async function copy(text: string): Promise<boolean> {
  const words = byView('没有复制上。请照着下面的抄，或者长按它复制：', '没有复制上，请照着抄：')
  return (await tell(phone.copy(text).then(did), { refused: words, failed: words, text })) === true
}

const did = (is: Outcome<unknown>): Outcome<boolean> => (is.done ? { done: true, value: true } : is)

export async function dial(number: string): Promise<void> {
  const words = '没有拨出去。请用电话拨这个号码：'
  await tell(phone.dial(number), { refused: words, failed: words, text: number })
}

/** Shows the way to a place on the phone's map; where there is none its address is copied, to paste into one. */
export async function guide(place: { name: string; lat?: number; lng?: number }): Promise<'shown' | 'copied' | 'neither'> {
  silence()
  const { name, lat, lng } = place
  if (phone.maps() && lat !== undefined && lng !== undefined && (await phone.showWay({ name, lat, lng })).done) return 'shown'
  return (await copy(name)) ? 'copied' : 'neither'
}

export const choosePlace = () => tell(agreed(phone.choosePlace), {
  refused: `没有打开地图。把地方写清楚也行。${setting}`, failed: '地图打不开。把地方写清楚就行。',
})

export const scan = () => tell(agreed(phone.scan), {
  refused: `相机没有打开。请输入队长手机上的 8 位数字。${setting}`, failed: '没有扫成。请再扫一次，或者输入队长手机上的 8 位数字。',
})

export const location = () => tell(agreed(phone.location), {
  refused: `没有附上位置，照样能签到签退。${setting}`, failed: '找不到您的位置。不用管它，照样能签到签退。',
})

export async function pickPictures(from: Source, most: number): Promise<{ path: string; size: number }[]> {
  const name = from === 'camera' ? '相机' : '相册'
  return (await tell(agreed(() => phone.pickPictures(from, most)), {
    refused: `${name}没有打开。图片可以不放。${setting}`, failed: `${name}打不开。图片可以不放，也可以换${from === 'camera' ? '相册' : '相机'}试试。`,
  })) ?? []
}

/** Shows pictures large, one after the other. */
export async function showPictures(urls: string[], current: number): Promise<void> {
  const words = '图片现在打不开。请退回去，再进来看。'
  await tell(phone.showLarge(urls.map(address), current), { refused: words, failed: words })
}
