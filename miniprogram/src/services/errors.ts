// What went wrong, in a sentence that a person can act on. Whatever is shown of an error comes from here: no page shows
// what a phone, a proxy or a program says.
import { Unreachable } from '@/platform'
import { Refused } from './http'

/** Something that a page itself finds wrong, in words for people. */
export class Said extends Error {}

const chinese = /[\u4e00-\u9fff]/

/** What is told of a refusal for which the server has no words. */
function refusal(status: number): string {
  if (status === 401) return '登录过期了。请退出小程序，再进一次。'
  if (status === 403) return '这里您看不了。要看的话，请问社区。'
  if (status === 404 || status === 410) return '这件事已经不在了。'
  if (status === 409) return '情况刚刚变了。请退回去，再进来看一看。'
  if (status === 413) return '内容太大了。请少放几张图片，再试一次。'
  if (status === 429) return '点得太快了。请等一会儿再试。'
  if (status >= 500) return '系统正忙。请过一两分钟再试。'
  return '没有办成。请检查写的内容，再试一次。'
}

/** What is told of a call that has no answer of ours, by what the phone or a proxy says of it. */
function unanswered(detail: string): string {
  const status = /^status (\d+)$/.exec(detail)
  if (status) return Number(status[1]) >= 400 ? refusal(Number(status[1])) : '网络要先登录才能用。请检查无线网，再试一次。'
  if (detail === 'login') return '微信没有登录上。请退出小程序，再进一次。'
  if (detail === 'openDocument') return '手机打不开这份文件。请更新微信，再试一次。'
  if (detail === 'shareFile') return '没有发出去。要带走图片，请在微信里选一个聊天，比如“文件传输助手”。'
  if (/domain list|ssl|certificate|invalid url/i.test(detail)) return '小程序连不上服务器。请过一会儿再来，一直这样就告诉社区。'
  if (/time.?out/i.test(detail)) return '网络太慢，没有等到回答。请再试一次。'
  return '网络断了。请连上网，再试一次。'
}

/** What to tell a person about an error of any kind. */
export function sentenceOf(e: unknown): string {
  if (e instanceof Said) return e.message
  if (e instanceof Refused) return chinese.test(e.message) ? e.message : refusal(e.status)
  if (e instanceof Unreachable) return unanswered(e.detail)
  return '这里出了一点问题。请退回去，再进来试一次。'
}

/** Whether the network is away. A proxy that answers for a server that is busy is not. */
export const isAway = (e: unknown): boolean => e instanceof Unreachable && !/^status [45]/.test(e.detail)

/** Whether what was asked for is not there; an address that no page of ours makes is none either. */
export const isGone = (e: unknown): boolean => e instanceof Refused && [404, 410, 422].includes(e.status)

/** Whether it is there and not for this person. */
export const isShut = (e: unknown): boolean => e instanceof Refused && e.status === 403
